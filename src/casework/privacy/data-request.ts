import { type Due, dueOf } from "../../domain/calendar/due.ts";
import { keepWords } from "../actions/add-words.ts";
import { openCase } from "../actions/open-case.ts";
import { DATA_REQUEST, ownCases } from "../cases/load.ts";
import { tell } from "../outbox/tell.ts";
import { NO_PLACE } from "../routing/find-place.ts";
import type { Outcome } from "../turn/outcome.ts";
import type { Said } from "../turn/said.ts";
import { type Turn, wordingFor } from "../turn/turn.ts";
import { eraseWords } from "./erase.ts";

/**
 * Erases at once what nobody needs any more of a person's data.
 *
 * What the law may keep needs a decision by a person: it becomes a sealed request with a number and a due day (PIPL 47,
 * 50), one however often it is asked.
 */
export async function deleteData(turn: Turn, said: Said): Promise<Outcome> {
  const { erased, open } = await eraseWords(turn, "all");
  const words = (number: string, dueOn: Due) =>
    wordingFor(turn).deletionNoted({ number, dueOn, erased, open: open.map((one) => one.number) });
  const asked = (await ownCases(turn)).find((one) => one.category === DATA_REQUEST && one.closedAt === null);
  if (asked !== undefined) {
    await keepWords(turn, asked, [said]);
    tell(turn, { kind: "receipt", subject: asked, words: words(asked.number, dueOf(asked)) });
    return { kind: "command", caseId: asked.id };
  }
  const request = await openCase(turn, [said], NO_PLACE, {
    sealed: true,
    category: DATA_REQUEST,
    receipt: words,
  });
  return { kind: "command", caseId: request.id };
}

import type { CaseRecord } from "../../../../db/schema/cases.ts";
import { answerFor } from "../../../domain/answers/fit.ts";
import { hasQuestion, onlyAsks } from "../../../domain/answers/only-asks.ts";
import { DESK_CHANNEL } from "../../../domain/case/desk.ts";
import { REHEARSAL_CHANNEL } from "../../../domain/case/rehearsal.ts";
import { mattersIn } from "../../../domain/matters/matters.ts";
import { mentionsIn } from "../../../domain/place/mentions.ts";
import { asksReceptionDay } from "../../../domain/receptions/asked.ts";
import { closeAtOnce } from "../../actions/close-at-once.ts";
import type { AnswerInUse } from "../../county/answers.ts";
import { segment } from "../../rules/category-model.ts";
import { openMatterReader } from "../../runtime/open-matters.ts";
import type { Said } from "../../turn/said.ts";
import { type Turn, wordingFor } from "../../turn/turn.ts";
import { understand } from "../understand.ts";

/** What words ask that can be answered at once: for the next reception day, or what an answer of the library says. */
export type AskedAtOnce = { readonly kind: "reception" } | { readonly kind: "library"; readonly answer: AnswerInUse };

/**
 * What a new matter asks that can be answered at once; null for everything else, which a person answers.
 *
 * @param words all that belongs to it
 */
export async function askedAtOnce(turn: Turn, said: readonly Said[], words: string): Promise<AskedAtOnce | null> {
  const { channel } = turn.account;
  if (channel === DESK_CHANNEL || channel === REHEARSAL_CHANNEL || said.some(({ kind }) => kind !== "text")) return null;
  const asked = await questionIn(turn, words);
  return asked !== null && (await isNothingElse(turn, words)) ? asked : null;
}

async function questionIn(turn: Turn, words: string): Promise<AskedAtOnce | null> {
  if (asksReceptionDay(words)) return { kind: "reception" };
  if (!hasQuestion(words)) return null;
  const answers = await turn.lookups.answers();
  if (answers.length === 0) return null;
  const atlas = await turn.lookups.atlas();
  const placesIn = (text: string) => {
    const { grids, areas } = mentionsIn(atlas, [text]);
    return [...grids.map(String), ...areas.map(({ kind, index }) => `${kind} ${index}`)];
  };
  const answer = answerFor(answers, words, { segment, placesIn });
  return answer === null ? null : { kind: "library", answer };
}

/** No message has this number: another model votes on whole messages only. */
const NO_MESSAGE = -1;

/** Whether words ask, and tell of nothing else: no danger, nobody's conduct, no trouble, no second matter. */
async function isNothingElse(turn: Turn, words: string): Promise<boolean> {
  const { meaning, isForOfficeFirst, hintsAtDanger } = await understand(turn, { seq: NO_MESSAGE, text: words });
  if (isForOfficeFirst || hintsAtDanger) return false;
  // The name of the day alone is a command.
  if (meaning.kind === "command") return meaning.command === "receptions";
  if (!["matter", "follow-up", "service-question", "unsure"].includes(meaning.kind)) return false;
  const { parts, isDoubtful } = mattersIn(words, openMatterReader());
  return parts.length < 2 && !isDoubtful && onlyAsks(turn.reader.read(words));
}

/** Answers a question with an answer of the library; its case is closed. */
export function answerFromLibrary(
  turn: Turn,
  said: readonly Said[],
  { id, code, body, category }: AnswerInUse,
): Promise<CaseRecord> {
  return closeAtOnce(turn, said, {
    ...{ by: `answers:${code}`, answerId: id, category },
    words: (number) => wordingFor(turn).answeredAtOnce({ number, body }),
  });
}

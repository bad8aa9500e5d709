import type { CaseRecord } from "../../../db/schema/cases.ts";
import { dueOf } from "../../domain/calendar/due.ts";
import { mask } from "../../domain/text/mask.ts";
import { quote, quotedExcerpt } from "../../domain/text/quote.ts";
import { clauses } from "../../domain/text/words.ts";
import { NO_SIGNS } from "../../domain/writer/signs.ts";
import { lastDecision } from "../cases/decisions.ts";
import { record } from "../cases/record.ts";
import { addToThread, residentsWords, threadOf } from "../cases/thread.ts";
import { tellUnitsOfChange } from "../handovers/tell-changed.ts";
import { tellResident } from "../outbox/tell.ts";
import { filedUnder } from "../routing/categorise.ts";
import { findResponsible, type Responsible } from "../routing/responsible.ts";
import { NOWHERE, whereaboutsBefore } from "../routing/whereabouts.ts";
import { workingCopy } from "../turn/said.ts";
import type { Turn } from "../turn/turn.ts";
import { assign } from "./assign.ts";
import { createCase } from "./open-case.ts";

/** A case that was taken out of another one, with who is responsible for it. */
export type TakenOut = { readonly subject: CaseRecord; readonly responsible: Responsible };

/** So much of the words stands in what the resident is told. */
const MATTER_LENGTH = 30;

/**
 * Takes another matter out of an open, ordinary case: it gets a number, and whoever answers there for such a matter; its resident is
 * told.
 *
 * @param by who does so, as events name them
 * @param words as the resident said them, or in the words of whoever reads them, which are never kept as the resident's
 */
export async function splitCase(
  turn: Turn,
  from: CaseRecord,
  { words, by, party }: { readonly words: string; readonly by: string; readonly party: "deputy" | "office" },
): Promise<TakenOut> {
  const { now } = turn;
  const [before, thread] = [await lastDecision(turn, from), await threadOf(turn, from)];
  const filed = await filedUnder(turn, mask(words), {});
  const { conversationId } = from;
  const about = { text: mask(words), category: filed.category, hasPhoto: false, receivedAt: now, conversationId };
  const responsible = await findResponsible(turn, before === null ? NOWHERE : whereaboutsBefore(before.facts), {
    filed,
    matter: () => ({ ...about, caseId: null }),
  });
  const said = { seq: 0, at: now, kind: "text", text: words, mediaId: null } as const;
  const isQuoted = essence(residentsWords(thread)).includes(essence(mask(words)));
  const subject = await createCase(turn, isQuoted ? [said] : [], {
    ...filed,
    conversationId,
    summaryOf: [said],
    signs: { ...NO_SIGNS, isMinor: from.minor, isUnnamed: from.unnamed },
  });
  if (!isQuoted) addToThread(turn, subject, { direction: "in", party, kind: "text", text: words });
  record(turn, subject, "split", by, { from: from.number });
  record(turn, from, "split", by, { into: subject.number });
  await assign(turn, subject, responsible, { text: workingCopy(words, subject) });
  await tellResident(turn, subject, (wording) => ({
    kind: "receipt",
    words: wording.takenOut({
      number: subject.number,
      from: from.number,
      deputy: responsible.holder?.deputy ?? null,
      dueOn: dueOf(subject),
      matter: quotedExcerpt(quote(mask(words)), MATTER_LENGTH),
    }),
    isAnswer: true,
  }));
  await tellUnitsOfChange(turn, from, "taken_out", workingCopy(words, subject));
  return { subject, responsible };
}

function essence(text: string): string {
  return clauses(text).join("");
}

import { and, desc, eq, inArray } from "drizzle-orm";
import type { CaseRecord } from "../../../db/schema/cases.ts";
import { handovers } from "../../../db/schema/ledger.ts";
import { units } from "../../../db/schema/people.ts";
import type { CaseOutcome } from "../../domain/case/case.ts";
import { type How, hasLooked } from "../../domain/case/claims.ts";
import { quote } from "../../domain/text/quote.ts";
import { boundWordingOf } from "../../domain/wording/bound.ts";
import type { Question } from "../../domain/wording/question.ts";
import type { Wording } from "../../domain/wording/sentences.ts";
import type { Locale } from "../../domain/wording/wording.ts";
import { setConfirmClock } from "../cases/clocks.ts";
import { holderOf, noticeOf } from "../cases/describe.ts";
import { clockFrom } from "../cases/due-day.ts";
import { ledBy } from "../cases/led.ts";
import { record } from "../cases/record.ts";
import { confirmReport, endWithCase } from "../handovers/after-claims.ts";
import { tellResident } from "../outbox/tell.ts";
import type { Turn } from "../turn/turn.ts";

/** A closing as its deputy says it; `how` is how they know that it is solved. */
export type Closing = { readonly text: string; readonly outcome: CaseOutcome; readonly how: How };

/** Closes a case, and those that go with it, with a deputy's words, and asks each resident whether it is done; a child is asked nothing. */
export async function closeCase(
  turn: Turn,
  subject: CaseRecord,
  closing: Closing,
  { by, name }: { readonly by: string; readonly name: string },
): Promise<void> {
  const { outcome, how } = closing;
  const holder = await holderOf(turn, subject);
  const unit = await unitOf(turn, subject);
  const isSolved = outcome === "solved";
  const details = { outcome, ...(isSolved && { how }) };
  for (const one of [subject, ...(await ledBy(turn, subject))]) {
    const confirm = isSolved && !one.minor ? clockFrom(turn, "confirm", one) : null;
    const verdictUntil = confirm?.dueOn ?? null;
    record(turn, one, "closed", by, details, { outcome, closedAt: turn.now, verdictUntil });
    if (confirm !== null) setConfirmClock(turn, one, confirm);
    await endWithCase(turn, one, { isSolved, by });
    await tellResident(turn, one, (wording, locale) => ({
      kind: "closure",
      words: wordsOf({ wording, locale }, { one, deputy: name, unit }, closing),
      threadText: closing.text,
      party: "deputy",
      isAnswer: true,
      notice: noticeOf(one, holder),
    }));
  }
  if (isSolved && hasLooked(how)) await confirmReport(turn, subject, { who: "deputy", by });
}

function wordsOf(
  { wording, locale }: { readonly wording: Wording; readonly locale: Locale },
  { one, deputy, unit }: { readonly one: CaseRecord; readonly deputy: string; readonly unit: string | null },
  { text, outcome, how }: Closing,
): Question | string {
  const { number } = one;
  const bound = boundWordingOf(locale);
  const isSolved = outcome === "solved";
  const question = isSolved ? bound.isItFixed({ number }) : wording.askRating({ number });
  const said = isSolved
    ? bound.solved({ number, deputy, how, unit, text: quote(text) })
    : wording.closure({ number, deputy, outcome, text: quote(text) });
  return one.minor ? said : { ...question, text: `${said}\n${question.text}` };
}

/** The name of the unit that has a case, or reported it; null where none was told of it. */
export async function unitOf({ tx }: Turn, { id }: CaseRecord): Promise<string | null> {
  const [last] = await tx
    .select({ name: units.name })
    .from(handovers)
    .innerJoin(units, eq(units.id, handovers.unitId))
    .where(and(eq(handovers.caseId, id), inArray(handovers.state, ["sent", "accepted", "reported", "confirmed"])))
    .orderBy(desc(handovers.openedAt), desc(handovers.id))
    .limit(1);
  return last?.name ?? null;
}

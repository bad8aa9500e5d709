import type { CaseRecord } from "../../../../db/schema/cases.ts";
import { dueOf } from "../../../domain/calendar/due.ts";
import { quoteMasked } from "../../../domain/text/quote.ts";
import type { BoundWording } from "../../../domain/wording/bound/sentences.ts";
import { boundWordingOf } from "../../../domain/wording/bound.ts";
import { joinCase } from "../../actions/add-words.ts";
import { holderOf } from "../../cases/describe.ts";
import { leaderOf } from "../../cases/led.ts";
import { record } from "../../cases/record.ts";
import { addToThread } from "../../cases/thread.ts";
import { confirmReport, giveBackToUnit } from "../../handovers/after-claims.ts";
import { endAssistingOfClosed } from "../../handovers/assistants.ts";
import { tell, tellDeputy } from "../../outbox/tell.ts";
import type { Outcome } from "../../turn/outcome.ts";
import { type Said, workingCopy } from "../../turn/said.ts";
import { type Turn, wordingFor } from "../../turn/turn.ts";

/**
 * Applies what a resident says of a unit's word that an open case is done: their yes closes it on their word alone, their no gives it
 * back to the unit. Of a case that goes with another one it is a word more.
 */
export async function judgeUnitsWord(
  turn: Turn,
  subject: CaseRecord,
  said: Said,
  { satisfied, comment = "" }: { readonly satisfied: boolean; readonly comment?: string },
): Promise<Outcome> {
  const outcome: Outcome = { kind: "case", caseId: subject.id };
  if ((await leaderOf(turn, subject)) !== null) {
    await joinCase(turn, subject, [said], { quietly: false });
    return outcome;
  }
  const { number } = subject;
  const judge = { who: "resident", by: "resident" } as const;
  addToThread(turn, subject, { direction: "in", party: "resident", ...said, kind: "rating" });
  const text = comment === "" ? null : quoteMasked(workingCopy(comment, subject));
  if (satisfied) {
    const solved = { outcome: "solved", claim: "resident" } as const;
    record(turn, subject, "closed", "resident", solved, { outcome: "solved", closedAt: turn.now });
    await confirmReport(turn, subject, judge);
    await endAssistingOfClosed(turn, subject);
    await tellHolder(turn, subject, (wording) => wording.residentConfirmed({ number, isSatisfied: true, text }));
    tell(turn, { kind: "courtesy", subject, words: wordingFor(turn).ratingNoted({ number }) });
    return outcome;
  }
  record(turn, subject, "message_added", "resident", { kinds: ["rating"] });
  const unit = await giveBackToUnit(turn, subject, judge);
  await tellHolder(turn, subject, (wording) => wording.residentDenied({ number, unit, text }));
  const { locale } = turn.conversation;
  const dueOn = dueOf(subject);
  if (unit !== null) {
    tell(turn, {
      kind: "receipt",
      subject,
      words: boundWordingOf(locale).notFixedNoted({ number, unit, dueOn }),
      isAnswer: true,
    });
  } else {
    tell(turn, {
      kind: "courtesy",
      subject,
      words: wordingFor(turn).followUpNoted({ number, holder: await holderOf(turn, subject) }),
    });
  }
  return outcome;
}

async function tellHolder(turn: Turn, subject: CaseRecord, say: (wording: BoundWording) => string): Promise<void> {
  if (subject.deputyId === null || subject.sealed) return;
  await tellDeputy(turn, subject.deputyId, (_, locale) => ({
    kind: "deputy-news",
    subject,
    words: say(boundWordingOf(locale)),
    isAnswer: true,
  }));
}

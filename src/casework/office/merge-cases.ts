import { eq } from "drizzle-orm";
import type { CaseRecord } from "../../../db/schema/cases.ts";
import { caseLinks } from "../../../db/schema/console.ts";
import { dueOf } from "../../domain/calendar/due.ts";
import { quoteMasked } from "../../domain/text/quote.ts";
import { takeApart } from "../actions/take-apart.ts";
import { holderOf } from "../cases/describe.ts";
import { allLedBy, leaderOf, UNMERGE_MS } from "../cases/led.ts";
import { record } from "../cases/record.ts";
import { residentsWords, threadOf } from "../cases/thread.ts";
import { takeBackFromUnits } from "../handovers/hand-over-to.ts";
import { clearQuestion } from "../outbox/questions.ts";
import { tellDeputy, tellResident } from "../outbox/tell.ts";
import { withdrawFromDeputies } from "../outbox/withdraw.ts";
import type { Turn } from "../turn/turn.ts";

/** The reason for which two cases cannot go together, or be taken apart, by a stable word and a sentence. */
export type CannotMerge = { readonly ok: false; readonly code: string; readonly reason: string };

/**
 * Lets a case go with another one, the leading: answers and the closing of that one reach its resident too, under its own number,
 * and what its resident says reaches whoever has the leading one. Both are open, locked and ordinary.
 *
 * Nobody learns of the other resident: who gets another deputy is told that, and nothing else.
 */
export async function mergeCases(
  turn: Turn,
  led: CaseRecord,
  leading: CaseRecord,
): Promise<{ readonly ok: true } | CannotMerge> {
  const refusal = await whyNot(turn, led, leading);
  if (refusal !== null) return refusal;
  const [before, holder] = [await holderOf(turn, led), await holderOf(turn, leading)];
  const words = residentsWords(await threadOf(turn, led)) || led.summary;
  clearQuestion(turn, led.number);
  await withdrawFromDeputies(turn, led);
  await takeBackFromUnits(turn, led, "office");
  record(turn, led, "merged", "office", { into: leading.number });
  record(turn, leading, "merged", "office", { from: led.number });
  const { jurisdictionId, now: at } = turn;
  const link = { jurisdictionId, caseId: led.id, leadingId: leading.id, at };
  await turn.tx.insert(caseLinks).values(link).onConflictDoUpdate({ target: caseLinks.caseId, set: link });
  if (led.deputyId !== null && led.deputyId !== leading.deputyId) {
    await tellDeputy(turn, led.deputyId, (wording) => ({
      kind: "deputy-news",
      subject: led,
      words: wording.caseMovedAway({ number: led.number, holder }),
    }));
  }
  if (leading.deputyId !== null) {
    await tellDeputy(turn, leading.deputyId, (wording) => ({
      kind: "deputy-news",
      subject: leading,
      words: wording.anotherSaysSo({ number: leading.number, text: quoteMasked(words) }),
    }));
  }
  if (before?.deputy !== holder?.deputy || led.state === "clarifying") {
    await tellResident(turn, led, (wording) => ({
      kind: "receipt",
      words: wording.reassigned({ number: led.number, holder, dueOn: dueOf(led) }),
      isAnswer: true,
    }));
  }
  return { ok: true };
}

/** Takes a merge back, up to thirty days after it: both cases are as before, and their events tell of both. */
export async function unmergeCases(
  turn: Turn,
  led: CaseRecord,
  leading: CaseRecord,
): Promise<{ readonly ok: true } | CannotMerge> {
  const [link] = await turn.tx.select().from(caseLinks).where(eq(caseLinks.caseId, led.id));
  if (link?.leadingId !== leading.id) return cannot("not-merged", "They do not go together any more.");
  if (turn.now.getTime() - link.at.getTime() > UNMERGE_MS)
    return cannot("too-late", "A merge can be taken back for thirty days.");
  await takeApart(turn, leading, led);
  return { ok: true };
}

async function whyNot(turn: Turn, led: CaseRecord, leading: CaseRecord): Promise<CannotMerge | null> {
  if (led.id === leading.id) return cannot("same-case", "A case cannot be merged with itself.");
  if (leading.closedAt !== null) return cannot("leading-closed", `Case ${leading.number} is closed.`);
  if (led.priority && !leading.priority)
    return cannot("urgent-leads", "A danger to life cannot go with an ordinary case: let it lead.");
  if ((await leaderOf(turn, leading)) !== null)
    return cannot("merged-away", `Case ${leading.number} goes with another one itself.`);
  if ((await leaderOf(turn, led)) !== null)
    return cannot("merged-already", `Case ${led.number} goes with another one already.`);
  if ((await allLedBy(turn, led)).length > 0)
    return cannot("leads-others", `Others go with case ${led.number}: let it lead.`);
  return null;
}

function cannot(code: string, reason: string): CannotMerge {
  return { ok: false, code, reason };
}

import { eq } from "drizzle-orm";
import { type CaseRecord, caseEvents } from "../../../db/schema/cases.ts";
import { caseLinks } from "../../../db/schema/console.ts";
import { dueOf } from "../../domain/calendar/due.ts";
import { lastDecision } from "../cases/decisions.ts";
import { deputyCase, holderOf, placeName } from "../cases/describe.ts";
import { allLedBy, leaderOf } from "../cases/led.ts";
import { eventRow, record } from "../cases/record.ts";
import { residentsWords, threadOf } from "../cases/thread.ts";
import { isAvailable } from "../county/deputies.ts";
import { tellResident } from "../outbox/tell.ts";
import { tellNewCase } from "../outbox/tell-case.ts";
import type { Turn } from "../turn/turn.ts";
import { handOverCase } from "./hand-over.ts";

/** Lets a case stand by itself again, as it was before it went with another: its own deputy and its resident are told who has it. */
export async function takeApart(turn: Turn, leading: CaseRecord, led: CaseRecord): Promise<void> {
  const former = await holderOf(turn, led);
  record(turn, led, "unmerged", "service", { into: leading.number });
  // The leading case may not be locked: it gets its event, and nothing of it is written over.
  turn.writes.insert(caseEvents, eventRow(turn, leading.id, "unmerged", "service", { from: led.number }));
  await turn.tx.delete(caseLinks).where(eq(caseLinks.caseId, led.id));
  if (led.closedAt !== null || led.sealed) return;
  const { deputyId } = led;
  // Whoever had it may have gone away meanwhile, with all that they had but this.
  if (deputyId !== null && !(await isAvailable(turn, deputyId))) {
    if (await handOverCase(turn, led, { deputyId }, { toOffice: false })) return;
  }
  const holder = await holderOf(turn, led);
  if (led.deputyId !== null && led.deputyId !== leading.deputyId) {
    const decision = await lastDecision(turn, led);
    const text = residentsWords(await threadOf(turn, led)) || led.summary;
    const line = deputyCase(led, text, decision === null ? "" : placeName(decision.facts), turn.today);
    await tellNewCase(turn, led.deputyId, led, { line, holder });
  }
  if (holder?.deputy === former?.deputy) return;
  await tellResident(turn, led, (wording) => ({
    kind: "receipt",
    words: wording.reassigned({ number: led.number, holder, dueOn: dueOf(led) }),
    isAnswer: true,
  }));
}

/** Lets a case and all that go with it, or with which it goes, stand by themselves: for one that ends or is sealed. */
export async function takeAllApart(turn: Turn, subject: CaseRecord): Promise<void> {
  for (const led of await allLedBy(turn, subject)) await takeApart(turn, subject, led);
  const leading = await leaderOf(turn, subject);
  if (leading !== null) await takeApart(turn, leading, subject);
}

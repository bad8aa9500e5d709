import { and, eq, gte, inArray, sql } from "drizzle-orm";
import { type CaseRecord, caseClocks, caseMessages } from "../../../../db/schema/cases.ts";
import { boundWordingOf } from "../../../domain/wording/bound.ts";
import { ownCases } from "../../cases/load.ts";
import { supersede, tell } from "../../outbox/tell.ts";
import type { Outcome } from "../../turn/outcome.ts";
import type { Turn } from "../../turn/turn.ts";

/** Right behind a closing nobody is reminded of it. */
const SOON_MS = 20 * 3_600_000;

/** What a person is told or asked when they have more on their mind than a verdict. */
const HEAVIER = ["emergency", "notice", "question"] as const;

/**
 * Reminds a resident who has just said something else that they have given no verdict on a case which was closed as solved: of each closing
 * once, at their own contact, and never by a notice of its own.
 */
export async function remindOfVerdict(turn: Turn, outcome: Outcome): Promise<void> {
  if (outcome.kind === "spam" || outcome.kind === "answer" || HEAVIER.some((kind) => turn.unsent?.has(kind) === true))
    return;
  const mine = await ownCases(turn);
  if (mine.some(({ sealed, closedAt }) => sealed && closedAt === null)) return;
  const waiting = mine.filter((one) => isWaiting(turn, one) && one.id !== outcome.caseId);
  if (waiting.length === 0) return;
  const ids = waiting.map(({ id }) => id);
  const clocks = await turn.tx
    .select({ caseId: caseClocks.caseId })
    .from(caseClocks)
    .where(and(inArray(caseClocks.caseId, ids), eq(caseClocks.kind, "confirm"), eq(caseClocks.state, "running")));
  const running = waiting.filter(({ id }) => clocks.some(({ caseId }) => caseId === id));
  for (const subject of running) {
    if (await wasReminded(turn, subject)) continue;
    // One at a time: a person reads no list of what they have not said.
    remind(turn, subject);
    return;
  }
}

/** Withdraws a reminder that waits to leave: the verdict is there. */
export function withdrawReminder(turn: Turn): void {
  supersede(turn, ["verdict-reminder"]);
}

function isWaiting({ now, today }: Turn, one: CaseRecord): boolean {
  const { state, sealed, rating, verdictUntil, closedAt } = one;
  if (state !== "closed" || sealed || rating !== null || verdictUntil === null || closedAt === null) return false;
  return verdictUntil >= today && now.getTime() - closedAt.getTime() > SOON_MS;
}

async function wasReminded({ tx }: Turn, { id, closedAt }: CaseRecord): Promise<boolean> {
  const reminders = and(
    eq(caseMessages.caseId, id),
    eq(caseMessages.kind, "verdict-reminder"),
    gte(caseMessages.at, closedAt ?? sql`now()`),
  );
  const [found] = await tx.select({ id: caseMessages.id }).from(caseMessages).where(reminders).limit(1);
  return found !== undefined;
}

function remind(turn: Turn, subject: CaseRecord): void {
  const words = boundWordingOf(turn.conversation.locale).verdictReminder({ number: subject.number });
  tell(turn, { kind: "verdict-reminder", subject, words });
}

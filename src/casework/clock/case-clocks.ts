import { and, asc, eq, isNull, lt, ne, or, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { type CaseRecord, caseClocks, cases } from "../../../db/schema/cases.ts";
import { replyOn, setReplyClock } from "../cases/clocks.ts";
import { lockCase } from "../cases/load.ts";
import { record } from "../cases/record.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { openTurn } from "../turn/open-turn.ts";
import { finishTurn, type Turn } from "../turn/turn.ts";

/** Cases that are looked after in one round; the next round goes on. */
const AT_ONCE = 200;

type Found = { readonly id: string; readonly conversationId: string };

/** Writes down which clocks were missed, each case in a transaction of its own. */
export async function noteMissed(runtime: Runtime, jurisdictionId: string): Promise<void> {
  const late = await runtime.database.inCounty(jurisdictionId, (tx) => casesWithLateClocks(tx, runtime.now()));
  for (const one of late) await lookAtCase(runtime, jurisdictionId, one, missClocks);
}

/**
 * Gives open cases of an older version, which knew no clocks, one of their answer with the day that they have.
 *
 * What was answered already gets none: nobody waits for a first word there.
 */
export async function giveClocks(runtime: Runtime, jurisdictionId: string): Promise<void> {
  const without = await runtime.database.inCounty(jurisdictionId, casesWithoutClocks);
  for (const one of without) await lookAtCase(runtime, jurisdictionId, one, giveClock);
}

/** The notice of a petition is owed of a closed case too. */
const isNotice = eq(caseClocks.kind, "petition_notice");

async function casesWithLateClocks(tx: Transaction, now: Date): Promise<Found[]> {
  return tx
    .selectDistinct({ id: cases.id, conversationId: cases.conversationId })
    .from(caseClocks)
    .innerJoin(cases, eq(cases.id, caseClocks.caseId))
    .where(and(eq(caseClocks.state, "running"), lt(caseClocks.dueAt, now), or(isNull(cases.closedAt), isNotice)))
    .limit(AT_ONCE);
}

async function casesWithoutClocks(tx: Transaction): Promise<Found[]> {
  const isWithout = sql`not exists (select from ${caseClocks} c where c.case_id = ${cases.id})`;
  return tx
    .select({ id: cases.id, conversationId: cases.conversationId })
    .from(cases)
    .where(and(isNull(cases.closedAt), ne(cases.state, "answered"), isWithout))
    .orderBy(asc(cases.dueOn), asc(cases.id))
    .limit(AT_ONCE);
}

async function lookAtCase(
  runtime: Runtime,
  jurisdictionId: string,
  { id, conversationId }: Found,
  look: (turn: Turn, subject: CaseRecord) => Promise<void>,
): Promise<void> {
  await runtime.database.inCounty(jurisdictionId, async (tx) => {
    const turn = await openTurn(runtime, tx, conversationId);
    if (turn === null) return;
    await look(turn, await lockCase(turn, id));
    await finishTurn(turn);
  });
}

async function missClocks(turn: Turn, subject: CaseRecord): Promise<void> {
  const isLate = and(
    eq(caseClocks.caseId, subject.id),
    eq(caseClocks.state, "running"),
    lt(caseClocks.dueAt, turn.now),
  );
  const late = await turn.tx.select({ id: caseClocks.id, kind: caseClocks.kind }).from(caseClocks).where(isLate);
  if (late.length === 0) return;
  record(turn, subject, "clock_missed", "service", { kinds: late.map(({ kind }) => kind) });
  for (const { id } of late) turn.writes.update(caseClocks, id, { state: "missed", settledAt: turn.now });
}

async function giveClock(turn: Turn, subject: CaseRecord): Promise<void> {
  const has = eq(caseClocks.caseId, subject.id);
  const [clock] = await turn.tx.select({ id: caseClocks.id }).from(caseClocks).where(has).limit(1);
  if (clock !== undefined || subject.state === "answered" || subject.closedAt !== null) return;
  setReplyClock(turn, subject, replyOn(turn, subject.dueOn, subject.dueWithin));
}

import { and, asc, count, eq, isNull, lte, not } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Transaction } from "../../../db/database.ts";
import { cases } from "../../../db/schema/cases.ts";
import { conversations } from "../../../db/schema/conversations.ts";
import { absences, deputies } from "../../../db/schema/people.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import { isLed } from "../cases/led.ts";
import { tellDeputy } from "../outbox/tell.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { LIKELIEST_FIRST } from "../turn/deputy-chats.ts";
import { openTurn } from "../turn/open-turn.ts";
import { finishTurn } from "../turn/turn.ts";
import { handOverOne } from "./hand-over-one.ts";

/** An absence whose day has come. */
export type Beginning = {
  readonly id: string;
  readonly deputyId: string;
  readonly fromAt: Date;
  readonly untilAt: Date;
  readonly standIn: string | null;
};

/**
 * Begins the planned absences whose day has come: the open cases go to whoever stands in, oldest first, with notice to
 * both sides, and the deputy is told that it has begun.
 *
 * Every case is a transaction of its own and finds out what is left to do, so that one that was interrupted goes on.
 * @returns the conversations that now have something to deliver
 */
export async function beginAbsences(runtime: Runtime, jurisdictionId: string): Promise<string[]> {
  const { database } = runtime;
  const told: string[] = [];
  for (const absence of await database.inCounty(jurisdictionId, (tx) => dueBeginnings(tx, runtime.now()))) {
    const { deputyId } = absence;
    let moved = 0;
    const held = await database.inCounty(jurisdictionId, (tx) => casesHeldBy(tx, deputyId));
    for (const one of absence.untilAt > runtime.now() ? held : []) {
      const { isMoved, toDeliver } = await handOverOne(
        runtime,
        jurisdictionId,
        { ...one, holding: { deputyId } },
        { toOffice: false },
      );
      told.push(...toDeliver);
      if (isMoved) moved += 1;
    }
    told.push(...(await database.inCounty(jurisdictionId, (tx) => noteBegun(runtime, tx, absence, moved))));
  }
  return told;
}

async function dueBeginnings(tx: Transaction, now: Date): Promise<Beginning[]> {
  const standIn = alias(deputies, "stand_in");
  return tx
    .select({
      id: absences.id,
      deputyId: absences.deputyId,
      fromAt: absences.fromAt,
      untilAt: absences.untilAt,
      standIn: standIn.name,
    })
    .from(absences)
    .leftJoin(standIn, eq(standIn.id, absences.substituteId))
    .where(and(absences.awaitsBeginning, lte(absences.fromAt, now)))
    .orderBy(asc(absences.fromAt), asc(absences.id));
}

/** The open cases of a deputy, oldest first; without those that go with another one. */
export async function casesHeldBy(tx: Transaction, deputyId: string) {
  return tx
    .select({ id: cases.id, conversationId: cases.conversationId })
    .from(cases)
    .where(and(eq(cases.deputyId, deputyId), isNull(cases.closedAt), not(isLed)))
    .orderBy(asc(cases.receivedAt), asc(cases.number));
}

/** Records that an absence has begun, and tells its deputy once; an absence that is over already is not told. */
export async function noteBegun(
  runtime: Runtime,
  tx: Transaction,
  { id, deputyId, fromAt, untilAt, standIn }: Beginning,
  moved: number,
): Promise<Iterable<string>> {
  const noted = await tx
    .update(absences)
    .set({ awaitsBeginning: false })
    .where(and(eq(absences.id, id), absences.awaitsBeginning))
    .returning({ id: absences.id });
  const [chat] = await tx
    .select({ id: conversations.id })
    .from(conversations)
    .where(eq(conversations.deputyId, deputyId))
    .orderBy(LIKELIEST_FIRST)
    .limit(1);
  if (noted.length === 0 || chat === undefined || untilAt <= runtime.now()) return [];
  const turn = await openTurn(runtime, tx, chat.id);
  if (turn === null) return [];
  const [left] = await tx
    .select({ count: count() })
    .from(cases)
    .where(and(eq(cases.deputyId, deputyId), isNull(cases.closedAt), not(isLed)));
  const { timeZone } = runtime;
  await tellDeputy(turn, deputyId, (wording) => ({
    kind: "courtesy",
    subject: null,
    words: wording.awayBegins({
      from: dayIn(fromAt, timeZone),
      until: dayIn(new Date(untilAt.getTime() - 1), timeZone),
      standIn,
      moved,
      stayed: left?.count ?? 0,
    }),
  }));
  await finishTurn(turn);
  return turn.toDeliver;
}

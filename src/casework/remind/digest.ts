import { and, asc, desc, eq, inArray, isNull, lt, or } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Transaction } from "../../../db/database.ts";
import { cases } from "../../../db/schema/cases.ts";
import { conversations } from "../../../db/schema/conversations.ts";
import { digests, outbox } from "../../../db/schema/outbox.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import type { CountyTime } from "../../domain/calendar/office-hours.ts";
import { noticeOf } from "../cases/describe.ts";
import { tellDeputy } from "../outbox/tell.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { LIKELIEST_FIRST } from "../turn/deputy-chats.ts";
import { openTurn } from "../turn/open-turn.ts";
import { finishTurn, type Turn } from "../turn/turn.ts";
import { type DigestWords, digestWords, type ToRemind } from "./digest-words.ts";
import { deputiesToRemind } from "./due-cases.ts";
import { remindedUntil } from "./reminded-until.ts";

/** So many deputies are reminded at a time: residents who write meanwhile need connections too. */
const AT_ONCE = 2;

/** For so many deputies what they are told is gathered at a time. */
const GATHERED = 20;

/**
 * Tells each deputy in one message a day what is late or due by the next working day on which they are there; who is away, or has no chat, gets none.
 *
 * Each is a transaction of its own, which writes down that the deputy had the message of this day: whatever is interrupted goes
 * on, and nobody gets two.
 * @returns the conversations that now have something to deliver
 */
export async function sendDigests(runtime: Runtime, jurisdictionId: string, time: CountyTime): Promise<string[]> {
  const { database } = runtime;
  const now = runtime.now();
  const today = dayIn(now, time.timeZone);
  const { untils, chats } = await database.inCounty(jurisdictionId, async (tx) => {
    const untils = await remindedUntil(tx, today, time);
    return { untils, chats: await chatsOfAll(tx, await deputiesToRemind(tx, untils.latest, today)) };
  });
  const told: string[] = [];
  const remindOne = (conversationId: string, deputyId: string, words: DigestWords) =>
    database.inCounty(jurisdictionId, async (tx) => {
      const turn = await openTurn(runtime, tx, conversationId);
      if (turn === null) return;
      await sendDigest(turn, deputyId, words);
      await finishTurn(turn);
      told.push(...turn.toDeliver);
    });
  const waiting = Array.from({ length: Math.ceil(chats.length / GATHERED) }, (_, index) =>
    chats.slice(index * GATHERED, (index + 1) * GATHERED),
  );
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const some = next;
        const words = await database.inCounty(jurisdictionId, (tx) =>
          digestWords({ tx, jurisdictionId, now, today }, some, untils, time),
        );
        for (const { id, deputyId } of some) {
          const theirs = words.get(deputyId);
          if (theirs !== undefined) await remindOne(id, deputyId, theirs);
        }
      }
    }),
  );
  return told;
}

async function chatsOfAll(tx: Transaction, deputyIds: readonly string[]): Promise<ToRemind[]> {
  const rows = await tx
    .select({ id: conversations.id, deputyId: conversations.deputyId, locale: conversations.locale })
    .from(conversations)
    .where(inArray(conversations.deputyId, [...deputyIds]))
    .orderBy(LIKELIEST_FIRST, conversations.id);
  const first = new Map<string, ToRemind>();
  for (const { deputyId, ...chat } of rows)
    if (deputyId !== null && !first.has(deputyId)) first.set(deputyId, { ...chat, deputyId });
  return [...first.values()];
}

async function sendDigest(turn: Turn, deputyId: string, digest: DigestWords): Promise<void> {
  const { jurisdictionId, today, now } = turn;
  const { caseIds, first, holder, lines, more } = digest;
  if (!(await stillHas(turn, deputyId, caseIds))) return;
  const outboxId = newId();
  const noted = await turn.tx
    .insert(digests)
    .values({ jurisdictionId, deputyId, onDay: today, caseIds: [...caseIds], outboxId, at: now })
    .onConflictDoNothing()
    .returning({ onDay: digests.onDay });
  if (noted.length === 0) return;
  await withdrawEarlier(turn, deputyId);
  await tellDeputy(turn, deputyId, (wording) => ({
    id: outboxId,
    kind: "deputy-digest",
    subject: null,
    words: wording.digest({ lines, more, today }),
    isAnswer: true,
    notice: noticeOf(first, holder),
  }));
}

/**
 * Whether all of these cases are still with a deputy, open and not sealed; they stay so until the commit. Where one is not, the next pass gathers
 * anew.
 */
async function stillHas({ tx }: Turn, deputyId: string, caseIds: readonly string[]): Promise<boolean> {
  const locked = await tx
    .select({ id: cases.id })
    .from(cases)
    .where(
      and(
        inArray(cases.id, [...caseIds]),
        eq(cases.deputyId, deputyId),
        isNull(cases.closedAt),
        eq(cases.sealed, false),
      ),
    )
    .orderBy(asc(cases.number))
    .for("share");
  return locked.length === caseIds.length;
}

/** Withdraws the deputy's last message of an earlier day, where it still waits. */
async function withdrawEarlier({ tx, today, now }: Turn, deputyId: string): Promise<void> {
  const [last] = await tx
    .select({ id: digests.outboxId })
    .from(digests)
    .where(and(eq(digests.deputyId, deputyId), lt(digests.onDay, today)))
    .orderBy(desc(digests.onDay))
    .limit(1);
  if (last === undefined) return;
  await tx
    .update(outbox)
    .set({ state: "superseded", settledAt: now })
    .where(and(or(eq(outbox.id, last.id), eq(outbox.repeats, last.id)), eq(outbox.state, "waiting")));
}

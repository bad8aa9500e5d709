import { and, eq, inArray } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Transaction } from "../../../db/database.ts";
import { cases } from "../../../db/schema/cases.ts";
import { conversations } from "../../../db/schema/conversations.ts";
import { digests, outbox } from "../../../db/schema/outbox.ts";
import type { TopicRecord } from "../../../db/schema/topics.ts";
import { dayIn, workingDaysBetween } from "../../domain/calendar/deadline.ts";
import type { CountyTime } from "../../domain/calendar/office-hours.ts";
import type { DigestLine, NearDue } from "../../domain/wording/reminders.ts";
import type { DeputyCase } from "../../domain/wording/sentences.ts";
import type { TopicLine } from "../../domain/wording/topic-line.ts";
import { deputyLines, holderOf, noticeOf } from "../cases/describe.ts";
import { isAvailable } from "../county/deputies.ts";
import { tellDeputy } from "../outbox/tell.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { topicsOf } from "../topics/members.ts";
import { topicLine } from "../topics/topic-lines.ts";
import { LIKELIEST_FIRST } from "../turn/deputy-chats.ts";
import { openTurn } from "../turn/open-turn.ts";
import { finishTurn, type Turn } from "../turn/turn.ts";
import { type DueClock, deputiesToRemind, dueOfDeputies } from "./due-cases.ts";
import { remindedUntil } from "./reminded-until.ts";

/** So many deputies are reminded at a time: residents who write meanwhile need connections too. */
const AT_ONCE = 4;

/** The most cases that one message names. */
const MOST_NAMED = 10;

/**
 * Tells each deputy in one message a day what is late or due by the next working day on which they are there; who is away, or has no chat, gets none.
 *
 * Each is a transaction of its own, which writes down that the deputy had the message of this day: whatever is interrupted goes
 * on, and nobody gets two.
 * @returns the conversations that now have something to deliver
 */
export async function sendDigests(runtime: Runtime, jurisdictionId: string, time: CountyTime): Promise<string[]> {
  const { database } = runtime;
  const today = dayIn(runtime.now(), time.timeZone);
  const { untils, chats } = await database.inCounty(jurisdictionId, async (tx) => {
    const untils = await remindedUntil(tx, today, time);
    return { untils, chats: await chatsOfAll(tx, await deputiesToRemind(tx, untils.latest, today)) };
  });
  const told: string[] = [];
  const remindOne = ({ id, deputyId }: (typeof chats)[number]) =>
    database.inCounty(jurisdictionId, async (tx) => {
      const turn = await openTurn(runtime, tx, id);
      if (turn === null) return;
      await sendDigest(turn, deputyId, untils.of(deputyId), time);
      await finishTurn(turn);
      told.push(...turn.toDeliver);
    });
  const waiting = [...chats];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await remindOne(next);
    }),
  );
  return told;
}

async function chatsOfAll(tx: Transaction, deputyIds: readonly string[]) {
  const rows = await tx
    .select({ id: conversations.id, deputyId: conversations.deputyId })
    .from(conversations)
    .where(inArray(conversations.deputyId, [...deputyIds]))
    .orderBy(LIKELIEST_FIRST, conversations.id);
  const first = new Map<string, string>();
  for (const { id, deputyId } of rows) if (deputyId !== null && !first.has(deputyId)) first.set(deputyId, id);
  return [...first].map(([deputyId, id]) => ({ id, deputyId }));
}

async function sendDigest(turn: Turn, deputyId: string, until: Date, time: CountyTime): Promise<void> {
  const { jurisdictionId, today, now } = turn;
  if (!(await isAvailable(turn, deputyId))) return;
  const due = mostPressing(await dueOfDeputies(turn.tx, until, eq(cases.deputyId, deputyId)));
  const [first] = due;
  if (first === undefined) return;
  const caseIds = due.map(({ subject }) => subject.id);
  const outboxId = newId();
  const noted = await turn.tx
    .insert(digests)
    .values({ jurisdictionId, deputyId, onDay: today, caseIds, outboxId, at: now })
    .onConflictDoNothing()
    .returning({ onDay: digests.onDay });
  if (noted.length === 0) return;
  await turn.tx
    .update(outbox)
    .set({ state: "superseded", settledAt: now })
    .where(and(eq(outbox.deputyId, deputyId), eq(outbox.kind, "deputy-digest"), eq(outbox.state, "waiting")));
  const entries = await byTopic(turn, due);
  const named = entries.slice(0, MOST_NAMED);
  const described = await deputyLines(
    turn,
    named.map(({ clock }) => clock.subject),
  );
  const topicLines = await linesOf(turn, named);
  const lines = named.flatMap(({ clock, topic }, index): DigestLine<DeputyCase>[] => {
    const about = { what: clock.kind, due: nearDue(clock, today, time) };
    const of = topic === null ? undefined : topicLines.get(topic.id);
    if (of !== undefined) return [{ topic: of, ...about }];
    const line = described[index];
    return line === undefined ? [] : [{ line, ...about }];
  });
  const holder = await holderOf(turn, first.subject);
  await tellDeputy(turn, deputyId, (wording) => ({
    id: outboxId,
    kind: "deputy-digest",
    subject: null,
    words: wording.digest({ lines, more: entries.length - lines.length, today }),
    isAnswer: true,
    notice: noticeOf(first.subject, holder),
  }));
}

/** One line for each case: of what is late or due of it, what came first. */
function mostPressing(due: readonly DueClock[]): DueClock[] {
  const first = new Map<string, DueClock>();
  for (const one of due) if (!first.has(one.subject.id)) first.set(one.subject.id, one);
  return [...first.values()].toSorted((a, b) => Number(b.subject.priority) - Number(a.subject.priority));
}

type Entry = { readonly clock: DueClock; readonly topic: TopicRecord | null };

/** What is due, several cases of one topic as one: its most pressing stands for all. */
async function byTopic({ tx }: Turn, due: readonly DueClock[]): Promise<readonly Entry[]> {
  const inTopics = await topicsOf(
    tx,
    due.map(({ subject }) => subject.id),
  );
  const times = new Map<string, number>();
  for (const { id } of inTopics.values()) times.set(id, (times.get(id) ?? 0) + 1);
  const seen = new Set<string>();
  return due.flatMap((clock): Entry[] => {
    const topic = inTopics.get(clock.subject.id);
    if (topic === undefined || (times.get(topic.id) ?? 0) < 2) return [{ clock, topic: null }];
    if (seen.has(topic.id)) return [];
    seen.add(topic.id);
    return [{ clock, topic }];
  });
}

async function linesOf(turn: Turn, entries: readonly Entry[]): Promise<ReadonlyMap<string, TopicLine>> {
  const locale = turn.conversation.locale;
  const lines = new Map<string, TopicLine>();
  for (const { topic } of entries) {
    if (topic !== null) lines.set(topic.id, await topicLine(turn.tx, topic, locale));
  }
  return lines;
}

function nearDue({ dueAt, dueWithin }: DueClock, today: string, { holidays, timeZone }: CountyTime): NearDue {
  const on = dayIn(dueAt, timeZone);
  if (on < today) return { late: Math.max(1, workingDaysBetween(on, today, holidays)) };
  return { on: dueWithin === null ? on : null };
}

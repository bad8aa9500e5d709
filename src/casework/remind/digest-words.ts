import { inArray } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { type CaseRecord, cases } from "../../../db/schema/cases.ts";
import type { TopicRecord } from "../../../db/schema/topics.ts";
import { dayIn, workingDaysBetween } from "../../domain/calendar/deadline.ts";
import type { CountyTime } from "../../domain/calendar/office-hours.ts";
import type { DigestLine, NearDue } from "../../domain/wording/reminders.ts";
import type { DeputyCase } from "../../domain/wording/sentences.ts";
import type { TopicLine } from "../../domain/wording/topics/topic-line.ts";
import type { Holder } from "../../domain/wording/who-answers.ts";
import type { Locale } from "../../domain/wording/wording.ts";
import { deputyLines, holdersOf } from "../cases/describe.ts";
import { availableOf, type Moment } from "../county/deputies.ts";
import { topicsOf } from "../topics/members.ts";
import { topicLine } from "../topics/topic-lines.ts";
import { type DueClock, dueOfDeputies } from "./due-cases.ts";
import type { RemindedUntil } from "./reminded-until.ts";

/** The most cases that one message names. */
const MOST_NAMED = 10;

/** A deputy who is to be reminded, with the chat in which that is done. */
export type ToRemind = { readonly id: string; readonly deputyId: string; readonly locale: Locale };

/** The words of a deputy's message of the day: the cases of which it tells, and its lines. */
export type DigestWords = {
  readonly caseIds: readonly string[];
  /** The case by which the message may be announced, and who has it. */
  readonly first: CaseRecord;
  readonly holder: Holder;
  readonly lines: readonly DigestLine<DeputyCase>[];
  /** How many more there are than the lines name. */
  readonly more: number;
};

type Entry = { readonly clock: DueClock; readonly topic: TopicRecord | null };

/**
 * Gathers what each of some deputies is told of today: what is late or due by the moment until which they are reminded. Whoever is away, or has
 * nothing due, is left out.
 *
 * A statement for all of them costs as much as one for each.
 */
export async function digestWords(
  moment: Moment,
  chats: readonly ToRemind[],
  untils: RemindedUntil,
  time: CountyTime,
): Promise<ReadonlyMap<string, DigestWords>> {
  const { tx } = moment;
  const available = await availableOf(
    moment,
    chats.map(({ deputyId }) => deputyId),
  );
  const due = await dueOfDeputies(tx, untils.latest, inArray(cases.deputyId, [...available]));
  const inTopics = await topicsOf(
    tx,
    due.map(({ subject }) => subject.id),
  );
  const digests = chats.flatMap(({ deputyId, locale }) => {
    const until = untils.of(deputyId);
    const theirs = mostPressing(due.filter(({ subject, dueAt }) => subject.deputyId === deputyId && dueAt <= until));
    const entries = byTopic(theirs, inTopics);
    const [first] = theirs;
    const caseIds = theirs.map(({ subject }) => subject.id);
    const named = entries.slice(0, MOST_NAMED);
    return first === undefined ? [] : [{ deputyId, locale, first: first.subject, caseIds, entries, named }];
  });
  const subjects = digests.flatMap(({ named }) => named.map(({ clock }) => clock.subject));
  const described = await deputyLines(moment, subjects);
  const lineOf = new Map(subjects.map(({ id }, index) => [id, described[index]]));
  const holders = await holdersOf(
    moment,
    digests.map(({ first }) => first),
  );
  const words = new Map<string, DigestWords>();
  for (const { deputyId, locale, first, caseIds, entries, named } of digests) {
    const topicLines = await linesOf(tx, named, locale);
    const lines = named.flatMap(({ clock, topic }): DigestLine<DeputyCase>[] => {
      const about = { what: clock.kind, due: nearDue(clock, moment.today, time) };
      const of = topic === null ? undefined : topicLines.get(topic.id);
      if (of !== undefined) return [{ topic: of, ...about }];
      const line = lineOf.get(clock.subject.id);
      return line === undefined ? [] : [{ line, ...about }];
    });
    const holder = holders.get(first.id) ?? null;
    words.set(deputyId, { caseIds, first, holder, lines, more: entries.length - lines.length });
  }
  return words;
}

/** One line for each case: of what is late or due of it, what came first. */
function mostPressing(due: readonly DueClock[]): DueClock[] {
  const first = new Map<string, DueClock>();
  for (const one of due) if (!first.has(one.subject.id)) first.set(one.subject.id, one);
  return [...first.values()].toSorted((a, b) => Number(b.subject.priority) - Number(a.subject.priority));
}

/** What is due, several cases of one topic as one: its most pressing stands for all. */
function byTopic(due: readonly DueClock[], inTopics: ReadonlyMap<string, TopicRecord>): readonly Entry[] {
  const times = new Map<string, number>();
  for (const { subject } of due) {
    const topic = inTopics.get(subject.id);
    if (topic !== undefined) times.set(topic.id, (times.get(topic.id) ?? 0) + 1);
  }
  const seen = new Set<string>();
  return due.flatMap((clock): Entry[] => {
    const topic = inTopics.get(clock.subject.id);
    if (topic === undefined || (times.get(topic.id) ?? 0) < 2) return [{ clock, topic: null }];
    if (seen.has(topic.id)) return [];
    seen.add(topic.id);
    return [{ clock, topic }];
  });
}

async function linesOf(
  tx: Transaction,
  entries: readonly Entry[],
  locale: Locale,
): Promise<ReadonlyMap<string, TopicLine>> {
  const lines = new Map<string, TopicLine>();
  for (const { topic } of entries) if (topic !== null) lines.set(topic.id, await topicLine(tx, topic, locale));
  return lines;
}

function nearDue({ dueAt, dueWithin }: DueClock, today: string, { holidays, timeZone }: CountyTime): NearDue {
  const on = dayIn(dueAt, timeZone);
  if (on < today) return { late: Math.max(1, workingDaysBetween(on, today, holidays)) };
  return { on: dueWithin === null ? on : null };
}

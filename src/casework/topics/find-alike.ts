import { and, asc, eq, gt, lt, not, type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { cases } from "../../../db/schema/cases.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import { type TopicRecord, topics, troubleMarks } from "../../../db/schema/topics.ts";
import {
  ALIKE_MS,
  gatherAlike,
  isSameMatter,
  type Mark,
  peopleIn,
  spotsOfAll,
} from "../../domain/matters/same-matter.ts";
import { mayJoin, mayJoinNow } from "../beside/may-join.ts";
import { HELD_MS, QUIET_MS } from "../beside/trouble-marks.ts";
import { lockCase } from "../cases/load.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { openTurn } from "../turn/open-turn.ts";
import { finishTurn, type Turn } from "../turn/turn.ts";
import { isHeld, join, linkOf, topicOf, wasTakenOut } from "./members.ts";
import { beginTopic, lockBeginning, lockTopic, openTopic } from "./record-topic.ts";
import { tellOffered } from "./tell-holder.ts";

/** Nothing is held back longer, however many tell more of it. */
const LONGEST_HELD_MS = 60 * 60_000;

/** A case with its mark: where it lies, whom it belongs to, and which case its resident joins by number. */
export type Marked = Mark & {
  readonly caseId: string;
  readonly deputyId: string | null;
  readonly seconds: string | null;
};

/** A pass over a county. */
type Pass = { readonly runtime: Runtime; readonly jurisdictionId: string };

/** So many cases of an offered topic are named: more do not fit on a phone. */
const MOST_NAMED = 12;

/**
 * Finds cases of different people that are about one matter: from three on their deputy is asked, from five within a day on they are
 * one matter by themselves; what more people tell of a known one joins it. Each case joins in a transaction of its own, and what is
 * interrupted goes on.
 *
 * @returns the conversations that now have something to deliver
 */
export async function findAlike(runtime: Runtime, jurisdictionId: string): Promise<string[]> {
  const pass = { runtime, jurisdictionId };
  const { found, known } = await runtime.database.inCounty(jurisdictionId, async (tx) => {
    const since = new Date(runtime.now().getTime() - ALIKE_MS);
    return { found: await marksOfUnjoined(tx, since), known: await topicsSince(tx, since) };
  });
  for (const one of found) if (one.seconds !== null) await joinSeconded(pass, one, one.seconds);
  const plain = found.filter(({ seconds }) => seconds === null);
  const toDeliver: string[] = [];
  for (const { marks, isSure } of gatherAlike(plain.filter((mark) => !known.some((topic) => isOf(topic, mark))))) {
    const group = plain.filter(({ number }) => marks.some((mark) => mark.number === number));
    if (isSure) await beginWith(pass, group, "service");
    else if (isQuiet(pass, group)) toDeliver.push(...(await offer(pass, group)));
    else await holdTogether(pass, group);
  }
  for (const topic of known) {
    const more = plain.filter((mark) => isOf(topic, mark));
    if (topic.state === "offered" && gatherAlike(more).some(({ isSure }) => isSure)) await openOffered(pass, topic.id);
    if (topic.state === "open" || topic.state === "answered") {
      for (const mark of more) await joinOne(pass, topic.id, mark, "service");
    }
  }
  return toDeliver;
}

function isQuiet({ runtime }: Pass, group: readonly Mark[]): boolean {
  return runtime.now().getTime() - lastOf(group) >= QUIET_MS;
}

function lastOf(marks: readonly Mark[]): number {
  return Math.max(...marks.map(({ at }) => at.getTime()));
}

/** What waits to be told of each of a group waits for all of it: they are told of together as soon as nobody tells more. */
async function holdTogether({ runtime, jurisdictionId }: Pass, group: readonly Marked[]): Promise<void> {
  const until = new Date(lastOf(group) + HELD_MS);
  await runtime.database.inCounty(jurisdictionId, (tx) =>
    tx
      .update(outbox)
      .set({ notBefore: until })
      .where(
        and(
          isHeld(group.map(({ caseId }) => caseId)),
          gt(outbox.createdAt, new Date(runtime.now().getTime() - LONGEST_HELD_MS)),
          lt(outbox.notBefore, until),
        ),
      ),
  );
}

type KnownTopic = Pick<TopicRecord, "id" | "state" | "sign" | "gridId" | "spots" | "deputyId">;

/** Whether a case is about the matter of a topic of the same deputy. */
function isOf({ sign, gridId, spots, deputyId }: KnownTopic, mark: Marked): boolean {
  return deputyId === mark.deputyId && isSameMatter({ sign, grid: gridId, spots, pastedFrom: null }, mark);
}

/** The topics of late, also those that were declined: nobody is asked of the same twice in a week; of a closed one people tell anew. */
async function topicsSince(tx: Transaction, since: Date): Promise<KnownTopic[]> {
  return tx
    .select()
    .from(topics)
    .where(and(gt(topics.openedAt, since), not(eq(topics.state, "closed"))));
}

/** The open cases for which an offered topic was offered, oldest first. */
export async function candidatesOf(tx: Transaction, topic: TopicRecord, now: Date): Promise<readonly Marked[]> {
  const marks = await marksOfUnjoined(tx, new Date(now.getTime() - ALIKE_MS));
  return marks.filter((mark) => mark.seconds === null && isOf(topic, mark));
}

/** The marks of open cases that belong to no topic and that others share, oldest first. */
async function marksOfUnjoined(tx: Transaction, since: Date): Promise<Marked[]> {
  const alike = sql`(${troubleMarks.secondsCaseId} is not null
    or exists (select from trouble_marks o where o.sign = ${troubleMarks.sign} and o.grid_id = ${troubleMarks.gridId} and o.case_id <> ${troubleMarks.caseId} and o.at > ${since.toISOString()}::timestamptz)
    or ${troubleMarks.pastedFrom} is not null or exists (select from trouble_marks o where o.pasted_from = ${troubleMarks.caseId}))`;
  return selectMarks(tx, and(gt(troubleMarks.at, since), not(linkOf(tx)), alike));
}

async function selectMarks(tx: Transaction, which: SQL | undefined): Promise<Marked[]> {
  const rows = await tx
    .select({
      ...{ mark: troubleMarks, number: cases.number, deputyId: cases.deputyId, person: cases.conversationId },
      isPasted: sql<boolean>`exists (select from trouble_marks o where o.pasted_from = ${troubleMarks.caseId})`,
    })
    .from(troubleMarks)
    .innerJoin(cases, eq(cases.id, troubleMarks.caseId))
    .where(and(which, mayJoin))
    .orderBy(asc(troubleMarks.at), asc(cases.number));
  return rows.map(({ mark, number, deputyId, person, isPasted }) => ({
    ...{ number, person, deputyId, deputy: deputyId, caseId: mark.caseId, seconds: mark.secondsCaseId },
    ...{ sign: mark.sign, grid: mark.gridId, spots: mark.spots, at: mark.at },
    pastedFrom: mark.pastedFrom ?? (isPasted ? mark.caseId : null),
  }));
}

function aboutOf(group: readonly Marked[]) {
  const [first] = group;
  return { sign: first?.sign ?? null, gridId: first?.grid ?? null, spots: spotsOfAll(group) };
}

/** Puts a group into a topic of its own, one case after the other. */
async function beginWith(pass: Pass, group: readonly Marked[], by: string): Promise<void> {
  const [first, ...others] = group;
  if (first === undefined) return;
  const id = await inTurnOf(pass, first.person, async (turn) => {
    const subject = await lockCase(turn, first.caseId);
    if (!(await mayJoinNow(turn, subject)) || (await topicOf(turn.tx, subject.id)) !== null) return null;
    if (by === "service" && (await isKnownNow(turn, first))) return null;
    const topic = await beginTopic(turn, { act: "opened", by, deputyId: subject.deputyId, about: aboutOf(group) });
    await join(turn, topic, subject, by);
    return topic.id;
  });
  if (id === null) return;
  for (const one of others) await joinOne(pass, id, one, by);
}

/** Whether another pass over the county found this matter meanwhile; none begins a topic there until the commit. */
async function isKnownNow(turn: Turn, mark: Marked): Promise<boolean> {
  await lockBeginning(turn);
  const known = await topicsSince(turn.tx, new Date(turn.now.getTime() - ALIKE_MS));
  return known.some((topic) => isOf(topic, mark));
}

/** Lets one case join a topic, in a transaction of its own; not one that somebody took out of it. */
async function joinOne(pass: Pass, topicId: string, { caseId, person }: Marked, by: string): Promise<void> {
  await inTurnOf(pass, person, async (turn) => {
    if (await wasTakenOut(turn.tx, caseId, topicId)) return;
    const subject = await lockCase(turn, caseId);
    const topic = await lockTopic(turn, topicId);
    if (topic !== null) await join(turn, topic, subject, by);
  });
}

/** Asks the deputy of a group whether it is one matter; the office finds it on its page. */
async function offer(pass: Pass, group: readonly Marked[]): Promise<readonly string[]> {
  const [first] = group;
  if (first === undefined) return [];
  const told = await inTurnOf(pass, first.person, async (turn) => {
    if (await isKnownNow(turn, first)) return [];
    const { deputyId } = first;
    const topic = await beginTopic(turn, { act: "offered", by: "service", deputyId, about: aboutOf(group) });
    await tellOffered(turn, topic, {
      people: peopleIn(group),
      caseIds: group.map(({ caseId }) => caseId),
      numbers: group.slice(0, MOST_NAMED).map(({ number }) => number),
    });
    return [...turn.toDeliver];
  });
  return told ?? [];
}

/** Opens an offered topic without waiting for an answer: so many have told it within a day. Its cases join one by one afterwards. */
async function openOffered({ runtime, jurisdictionId }: Pass, topicId: string): Promise<void> {
  await runtime.database.inCounty(jurisdictionId, async (tx) => {
    const writing = { tx, jurisdictionId, now: runtime.now() };
    const topic = await lockTopic(writing, topicId);
    if (topic?.state === "offered") await openTopic(writing, topic, "service");
  });
}

/** Lets a case join the topic of the one that its resident joins by number, or a new one of both; once, whatever comes of it. */
async function joinSeconded(pass: Pass, one: Marked, otherId: string): Promise<void> {
  const { database } = pass.runtime;
  const [other, before] = await database.inCounty(pass.jurisdictionId, async (tx) => {
    const [row] = await tx
      .select()
      .from(cases)
      .where(and(eq(cases.id, otherId), mayJoin));
    return [row, await topicOf(tx, otherId)] as const;
  });
  if (before !== null) await joinOne(pass, before.id, one, "resident");
  else if (other !== undefined && other.deputyId === one.deputyId) {
    const first = { ...one, caseId: other.id, number: other.number, person: other.conversationId, grid: other.gridId };
    await beginWith(pass, [first, one], "resident");
  }
  await database.inCounty(pass.jurisdictionId, (tx) =>
    tx.update(troubleMarks).set({ secondsCaseId: null }).where(eq(troubleMarks.caseId, one.caseId)),
  );
}

/** Does something in the turn of a person, in a transaction of its own. */
async function inTurnOf<T>(
  { runtime, jurisdictionId }: Pass,
  conversationId: string,
  work: (turn: Turn) => Promise<T>,
): Promise<T | null> {
  return runtime.database.inCounty(jurisdictionId, async (tx) => {
    const turn = await openTurn(runtime, tx, conversationId);
    if (turn === null) return null;
    const done = await work(turn);
    await finishTurn(turn);
    return done;
  });
}

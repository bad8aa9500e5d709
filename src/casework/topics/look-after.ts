import { and, eq, gt, inArray, or } from "drizzle-orm";
import { cases } from "../../../db/schema/cases.ts";
import { type TopicRecord, topics } from "../../../db/schema/topics.ts";
import { isDenied, LIVE_TOPIC_STATES } from "../../domain/acts/topic.ts";
import { mayHear } from "../beside/may-join.ts";
import { lockCase } from "../cases/load.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { openTurn } from "../turn/open-turn.ts";
import { finishTurn, type Turn } from "../turn/turn.ts";
import { findAlike } from "./find-alike.ts";
import { casesIn, leave, withdrawPointless } from "./members.ts";
import { codeOf, lockTopic, recordTopic } from "./record-topic.ts";
import { carryOutTellings, tellAudience } from "./tell-audience.ts";
import { tellGrown, tellReopened } from "./tell-holder.ts";
import { verdictsOf } from "./topic-lines.ts";

/** For so long after a topic was closed its people are heard. */
const HEARD_MS = 60 * 86_400_000;

/**
 * Looks after what many people tell of one matter: finds it, lets more of it join and what became something else leave, tells deputies,
 * opens again what many deny, and tells everybody what becomes of it.
 *
 * @returns the conversations that now have something to deliver
 */
export async function lookAfterTopics(runtime: Runtime, jurisdictionId: string): Promise<string[]> {
  await runtime.database.inCounty(jurisdictionId, (tx) => withdrawPointless(tx, runtime.now()));
  const toDeliver = await findAlike(runtime, jurisdictionId);
  const since = new Date(runtime.now().getTime() - HEARD_MS);
  const live = await runtime.database.inCounty(jurisdictionId, (tx) =>
    tx
      .select()
      .from(topics)
      .where(
        or(inArray(topics.state, [...LIVE_TOPIC_STATES]), and(eq(topics.state, "closed"), gt(topics.closedAt, since))),
      )
      .orderBy(topics.number),
  );
  for (const topic of live) {
    toDeliver.push(...(await followCases(runtime, topic)));
    if (topic.state === "closed") toDeliver.push(...(await hearDenials(runtime, topic)));
  }
  return [...toDeliver, ...(await carryOutTellings(runtime, jurisdictionId))];
}

/**
 * Whoever has most of a topic's open cases has the topic; what somebody else has now, or what nobody may hear of, leaves it. Its deputy
 * is told of those who are new.
 */
async function followCases(runtime: Runtime, topic: TopicRecord): Promise<readonly string[]> {
  const { leaving, holder, people } = await runtime.database.inCounty(topic.jurisdictionId, async (tx) => {
    const members = await casesIn(tx, topic.id);
    const heard = new Set((await casesIn(tx, topic.id, mayHear())).map(({ id }) => id));
    const open = members.filter(({ id, closedAt }) => closedAt === null && heard.has(id));
    const [first, ...others] = open.map(({ deputyId }) => deputyId);
    const isOver = topic.state === "closed" || first === undefined;
    const holder = isOver ? topic.deputyId : mostFrequent([first, ...others]);
    return {
      holder,
      people: new Set(members.map(({ conversationId }) => conversationId)).size,
      leaving: members.filter(
        ({ id, closedAt, deputyId }) => !heard.has(id) || (!isOver && closedAt === null && deputyId !== holder),
      ),
    };
  });
  if (holder !== topic.deputyId) await moveTo(runtime, topic, holder);
  for (const { id, conversationId } of leaving) {
    await runtime.database.inCounty(topic.jurisdictionId, async (tx) => {
      const turn = await openTurn(runtime, tx, conversationId);
      if (turn === null) return;
      const subject = await lockCase(turn, id);
      const locked = await lockTopic(turn, topic.id);
      const [still] = await casesIn(turn.tx, topic.id, eq(cases.id, id));
      if (locked === null || still === undefined) return;
      await leave(turn, locked, subject, "service");
      await finishTurn(turn);
    });
  }
  return topic.state !== "closed" && people > topic.toldPeople ? inTurnOfFirst(runtime, topic, tellGrown) : [];
}

/** The value that occurs most often; of several that do, the one that comes first. */
function mostFrequent<T>(values: readonly [T, ...T[]]): T {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return values.reduce((most, value) => ((counts.get(value) ?? 0) > (counts.get(most) ?? 0) ? value : most));
}

async function moveTo(runtime: Runtime, { id, jurisdictionId }: TopicRecord, deputyId: string | null): Promise<void> {
  await runtime.database.inCounty(jurisdictionId, async (tx) => {
    const writing = { tx, jurisdictionId, now: runtime.now() };
    const locked = await lockTopic(writing, id);
    if (locked === null || locked.state === "closed" || locked.deputyId === deputyId) return;
    const deputy = deputyId === null ? null : await codeOf(tx, deputyId);
    await recordTopic(writing, locked, "moved", "service", { deputy });
  });
}

/** Opens a closed topic again that three of its people, or half of them, say is not done. */
async function hearDenials(runtime: Runtime, topic: TopicRecord): Promise<readonly string[]> {
  const { closedAt } = topic;
  if (closedAt === null) return [];
  const counted = await runtime.database.inCounty(topic.jurisdictionId, (tx) => verdictsOf(tx, topic.id, closedAt));
  if (!isDenied(counted)) return [];
  return inTurnOfFirst(runtime, topic, async (turn, locked) => {
    if (locked.state !== "closed") return;
    await tellAudience(turn, locked, { act: "reopened", denied: counted.denied, by: "service" });
    await tellReopened(turn, locked, counted.denied);
  });
}

/** Does something with a locked topic in the turn of the first who told it. */
async function inTurnOfFirst(
  runtime: Runtime,
  { id, jurisdictionId }: TopicRecord,
  work: (turn: Turn, topic: TopicRecord) => Promise<void>,
): Promise<readonly string[]> {
  return runtime.database.inCounty(jurisdictionId, async (tx) => {
    const [first] = await casesIn(tx, id);
    const turn = first === undefined ? null : await openTurn(runtime, tx, first.conversationId);
    const topic = turn === null ? null : await lockTopic(turn, id);
    if (turn === null || topic === null) return [];
    await work(turn, topic);
    await finishTurn(turn);
    return [...turn.toDeliver];
  });
}

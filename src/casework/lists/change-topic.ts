import { eq } from "drizzle-orm";
import { cases } from "../../../db/schema/cases.ts";
import type { TopicRecord } from "../../../db/schema/topics.ts";
import { LIVE_TOPIC_STATES } from "../../domain/acts/topic.ts";
import type { Caller } from "../access/caller.ts";
import { mayJoinNow } from "../beside/may-join.ts";
import { lockCase } from "../cases/load.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { findCase } from "../staff/find-case.ts";
import { casesIn, join, leave, topicOf } from "../topics/members.ts";
import { declineTopic, lockTopic, openTopic, type TopicWriting } from "../topics/record-topic.ts";
import { type TopicResult, tellAudience } from "../topics/tell-audience.ts";
import { openTurn } from "../turn/open-turn.ts";
import { finishTurn } from "../turn/turn.ts";
import { type TopicReading, topicSince, topicVersion, visibleTopic } from "./topics.ts";

/** A deed of somebody of the office with a topic. */
export type TopicDeed =
  | { readonly deed: "join" | "apart" }
  | { readonly deed: "answer"; readonly text: string }
  | ({ readonly deed: "close"; readonly text: string } & TopicResult)
  | { readonly deed: "add" | "take-out"; readonly case: string };

/** The reason for which nothing was changed, by a stable word and a sentence where what was asked cannot be. */
export type TopicRefused =
  | { readonly why: "not-here" }
  | { readonly why: "faster"; readonly since: Awaited<ReturnType<typeof topicSince>>; readonly etag: string }
  | { readonly why: "content"; readonly code: TopicMistake };

/** The reason for which a deed cannot be, by a stable word. */
export type TopicMistake =
  | "not-offered"
  | "not-live"
  | "claim-needed"
  | "no-such-case"
  | "in-a-topic"
  | "cannot-join"
  | "not-in-it"
  | "other-deputy";

/** A person of the office who changes a topic within the transaction of their request. */
export type ChangingTopic = TopicReading & {
  readonly caller: Caller;
  readonly runtime: Runtime;
  readonly tx: TopicWriting["tx"];
  readonly number: string;
  /** The version that they have seen. */
  readonly seen: string;
};

/** Does something with a topic, if it still stands as its reader saw it; the acts and events are by this person. */
export async function changeTopic(
  changing: ChangingTopic,
  deed: TopicDeed,
): Promise<TopicRefused | { readonly etag: string }> {
  const { tx, number } = changing;
  const found = await visibleTopic(tx, changing, number);
  if (found === null) return { why: "not-here" };
  const refused = "case" in deed ? await changeCases(changing, found, deed) : await changeWhole(changing, found, deed);
  return refused ?? { etag: await topicVersion(tx, found.id) };
}

type WholeDeed = Exclude<TopicDeed, { deed: "add" | "take-out" }>;

async function changeWhole(
  changing: ChangingTopic,
  { id, jurisdictionId }: TopicRecord,
  deed: WholeDeed,
): Promise<TopicRefused | null> {
  const { runtime, tx, caller, now } = changing;
  const writing = { tx, jurisdictionId, now, runtime, staff: caller.name };
  const topic = await lockTopic(writing, id);
  if (topic === null) return { why: "not-here" };
  const behind = await fasterThan(changing, topic);
  if (behind !== null) return behind;
  if (deed.deed === "answer") {
    if (!LIVE_TOPIC_STATES.some((state) => state === topic.state)) return { why: "content", code: "not-live" };
    await tellAudience(writing, topic, { act: "answered", words: deed.text, deputyId: null, by: "office" });
    return null;
  }
  if (deed.deed === "close") {
    const { text: words, outcome, claim } = deed;
    if (!LIVE_TOPIC_STATES.some((state) => state === topic.state)) return { why: "content", code: "not-live" };
    if (outcome === "solved" && claim === null) return { why: "content", code: "claim-needed" };
    const result = { outcome, claim: outcome === "solved" ? claim : null };
    await tellAudience(writing, topic, { act: "closed", words, deputyId: null, by: "office", ...result });
    return null;
  }
  if (topic.state !== "offered") return { why: "content", code: "not-offered" };
  if (deed.deed === "join") await openTopic(writing, topic, "office");
  else await declineTopic(writing, topic, "office");
  return null;
}

async function changeCases(
  changing: ChangingTopic,
  { id }: TopicRecord,
  deed: Extract<TopicDeed, { deed: "add" | "take-out" }>,
): Promise<TopicRefused | null> {
  const { runtime, tx, caller, today } = changing;
  const found = await findCase(tx, caller, deed.case, today);
  if (found === null || found.isSealed) return { why: "content", code: "no-such-case" };
  const turn = await openTurn(runtime, tx, found.subject.conversationId, caller.name);
  if (turn === null) return { why: "content", code: "no-such-case" };
  const subject = await lockCase(turn, found.subject.id);
  const topic = await lockTopic(turn, id);
  if (topic === null) return { why: "not-here" };
  const behind = await fasterThan(changing, topic);
  if (behind !== null) return behind;
  if (deed.deed === "take-out") {
    const [member] = await casesIn(turn.tx, id, eq(cases.id, subject.id));
    if (member === undefined) return { why: "content", code: "not-in-it" };
    await leave(turn, topic, subject, "office");
  } else {
    if (!LIVE_TOPIC_STATES.some((state) => state === topic.state)) return { why: "content", code: "not-live" };
    if ((await topicOf(turn.tx, subject.id)) !== null) return { why: "content", code: "in-a-topic" };
    if (subject.deputyId !== topic.deputyId) return { why: "content", code: "other-deputy" };
    if (!(await mayJoinNow(turn, subject))) return { why: "content", code: "cannot-join" };
    await join(turn, topic, subject, "office");
  }
  await finishTurn(turn);
  return null;
}

async function fasterThan({ tx, seen }: ChangingTopic, { id }: TopicRecord): Promise<TopicRefused | null> {
  const etag = await topicVersion(tx, id);
  return etag === seen ? null : { why: "faster", since: await topicSince(tx, id, seen), etag };
}

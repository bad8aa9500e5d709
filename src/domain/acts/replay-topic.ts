import type { WrittenAct } from "./replay-handover.ts";
import {
  afterTopicAct,
  changeByTopicAct,
  type ReplayedTopic,
  TOPIC_ACTS,
  type TopicAct,
  type TopicDetails,
} from "./topic.ts";

/** The result of a replay: the topic that follows from its acts, or the index (from 0) of the first act that may not stand there. */
export type ReplayedTopicActs =
  | { readonly ok: true; readonly topic: ReplayedTopic }
  | { readonly ok: false; readonly index: number; readonly reason: string };

/** Replays a topic from nothing but its acts, in the order in which they were written. */
export function replayTopic(acts: readonly WrittenAct[]): ReplayedTopicActs {
  let subject: ReplayedTopic | null = null;
  for (const [index, act] of acts.entries()) {
    const next = after(subject, act);
    if (typeof next === "string") return { ok: false, index, reason: next };
    subject = next;
  }
  if (subject === null) return { ok: false, index: 0, reason: "there is no act at all" };
  return { ok: true, topic: subject };
}

/** The topic after one more act; a sentence when that act cannot be. */
function after(subject: ReplayedTopic | null, { type, at, details }: WrittenAct): ReplayedTopic | string {
  if (!isKnown(type)) return `${type} is no act`;
  const state = afterTopicAct(subject?.state ?? "none", type);
  if (state === null) return `a topic that is ${subject?.state ?? "not there"} cannot see ${type}`;
  const read = TOPIC_ACTS[type].safeParse(details);
  if (!read.success) return `${type} does not say what it changed`;
  const moment = new Date(at).toISOString();
  if (subject === null) {
    const { number, sign, deputy } = read.data as TopicDetails<"opened">;
    return { number, sign, deputy, state, cases: [], openedAt: moment, closedAt: null, toldPeople: 0 };
  }
  const cases = casesAfter(subject.cases, type, read.data);
  if (cases === null) return `${type} is of a case that was ${type === "joined" ? "in it" : "not in it"}`;
  return { ...subject, ...changeByTopicAct(type, read.data as TopicDetails, moment), cases, state };
}

function casesAfter(cases: readonly string[], type: TopicAct, details: unknown): readonly string[] | null {
  if (type !== "joined" && type !== "left") return cases;
  const number = (details as TopicDetails<"joined">).case;
  if (cases.includes(number) !== (type === "left")) return null;
  return type === "joined" ? [...cases, number].toSorted() : cases.filter((one) => one !== number);
}

function isKnown(type: string): type is TopicAct {
  return Object.hasOwn(TOPIC_ACTS, type);
}

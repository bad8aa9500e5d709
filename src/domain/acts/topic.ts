import { z } from "zod";

/** The states of a topic, as they are stored. */
export const TOPIC_STATES = ["offered", "open", "answered", "closed", "declined"] as const;
/** The state of a topic, which is one matter that many people told; `offered` until somebody says that it is one. */
export type TopicState = (typeof TOPIC_STATES)[number];

/** The states in which cases belong to a topic and somebody may still act on it. */
export const LIVE_TOPIC_STATES = ["open", "answered"] as const satisfies TopicState[];

const of = { case: z.string() };
const holder = { deputy: z.string().nullable() };
/** The most people whom a message told of. */
const people = { people: z.int().positive() };

/** The details of each act on a topic: all that its row takes from it, in codes and numbers, never a person's words or name. */
export const TOPIC_ACTS = {
  /** Whoever has the cases is asked whether they are one matter. */
  offered: z.object({ number: z.string(), sign: z.string().nullable(), ...holder }),
  declined: z.object({}),
  /** Also the first act, where nobody was asked: enough people told the same, or a person put cases together. */
  opened: z.object({ number: z.string(), sign: z.string().nullable(), ...holder }),
  joined: z.object(of),
  left: z.object(of),
  /** Whoever has the cases was told how many people there are. */
  told: z.object(people),
  /** Somebody else has its cases now. */
  moved: z.object(holder),
  answered: z.object({}),
  closed: z.object({}),
  /** So many of its people say that it is not done. */
  reopened: z.object({ denied: z.int().positive() }),
} satisfies Record<string, z.ZodType>;

/** The type of an act on a topic. */
export type TopicAct = keyof typeof TOPIC_ACTS;
/** The details of an act of this type. */
export type TopicDetails<T extends TopicAct = TopicAct> = z.infer<(typeof TOPIC_ACTS)[T]>;

type Transition = { readonly from: readonly (TopicState | "none")[]; readonly to: TopicState | null };

/** The one transition table: from which states an act may happen, and to which it leads (`null` keeps the state). */
const TRANSITIONS: Readonly<Record<TopicAct, Transition>> = {
  offered: { from: ["none"], to: "offered" },
  declined: { from: ["offered"], to: "declined" },
  opened: { from: ["none", "offered"], to: "open" },
  joined: { from: LIVE_TOPIC_STATES, to: null },
  left: { from: ["open", "answered", "closed"], to: null },
  told: { from: ["offered", "open", "answered"], to: null },
  moved: { from: ["offered", "open", "answered", "closed"], to: null },
  answered: { from: LIVE_TOPIC_STATES, to: "answered" },
  closed: { from: LIVE_TOPIC_STATES, to: "closed" },
  reopened: { from: ["closed"], to: "open" },
};

/** The state of a topic after an act; null when that act may not happen now: the caller must not write it. */
export function afterTopicAct(state: TopicState | "none", act: TopicAct): TopicState | null {
  const { from, to } = TRANSITIONS[act];
  if (!from.includes(state)) return null;
  return to ?? (state === "none" ? null : state);
}

/** The number of people from which on it is said; fewer might be told apart by it. */
export const SAID_FROM = 3;

/** The number of a topic as lists have it: `T-2027-0003`. @param serial from 1 in each year and county */
export function topicNumber(year: number, serial: number): string {
  return `T-${year}-${String(serial).padStart(4, "0")}`;
}

/** The number of a topic as people say it: the last digits without zeros. */
export function saidNumber(number: string): string {
  return String(Number(number.slice(7)));
}

/** The whole number of a topic. */
export const TOPIC_NUMBER = /^T-20[0-9]{2}-[0-9]{4,}$/;

/** From so many denials on a topic is opened again, whatever its size. */
const DENIALS = 3;

/** Whether so many of its people deny that a topic is done that it is open again: three, or half of those who were asked. */
export function isDenied({ denied, asked }: { readonly denied: number; readonly asked: number }): boolean {
  return denied >= DENIALS || (denied > 0 && 2 * denied >= asked);
}

/** A topic as its acts alone tell it: its cases by number, its deputy by code, moments in ISO 8601 (UTC). */
export type ReplayedTopic = {
  readonly number: string;
  readonly sign: string | null;
  readonly state: TopicState;
  readonly deputy: string | null;
  /** By number. */
  readonly cases: readonly string[];
  readonly openedAt: string;
  readonly closedAt: string | null;
  readonly toldPeople: number;
};

/** The part of a topic that acts behind the first change, besides its state. */
export type TopicChange = Partial<Pick<ReplayedTopic, "deputy" | "closedAt" | "toldPeople">>;

/** The change of a topic's row by an act behind the first, besides the state and the cases. @param at ISO 8601 (UTC) */
export function changeByTopicAct<T extends TopicAct>(act: T, details: TopicDetails<T>, at: string): TopicChange {
  switch (act) {
    case "opened":
    case "moved":
      return { deputy: (details as TopicDetails<"moved">).deputy };
    case "told":
      return { toldPeople: (details as TopicDetails<"told">).people };
    case "closed":
    case "declined":
      return { closedAt: at };
    case "reopened":
      return { closedAt: null };
    default:
      return {};
  }
}

import { randomBytes } from "node:crypto";
import { type FaultPlan, planFaults } from "../face/fault-plan.ts";
import type { PlatformEvent, PlatformFault, PlatformLogEntry, ScreenLine } from "../face/platform.ts";

/** A message in a chat with a robot, as the platform keeps it. */
export type ChatMessage = {
  readonly id: string;
  readonly at: Date;
  readonly by: "person" | "service";
  state: ScreenLine["state"];
  readonly text: string;
  readonly picture: string | null;
  /** The id by which sending named it; of a person's message its own. */
  readonly answers: string | null;
};

/** A member's chat with a robot; `isVisible` while the robot may write to them. */
export type Chat = { readonly person: string; isVisible: boolean; readonly messages: ChatMessage[] };

/** A callback that is told until it is acknowledged. */
export type Callback = {
  readonly person: string | null;
  readonly type: "CALLBACK" | "EVENT";
  readonly topic: string;
  readonly data: string;
  /** When it was told last, null when it never was. */
  toldAtMs: number | null;
  /** The ids under which it was told: each time another. */
  readonly messageIds: Set<string>;
  isAcknowledged: boolean;
  acknowledged(): void;
};

/** A robot as its owner set it up. */
export type Robot = {
  readonly account: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly robotCode: string;
  token: { readonly value: string; readonly untilMs: number } | null;
  readonly tickets: Set<string>;
  readonly chats: Map<string, Chat>;
  readonly callbacks: Callback[];
};

/** The whole of what a simulated DingTalk knows. */
export type World = {
  readonly now: () => Date;
  /** How long a phone waits for its message to be acknowledged, in real time. */
  readonly patienceMs: number;
  readonly robots: Map<string, Robot>;
  readonly files: Map<string, { readonly bytes: Uint8Array; readonly contentType: string }>;
  readonly faults: FaultPlan<PlatformFault>;
  readonly entries: PlatformLogEntry[];
  readonly listeners: Set<(event: PlatformEvent) => void>;
  url: string;
  nextId(prefix: string): string;
};

/** Creates an empty world. */
export function createWorld(now: () => Date, patienceMs: number): World {
  let last = 1000;
  return {
    ...{ now, patienceMs, url: "", robots: new Map(), files: new Map(), faults: planFaults() },
    ...{ entries: [], listeners: new Set() },
    nextId: (prefix) => {
      last += 1;
      return `${prefix}${randomBytes(6).toString("hex")}${last}`;
    },
  };
}

/** The chat of a member with a robot; it is there from the first time that somebody asks. */
export function chatOf(robot: Robot, person: string): Chat {
  const chat = robot.chats.get(person) ?? { person, isVisible: true, messages: [] };
  robot.chats.set(person, chat);
  return chat;
}

/** Puts a message into a chat, and tells whoever watches. */
export function show(
  world: World,
  robot: Robot,
  chat: Chat,
  message: Pick<ChatMessage, "by" | "state" | "text"> & Partial<ChatMessage>,
): ChatMessage {
  const shown = { id: world.nextId("msg"), at: world.now(), picture: null, answers: null, ...message };
  chat.messages.push(shown);
  tellLine(world, robot, chat, shown);
  return shown;
}

/** Tells whoever watches that a line is there, or has changed. */
export function tellLine(world: World, robot: Robot, chat: Chat, message: ChatMessage): void {
  const event = { type: "line", account: robot.account, person: chat.person, line: lineOf(chat, message) } as const;
  for (const listener of world.listeners) listener(event);
}

/** Writes an exchange down, and tells whoever watches. */
export function record(world: World, entry: PlatformLogEntry): void {
  world.entries.push(entry);
  for (const listener of world.listeners) listener({ type: "log", entry });
}

/** The line of a message on a phone's screen. */
export function lineOf(chat: Chat, message: ChatMessage): ScreenLine {
  const { id, at, by, state, text, picture, answers } = message;
  const quotes = chat.messages.find((one) => one.id === answers)?.text ?? null;
  return { id, at, by, state, text, picture, quotes, buttons: [], revised: null, room: null };
}

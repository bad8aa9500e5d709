import { randomBytes } from "node:crypto";
import { type FaultPlan, planFaults } from "../face/fault-plan.ts";
import type { PlatformEvent, PlatformFault, PlatformLogEntry, ScreenLine } from "../face/platform.ts";

/** A button of a card: its name on the screen, and the value that comes back when it is pressed. */
export type CardButton = { readonly label: string; readonly value: Readonly<Record<string, unknown>> };

/** A message in a chat with an app's bot, as the platform keeps it. */
export type ChatMessage = {
  readonly id: string;
  readonly at: Date;
  readonly by: "person" | "service";
  state: ScreenLine["state"];
  readonly type: string;
  readonly text: string;
  readonly picture: string | null;
  buttons: readonly CardButton[];
  /** Of a card: whether it said that it may be changed for all. */
  isChangeable: boolean;
  revised: string | null;
  readonly answers: string | null;
};

/** A person's chat with an app's bot. `sentAtMs` is when messages of the app arrived there, of the last minute. */
export type Chat = {
  readonly person: string;
  readonly id: string;
  isOpen: boolean;
  /** The person receives nothing of this bot any more. */
  isStopped: boolean;
  readonly messages: ChatMessage[];
  sentAtMs: number[];
};

/** An event that the platform tells a server, the same in each of its repeats. */
export type AppEvent = {
  readonly id: string;
  readonly person: string | null;
  readonly body: object;
  readonly type: string;
};

/** The right to change a card once or twice after one of its buttons was pressed. */
type CardToken = {
  readonly message: ChatMessage;
  readonly chat: Chat;
  readonly atMs: number;
  uses: number;
  isAnswered: boolean;
};

/** An app as its owner set it up. */
export type App = {
  readonly account: string;
  readonly appId: string;
  readonly appSecret: string;
  readonly encryptKey: string;
  readonly verificationToken: string;
  readonly webhookUrl: string;
  token: { readonly value: string; readonly untilMs: number } | null;
  readonly chats: Map<string, Chat>;
  readonly events: AppEvent[];
  /** What was sent under a key within the last hour. */
  readonly sentByKey: Map<string, { readonly id: string; readonly atMs: number }>;
  readonly cardTokens: Map<string, CardToken>;
};

/** The whole of what a simulated Feishu knows. */
export type World = {
  readonly now: () => Date;
  /** How long a server may take for its answer, in real time. */
  readonly answerWithinMs: number;
  readonly apps: Map<string, App>;
  readonly files: Map<
    string,
    { readonly bytes: Uint8Array; readonly contentType: string; readonly messageId: string | null }
  >;
  readonly faults: FaultPlan<PlatformFault>;
  readonly entries: PlatformLogEntry[];
  readonly listeners: Set<(event: PlatformEvent) => void>;
  readonly closing: AbortController;
  nextId(prefix: string): string;
};

/** Creates an empty world. */
export function createWorld(now: () => Date, answerWithinMs: number): World {
  let last = 1000;
  return {
    now,
    answerWithinMs,
    apps: new Map(),
    files: new Map(),
    faults: planFaults(),
    entries: [],
    listeners: new Set(),
    closing: new AbortController(),
    nextId: (prefix) => {
      last += 1;
      return `${prefix}_${randomBytes(6).toString("hex")}${last}`;
    },
  };
}

/** The chat of a person with an app's bot; it is there from the first time that somebody asks. */
export function chatOf(world: World, app: App, person: string): Chat {
  const chat = app.chats.get(person) ?? {
    ...{ person, id: world.nextId("oc"), isOpen: false, isStopped: false },
    ...{ messages: [], sentAtMs: [] },
  };
  app.chats.set(person, chat);
  return chat;
}

/** A message of an app by its id, with the chat in which it stands. */
export function findMessage(app: App, id: string): { readonly chat: Chat; readonly message: ChatMessage } | null {
  for (const chat of app.chats.values()) {
    const message = chat.messages.find((one) => one.id === id);
    if (message !== undefined) return { chat, message };
  }
  return null;
}

/** Puts a message into a chat, and tells whoever watches. */
export function show(
  world: World,
  app: App,
  chat: Chat,
  message: Pick<ChatMessage, "by" | "state" | "type" | "text"> & Partial<ChatMessage>,
): ChatMessage {
  const shown: ChatMessage = {
    ...{ id: world.nextId("om"), at: world.now(), picture: null, buttons: [] },
    ...{ isChangeable: false, revised: null, answers: null },
    ...message,
  };
  chat.messages.push(shown);
  tellLine(world, app, chat, shown);
  return shown;
}

/** Tells whoever watches that a line is there, or has changed. */
export function tellLine(world: World, app: App, chat: Chat, message: ChatMessage): void {
  const event = { type: "line", account: app.account, person: chat.person, line: lineOf(chat, message) } as const;
  for (const listener of world.listeners) listener(event);
}

/** Writes an exchange down, and tells whoever watches. */
export function record(world: World, entry: PlatformLogEntry): void {
  world.entries.push(entry);
  for (const listener of world.listeners) listener({ type: "log", entry });
}

/** The line of a message on a phone's screen. */
export function lineOf(chat: Chat, message: ChatMessage): ScreenLine {
  const { id, at, by, state, text, picture, buttons, revised, answers } = message;
  const quotes = chat.messages.find((one) => one.id === answers)?.text ?? null;
  return {
    ...{ id, at, by, state, text, picture, revised, room: null, quotes },
    buttons: buttons.map((button) => ({ key: keyOf(button), label: button.label })),
  };
}

/** The name of a button among those of its card: the first word of its value. */
export function keyOf({ value }: CardButton): string {
  const [first] = Object.values(value);
  return typeof first === "string" ? first : JSON.stringify(value);
}

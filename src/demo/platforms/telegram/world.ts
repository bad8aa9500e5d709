import { type FaultPlan, planFaults } from "../face/fault-plan.ts";
import type { PlatformEvent, PlatformFault, PlatformLogEntry, ScreenLine } from "../face/platform.ts";

/** A message in a chat with a bot, as the platform keeps it. */
export type ChatMessage = {
  readonly id: number;
  readonly at: Date;
  readonly by: "person" | "service";
  state: ScreenLine["state"];
  text: string;
  readonly picture: string | null;
  keyboard: readonly (readonly { readonly text: string; readonly callback_data: string }[])[];
  revised: string | null;
  readonly answers: number | null;
};

/** A private chat of a person with a bot. */
export type Chat = {
  readonly person: string;
  isOpen: boolean;
  isBlocked: boolean;
  readonly messages: ChatMessage[];
  /** Of a group: its title; `person` is the group's id then. */
  readonly room?: string;
};

/** A bot as its owner set it up; `webhook` is what `setWebhook` told, or was entered. */
export type Bot = {
  readonly account: string;
  readonly id: number;
  readonly token: string;
  readonly username: string;
  webhook: { readonly url: string; readonly secret: string };
  readonly chats: Map<string, Chat>;
  readonly updates: object[];
  /** The ids of the files that it has sent, by which it may send them again. */
  readonly sent: Set<string>;
};

/** The whole of what a simulated Telegram knows. */
export type World = {
  readonly now: () => Date;
  readonly bots: Map<string, Bot>;
  readonly files: Map<string, { readonly bytes: Uint8Array; readonly contentType: string }>;
  readonly faults: FaultPlan<PlatformFault>;
  readonly entries: PlatformLogEntry[];
  readonly listeners: Set<(event: PlatformEvent) => void>;
  readonly closing: AbortController;
  nextId(): number;
};

/** Creates an empty world. */
export function createWorld(now: () => Date): World {
  let last = 1000;
  return {
    now,
    bots: new Map(),
    files: new Map(),
    faults: planFaults(),
    entries: [],
    listeners: new Set(),
    closing: new AbortController(),
    nextId: () => {
      last += 1;
      return last;
    },
  };
}

/** The chat of a person with a bot; it is there from the first time that somebody asks. */
export function chatOf(bot: Bot, person: string): Chat {
  const chat = bot.chats.get(person) ?? { person, isOpen: false, isBlocked: false, messages: [] };
  bot.chats.set(person, chat);
  return chat;
}

/** Puts a message into a chat, and tells whoever watches. */
export function show(
  world: World,
  bot: Bot,
  chat: Chat,
  message: Omit<ChatMessage, "id" | "at" | "revised">,
): ChatMessage {
  const shown: ChatMessage = { ...message, id: world.nextId(), at: world.now(), revised: null };
  chat.messages.push(shown);
  tellLine(world, bot, chat, shown);
  return shown;
}

/** Tells whoever watches that a line is there, or has changed. */
export function tellLine(world: World, bot: Bot, chat: Chat, message: ChatMessage): void {
  const event = { type: "line", account: bot.account, person: chat.person, line: lineOf(chat, message) } as const;
  for (const listener of world.listeners) listener(event);
}

/** Writes an exchange down, and tells whoever watches. */
export function record(world: World, entry: PlatformLogEntry): void {
  world.entries.push(entry);
  for (const listener of world.listeners) listener({ type: "log", entry });
}

/** The line of a message on a phone's screen. */
export function lineOf(chat: Chat, message: ChatMessage): ScreenLine {
  const { id, at, by, state, text, picture, keyboard, revised, answers } = message;
  const quoted = chat.messages.find((one) => one.id === answers)?.text ?? null;
  return {
    ...{ id: String(id), at, by, state, text, picture, revised, room: chat.room ?? null, quotes: quoted },
    buttons: keyboard.flat().map(({ text: label, callback_data: key }) => ({ key, label })),
  };
}

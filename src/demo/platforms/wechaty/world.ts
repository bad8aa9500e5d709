import { type FaultPlan, planFaults } from "../face/fault-plan.ts";
import type { PlatformEvent, PlatformFault, PlatformLogEntry, ScreenLine } from "../face/platform.ts";

/** A chat of the account with somebody, or a room in which it is. */
export type Chat = {
  readonly kind: "person" | "room";
  readonly id: string;
  readonly members: readonly string[];
  /** Whether the account may say something there: friends only, and rooms in which it is. */
  isOpen: boolean;
  readonly lines: ScreenLine[];
};

/** An account that a bridge holds. */
export type Held = {
  readonly account: string;
  readonly secret: string;
  readonly webhookUrl: string;
  readonly chats: Map<string, Chat>;
  /** The batches that were handed over, oldest first. */
  readonly batches: string[];
};

/** The whole of what a simulated bridge knows. */
export type World = {
  readonly now: () => Date;
  readonly held: Map<string, Held>;
  readonly files: Map<string, Uint8Array>;
  readonly faults: FaultPlan<PlatformFault>;
  readonly entries: PlatformLogEntry[];
  readonly listeners: Set<(event: PlatformEvent) => void>;
  readonly closing: AbortController;
  nextId(): string;
};

/** The name under which people see the account. */
export const OWN_NAME = "联络站";

/** Creates an empty world. */
export function createWorld(now: () => Date): World {
  let last = 1000;
  return {
    ...{
      now,
      held: new Map(),
      files: new Map(),
      faults: planFaults<PlatformFault>(),
      entries: [],
      listeners: new Set(),
    },
    closing: new AbortController(),
    nextId: () => {
      last += 1;
      return String(last);
    },
  };
}

/** The chat with a person; it is there from the first time that somebody asks, and open from when they are friends. */
export function chatWith(held: Held, person: string): Chat {
  const known = held.chats.get(person);
  if (known !== undefined) return known;
  const chat: Chat = { kind: "person", id: person, members: [person], isOpen: false, lines: [] };
  held.chats.set(person, chat);
  return chat;
}

/** Puts a line into a chat, and tells whoever watches. */
export function show(
  world: World,
  held: Held,
  chat: Chat,
  line: Pick<ScreenLine, "by" | "text" | "picture"> & Partial<Pick<ScreenLine, "quotes">>,
): ScreenLine {
  const shown: ScreenLine = {
    ...{ id: world.nextId(), at: world.now(), state: "arrived", buttons: [], revised: null, quotes: null },
    ...{ room: chat.kind === "room" ? chat.id : null, ...line },
  };
  chat.lines.push(shown);
  for (const person of chat.members)
    for (const listener of world.listeners) listener({ type: "line", account: held.account, person, line: shown });
  return shown;
}

/** Writes an exchange down, and tells whoever watches. */
export function record(world: World, entry: PlatformLogEntry): void {
  world.entries.push(entry);
  for (const listener of world.listeners) listener({ type: "log", entry });
}

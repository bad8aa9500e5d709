import { randomBytes } from "node:crypto";
import { type FaultPlan, planFaults } from "../face/fault-plan.ts";
import type { PlatformEvent, PlatformFault, PlatformLogEntry, ScreenLine } from "../face/platform.ts";

/** A menu item below a message; a tap sends its words. */
export type MenuItem = { readonly id: string; readonly content: string };

/** A message in a chat with a customer-service account, as the platform keeps it. */
export type ChatMessage = {
  readonly id: string;
  readonly at: Date;
  readonly by: "person" | "service";
  state: ScreenLine["state"];
  readonly text: string;
  readonly picture: string | null;
  readonly menu: readonly MenuItem[];
};

/** A code by which one message may be sent on an event. */
type EventCode = { readonly code: string; readonly until: number };

/** A person in plain WeChat, in their chat with a customer-service account. */
export type Customer = {
  readonly person: string;
  readonly messages: ChatMessage[];
  /** When they wrote last, and how many messages that still allows. */
  wroteAt: number | null;
  left: number;
  welcomedAt: number | null;
  codes: EventCode[];
  /** 0 new, 1 with the app, 3 with a person of the staff, 4 ended. */
  state: 0 | 1 | 3 | 4;
  refuses: boolean;
};

/** A row of `sync_msg`. */
export type Row = Readonly<Record<string, unknown>>;

/** A corporation with one customer-service account, and the app that manages it. */
export type Account = {
  readonly name: string;
  readonly corpId: string;
  readonly secret: string;
  readonly token: string;
  readonly aesKey: string;
  readonly openKfId: string;
  readonly webhookUrl: string;
  readonly customers: Map<string, Customer>;
  readonly rows: Row[];
  /** Tokens of callbacks, with the moment until which they count. */
  readonly hints: Map<string, number>;
  readonly callbacks: string[];
  /** Ids of messages that were taken. */
  readonly sent: Set<string>;
  readonly files: Map<string, { readonly bytes: Uint8Array; readonly contentType: string }>;
  /** Reports that are told with the next step of the clock. */
  late: (() => Promise<unknown>)[];
  accessToken: string;
  isPulled: boolean;
  /** Whether what lies ready is told; a platform may lose that. */
  isSilent: boolean;
};

/** The whole of what a simulated customer service knows. */
export type World = {
  readonly now: () => Date;
  readonly accounts: Map<string, Account>;
  readonly faults: FaultPlan<PlatformFault>;
  readonly entries: PlatformLogEntry[];
  readonly listeners: Set<(event: PlatformEvent) => void>;
  readonly closing: AbortController;
};

/** Creates an empty world. */
export function createWorld(now: () => Date): World {
  return {
    ...{ now, accounts: new Map(), faults: planFaults(), entries: [] },
    ...{ listeners: new Set(), closing: new AbortController() },
  };
}

/** An id as the platform makes them. */
export function newId(prefix: string): string {
  return `${prefix}${randomBytes(12).toString("base64url")}`;
}

/** The chat of a person; it is there from the first time that somebody asks. */
export function customerOf(account: Account, person: string): Customer {
  const known = account.customers.get(person) ?? {
    ...{ person, messages: [], wroteAt: null, left: 0, welcomedAt: null, codes: [], state: 0 as const, refuses: false },
  };
  account.customers.set(person, known);
  return known;
}

/** Puts a message into a chat, and tells whoever watches. */
export function show(
  world: World,
  account: Account,
  customer: Customer,
  message: Omit<ChatMessage, "at" | "id">,
): ChatMessage {
  const shown: ChatMessage = { ...message, id: newId("m"), at: world.now() };
  customer.messages.push(shown);
  tellLine(world, account, customer, shown);
  return shown;
}

/** Tells whoever watches that a line is there, or has changed. */
export function tellLine(world: World, account: Account, customer: Customer, message: ChatMessage): void {
  const event = { type: "line", account: account.name, person: customer.person, line: lineOf(message) } as const;
  for (const listener of world.listeners) listener(event);
}

/** Writes an exchange down, and tells whoever watches. */
export function record(world: World, entry: PlatformLogEntry): void {
  world.entries.push(entry);
  for (const listener of world.listeners) listener({ type: "log", entry });
}

/** The line of a message on a phone's screen. */
export function lineOf({ id, at, by, state, text, picture, menu }: ChatMessage): ScreenLine {
  const buttons = menu.map(({ id: key, content: label }) => ({ key, label }));
  return { ...{ id, at, by, state, text, picture, buttons }, ...{ revised: null, quotes: null, room: null } };
}

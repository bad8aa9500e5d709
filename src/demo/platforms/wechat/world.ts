import { createHash, randomBytes } from "node:crypto";
import { type FaultPlan, planFaults } from "../face/fault-plan.ts";
import type { SimulatedAccount } from "./account.ts";
import type { Fault } from "./faults.ts";
import { EMPTY_LEDGER, type Ledger } from "./ledger.ts";
import type { LogDraft, PlatformEvent, PlatformLogEntry } from "./log.ts";
import type { PhoneMessage, StoredMedia } from "./screen.ts";
import { openTokenDesk, type TokenDesk } from "./tokens.ts";

const MEDIA_LIFE_MS = 3 * 86_400_000;

/** A person as one account knows them. */
export type Person = {
  readonly openid: string;
  following: boolean;
  ledger: Ledger;
  typingUntil: number;
  /** Consents to one subscription notice each, by template. */
  readonly consents: Map<string, number>;
  readonly screen: PhoneMessage[];
};

/** An account with all that the platform remembers of it. */
export type AccountState = {
  account: SimulatedAccount;
  readonly originalId: string;
  readonly people: Map<string, Person>;
  readonly tokens: TokenDesk;
  readonly media: Map<string, StoredMedia>;
  /** Scene by ticket. */
  readonly tickets: Map<string, string>;
  readonly sentTemplates: Map<string, { readonly msgid: number; readonly at: number }>;
};

/** The time limits of a callback, in real time. */
export type CallbackLimits = { readonly answerWithinMs: number; readonly retryAfterMs: number };

/** The state of one simulated platform. */
export type World = {
  readonly now: () => Date;
  readonly limits: CallbackLimits;
  /** Aborted when the platform closes: no callback outlives it. */
  readonly closing: AbortController;
  readonly accounts: Map<string, AccountState>;
  readonly faults: FaultPlan<Fault>;
  readonly log: PlatformLogEntry[];
  readonly listeners: Set<(event: PlatformEvent) => void>;
  readonly nextId: () => number;
  readonly nextMsgId: () => bigint;
  /** Called when a fault begins to hold a call to this path, which writes to this openid or to nobody. */
  readonly onHang: ((path: string, to: string | null) => void) | undefined;
};

/**
 * Creates an empty platform. Message ids start beyond 2^53, and no two platforms started in different milliseconds
 * share one.
 */
export function createWorld(now: () => Date, limits: CallbackLimits, onHang?: World["onHang"]): World {
  let id = 0;
  let msgId = BigInt(Date.now()) * 1_000_000n;
  return {
    now,
    limits,
    closing: new AbortController(),
    accounts: new Map(),
    faults: planFaults(),
    log: [],
    listeners: new Set(),
    nextId: () => ++id,
    nextMsgId: () => ++msgId,
    onHang,
  };
}

/** Opens an account at the platform. */
export function openAccount(world: World, account: SimulatedAccount): void {
  const originalId = `gh_${createHash("sha1").update(account.appId).digest("hex").slice(0, 12)}`;
  world.accounts.set(account.name, {
    account,
    originalId,
    people: new Map(),
    tokens: openTokenDesk(),
    media: new Map(),
    tickets: new Map(),
    sentTemplates: new Map(),
  });
}

/** The account of that name. @throws Error when there is none: a mistake of the test or the demo */
export function accountOf(world: World, name: string): AccountState {
  const state = world.accounts.get(name);
  if (state === undefined) throw new Error(`The simulated WeChat has no account "${name}".`);
  return state;
}

/** The person behind an openid; one who is asked for the first time is a follower from long ago. */
export function personOf(state: AccountState, openid: string): Person {
  const known = state.people.get(openid);
  if (known !== undefined) return known;
  const person: Person = {
    openid,
    following: true,
    ledger: EMPTY_LEDGER,
    typingUntil: 0,
    consents: new Map(),
    screen: [],
  };
  state.people.set(openid, person);
  return person;
}

/** Announces an event to all listeners. */
export function announce(world: World, event: PlatformEvent): void {
  for (const listener of world.listeners) listener(event);
}

/** Puts a line on a phone's screen. */
export function show(
  world: World,
  state: AccountState,
  person: Person,
  line: Pick<PhoneMessage, "direction" | "state" | "rung" | "content">,
): PhoneMessage {
  const message: PhoneMessage = { id: world.nextId(), at: world.now(), ...line };
  person.screen.push(message);
  if (message.direction === "in") person.typingUntil = 0;
  announce(world, { type: "message", account: state.account.name, openid: person.openid, message });
  return message;
}

/** Changes the state of a line on the screen. */
export function restate(
  world: World,
  state: AccountState,
  person: Person,
  id: number,
  to: PhoneMessage["state"],
): void {
  const index = person.screen.findIndex((line) => line.id === id);
  const line = person.screen[index];
  if (line === undefined) return;
  const message = { ...line, state: to };
  person.screen[index] = message;
  announce(world, { type: "message", account: state.account.name, openid: person.openid, message });
}

/** Writes an exchange into the log. */
export function record(world: World, draft: LogDraft): void {
  const entry: PlatformLogEntry = { ...draft, id: world.nextId() };
  world.log.push(entry);
  announce(world, { type: "log", entry });
}

/**
 * Stores a file for three days. @returns its media id
 * @returns its media id
 */
export function storeMedia(world: World, state: AccountState, media: Omit<StoredMedia, "storedAt">): string {
  const mediaId = `m_${randomBytes(24).toString("base64url")}`;
  state.media.set(mediaId, { ...media, storedAt: world.now() });
  return mediaId;
}

/** A file that is still kept; null once its three days are over. */
export function storedMedia(world: World, state: AccountState, mediaId: string): StoredMedia | null {
  const media = state.media.get(mediaId);
  if (media === undefined || world.now().getTime() - media.storedAt.getTime() > MEDIA_LIFE_MS) return null;
  return media;
}

import { type FaultPlan, planFaults } from "../face/fault-plan.ts";
import type { PlatformEvent, PlatformFault, PlatformLogEntry, ScreenLine } from "../face/platform.ts";

/** A card with buttons, as it stands on a phone now. */
export type ShownCard = {
  readonly taskId: string;
  readonly title: string;
  /** What stands behind the title. */
  readonly note: string;
  readonly facts: readonly (readonly [string, string])[];
  readonly words: string;
  readonly buttons: readonly { readonly key: string; readonly text: string }[];
  /** The grey word that took the buttons' place; null while they are there. */
  readonly replaced: string | null;
};

/** A message on a member's phone, as the platform keeps it. */
export type AppMessage = {
  readonly id: string;
  readonly at: Date;
  readonly by: "person" | "service";
  state: ScreenLine["state"];
  readonly text: string;
  readonly picture: string | null;
  card: ShownCard | null;
  isChanged: boolean;
};

/** A member of the corporation; who does not see the app is not written to. */
export type Member = {
  readonly id: string;
  seesApp: boolean;
  hasOpened: boolean;
  readonly messages: AppMessage[];
  /** The moments of what the app sent lately, dropped messages too. */
  readonly sentAtMs: number[];
};

/** A code by which a card is changed: once, and for 72 hours. */
type ResponseCode = {
  readonly message: AppMessage;
  readonly member: Member;
  readonly at: Date;
  isUsed: boolean;
};

/** The fields of a callback, by name, as they stand in its XML. */
export type CallbackFields = Readonly<Record<string, string>>;

/** An app of a corporation, as its owner set it up. */
export type App = {
  readonly account: string;
  readonly corpId: string;
  readonly agentId: string;
  readonly secret: string;
  readonly token: string;
  readonly aesKey: string;
  readonly webhookUrl: string;
  readonly members: Map<string, Member>;
  readonly callbacks: CallbackFields[];
  readonly taskIds: Set<string>;
  /** What was sent lately, as it was written, with its moment. */
  readonly said: Map<string, number>;
  readonly codes: Map<string, ResponseCode>;
};

/** The whole of what a simulated WeCom knows. */
export type World = {
  readonly now: () => Date;
  readonly apps: Map<string, App>;
  /** By token. */
  readonly tokens: Map<string, { readonly app: App; readonly until: Date }>;
  readonly files: Map<string, { readonly bytes: Uint8Array; readonly contentType: string }>;
  readonly faults: FaultPlan<PlatformFault>;
  readonly entries: PlatformLogEntry[];
  readonly listeners: Set<(event: PlatformEvent) => void>;
  readonly closing: AbortController;
  nextId(): number;
};

/** Creates an empty world. */
export function createWorld(now: () => Date): World {
  let last = 7000;
  return {
    now,
    apps: new Map(),
    tokens: new Map(),
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

/** The member with this id; whoever is asked for is one, and sees the app. */
export function memberOf(app: App, id: string): Member {
  const key = id.toLowerCase();
  const known = app.members.get(key);
  const member = known ?? { id, seesApp: true, hasOpened: false, messages: [], sentAtMs: [] };
  app.members.set(key, member);
  return member;
}

/** Puts a message on a member's phone, and tells whoever watches. */
export function show(
  world: World,
  app: App,
  member: Member,
  message: Pick<AppMessage, "by" | "state" | "text" | "picture" | "card">,
): AppMessage {
  const shown: AppMessage = { ...message, id: `m${world.nextId()}`, at: world.now(), isChanged: false };
  member.messages.push(shown);
  tellLine(world, app, member, shown);
  return shown;
}

/** Tells whoever watches that a line is there, or has changed. */
export function tellLine(world: World, app: App, member: Member, message: AppMessage): void {
  const event = { type: "line", account: app.account, person: member.id, line: lineOf(message) } as const;
  for (const listener of world.listeners) listener(event);
}

/** Writes an exchange down, and tells whoever watches. */
export function record(world: World, entry: PlatformLogEntry): void {
  world.entries.push(entry);
  for (const listener of world.listeners) listener({ type: "log", entry });
}

/** The line of a message on a phone's screen. */
export function lineOf({ id, at, by, state, text, picture, card, isChanged }: AppMessage): ScreenLine {
  const face =
    card === null
      ? text
      : [card.title, ...card.facts.map((fact) => fact.join("：")), card.words].filter(Boolean).join("\n");
  const buttons = card === null || card.replaced !== null ? [] : card.buttons;
  return {
    ...{ id, at, by, state, text: face, picture, room: null, quotes: null },
    buttons: buttons.map(({ key, text: label }) => ({ key, label })),
    revised: card === null || !isChanged ? null : (card.replaced ?? card.note),
  };
}

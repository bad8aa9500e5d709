/** A line of a phone's screen, the same for all platforms; `buttons` are what can be pressed now, `revised` what was written over them. */
export type ScreenLine = {
  /** Unique on its screen. */
  readonly id: string;
  readonly at: Date;
  readonly by: "person" | "service";
  readonly state: "sending" | "arrived" | "failed";
  readonly text: string;
  /** The platform's id of the picture that it shows; null where it shows none. */
  readonly picture: string | null;
  readonly buttons: readonly { readonly key: string; readonly label: string }[];
  readonly revised: string | null;
  readonly quotes: string | null;
  readonly room: string | null;
};

/** The end of something that was done with a phone: whether the account's server took the platform's word of it. */
export type Deed = { readonly accepted: boolean };

/** A person's phone. Each act resolves when the account's server has answered or was given up. */
export type Phone = {
  say(text: string, answering?: ScreenLine): Promise<Deed>;
  /** Presses a button of a line; `times` as an impatient person does, all at once. */
  press(line: ScreenLine, key: string, times?: number): Promise<Deed>;
  photo(bytes: Uint8Array): Promise<Deed>;
  voice(bytes: Uint8Array, transcript?: string): Promise<Deed>;
  /** Sends a document; left out where the platform has none. */
  file?(bytes: Uint8Array, name: string): Promise<Deed>;
  /** Degrees in GCJ-02. */
  place(at: { readonly latitude: number; readonly longitude: number; readonly label: string }): Promise<Deed>;
  /** Opens the account's chat by a code with this scene, or without one. */
  open(scene: string | null): Promise<Deed>;
  block(): Promise<Deed>;
  unblock(): Promise<Deed>;
  lines(): readonly ScreenLine[];
};

/**
 * A kind of fault of a call.
 *
 * `error` (any code of the platform), `http-500`, `http-502` (a gateway could not pass it on) and `reset` (the connection is cut)
 * do nothing else; `rate-limit` asks for `seconds` of patience. `hang` holds the connection and does nothing. The `accept-then-`
 * ones and `garbled` do everything and never say so properly, `slow` says so late, and `drop` says so and does nothing. `late-report`
 * says so, does nothing, and tells so with the next step of the platform's clock; `code` says why.
 */
export type PlatformFault = {
  /** The beginning of the path of the calls that it hits; empty for every call. */
  readonly path: string;
  /** Hits only calls that write to this person. */
  readonly to?: string;
  /** How many calls it hits; Infinity for all until `clearFaults`. */
  readonly times: number;
  readonly kind:
    | "error"
    | "rate-limit"
    | "http-500"
    | "http-502"
    | "hang"
    | "accept-then-hang"
    | "accept-then-reset"
    | "garbled"
    | "accept-then-502"
    | "reset"
    | "slow"
    | "drop"
    | "late-report";
  /** Of `error`: the platform's code, and what else it says. */
  readonly code?: number;
  readonly says?: Readonly<Record<string, unknown>>;
  readonly seconds?: number;
  readonly delayMs?: number;
};

/** An exchange over HTTP, in either direction, without secrets: a `webhook` is one try of a callback, a `call` one call of the API. */
export type PlatformLogEntry = {
  readonly kind: "webhook" | "call";
  readonly at: Date;
  readonly account: string | null;
  readonly person: string | null;
  readonly path: string;
  readonly request: unknown;
  readonly status: number | null;
  /** The platform's own code of failure; null where there was none. */
  readonly code: number | null;
};

/** A live event of the platform; a line comes again, with the same id, when it changes. */
export type PlatformEvent =
  | { readonly type: "line"; readonly account: string; readonly person: string; readonly line: ScreenLine }
  | { readonly type: "log"; readonly entry: PlatformLogEntry };

/** How something is said in a room: to nobody, naming the account, or quoting a line of the room. */
type SaidInRoom = { readonly naming?: true; readonly quoting?: ScreenLine };

/** A room of several people in which the account is, as each of them sees it. */
export type RoomView = {
  /** @param person one of its members */
  say(person: string, text: string, how?: SaidInRoom): Promise<Deed>;
  lines(): readonly ScreenLine[];
};

/** A messaging platform as a service and people with phones meet it. It shares no code with the channel. */
export type SimulatedPlatform = {
  readonly type: string;
  /** What stands for the platform's API address. */
  readonly url: string;
  /** @returns the options with which `channel add` adds the account that was opened here */
  openAccount(name: string, webhookUrl: string): Promise<Record<string, string>>;
  phone(account: string, person: string): Phone;
  /** A room with these people and the account in it, the same for the same name; left out where the platform has none. */
  room?(account: string, room: string, members: readonly string[]): RoomView;
  fail(fault: PlatformFault): void;
  clearFaults(): void;
  advanceClock(byMs: number): void;
  /** Repeats the last `count` callbacks, as platforms do after an outage. */
  repeat(account: string, count: number): Promise<void>;
  /** @returns a function that ends the listening */
  listen(listener: (event: PlatformEvent) => void): () => void;
  log(): readonly PlatformLogEntry[];
  close(): Promise<void>;
};

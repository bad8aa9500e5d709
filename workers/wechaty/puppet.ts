/** The part of a Wechaty person that the bridge needs. */
export type Contact = {
  readonly id: string;
  name(): string;
  friend?(): boolean | undefined;
  say(said: unknown): Promise<unknown>;
};

/** The part of a Wechaty room that the bridge needs. */
export type Room = {
  readonly id: string;
  topic(): Promise<string>;
  alias(member: Contact): Promise<string | undefined>;
  say(said: unknown): Promise<unknown>;
};

/** A file as Wechaty hands it over. */
type FileBox = { readonly name: string; readonly size?: number; toBuffer(): Promise<Buffer> };

/** The part of a Wechaty message that the bridge needs. */
export type Message = {
  readonly id: string;
  type(): number;
  text(): string;
  self(): boolean;
  date(): Date;
  talker(): Contact;
  room(): Room | undefined;
  mentionSelf(): Promise<boolean>;
  toFileBox(): Promise<FileBox>;
  toLocation(): Promise<{ latitude(): number; longitude(): number; name(): string; address(): string }>;
  toUrlLink(): Promise<{ title(): string; description(): string | undefined; url(): string }>;
};

/** The part of a Wechaty friendship that the bridge needs. */
export type Friendship = { readonly id: string; type(): number; contact(): Contact };

/** The part of a Wechaty bot that the bridge needs. */
export type Bot = {
  readonly isLoggedIn: boolean;
  readonly currentUser: Contact;
  readonly Contact: { find(query: { id: string }): Promise<Contact | undefined> };
  readonly Room: { find(query: { id: string }): Promise<Room | undefined> };
  on(event: string, listener: (...given: never[]) => void): unknown;
  off(event: string, listener: (...given: never[]) => void): unknown;
  start(): Promise<void>;
  stop(): Promise<void>;
};

/** The kinds of messages, as Wechaty numbers them. */
export const KINDS = {
  file: 1,
  voice: 2,
  image: 6,
  text: 7,
  place: 8,
  recalled: 13,
  link: 14,
  video: 15,
} as const;

/**
 * Loads a package of this folder by its name: it is there only where somebody installed it, so nothing is known of it before.
 * @throws where it is not installed
 */
export async function load<T>(name: string): Promise<T> {
  return import(name);
}

import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type {
  Channel,
  ChannelAccount,
  Sender,
  SenderServices,
  SendOutcome,
  WebhookRequest,
} from "../../../src/channels/channel.ts";
import type { PlatformFault, SimulatedPlatform } from "../../../src/demo/platforms/face/platform.ts";
import type { Inbound, InboundContent, MediaReference } from "../../../src/domain/messages/message.ts";
import type { ServiceOptions, TestService } from "../../service.ts";

/** What a person says or does at a platform. `id` is the platform's own number of it, `by` the person. */
export type Said = { readonly id: number; readonly by?: string } & (
  | { readonly kind: "text"; readonly text: string; readonly answers?: string; readonly room?: "to us" | "overheard" }
  | { readonly kind: "choice"; readonly text: string; readonly choice: string }
  | { readonly kind: "press"; readonly key: string }
  | { readonly kind: MediaReference["form"]; readonly mediaId: string; readonly transcript?: string }
  /** Degrees in GCJ-02. */
  | { readonly kind: "place"; readonly latitude: number; readonly longitude: number; readonly label: string }
  | { readonly kind: "link"; readonly title: string; readonly description: string; readonly url: string }
  | { readonly kind: "edited"; readonly text: string }
  | { readonly kind: "recalled" }
  | { readonly kind: "open"; readonly scene: string | null }
  | { readonly kind: "leave" }
  /** A kind of message, or of event, that nobody has heard of. */
  | { readonly kind: "unknown message" }
  | { readonly kind: "unknown event" }
  /** Genuine, and not to be read. */
  | { readonly kind: "unreadable" }
  /** What we, or another service, said ourselves. */
  | { readonly kind: "own" }
);

/** How a request can be spoiled. */
const SPOILED = [
  "signature",
  "signature-length",
  "body",
  "timestamp",
  "nonce",
  "owner",
  "padding",
  "plain-instead-of-sealed",
  "token",
] as const;

/** How the suite drives one simulated platform. */
export type Driver = {
  readonly channel: Channel;
  /** Starts the platform by itself. */
  startPlatform(now: () => Date): Promise<SimulatedPlatform>;
  /** Of an account of WeChat's that is not a service account: its kind. */
  readonly kind?: ServiceOptions["kind"];
  /** The platform that a service meets beside its own, where it is not started for it. */
  readonly inService?: (service: TestService) => SimulatedPlatform | Promise<SimulatedPlatform>;
  /** An account's options as `channel add` gets them, and others that are wrong, each with the option that must be named. */
  readonly options: Readonly<Record<string, string>>;
  readonly wrongOptions: readonly { readonly options: Readonly<Record<string, string>>; readonly names: string }[];
  /** A genuine request that says this, of the account with {@link options}; null where the platform has nothing of the kind. */
  request(said: Said | readonly Said[], at: Date): WebhookRequest | null;
  /**
   * What is pulled when this was said, where a request only tells that something lies ready; null where the platform has nothing of the
   * kind, or brings it with the request.
   */
  readonly pulled?: (said: readonly Said[], at: Date) => Promise<readonly Inbound[] | null>;
  /** Of a platform from which messages are pulled: the path of that call, and how it loses what it should tell. */
  readonly pulling?: { readonly path: string; silence(platform: SimulatedPlatform, isSilent: boolean): void };
  /** The platform's own codes for a message that did not arrive after all, as its report says. */
  readonly lateReports?: { readonly noMore: number; readonly content: number };
  /** The id by which the service knows a person of the platform; the platform's own where it is left out. */
  readonly personId?: (person: string) => string;
  /** The same words with white space that means nothing, signed as they are; left out where there is none. */
  readonly spaced?: (said: Said, at: Date) => WebhookRequest;
  /** The handshake, right and wrong, and what the right one is answered; left out where the platform has none. */
  readonly handshake?: { request(isRight: boolean, at: Date): WebhookRequest; readonly answer: string };
  /** The same with one thing spoiled; what cannot be spoiled on this platform is left out. */
  readonly spoiled: Partial<Record<(typeof SPOILED)[number], (request: WebhookRequest) => WebhookRequest>>;
  /** Whether a request proves when it was made. */
  readonly isTimed: boolean;
  /** Bodies that are an attack, as genuine as their platform would make them. */
  readonly hostile: readonly ((at: Date) => WebhookRequest)[];
  /** Where the channel says otherwise than the suite expects what a kind of message is. */
  readonly contents?: Partial<Record<Said["kind"], InboundContent>>;
  /** The calls that carry these contents, secrets left out. */
  readonly calls: Partial<Record<"text" | "choices" | "card" | "media" | "notice", unknown>>;
  /** How the platform says no: its own codes for each class. */
  readonly errors: readonly { readonly fault: PlatformFault; readonly expect: Partial<SendOutcome> }[];
  /** How the platform says yes and means no to this one person; left out where it does not. */
  readonly partlyRefused?: Driver["errors"];
  /** The path of the call that sends a message. */
  readonly sendPath: string;
  /** Where a token is given, and the fault that says that it is refused; left out where a secret stands for itself. */
  readonly token?: { readonly path: string; readonly refused: PlatformFault };
  /** Options of an account whose secret is wrong. */
  readonly wrongSecret: Readonly<Record<string, string>>;
  /** Where a card is changed, and how the platform says that it cannot be any more; left out where there are no cards. */
  readonly cards?: { readonly path: string; readonly spent: PlatformFault };
  /** Where a person cannot keep the service from writing to them. */
  readonly cannotBlock?: true;
  /** Of a platform to which we stay connected: the path of the call that opens a connection, and what a test can do to it. */
  readonly live?: {
    readonly openPath: string;
    /** How many connections of the account are open and alive. */
    connections(platform: SimulatedPlatform): number;
    disturb(platform: SimulatedPlatform, how: "mute" | "cut" | "disconnect"): void;
    /** Tells what no service knows. @returns whether all of it was acknowledged */
    tellOddities(platform: SimulatedPlatform): Promise<boolean>;
  };
  /** A refusal that is none of a person's. */
  readonly notBlocked?: PlatformFault;
  /** The cases that this platform has nothing for. */
  readonly without: readonly string[];
};

export const NOW = new Date("2026-11-24T02:00:00Z");
export const RULES = { now: NOW, maxAgeSeconds: 300 };

/** The account of a channel with these options. */
export function accountWith(channel: Channel, options: Readonly<Record<string, string>>): ChannelAccount {
  const configured = channel.configure(options);
  if (!configured.ok) throw new Error(configured.problems.join("; "));
  const { settings, secrets } = configured;
  return { id: "a", jurisdictionId: "j", channel: channel.type, name: "suite", settings, secrets };
}

/** A store of values in memory. */
function memory(): SenderServices["store"] {
  const values = new Map<string, string>();
  return {
    get: async (key) => values.get(key) ?? null,
    set: async (key, value) => void values.set(key, value),
    deleteIfEqual: async (key, value) => {
      if (values.get(key) === value) values.delete(key);
    },
  };
}

/** The sender of an account at an address. */
export function senderAt(
  channel: Channel,
  account: ChannelAccount,
  apiBase: string,
  services: Partial<SenderServices> = {},
): Sender {
  const given = { apiBase, publicUrl: "https://liaison.example", store: memory(), now: () => NOW, timeoutMs: 30_000 };
  return channel.connect(account, { ...given, random: () => 0, ...services });
}

/** A server that takes every callback, as the webhook of a service does, and stores nothing. */
export async function callbackServer(
  channel: Channel,
  account: () => ChannelAccount,
  now: () => Date,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server: Server = createServer(async (request, response) => {
    const result = channel.receive(account(), await requestOf(request), { now: now(), maxAgeSeconds: 300 });
    const reply = result.kind === "received" ? result.acknowledgement : result.reply;
    response.writeHead(reply.status, { "content-type": reply.contentType }).end(reply.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function requestOf(request: IncomingMessage): Promise<WebhookRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const header = (name: string) => String(request.headers[name] ?? "") || null;
  const { searchParams: query } = new URL(request.url ?? "/", "http://here");
  return { method: request.method === "GET" ? "GET" : "POST", query, header, body: Buffer.concat(chunks) };
}

/** An address at which nobody listens any more. */
export async function closedPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

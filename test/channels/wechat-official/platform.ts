import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { ChannelAccount, Sender, SenderServices, SharedStore } from "../../../src/channels/channel.ts";
import { wechatOfficial } from "../../../src/channels/wechat-official/channel.ts";
import { ACCOUNT } from "./request.ts";

/** One call as the small platform of these tests received it. */
type Call = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly contentType: string;
  readonly body: Buffer;
};

type RawAnswer = {
  readonly raw: string | Buffer;
  readonly status?: number;
  readonly contentType?: string;
  readonly location?: string;
};

/** An answer: JSON fields, or bytes with their type, or what breaks instead. */
export type Answer = Record<string, unknown> | RawAnswer | "hang" | "reset";

export type Platform = {
  readonly base: string;
  readonly calls: Call[];
  /** What the next calls of a path get, in order; after that `{ errcode: 0 }`, and for tokens T1, T1, … */
  answer(path: string, ...answers: Answer[]): void;
  /** The bodies of the calls of a path. */
  sent(path: string): unknown[];
  close(): Promise<void>;
};

/** Starts a platform on loopback that says what it is told to say and remembers what it was asked. */
export async function startPlatform(): Promise<Platform> {
  const calls: Call[] = [];
  const answers = new Map<string, Answer[]>();
  const server = createServer(async (request, response) => {
    const call = await read(request);
    calls.push(call);
    const planned = answers.get(call.path)?.shift();
    give(response, planned ?? (call.path === TOKEN ? { access_token: "T1", expires_in: 7200 } : { errcode: 0 }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    answer: (path, ...more) => void answers.set(path, [...(answers.get(path) ?? []), ...more]),
    sent: (path) => calls.filter((call) => call.path === path).map((call) => JSON.parse(call.body.toString())),
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

export const TOKEN = "/cgi-bin/stable_token";
/** Whom the tests write to. */
export const ANN = { kind: "person", id: "oDemo1" } as const;
export const CUSTOM = "/cgi-bin/message/custom/send";

export type Stored = { readonly value: string; readonly ttlMs: number };

/** A store in memory, open to the test. */
export function memoryStore(): SharedStore & { readonly entries: Map<string, Stored> } {
  const entries = new Map<string, Stored>();
  return {
    entries,
    get: async (key) => entries.get(key)?.value ?? null,
    set: async (key, value, ttlMs) => void entries.set(key, { value, ttlMs }),
    deleteIfEqual: async (key, value) => {
      if (entries.get(key)?.value === value) entries.delete(key);
    },
  };
}

const NOW = new Date("2026-09-21T15:00:00Z");

/** The sender of a made-up account at an address. */
export function senderAt(
  apiBase: string,
  options: Record<string, string> = {},
  services: Partial<SenderServices> = {},
): Sender {
  const given = { "app-id": ACCOUNT.appId, "app-secret": "demoSecret", token: ACCOUNT.token, ...options };
  const configured = wechatOfficial.configure(given);
  if (!configured.ok) throw new Error(configured.problems.join("; "));
  const account: ChannelAccount = {
    id: "a",
    jurisdictionId: "j",
    channel: "wechat-official",
    name: "oa",
    ...configured,
  };
  return wechatOfficial.connect(account, {
    apiBase,
    publicUrl: "",
    store: memoryStore(),
    now: () => NOW,
    timeoutMs: 60_000,
    ...services,
  });
}

async function read(request: IncomingMessage): Promise<Call> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const url = new URL(request.url ?? "/", "http://platform");
  return {
    method: request.method ?? "",
    path: url.pathname,
    query: url.searchParams,
    contentType: request.headers["content-type"] ?? "",
    body: Buffer.concat(chunks),
  };
}

function give(response: ServerResponse, answer: Answer): void {
  if (answer === "hang") return;
  if (answer === "reset") return void response.socket?.resetAndDestroy();
  if ("raw" in answer) {
    const { raw, status = 200, contentType = "application/json", location } = answer as RawAnswer;
    return void response.writeHead(status, { "content-type": contentType, ...(location && { location }) }).end(raw);
  }
  response.writeHead(200, { "content-type": "application/json; encoding=utf-8" }).end(JSON.stringify(answer));
}

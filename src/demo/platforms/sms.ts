import { createHmac, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { type FaultPlan, planFaults } from "./face/fault-plan.ts";
import type { PlatformEvent, PlatformFault, PlatformLogEntry, ScreenLine, SimulatedPlatform } from "./face/platform.ts";

/** A simulated gateway for short messages, with the reports that it gives later. */
export type SimulatedGateway = SimulatedPlatform & {
  /** Reports on the newest message to a number. @returns whether that was taken */
  report(account: string, phone: string, ok: boolean, reason: string): Promise<boolean>;
};

type Message = { readonly id: string; readonly phone: string; readonly at: Date; readonly text: string };
type Account = { readonly name: string; readonly secret: string; readonly webhookUrl: string };

type World = {
  readonly now: () => Date;
  readonly accounts: Map<string, Account>;
  readonly messages: Message[];
  readonly keys: Map<string, string>;
  readonly reports: string[];
  readonly faults: FaultPlan<PlatformFault>;
  readonly entries: PlatformLogEntry[];
  readonly listeners: Set<(event: PlatformEvent) => void>;
};

const LIMIT_MS = 60_000;
const NOBODY_WRITES = async () => ({ accepted: false });

/** Starts a simulated gateway on 127.0.0.1. It shares no code with the channel that it talks to. */
export async function startSms(options: { readonly now?: () => Date } = {}): Promise<SimulatedGateway> {
  const clock = options.now ?? (() => new Date());
  let offsetMs = 0;
  const world: World = {
    ...{ now: () => new Date(clock().getTime() + offsetMs), accounts: new Map(), messages: [], keys: new Map() },
    ...{ reports: [], faults: planFaults(), entries: [], listeners: new Set() },
  };
  const server = createServer((request, response) => void answer(world, request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const accountOf = (name: string): Account => {
    const account = world.accounts.get(name);
    if (account === undefined) throw new Error(`There is no account ${name}.`);
    return account;
  };
  const url = `http://127.0.0.1:${port}`;

  return {
    type: "sms",
    url,
    async openAccount(name, webhookUrl) {
      const secret = randomBytes(24).toString("base64url");
      world.accounts.set(name, { name, secret, webhookUrl });
      return { url, secret };
    },
    phone: (_account, person) => ({
      ...{ say: NOBODY_WRITES, press: NOBODY_WRITES, photo: NOBODY_WRITES, voice: NOBODY_WRITES },
      ...{ place: NOBODY_WRITES, open: NOBODY_WRITES, block: NOBODY_WRITES, unblock: NOBODY_WRITES },
      lines: () => world.messages.filter(({ phone }) => phone === person).map(lineOf),
    }),
    fail: (fault) => world.faults.add(fault),
    clearFaults: () => world.faults.clear(),
    advanceClock: (byMs) => {
      offsetMs += byMs;
    },
    async repeat(account, count) {
      for (const body of world.reports.slice(-count)) await tell(world, accountOf(account), body);
    },
    async report(account, phone, ok, reason) {
      const message = world.messages.findLast((one) => one.phone === phone);
      const body = JSON.stringify([{ id: message?.id ?? "", ok, reason }]);
      world.reports.push(body);
      return tell(world, accountOf(account), body);
    },
    listen(listener) {
      world.listeners.add(listener);
      return () => void world.listeners.delete(listener);
    },
    log: () => world.entries,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function sign(secret: string, seconds: string, body: string): string {
  return createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex");
}

async function tell(world: World, { name, secret, webhookUrl }: Account, body: string): Promise<boolean> {
  const seconds = String(Math.floor(world.now().getTime() / 1000));
  const headers = {
    "content-type": "application/json",
    "liaison-signature": `t=${seconds},v1=${sign(secret, seconds, body)}`,
  };
  const request = { method: "POST", body, headers, signal: AbortSignal.timeout(LIMIT_MS) };
  const response = await fetch(webhookUrl, request).catch(() => null);
  record(world, {
    kind: "webhook",
    account: name,
    person: null,
    path: "report",
    request: {},
    status: response?.status ?? null,
  });
  return response !== null && response.status < 300;
}

async function answer(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString();
  const [, seconds = "", digest = ""] = /^t=(\d+),v1=(\w+)$/.exec(String(request.headers["liaison-signature"])) ?? [];
  const account = [...world.accounts.values()].find(({ secret }) => sign(secret, seconds, body) === digest);
  const path = request.url ?? "/";
  const { phone, params, key } = JSON.parse(body || "{}");
  const fault = world.faults.take(path, phone ?? null);
  const does = fault === null || /^(accept|garbled|slow)/.test(fault.kind);
  const [status, said] = account === undefined ? [401, {}] : does ? take(world, phone, params, key) : refusal(fault);
  const told = {
    kind: "call",
    account: account?.name ?? null,
    person: phone,
    path,
    request: JSON.parse(body || "{}"),
  } as const;
  record(world, { ...told, status });
  await give(request, response, { status, said, fault });
}

function take(world: World, phone: string, params: { readonly text: string }, key: string): [number, object] {
  const known = world.keys.get(key);
  if (known !== undefined) return [409, { id: known }];
  const message = { id: randomBytes(6).toString("hex"), phone, at: world.now(), text: params.text };
  world.keys.set(key, message.id);
  world.messages.push(message);
  return [202, { id: message.id }];
}

function refusal({ kind, code, seconds }: PlatformFault): [number, object] {
  if (kind === "rate-limit") return [429, { seconds }];
  return kind === "drop" ? [202, { id: "lost" }] : [code ?? 400, {}];
}

type Given = { readonly status: number; readonly said: object; readonly fault: PlatformFault | null };

async function give(request: IncomingMessage, response: ServerResponse, { status, said, fault }: Given): Promise<void> {
  const write = (code: number, body: string, more = {}) =>
    void response.writeHead(code, { "content-type": "application/json", ...more }).end(body);
  switch (fault?.kind) {
    case "http-500":
      return write(500, "");
    case "http-502":
    case "accept-then-502":
      return write(502, "<h1>502 Bad Gateway</h1>");
    case "reset":
    case "accept-then-reset":
      request.socket.resetAndDestroy();
      return;
    case "hang":
    case "accept-then-hang":
      await pause(fault.delayMs ?? 60_000, undefined, { ref: false });
      request.socket.destroy();
      return;
    case "garbled":
      return write(202, '{"id":"');
    case "rate-limit":
      return write(429, "{}", { "retry-after": String(fault.seconds) });
    default:
      return write(status, JSON.stringify(said));
  }
}

function record(world: World, entry: Omit<PlatformLogEntry, "at" | "code">): void {
  const whole = { ...entry, at: world.now(), code: entry.status !== null && entry.status >= 400 ? entry.status : null };
  world.entries.push(whole);
  for (const listener of world.listeners) listener({ type: "log", entry: whole });
}

function lineOf({ id, at, text }: Message): ScreenLine {
  return {
    ...{ id, at, by: "service", state: "arrived", text, picture: null, buttons: [] },
    ...{ revised: null, quotes: null, room: null },
  };
}

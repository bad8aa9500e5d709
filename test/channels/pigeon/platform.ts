import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { planFaults } from "../../../src/demo/platforms/face/fault-plan.ts";
import type {
  Phone,
  PlatformEvent,
  PlatformFault,
  PlatformLogEntry,
  ScreenLine,
  SimulatedPlatform,
} from "../../../src/demo/platforms/face/platform.ts";
import { ringOf } from "./channel.ts";

type Account = { readonly name: string; readonly webhookUrl: string; readonly options: Record<string, string> };
type Letter = Readonly<Record<string, string>>;
type Answer = Readonly<Record<string, unknown>>;

/** Starts a pigeon post on loopback. It shares the way to sign with its channel, and nothing else. */
export async function startPigeonPost(now: () => Date): Promise<SimulatedPlatform> {
  const accounts = new Map<string, Account>();
  const screens = new Map<string, ScreenLine[]>();
  const gone = new Set<string>();
  const faults = planFaults<PlatformFault>();
  const entries: PlatformLogEntry[] = [];
  const sent = new Map<string, Letter[]>();
  const listeners = new Set<(event: PlatformEvent) => void>();
  const seen = new Map<string, string>();
  let ids = 0;
  let offsetMs = 0;

  const time = () => new Date(now().getTime() + offsetMs);
  const record = (entry: PlatformLogEntry) => {
    entries.push(entry);
    for (const listener of listeners) listener({ type: "log", entry });
  };
  const show = (person: string, by: ScreenLine["by"], text: string) => {
    const line: ScreenLine = {
      ...{ id: String(++ids), at: time(), by, state: "arrived", text, picture: null, buttons: [] },
      ...{ revised: null, quotes: null, room: null },
    };
    screens.set(person, [...(screens.get(person) ?? []), line]);
    const account = [...accounts.keys()][0] ?? "";
    for (const listener of listeners) listener({ type: "line", account, person, line });
    return line.id;
  };

  const post = async ({ name, webhookUrl, options }: Account, letters: readonly Letter[]): Promise<boolean> => {
    const body = Buffer.from(JSON.stringify({ letters }));
    const at = String(time().getTime());
    const headers = {
      "content-type": "application/json",
      "pigeon-at": at,
      "pigeon-ring": ringOf(options.ring ?? "", at, body),
    };
    const response = await fetch(webhookUrl, { method: "POST", body, headers }).catch(() => null);
    const [person = null] = letters.map(({ from }) => from ?? null);
    record({
      kind: "webhook",
      at: time(),
      account: name,
      person,
      path: letters[0]?.kind ?? "",
      request: letters,
      status: response?.status ?? null,
      code: null,
    });
    return response?.status === 200;
  };

  const deliver = (letter: Letter): Answer => {
    const account = [...accounts.values()].find(({ options }) => options.seal === letter.seal);
    if (account === undefined) return { code: 3 };
    const { key = "", to = "", text = "" } = letter;
    if (gone.has(to) || !screens.has(to)) return { code: 1 };
    if (Buffer.byteLength(text) > 1000) return { code: 2 };
    const before = seen.get(key);
    if (before !== undefined) return { id: before };
    const id = show(to, "service", text);
    seen.set(key, id);
    return { id };
  };

  const answerCall = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const letter: Letter = JSON.parse(Buffer.concat(chunks).toString());
    const fault = faults.take("/send", letter.to ?? "");
    const does = fault === null || /^(accept|garbled|slow)/.test(fault.kind);
    const answer: Answer = does ? deliver(letter) : {};
    const { seal: _seal, ...told } = letter;
    const code = fault?.kind === "error" ? (fault.code ?? null) : typeof answer.code === "number" ? answer.code : null;
    record({
      kind: "call",
      at: time(),
      account: null,
      person: letter.to ?? null,
      path: "/send",
      request: told,
      status: 200,
      code,
    });
    const say = (status: number, body: string) =>
      void response.writeHead(status, { "content-type": "application/json" }).end(body);
    switch (fault?.kind) {
      case "error":
        return say(200, JSON.stringify({ code: fault.code }));
      case "rate-limit":
        return say(200, JSON.stringify({ wait: fault.seconds }));
      case "http-500":
        return say(500, "");
      case "http-502":
      case "accept-then-502":
        return say(502, "<h1>Bad gateway</h1>");
      case "reset":
      case "accept-then-reset":
        return void request.socket.resetAndDestroy();
      case "hang":
      case "accept-then-hang":
        await pause(fault.delayMs ?? 60_000, undefined, { ref: false });
        return void request.socket.destroy();
      case "garbled":
        return say(200, '{"id":"');
      case "slow":
        await pause(fault.delayMs ?? 0);
        return say(200, JSON.stringify(answer));
      default:
        return say(200, JSON.stringify(answer));
    }
  };

  const server = createServer((request, response) => void answerCall(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  const phoneOf = (name: string, person: string): Phone => {
    const account = accounts.get(name);
    if (account === undefined) throw new Error(`no account ${name}`);
    const act = async (kind: string, text: string, more: Letter = {}) => {
      const letter = { id: String(++ids), from: person, kind, text, ...more };
      sent.set(name, [...(sent.get(name) ?? []), letter]);
      if (kind === "letter") show(person, "person", text);
      return { accepted: await post(account, [letter]) };
    };
    const cannot = () => Promise.reject(new Error("a pigeon carries words alone"));
    return {
      say: (text, answering) => act("letter", text, answering === undefined ? {} : { answers: answering.id }),
      press: cannot,
      photo: cannot,
      voice: cannot,
      place: cannot,
      open(scene) {
        if (!screens.has(person)) screens.set(person, []);
        return act("come", scene ?? "");
      },
      async block() {
        gone.add(person);
        return act("go", "");
      },
      async unblock() {
        gone.delete(person);
        return act("come", "");
      },
      lines: () => screens.get(person) ?? [],
    };
  };

  return {
    type: "pigeon",
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async openAccount(name, webhookUrl) {
      const secret = () => randomBytes(12).toString("hex");
      const options = { loft: name, ring: secret(), seal: secret() };
      accounts.set(name, { name, webhookUrl, options });
      return options;
    },
    phone: phoneOf,
    fail: (fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
    advanceClock: (byMs) => {
      offsetMs += byMs;
    },
    async repeat(name, count) {
      const account = accounts.get(name);
      if (account !== undefined)
        for (const letter of (sent.get(name) ?? []).slice(-count)) await post(account, [letter]);
    },
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    log: () => entries,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

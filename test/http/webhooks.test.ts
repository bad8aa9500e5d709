import { request } from "node:http";
import { connect } from "node:net";
import { setImmediate as turn } from "node:timers/promises";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Database } from "../../db/database.ts";
import { inbox } from "../../db/schema/conversations.ts";
import type { PassiveReply } from "../../src/casework/delivery/passive-reply.ts";
import { createInbox } from "../../src/casework/inbox/accept.ts";
import { addAccount } from "../../src/casework/office/channel-accounts.ts";
import { type Accounts, createAccounts } from "../../src/casework/runtime/accounts.ts";
import { WORDS_ONLY } from "../../src/channels/abilities.ts";
import type { Channel, WebhookReply } from "../../src/channels/channel.ts";
import { inboundOf } from "../../src/domain/messages/inbound.ts";
import { type AppServices, createApp } from "../../src/http/app.ts";
import { type Listening, listen } from "../../src/http/listen.ts";
import { createLog } from "../../src/log.ts";
import { bareChannel, bareSender } from "../bare-channel.ts";
import { type TestDatabase, testDatabase } from "../database.ts";
import { quietMsOf } from "../quiet-time.ts";

const plain = (status: number, body: string): WebhookReply => ({ status, contentType: "text/plain", body });

/** A platform whose requests are one line of text each; `bad` fails the signature, `hello` is the handshake. */
const telegrams: Channel = bareChannel({
  type: "telegrams",
  configure: (options) => ({ ok: true, settings: { replies: options.replies ?? "direct" }, secrets: {} }),
  receive(_account, { method, query, body }) {
    const text = Buffer.from(body).toString("utf8");
    if (text === "explode") throw new Error("a secret detail");
    if (text.startsWith("bad")) return { kind: "refused", reply: plain(403, "no"), reason: "signature" };
    if (method === "GET") return { kind: "answered", reply: plain(200, query.get("echo") ?? "") };
    return {
      kind: "received",
      messages: [
        inboundOf({ dedupeKey: text, sender: "somebody", sentAt: new Date(), content: { kind: "text", text } }),
      ],
      nudges: [],
      acknowledgement: text.startsWith("quiet") ? plain(204, "") : plain(200, "success"),
      replyWith: (outbound) => (outbound.kind === "text" ? plain(200, `reply: ${outbound.text}`) : null),
    };
  },
  connect: ({ settings }) =>
    bareSender({ abilities: { ...WORDS_ONLY, rungs: [settings.replies === "passive" ? "passive" : "direct"] } }),
});

let db: TestDatabase;
let accounts: Accounts;
let breakDatabase: Promise<never> | null = null;
let passive: PassiveReply[] = [];
let logged = "";
let listening: Listening;
let base: string;

beforeAll(async () => {
  db = await testDatabase();
  const jurisdictionId = await db.county("east");
  const now = () => new Date();
  const services = { database: db.database, vault: db.vault, now };
  for (const [name, replies] of [
    ["direct", "direct"],
    ["passive", "passive"],
  ] as const) {
    await addAccount(services, jurisdictionId, { channel: telegrams, name, options: { replies } });
  }
  const store = { get: async () => null, set: async () => undefined, deleteIfEqual: async () => undefined };
  accounts = createAccounts({ ...services, channels: [telegrams], apiBases: {}, store: () => store, timeoutMs: 1000 });
  const database: Database = {
    ...db.database,
    inCounty: (id, work) => breakDatabase ?? db.database.inCounty(id, work),
  };
  const appServices: AppServices = {
    accounts,
    channelOf: (type) => (type === telegrams.type ? telegrams : null),
    inbox: createInbox({ database, vault: db.vault, now, announce: () => undefined }),
    passiveReply: async () => passive.shift() ?? { kind: "nothing" },
    now,
    maxAgeSeconds: 300,
    log: createLog("info", {
      write(line) {
        logged += line;
      },
    }),
    checks: { database: async () => breakDatabase === null, queue: async () => true },
    publicUrl: "http://liaison.example",
  };
  listening = await listen(createApp(appServices).fetch, "127.0.0.1", 0);
  base = `http://127.0.0.1:${listening.port}`;
});
beforeEach(() => {
  logged = "";
});
afterEach(() => {
  breakDatabase = null;
  passive = [];
});
afterAll(async () => {
  await listening.close();
  await db.close();
});

const post = (path: string, body: string) => fetch(`${base}${path}`, { method: "POST", body });
const stored = async () =>
  (await db.database.inCounty(await db.county("east"), (tx) => tx.select().from(inbox))).map((row) => row.dedupeKey);

describe("a webhook", () => {
  test("is told success when the message is stored, again for a repeat, and stores it once", async () => {
    for (let time = 0; time < 2; time += 1) {
      const response = await post("/webhooks/telegrams/direct", "m1");
      expect([response.status, await response.text()]).toEqual([200, "success"]);
    }
    expect((await stored()).filter((key) => key === "m1")).toHaveLength(1);
  });

  test("acknowledges without a word where the channel has none to say", async () => {
    expect((await post("/webhooks/telegrams/direct", "quiet 1")).status).toBe(204);
  });

  test("answers a handshake with what the channel says, and stores nothing", async () => {
    const before = await stored();
    const response = await fetch(`${base}/webhooks/telegrams/direct?echo=${encodeURIComponent("a+b 中")}`);
    expect([response.status, await response.text()]).toEqual([200, "a+b 中"]);
    expect(await stored()).toEqual(before);
  });

  test.each([
    "/webhooks/telegrams/nobody",
    "/webhooks/carrier-pigeon/direct",
    "/webhooks/telegrams/%00",
    "/webhooks/telegrams/%",
  ])("%s is unknown", async (path) => {
    const response = await post(path, "m");
    expect([response.status, await response.text()]).toEqual([404, "There is no such account."]);
  });

  test("refuses with one plain answer what the channel refuses, and keeps the words out of the log", async () => {
    const response = await post("/webhooks/telegrams/direct", "bad 13800000000");
    expect([response.status, await response.text()]).toEqual([403, "no"]);
    expect(logged).toContain('"reason":"signature"');
    expect(logged).not.toContain("13800000000");
  });

  test("refuses a body of one megabyte, whether its length is announced or not", async () => {
    expect((await post("/webhooks/telegrams/direct", "x".repeat(1024 * 1024))).status).toBe(413);
    const status = await new Promise((resolve, reject) => {
      const call = request(`${base}/webhooks/telegrams/direct`, { method: "POST" }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      call.on("error", reject);
      for (let part = 0; part < 16; part += 1) call.write("x".repeat(64 * 1024));
      call.end();
    });
    expect(status).toBe(413);
  });

  test.each(["PUT", "DELETE", "PATCH", "OPTIONS"])("does not understand %s", async (method) => {
    const response = await fetch(`${base}/webhooks/telegrams/direct`, { method });
    expect([response.status, response.headers.get("allow")]).toEqual([405, "GET, POST"]);
  });

  test("asks for a repeat when the message could not be stored, and says nothing of why", async () => {
    breakDatabase = Promise.reject(new Error("the password is hunter2"));
    breakDatabase.catch(() => undefined);
    const response = await post("/webhooks/telegrams/direct", "m2");
    expect([response.status, await response.text()]).toEqual([503, "This could not be stored: send it again."]);
    breakDatabase = null;
    expect(await stored()).not.toContain("m2");
  });

  test("asks for a repeat before the platform gives up, when the database hangs", async () => {
    breakDatabase = new Promise(() => undefined);
    const ms = await quietMsOf(async () => {
      expect((await post("/webhooks/telegrams/direct", "m3")).status).toBe(503);
    });
    expect(ms).toBeLessThan(5000);
  });

  test("never shows what failed inside", async () => {
    const response = await post("/webhooks/telegrams/direct", "explode");
    expect([response.status, await response.text()]).toEqual([500, "Something failed here. It has been noted."]);
    expect(logged).toContain("a secret detail");
  });

  test("survives bytes that are no HTTP", async () => {
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(listening.port, "127.0.0.1", () => socket.end("\u0000\u0001 nonsense\r\n\r\n"));
      let answer = "";
      socket.on("data", (chunk) => {
        answer += chunk;
      });
      socket.on("close", () => resolve(answer));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400/);
    expect((await fetch(`${base}/healthz`)).status).toBe(200);
  });
});

describe("an account that can only answer passively", () => {
  test("answers with the words that are there in time, and notes that they were handed over", async () => {
    let handedOver = 0;
    const reply: PassiveReply = {
      kind: "reply",
      outbound: { key: "k_1", kind: "text", text: "received" },
      handedOver: async () => {
        handedOver += 1;
      },
    };
    passive = [{ kind: "not-yet" }, { kind: "not-yet" }, reply];
    const response = await post("/webhooks/telegrams/passive", "p1");
    expect(await response.text()).toBe("reply: received");
    await expect.poll(() => handedOver).toBe(1);
  });

  test("acknowledges when there is nothing to say", async () => {
    passive = [{ kind: "not-yet" }, { kind: "nothing" }];
    expect(await (await post("/webhooks/telegrams/passive", "p2")).text()).toBe("success");
  });

  test("acknowledges within the platform's patience when nobody is done in time", async () => {
    passive = Array.from({ length: 1000 }, () => ({ kind: "not-yet" }));
    const ms = await quietMsOf(async () => {
      expect(await (await post("/webhooks/telegrams/passive", "p3")).text()).toBe("success");
    });
    expect(ms).toBeLessThan(4800);
  });

  test("is not told of words that were never written to it", async () => {
    let handedOver = 0;
    let asked = 0;
    const gone = new Promise<void>((resolve) => {
      passive = new Proxy([] as PassiveReply[], {
        get: (target, name) =>
          name === "shift"
            ? () => {
                asked += 1;
                if (asked < 6) return { kind: "not-yet" };
                resolve();
                return {
                  kind: "reply",
                  outbound: { key: "k_1", kind: "text", text: "late" },
                  handedOver: async () => {
                    handedOver += 1;
                  },
                };
              }
            : Reflect.get(target, name),
      });
    });
    const abort = new AbortController();
    const calling = fetch(`${base}/webhooks/telegrams/passive`, { method: "POST", body: "p4", signal: abort.signal });
    await expect.poll(() => asked).toBeGreaterThan(1);
    abort.abort();
    await calling.catch(() => undefined);
    await gone;
    await turn();
    expect(handedOver).toBe(0);
  });
});

describe("the rest of the web front", () => {
  test("says whether it is alive, and whether what it stands on answers", async () => {
    expect(await (await fetch(`${base}/healthz`)).json()).toEqual({ alive: true });
    expect(await (await fetch(`${base}/readyz`)).json()).toEqual({ ready: true, database: true, queue: true });
    breakDatabase = new Promise(() => undefined);
    await expect.poll(async () => (await fetch(`${base}/readyz`)).status, { timeout: 60_000 }).toBe(503);
    expect(await (await fetch(`${base}/readyz`)).json()).toEqual({ ready: false, database: false, queue: true });
  });

  test("has a page that says what exists, and runs nothing", async () => {
    const response = await fetch(base);
    expect(await response.text()).toContain("http://liaison.example/webhooks/&lt;channel type&gt;/&lt;account&gt;");
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect((await fetch(`${base}/nowhere`)).status).toBe(404);
  });

  test("says plainly that its port is taken", async () => {
    const second = listen(() => new Response(""), "127.0.0.1", listening.port);
    await expect(second).rejects.toThrow(`Port ${listening.port} is taken by another program: stop it, or set PORT.`);
  });
});

test("the log keeps of an error what helps, and nothing that the database attached to it", () => {
  let line = "";
  const log = createLog("info", {
    write(text) {
      line += text;
    },
  });
  const error = Object.assign(new Error("duplicate key"), {
    code: "23505",
    detail: "Key (name)=(王某) exists",
    query: "secret",
  });
  log.error({ err: new Error("it failed", { cause: error }) }, "oh");
  expect(line).toContain("23505");
  expect(line).not.toMatch(/王某|secret/);
  expect(pino.levels.values.error).toBe(JSON.parse(line).level);
});

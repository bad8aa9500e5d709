import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Channel, ChannelAccount } from "../../src/channels/channel.ts";
import { createApp } from "../../src/http/app.ts";
import { type Listening, listen } from "../../src/http/listen.ts";
import { createLog } from "../../src/log.ts";
import type { WebhookOutcome } from "../../src/observe/watch.ts";
import { bareChannel } from "../bare-channel.ts";
import { api, tokens, withApi } from "./asked-api.ts";

withApi();

/** A platform that answers every request that is whole. */
const pigeons: Channel = bareChannel({
  type: "pigeons",
  receive: () => ({ kind: "answered", reply: { status: 200, contentType: "text/plain", body: "whole" } }),
});
const account: ChannelAccount = {
  id: "a",
  jurisdictionId: "j",
  channel: pigeons.type,
  name: "oa",
  settings: {},
  secrets: {},
};

const silent = {
  processed: ignore,
  wrongCodes: () => undefined,
  saidOnPage: () => undefined,
  pulled: () => undefined,
  processingFailed: ignore,
  account: ignore,
  asked: ignore,
  vote: ignore,
  called: ignore,
  connected: ignore,
  exchange: ignore,
};
let logged = "";
let outcomes: WebhookOutcome[] = [];
let patient: Listening;
let hasty: Listening;
beforeAll(async () => {
  const app = createApp({
    accounts: { find: async () => account, named: async () => [], byId: async () => null },
    channelOf: () => pigeons,
    inbox: { accept: async () => "stored", close: async () => undefined },
    passiveReply: async () => ({ kind: "nothing" }),
    now: () => new Date(),
    maxAgeSeconds: 300,
    log: createLog("info", {
      write(line) {
        logged += line;
      },
    }),
    tally: { ...silent, webhook: (_channel, outcome) => outcomes.push(outcome) },
    checks: {},
    publicUrl: "http://liaison.example",
  });
  patient = await listen(app.fetch, "127.0.0.1", 0);
  hasty = await listen(app.fetch, "127.0.0.1", 0, 200);
});
beforeEach(() => {
  logged = "";
  outcomes = [];
  api.forgetLog();
});
afterAll(async () => {
  await patient.close();
  await hasty.close();
});

function ignore(): void {
  return;
}

async function opened(port: number, ...parts: readonly string[]): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => undefined);
  await once(socket, "connect");
  for (const part of parts) socket.write(part);
  return socket;
}

/** All that comes until the connection is closed. */
async function answerOn(socket: Socket): Promise<string> {
  let answer = "";
  socket.on("data", (chunk) => {
    answer += chunk;
  });
  await once(socket, "close");
  return answer;
}

const head = (path: string, ...headers: readonly string[]) =>
  [`POST ${path} HTTP/1.1`, "host: liaison.example", "content-type: application/json", ...headers, "", ""].join("\r\n");
const LENGTH = "content-length: 1000";
const CHUNKED = "transfer-encoding: chunked";
const WEBHOOK = "/webhooks/pigeons/oa";

describe("a request that is slow", () => {
  test.each([
    ["sends nothing", []],
    ["sends half its headers", [`POST ${WEBHOOK} HTTP/1.1\r\nhost: liaison`]],
    ["sends half its body", [head(WEBHOOK, LENGTH), "{"]],
    ["sends half its body in pieces", [head(WEBHOOK, CHUNKED), "1\r\n{\r\n"]],
  ])("and %s is cut off, and no failure is logged", async (_what, parts) => {
    const answer = await answerOn(await opened(hasty.port, ...parts));
    expect(answer).toMatch(/^(?:HTTP\/1\.1 4|$)/);
    expect(logged).not.toContain('"level":50');
  });

  test("and never stops to send a little is cut off all the same", async () => {
    const socket = await opened(hasty.port, head(WEBHOOK, CHUNKED));
    const dripping = setInterval(() => socket.write("1\r\nx\r\n"), 20);
    const answer = await answerOn(socket);
    clearInterval(dripping);
    expect(answer).toMatch(/^(?:HTTP\/1\.1 4|$)/);
  });
});

describe("a body that breaks off before its end", () => {
  const breakings = [
    ["its length", LENGTH, '{"a":'],
    ["its pieces", CHUNKED, '5\r\n{"a":\r\n'],
  ] as const;

  test.each(breakings)(
    "of a webhook, with %s announced, is a line of information and no failure",
    async (_what, how, start) => {
      const socket = await opened(patient.port, head(WEBHOOK, how), start);
      socket.destroy();
      await expect.poll(() => logged, { timeout: 20_000 }).toContain("a request broke off");
      expect(outcomes).not.toContain("failed");
      expect(logged).not.toMatch(/"level":[56]0|stack/);
    },
  );

  test.each(breakings)("of the API, with %s announced, is no failure", async (_what, how, start) => {
    const port = Number(new URL(api.base).port);
    const right = `authorization: Bearer ${tokens.get("east office-1")}`;
    const socket = await opened(port, head("/api/v1/rulesets", how, right), start);
    socket.destroySoon();
    await expect.poll(() => api.logged(), { timeout: 20_000 }).toContain("a request broke off");
    expect(api.logged()).not.toMatch(/"level":[56]0|stack/);
  });

  test("is answered with 400 where somebody still listens", async () => {
    const socket = await opened(patient.port, head(WEBHOOK, LENGTH), "{");
    socket.end();
    expect(await answerOn(socket)).toMatch(/^(?:HTTP\/1\.1 400|$)/);
    expect(logged).not.toContain('"level":50');
  });
});

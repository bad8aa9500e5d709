import { asc, eq } from "drizzle-orm";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { conversations, inbox } from "../../db/schema/conversations.ts";
import { readPayload } from "../../src/casework/inbox/payload.ts";
import { addAccount } from "../../src/casework/office/channel-accounts.ts";
import type { WebhookRequest } from "../../src/channels/channel.ts";
import { channelOf } from "../../src/channels/registry.ts";
import { type HandedRequest, SIGNATURE_HEADER, signatureOf } from "../../src/edge-protocol.ts";
import { createApp } from "../../src/http/app.ts";
import { callback, handshake, xml } from "../channels/wechat-official/request.ts";
import { handedOf } from "../edge-handed.ts";
import { startService, type TestService } from "../service.ts";

const SECRET = "what-edge-and-service-share-in-tests";
const PLAIN = { appId: "wx00000000plain", token: "plainToken" };
const HOUR_MS = 3_600_000;

let service: TestService;
beforeAll(async () => {
  service = await startService({ edgeSecret: SECRET });
  const options = { "app-id": PLAIN.appId, "app-secret": "0123456789abcdef", token: PLAIN.token };
  const wanted = { channel: channelOf("wechat-official")!, name: "plain", options };
  await addAccount(service.runtime, service.jurisdiction("qinghe"), wanted);
});
afterAll(() => service.close());

const ago = (ms: number) => new Date(service.runtime.now().getTime() - ms);
const said = (id: number, by: string, at: Date) =>
  xml({
    ...{ ToUserName: "gh_demo", FromUserName: by, CreateTime: String(Math.floor(at.getTime() / 1000)) },
    ...{ MsgType: "text", Content: `${id}号楼前路灯坏了`, MsgId: String(id) },
  });
/** A message of somebody to a county's account, in safe mode. */
const message = (id: number, at: Date, county: "qinghe" | "baishi" = "qinghe", by = "o_edge"): WebhookRequest => {
  const { appId, token, aesKey } = service.wechat.account(county);
  return callback(said(id, by, at), { at, appId, token, encodingAesKey: aesKey! });
};
const plainly = (id: number, at: Date) => callback(said(id, "o_plain", at), { mode: "plain", token: PLAIN.token, at });
const handed = (id: number, at: Date) => handedOf(message(id, at), at);

type Given = {
  readonly secret?: string;
  readonly signedAt?: Date;
  readonly path?: string;
  readonly account?: string;
  readonly alter?: (body: string) => string;
};

/** Hands requests over as the edge does. @returns the status, and what is said of it */
async function handOver(requests: readonly HandedRequest[], given: Given = {}): Promise<[number, string]> {
  const { secret = SECRET, signedAt = service.runtime.now(), account = "wechat-official/qinghe", alter } = given;
  const body = JSON.stringify({ account, requests });
  const response = await fetch(`${service.url}/edge/inbox/${given.path ?? account}`, {
    method: "POST",
    headers: { "content-type": "application/json", [SIGNATURE_HEADER]: signatureOf(secret, body, signedAt) },
    body: alter?.(body) ?? body,
  });
  return [response.status, await response.text()];
}

/** What is stored of these messages, in the order in which it is heard: number, when it counts as arrived, whose chat. */
async function stored(county: "qinghe" | "baishi", ...ids: readonly number[]) {
  const { database, vault } = service.runtime;
  const rows = await database.inCounty(service.jurisdiction(county), (tx) =>
    tx.select().from(inbox).orderBy(asc(inbox.seq)),
  );
  return rows.flatMap((row) => {
    const { content } = readPayload(vault, row);
    const id = content.kind === "text" ? Number.parseInt(content.text, 10) : null;
    return id !== null && ids.includes(id) ? [{ id, at: row.receivedAt, peer: row.peer }] : [];
  });
}
const keys = async (...ids: readonly number[]) => (await stored("qinghe", ...ids)).map(({ id }) => id);

describe("what the edge hands over", () => {
  it("is stored in its order, as of the moment at which it arrived there, however often it comes", async () => {
    const at = [3, 2, 1].map((hours) => ago(hours * HOUR_MS));
    const batch = at.map((moment, index) => handed(index + 1, moment));
    for (let time = 0; time < 2; time++) expect(await handOver(batch)).toEqual([204, ""]);
    const all = await stored("qinghe", 1, 2, 3);
    expect(all).toEqual(at.map((moment, index) => ({ id: index + 1, at: moment, peer: expect.any(String) })));
    await service.settled();
  });

  it("opens the platform's window from that moment on, not from its own arrival", async () => {
    const at = ago(30 * HOUR_MS);
    expect(await handOver([handedOf(message(10, at, "qinghe", "o_window"), at)])).toEqual([204, ""]);
    await service.settled();
    const [one] = await stored("qinghe", 10);
    const [chat] = await service.runtime.database.inCounty(service.jurisdiction("qinghe"), (tx) =>
      tx.select().from(conversations).where(eq(conversations.peer, one!.peer)),
    );
    expect(chat?.windowUntil).toEqual(new Date(at.getTime() + 48 * HOUR_MS));
  });

  it("may be fourteen days old, and half a minute ahead", async () => {
    const batch = [handed(20, ago(14 * 24 * HOUR_MS)), handed(21, ago(-30_000))];
    expect(await handOver(batch)).toEqual([204, ""]);
    expect(await keys(20, 21)).toEqual([20, 21]);
  });

  it("is refused whole where one of it is, so that the edge can look for that one", async () => {
    const [first, bad, last] = [30, 31, 32].map((id) => handed(id, ago(HOUR_MS)));
    const spoiled = { ...bad!, query: bad!.query.replace(/msg_signature=\w{4}/, "msg_signature=0000") };
    expect(await handOver([first!, spoiled, last!])).toEqual([422, "not genuine: signature"]);
    expect(await keys(30, 31, 32)).toEqual([]);
    expect(await handOver([first!])).toEqual([204, ""]);
    expect(await handOver([last!])).toEqual([204, ""]);
    expect(await keys(30, 31, 32)).toEqual([30, 32]);
  });

  it("counts by our own clock, where that was moved for a rehearsal, and by the platform's to be believed", async () => {
    const arrivals: unknown[] = [];
    const at = ago(HOUR_MS);
    const ahead = 50 * HOUR_MS;
    const app = createApp({
      ...{ accounts: service.runtime.accounts, channelOf, publicUrl: "http://127.0.0.1", checks: {} },
      inbox: {
        async accept(_account, _messages, arrival) {
          arrivals.push(arrival?.arrivedAt);
          return "stored";
        },
        close: async () => undefined,
      },
      passiveReply: async () => ({ kind: "nothing" }),
      ...{ now: () => ago(-ahead), unmoved: service.runtime.now },
      ...{ maxAgeSeconds: 300, log: pino({ level: "silent" }), edgeSecret: SECRET },
    });
    const body = JSON.stringify({ account: "wechat-official/qinghe", requests: [handed(33, at)] });
    const headers = { [SIGNATURE_HEADER]: signatureOf(SECRET, body, service.runtime.now()) };
    const path = "/edge/inbox/wechat-official/qinghe";
    expect((await app.request(path, { method: "POST", headers, body })).status).toBe(204);
    expect(Math.abs(Number(arrivals[0] ?? 0) - at.getTime() - ahead)).toBeLessThan(1000);
  });

  it("is to be sent again where it could not be stored", async () => {
    const at = service.runtime.now();
    const app = createApp({
      ...{ accounts: service.runtime.accounts, channelOf, publicUrl: "http://127.0.0.1", checks: {} },
      inbox: { accept: () => Promise.reject(new Error("the database is away")), close: async () => undefined },
      passiveReply: async () => ({ kind: "nothing" }),
      ...{ now: service.runtime.now, maxAgeSeconds: 300, log: pino({ level: "silent" }), edgeSecret: SECRET },
    });
    const body = JSON.stringify({ account: "wechat-official/qinghe", requests: [handed(35, at)] });
    const headers = { [SIGNATURE_HEADER]: signatureOf(SECRET, body, at) };
    const path = "/edge/inbox/wechat-official/qinghe";
    expect((await app.request(path, { method: "POST", headers, body })).status).toBe(503);
  });
});

describe("whoever is not the edge, or is the edge and no platform, brings nothing in", () => {
  const one = (at = ago(HOUR_MS)) => [handed(40, at)];
  const withBody = (body: string) => [{ ...handed(40, ago(HOUR_MS)), body }];
  const attacks: readonly (readonly [string, number, () => readonly HandedRequest[], (() => Given)?])[] = [
    ["another secret", 401, one, () => ({ secret: `${SECRET}x` })],
    ["a batch that was altered", 401, one, () => ({ alter: (body) => body.replace('"POST"', '"GET"') })],
    ["a batch of six minutes ago", 401, one, () => ({ signedAt: ago(360_000) })],
    ["a batch of a moment that has not come", 401, one, () => ({ signedAt: ago(-360_000) })],
    ["the batch of another account", 422, one, () => ({ path: "wechat-official/baishi" })],
    ["a request of another account", 422, () => [handedOf(message(40, ago(HOUR_MS), "baishi"), ago(HOUR_MS))]],
    ["a request of another channel", 404, one, () => ({ account: "telegram/qinghe" })],
    ["an account that is not there", 404, one, () => ({ account: "wechat-official/nobody" })],
    ["a channel that is not there", 404, one, () => ({ account: "pigeon/qinghe" })],
    ["a request of sixteen days ago", 422, () => one(ago(16 * 24 * HOUR_MS))],
    ["a request two minutes ahead", 422, () => one(ago(-120_000))],
    [
      "a moment that the platform's does not confirm",
      422,
      () => [handedOf(message(40, ago(HOUR_MS)), ago(HOUR_MS / 2))],
    ],
    ["a body that the platform has not sealed", 422, () => withBody(said(40, "o_edge", ago(HOUR_MS)))],
    ["a body of more than 256 KB", 422, () => withBody(" ".repeat(256 * 1024 + 1))],
    ["a body of nothing", 422, () => withBody("")],
    ["no request", 422, () => []],
    ["what is no batch", 401, one, () => ({ alter: () => "[]" })],
    ["more than four megabytes", 413, () => withBody("x".repeat(4 * 1024 * 1024))],
  ];
  it.each(attacks.map(([what, status], at) => ({ what, status, at })))("$what: $status", async ({ status, at }) => {
    const [, , requests, given] = attacks[at]!;
    expect((await handOver(requests(), given?.()))[0]).toBe(status);
    await service.settled();
    expect([await keys(40), await stored("baishi", 40)]).toEqual([[], []]);
  });

  it("a call without any signature, or by another method", async () => {
    const url = `${service.url}/edge/inbox/wechat-official/qinghe`;
    expect((await fetch(url, { method: "POST", body: "{}" })).status).toBe(401);
    expect((await fetch(url)).status).toBe(405);
  });
});

describe("a signature that covers no body", () => {
  const plain = (...requests: readonly HandedRequest[]) => handOver(requests, { account: "wechat-official/plain" });

  it("serves one request, in one batch and in two", async () => {
    const at = ago(HOUR_MS);
    const [first, forged] = [plainly(50, at), plainly(51, at)].map((request) => handedOf(request, at));
    expect(await plain(first!, forged!)).toEqual([422, "the signature served for another request"]);
    expect(await plain(first!)).toEqual([204, ""]);
    expect((await plain(forged!))[0]).toBe(422);
    expect(await keys(50, 51)).toEqual([50]);
  });

  it("of a handshake is known too", async () => {
    const at = ago(HOUR_MS / 2);
    expect(await plain(handedOf(handshake("echo", at, PLAIN.token), at))).toEqual([204, ""]);
    expect((await plain(handedOf(plainly(52, at), at)))[0]).toBe(422);
    expect(await keys(52)).toEqual([]);
  });
});

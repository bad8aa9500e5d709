import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { askEdge } from "../../src/process/edge-client.ts";
import { callback, handshake } from "../channels/wechat-official/request.ts";
import { type Origin, startOrigin } from "./origin.ts";
import { ACCOUNTS, message, numberOf, send, words } from "./wechat.ts";
import { EDGE_SECRET, startEdge, type TestEdge } from "./worker.ts";

let origin: Origin;
let edge: TestEdge;
beforeAll(async () => {
  origin = await startOrigin();
  edge = await startEdge({
    ORIGIN: origin.url,
    ACCOUNTS: JSON.stringify(ACCOUNTS),
    RETRY_SCALE: "0.01",
    EDGE_NOTICE: "zh-CN",
  });
});
afterAll(async () => {
  await edge.close();
  await origin.close();
});
beforeEach(() => origin.answers(204));

const client = () => askEdge({ url: edge.url, secret: EDGE_SECRET });
const numbers = () => origin.taken.map(numberOf);
const ask = (path: string, init?: RequestInit) => fetch(`${edge.url}${path}`, init);
const isEmpty = async () => (await client().state()).every(({ waiting }) => waiting === 0);

describe("the edge", () => {
  it("answers the platform's handshake, refuses a wrong one, and says that it is alive", async () => {
    const right = await send(edge.url, "safe", handshake("echo-1", new Date()));
    expect([right.status, await right.text()]).toEqual([200, "echo-1"]);
    expect((await send(edge.url, "safe", handshake("echo-1", new Date(), "wrong"))).status).toBe(403);
    expect(await (await ask("/healthz")).json()).toEqual({ alive: true });
    expect(origin.tries()).toBe(0);
  });

  it("has what is genuine in the line before the platform hears yes, whatever the service answers meanwhile", async () => {
    for (const [index, mood] of ([503, "cut", 500, 429, 404, 401] as const).entries()) {
      origin.answers(mood);
      expect((await send(edge.url, "safe", message(index))).status).toBe(200);
    }
    origin.answers(204);
    await expect.poll(numbers).toEqual([0, 1, 2, 3, 4, 5]);
    await expect.poll(isEmpty).toBe(true);
    const [first] = origin.taken;
    expect(first).toMatchObject({ method: "POST", id: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(Math.abs(Date.now() - Date.parse(first!.at))).toBeLessThan(300_000);
  });

  it("takes a repetition once while it waits", async () => {
    origin.answers(503);
    const [request, before] = [message(10), origin.taken.length];
    for (let time = 0; time < 3; time++) expect((await send(edge.url, "safe", request)).status).toBe(200);
    const standing = async () => (await client().state())[0];
    await expect.poll(standing).toMatchObject({ waiting: 1, refused: 0, failure: expect.any(String) });
    origin.answers(204);
    await expect.poll(isEmpty).toBe(true);
    expect(numbers().slice(before)).toEqual([10]);
  });

  it("lets nothing in that is not the platform's, and keeps nothing of it", async () => {
    const before = origin.tries();
    const genuine = message(20);
    const altered = {
      ...genuine,
      body: Buffer.from(
        Buffer.from(genuine.body)
          .toString()
          .replace(/.{8}\]\]><\/Enc/, "AAAAAAAA]]></Enc"),
      ),
    };
    const old = callback(words(21), { at: new Date(Date.now() - 400_000) });
    const large = { ...genuine, body: Buffer.alloc(256 * 1024 + 1, 0x20) };
    expect((await send(edge.url, "safe", altered)).status).toBe(403);
    expect((await send(edge.url, "safe", old)).status).toBe(403);
    expect((await send(edge.url, "safe", large)).status).toBe(413);
    expect((await send(edge.url, "plain", genuine)).status).toBe(403);
    expect((await send(edge.url, "nobody", genuine)).status).toBe(404);
    for (const path of [
      "/webhooks/telegram/safe",
      "/webhooks/wechat-official/safe/x",
      "/webhooks/web/safe",
      "/",
      "/webhooks",
    ]) {
      expect((await ask(path, { method: "POST", body: "{}" })).status).toBe(404);
    }
    expect((await ask("/webhooks/wechat-official/safe", { method: "PUT" })).status).toBe(405);
    expect(origin.tries()).toBe(before);
    expect(await isEmpty()).toBe(true);
  });

  it("carries 200 KB of text whole", async () => {
    const before = origin.taken.length;
    const long = "路灯".repeat(25_000);
    const request = message(30, long);
    expect(request.body.byteLength).toBeGreaterThan(200_000);
    expect((await send(edge.url, "safe", request)).status).toBe(200);
    await expect.poll(() => numbers().slice(before)).toEqual([30]);
    expect(origin.taken.at(-1)).toMatchObject({ body: Buffer.from(request.body).toString() });
  });

  it("carries a body that is no UTF-8 byte by byte", async () => {
    const before = origin.taken.length;
    const body = Buffer.concat([Buffer.from(words(31).slice(0, -6)), Buffer.from([0xff, 0xfe]), Buffer.from("</xml>")]);
    const request = callback(body, { mode: "plain", token: "plainToken", at: new Date() });
    expect((await send(edge.url, "plain", request)).status).toBe(200);
    await expect.poll(() => origin.taken.length).toBe(before + 1);
    expect(origin.taken.at(-1)).toMatchObject({ base64: body.toString("base64") });
  });

  it("sets one that the service refuses apart, hands over those around it in order, and tries it again on demand", async () => {
    const before = origin.taken.length;
    const isBad = (number: number | null) => number === 44;
    origin.answers(503);
    for (let id = 40; id < 50; id++) await send(edge.url, "safe", message(id));
    origin.answers((requests) => (requests.map(numberOf).some(isBad) ? 422 : 204));
    await expect.poll(isEmpty).toBe(true);
    expect(numbers().slice(before)).toEqual([40, 41, 42, 43, 45, 46, 47, 48, 49]);
    const refused = await client().refused();
    expect(refused).toEqual([
      expect.objectContaining({
        channel: "wechat-official",
        account: "safe",
        reason: "422 no",
        bytes: expect.any(Number),
      }),
    ]);
    expect(JSON.stringify(refused)).not.toContain("Encrypt");
    origin.answers(204);
    expect(await client().retry(["another"])).toBe(0);
    expect(await client().retry([refused[0]!.id])).toBe(1);
    await expect.poll(() => numbers().slice(before)).toContain(44);
    expect(await client().refused()).toEqual([]);
  });

  it("lets a signature that covers no body serve one request", async () => {
    const at = new Date(Date.now() - 20_000);
    const request = callback(words(60), { mode: "plain", token: "plainToken", at });
    const other = callback(words(61, "别的话"), { mode: "plain", token: "plainToken", at });
    const before = origin.taken.length;
    origin.answers(503);
    expect((await send(edge.url, "plain", request)).status).toBe(200);
    expect((await send(edge.url, "plain", other)).status).toBe(403);
    expect((await send(edge.url, "plain", request)).status).toBe(200);
    origin.answers(204);
    await expect.poll(isEmpty).toBe(true);
    expect(origin.taken.slice(before)).toHaveLength(1);
    expect((await send(edge.url, "plain", other)).status).toBe(403);
  });

  it("passes on what only an answer reaches, and puts it into the line where none comes; then the person hears so", async () => {
    const before = origin.taken.length;
    origin.answers((_requests, path) => (path.startsWith("/webhooks/") ? 200 : 204));
    const passed = await send(edge.url, "passive", message(70));
    expect([passed.status, await passed.text()]).toEqual([200, "no"]);
    origin.answers(503);
    const kept = await send(edge.url, "passive", message(71));
    expect([kept.status, await kept.text()]).toEqual([200, expect.stringContaining("<Encrypt>")]);
    const again = await send(edge.url, "passive", message(72));
    expect([again.status, await again.text()]).toEqual([200, "success"]);
    origin.answers(204);
    await expect.poll(() => numbers().slice(before)).toEqual([71, 72]);
  });

  it("tells nothing to whoever has not its secret", async () => {
    const wrong = askEdge({ url: edge.url, secret: `${EDGE_SECRET}x` });
    for (const ask of [wrong.state, wrong.refused, wrong.retry]) await expect(ask()).rejects.toThrow(/EDGE_SECRET/);
    expect((await ask("/edge/state")).status).toBe(401);
  });
});

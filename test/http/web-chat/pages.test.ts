import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { webUploads, webVisitors } from "../../../db/schema/media.ts";
import { convertDatum } from "../../../src/domain/place/datum.ts";
import { startService, type TestService } from "../../service.ts";
import { openWebChat, webVisitor } from "../../web-visitor.ts";
import { aLamp, countOf, newestCase } from "./stored.ts";

let service: TestService;
beforeAll(async () => {
  service = await startService();
  await openWebChat(service);
});
afterAll(() => service.close());

const inCounty = <T>(work: Parameters<typeof service.runtime.database.inCounty<T>>[1]) =>
  service.runtime.database.inCounty(service.jurisdiction("qinghe"), work);
const minutes = (count: number) => service.advance(count * 60_000);

describe("the page of the web chat", () => {
  it("tells what it is, stores nothing by being looked at, and lets nothing foreign run", async () => {
    const visitor = webVisitor(service);
    const before = await countOf(service, webVisitors);
    const response = await visitor.get("?s=g:柳东-3");
    const html = await response.text();
    expect(response.status).toBe(200);
    expect(html).toContain("人大代表联络站");
    expect(html).toContain('name="scene" value="g:柳东-3"');
    expect(html).toContain("删除我的数据");
    const policy = response.headers.get("content-security-policy") ?? "";
    for (const part of [
      "default-src 'none'",
      "script-src 'self'",
      "img-src 'self' data: blob:",
      "connect-src 'self'",
      "style-src 'self'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ])
      expect(policy).toContain(part);
    expect(response.headers.get("referrer-policy")).toBe("no-referrer");
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(visitor.cookie()).toBeNull();
    expect(await countOf(service, webVisitors)).toBe(before);
    expect(await (await visitor.get("?lang=en")).text()).toContain("No account, no app");
    expect((await fetch(`${service.url}/w/nobody`)).status).toBe(404);
  });

  it("hears what is written: a case, its receipt on the page, the scanned place before it", async () => {
    const visitor = webVisitor(service);
    const text = aLamp();
    expect(await visitor.say(text, { scene: "g:柳东-3" })).toMatchObject({ status: 200, ok: true });
    expect(visitor.cookie()).toMatch(/^__Host-lw=/);
    await service.settled();
    expect((await newestCase(service)).messages[0]?.text).toContain(text);
    const arrived = (await visitor.arrived()).join("\n");
    expect(arrived).toContain("编号");
    expect(arrived).toContain("柳东村三组");
    expect(await visitor.lines()).toContain(text);
    expect(await (await visitor.get("/mine")).text()).toContain("有代表负责");
  });

  it("escapes whatever is said, wherever it is shown", async () => {
    const visitor = webVisitor(service);
    await visitor.say(`${aLamp()}<script>alert(1)</script><img src=x onerror=alert(1)>`);
    await service.settled();
    const html = await (await visitor.get("/mine")).text();
    expect(html).not.toContain("<script>alert");
    expect(html).not.toContain("<img src=x");
    expect(html).toContain("&lt;script&gt;");
  });

  it("takes the same message of a page once, and changed words as others", async () => {
    const visitor = webVisitor(service);
    const [key, text] = [randomUUID(), aLamp()];
    const cookieless = webVisitor(service, "198.51.100.77");
    const [first, second] = await Promise.all([cookieless.say(text, { key }), cookieless.say(text, { key })]);
    expect([first.ok, second.ok]).toEqual([true, true]);
    await service.settled();
    const own = (await cookieless.lines()).filter((line) => line === text);
    expect(own).toHaveLength(1);
    await cookieless.say(`${text}，三天了`, { key });
    await service.settled();
    expect((await cookieless.lines()).filter((line) => line.startsWith(text))).toHaveLength(2);
    expect((await visitor.say(aLamp(), { key: "1" })).status).toBe(400);
  });

  it("gives the answer that was lost on its way again, but opens nothing by an old page's key", async () => {
    const [key, text] = [randomUUID(), aLamp()];
    await webVisitor(service, "198.51.100.78").say(text, { key });
    const again = webVisitor(service, "198.51.100.78");
    expect((await again.say(text, { key })).ok).toBe(true);
    await service.settled();
    expect((await again.lines()).filter((line) => line === text)).toHaveLength(1);
    minutes(31);
    const late = webVisitor(service, "198.51.100.78");
    expect(await late.say(text, { key })).toMatchObject({ status: 409, ok: false });
    expect(late.cookie()).toBeNull();
  });

  it("takes only what comes from a page of ours", async () => {
    const form = () => {
      const body = new FormData();
      body.set("key", randomUUID());
      body.set("text", aLamp());
      return body;
    };
    const send = (headers: Record<string, string>) =>
      fetch(`${service.url}/w/web/say`, { method: "POST", body: form(), headers, redirect: "manual" });
    const statuses = [];
    const foreign: Record<string, string>[] = [
      { origin: "https://elsewhere.example" },
      { origin: "null" },
      { origin: "null", "sec-fetch-site": "cross-site" },
      {},
    ];
    for (const headers of foreign) statuses.push((await send(headers)).status);
    expect(statuses).toEqual([403, 403, 403, 403]);
    // A form without a script: browsers hide the origin where nothing may be told of the page.
    expect((await send({ origin: "null", "sec-fetch-site": "same-origin" })).status).toBe(303);
  });

  it("takes small photos without what stood in their files, and shows them to nobody else", async () => {
    const visitor = webVisitor(service);
    const photo = await sharp({ create: { width: 40, height: 30, channels: 3, background: "#c00" } })
      .withExif({ IFD0: { Copyright: "丁小满" } })
      .jpeg()
      .toBuffer();
    const text = aLamp();
    expect((await visitor.say(text, { photos: [photo] })).ok).toBe(true);
    await service.settled();
    const html = await (await visitor.get("/mine")).text();
    expect(html.indexOf(text)).toBeLessThan(html.indexOf("/photo/"));
    const address = /src="\/w\/web(\/photo\/[\w-]+)"/.exec(html)?.[1] ?? "";
    const shown = async () => {
      const response = await visitor.get(address);
      expect(response.headers.get("content-security-policy")).toContain("sandbox");
      return Buffer.from(await response.arrayBuffer());
    };
    expect((await shown()).includes("丁小满")).toBe(false);
    await service.passTime();
    expect(await countOf(service, webUploads)).toBe(0);
    expect((await sharp(await shown()).metadata()).width).toBe(40);
    const other = webVisitor(service);
    await other.say(aLamp());
    expect((await other.get(address)).status).toBe(404);
    expect((await webVisitor(service).get(address)).status).toBe(404);
  });

  it("says in a sentence what it does not take", async () => {
    const visitor = webVisitor(service);
    const large = Buffer.alloc(30 * 1024 * 1024, 1);
    expect(await visitor.say("看照片", { photos: [large] })).toMatchObject({
      status: 413,
      sentence: expect.stringContaining("照片太大了"),
    });
    expect(await visitor.say("看照片", { photos: [Buffer.from("no picture")] })).toMatchObject({
      status: 400,
      sentence: expect.stringContaining("不是照片"),
    });
    expect(await visitor.say(" ")).toMatchObject({ status: 400, sentence: expect.stringContaining("还没有写") });
    expect(await visitor.say("长".repeat(4001))).toMatchObject({ status: 413 });
    expect(visitor.cookie()).toBeNull();
  });

  it("places a matter by the phone's own position, which is in another datum", async () => {
    const [inside] = await inCounty((tx) =>
      tx.execute<{ shape: number[][][][] }>(sql`select shape from grids where shape is not null order by code limit 1`),
    );
    const ring = inside!.shape[0]![0]!;
    const [x, y] = [0, 1].map((axis) => ring.reduce((sum, corner) => sum + corner[axis]!, 0) / ring.length);
    const [lng, lat] = convertDatum([x!, y!], "gcj02", "wgs84");
    const visitor = webVisitor(service);
    await visitor.say("路灯坏了，黑得很", { place: { lat, lng, datum: "wgs84" } });
    await service.settled();
    expect((await newestCase(service)).grid).not.toBeNull();
  });
});

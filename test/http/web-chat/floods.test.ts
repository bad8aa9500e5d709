import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { webVisitors } from "../../../db/schema/media.ts";
import { startService, type TestService } from "../../service.ts";
import { openWebChat, proved, webVisitor } from "../../web-visitor.ts";
import { aLamp, countOf } from "./stored.ts";

let service: TestService;
beforeAll(async () => {
  service = await startService();
  await openWebChat(service, { phone: "0536-1234567" });
});
afterAll(() => service.close());

const visitors = () => countOf(service, webVisitors);
const lamp = () => aLamp("北大街社区");

describe("three hundred newcomers a minute from one address", () => {
  it("are slowed down without a riddle, told another way in the end, and a danger among them is answered", async () => {
    const from = "203.0.113.9";
    const early = webVisitor(service, from);
    expect((await early.say(lamp())).ok).toBe(true);
    const ends: Record<string, number> = {};
    const come = async (): Promise<void> => {
      const said = await webVisitor(service, from).say(`${lamp()}，急`);
      const end = said.ok ? "taken" : said.challenge !== undefined ? "asked for work" : "told another way";
      ends[end] = (ends[end] ?? 0) + 1;
    };
    for (let comer = 1; comer < 300; comer += 13) await Promise.all(Array.from({ length: 13 }, come));
    expect(ends).toEqual({ taken: 9, "asked for work": 290 });
    expect(await visitors()).toBe(10);

    const patient = webVisitor(service, from);
    const text = lamp();
    const { challenge } = await patient.say(text);
    const work = proved(challenge!);
    expect((await patient.say(text, { fields: work })).ok).toBe(true);
    expect((await webVisitor(service, from).say(lamp(), { fields: work })).ok).toBe(false);
    expect((await webVisitor(service, from).say(lamp(), { fields: { ...work, nonce: "0" } })).challenge).toBeDefined();

    const danger = webVisitor(service, from);
    expect(await danger.say("楼道里全是煤气味，老人晕倒了")).toMatchObject({ ok: true });
    await service.settled();
    expect((await danger.arrived()).join("\n")).toContain("119");
    // A second one within the minute is not kept, but reads at once whom to call.
    expect(await webVisitor(service, from).say("着火了，救命")).toMatchObject({
      ...{ ok: false, emergency: expect.stringContaining("119") },
    });
    // Who wrote before is heard whatever others do.
    expect((await early.say("灯还是不亮")).ok).toBe(true);
    // A page without a script cannot work for it: it is told another way, with the number, and keeps the words.
    const body = new FormData();
    for (const [name, value] of [
      ["key", crypto.randomUUID()],
      ["text", "没有脚本的人"],
    ] as const)
      body.set(name, value);
    const plain = await fetch(`${service.url}/w/web/say`, {
      method: "POST",
      body,
      headers: { origin: service.url, "x-forwarded-for": from },
    });
    const html = await plain.text();
    expect([plain.status, html.includes("0536-1234567"), html.includes("没有脚本的人</textarea>")]).toEqual([
      429,
      true,
      true,
    ]);
  });
});

describe("an account that very many come to", () => {
  it("tells newcomers another way for ten minutes, goes on hearing who is known, and answers a danger", async () => {
    const known = webVisitor(service);
    expect((await known.say(lamp())).ok).toBe(true);
    const county = service.jurisdiction("qinghe");
    await service.runtime.database.inCounty(county, (tx) =>
      tx.execute(sql`
        insert into web_visitors (id, jurisdiction_id, account_id, key, peer, code_hash, page_hash, lock, created_at, seen_at)
        select gen_random_uuid(), jurisdiction_id, account_id, 'k' || n, 'p' || n, '', 'h' || n, lock, created_at, seen_at
        from (select * from web_visitors limit 1) one, generate_series(1, 700) n`),
    );
    expect(await webVisitor(service).say(lamp())).toMatchObject({
      ok: false,
      sentence: expect.stringContaining("0536-1234567"),
    });
    expect((await known.say("还有，井盖也松了")).ok).toBe(true);
    const danger = webVisitor(service);
    expect((await danger.say("着火了，三楼有人困在屋里")).ok).toBe(true);
    await service.settled();
    expect((await danger.arrived()).join("\n")).toContain("119");
    service.advance(2 * 3_600_000);
    expect((await webVisitor(service).say(lamp())).ok).toBe(true);
  });
});

describe("somebody who writes very fast", () => {
  it("is asked to wait a minute, keeps the words, and is heard afterwards", async () => {
    service.advance(3_600_000);
    const visitor = webVisitor(service);
    for (let time = 0; time < 6; time += 1) expect((await visitor.say(lamp())).ok).toBe(true);
    // The first message made the visitor, and counts for the address alone.
    expect((await visitor.say(lamp())).ok).toBe(true);
    expect(await visitor.say(lamp())).toMatchObject({ status: 429, sentence: expect.stringContaining("一分钟") });
    service.advance(121_000);
    expect((await visitor.say(lamp())).ok).toBe(true);
  });
});

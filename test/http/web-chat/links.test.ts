import { eq, sql } from "drizzle-orm";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cases } from "../../../db/schema/cases.ts";
import { webVisitors } from "../../../db/schema/media.ts";
import { newest } from "../../arrived.ts";
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

describe("a link and its code", () => {
  it("open the conversation on another device; the link alone opens nothing", async () => {
    const first = webVisitor(service);
    const text = aLamp();
    await first.say(text);
    await service.settled();
    const link = (await first.link())!;
    const second = webVisitor(service);
    expect((await second.post("/open", { token: link.token, code: "" })).status).toBe(403);
    expect(second.cookie()).toBeNull();
    const opened = await second.post("/open", {
      token: `http://127.0.0.1/w/web#k=${link.token}`,
      code: ` ${link.code.slice(0, 3)} ${link.code.slice(3)}`,
    });
    expect(opened.status).toBe(303);
    expect(await second.lines()).toContain(text);
    await second.say("三天了，晚上看不见路");
    await service.settled();
    expect(await first.lines()).toContain("三天了，晚上看不见路");
    // On a device that has opened it already no code is asked for.
    expect((await first.post("/open", { token: link.token, code: "" })).status).toBe(303);
  });

  it("are locked by five wrong codes for an hour, for the right code too, and are answered as links that do not exist are", async () => {
    const first = webVisitor(service);
    await first.say(aLamp());
    const { token, code } = (await first.link())!;
    const thief = webVisitor(service);
    const wrong = code === "000000" ? "000001" : "000000";
    const said = async (given: Record<string, string>) => {
      const response = await thief.post("/open", given);
      return [response.status, /id="fault">([^<]*)/.exec(await response.text())?.[1]];
    };
    const unknown = await said({ token: "A".repeat(27), code: wrong });
    for (let time = 1; time < 5; time += 1) expect(await said({ token, code: wrong })).toEqual(unknown);
    expect((await said({ token, code: wrong }))[0]).toBe(429);
    expect((await said({ token, code }))[0]).toBe(429);
    expect(thief.cookie()).toBeNull();
    expect((await first.get("/mine")).status).toBe(200);
    minutes(61);
    expect((await thief.post("/open", { token, code })).status).toBe(303);
  });

  it("are shown until somebody says that they have kept them, and for half an hour at most", async () => {
    const visitor = webVisitor(service);
    await visitor.say(aLamp());
    expect(await visitor.link()).not.toBeNull();
    await visitor.post("/kept", {});
    expect(await visitor.link()).toBeNull();
    const [row] = await inCounty((tx) => tx.select().from(webVisitors).orderBy(sql`created_at desc`).limit(1));
    expect(row?.linkSealed).toBeNull();
    const other = webVisitor(service);
    await other.say(aLamp());
    minutes(31);
    expect(await other.link()).toBeNull();
  });

  it("stand nowhere in the clear", async () => {
    const visitor = webVisitor(service);
    await visitor.say(aLamp());
    await service.settled();
    const { token, code } = (await visitor.link())!;
    const rows = await inCounty((tx) =>
      tx.execute(sql`
      select v::text as row from web_visitors v union all select c::text from conversations c union all select p::text from web_posts p`),
    );
    const all = JSON.stringify(rows);
    expect(all).not.toContain(token);
    expect(all).not.toContain(code);
  });
});

describe("erasing", () => {
  it("takes the words on both sides, the posts and the photos of what is closed, when somebody asks for it", async () => {
    const visitor = webVisitor(service);
    const photo = await sharp({ create: { width: 20, height: 20, channels: 3, background: "#00c" } })
      .jpeg()
      .toBuffer();
    const text = aLamp();
    await visitor.say(text, { photos: [photo] });
    await service.settled();
    await service.passTime();
    const { number, deputy: code } = await newestCase(service);
    const deputy = await service.deputy(code ?? "");
    await deputy.say(`办结 ${Number(number.slice(5))} 换了新灯`);
    await service.settled();
    expect((await visitor.lines()).join("\n")).toContain("换了新灯");
    const address = /src="\/w\/web(\/photo\/[\w-]+)"/.exec(await (await visitor.get("/mine")).text())?.[1] ?? "";
    await visitor.say("删除我的数据");
    await service.settled();
    const after = (await visitor.lines()).join("\n");
    expect(after).not.toContain(text);
    expect(after).not.toContain("换了新灯");
    expect(after).toContain("删");
    expect((await visitor.get(address)).status).toBe(404);
  });

  it("comes by itself after half a year of silence, but not while a case is open", async () => {
    const [gone, open] = [webVisitor(service), webVisitor(service)];
    await gone.say(aLamp());
    await service.settled();
    const { number } = await newestCase(service);
    await open.say(aLamp());
    await service.settled();
    await gone.say(`撤回 ${Number(number.slice(5))}`);
    await service.settled();
    expect((await service.case(number)).state).toBe("closed");
    const closedIds = (await service.cases()).filter((one) => one.state !== "closed").map((one) => one.number);
    expect(closedIds).not.toContain(number);
    const before = await countOf(service, webVisitors);
    minutes(181 * 24 * 60);
    await service.passTime();
    expect(await countOf(service, webVisitors)).toBeLessThan(before);
    expect(await (await gone.get("/mine")).text()).toContain("不用注册");
    const [left] = await inCounty((tx) => tx.select().from(cases).where(eq(cases.number, number)));
    expect(left?.summary).toBe("");
  });
});

describe("going on on another platform", () => {
  it("gives whoever has said something a code and the other accounts' QR codes, which join that chat", async () => {
    const nobody = webVisitor(service);
    expect((await nobody.post("/link", {})).status).toBe(303);
    const visitor = webVisitor(service);
    await visitor.say(aLamp());
    await service.settled();
    expect(await (await visitor.get("/mine")).text()).toContain("要一个关联码");
    const html = await (await visitor.post("/link", {})).text();
    const code = /关联 ([A-Z0-9]{8})/.exec(html)![1]!;
    expect(html).toMatch(/<img src="data:image\/png;base64,[^"]+" width="240" height="240" alt="微信的二维码">/);
    const phone = service.phone("from-the-page");
    await phone.follow(`l:${code}`);
    await service.settled();
    expect(newest(phone)).toContain("网页链接对话关联上了");
    expect((await visitor.arrived()).at(-1)).toContain("微信对话关联上了");
    for (let more = 0; more < 9; more += 1) expect((await visitor.post("/link", {})).status).toBe(200);
    expect((await visitor.post("/link", {})).status).toBe(429);
  });
});

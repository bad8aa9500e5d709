import { eq } from "drizzle-orm";
import sharp from "sharp";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cases } from "../../db/schema/cases.ts";
import { media } from "../../db/schema/media.ts";
import { auditCounty } from "../../src/casework/audit/audit-county.ts";
import { countyByCode } from "../../src/casework/county/counties.ts";
import { figuresFor } from "../../src/casework/figures/figures.ts";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { addDays } from "../../src/domain/calendar/days.ts";
import { dayIn } from "../../src/domain/calendar/deadline.ts";
import { arrived, newest } from "../arrived.ts";
import { startService, type TestService } from "../service.ts";
import { casesOf, DAY, letPass, onlyCase, say, short, since } from "./resident.ts";

let service: TestService;
let deputy: Phone;
beforeAll(async () => {
  service = await startService();
  deputy = await service.deputy("D001");
});
afterAll(() => service.close());

const inCounty = <T>(work: Parameters<typeof service.runtime.database.inCounty<T>>[1]) =>
  service.runtime.database.inCounty(service.jurisdiction("qinghe"), work);

const minorOf = async (number: string) =>
  inCounty(async (tx) => (await tx.select().from(cases).where(eq(cases.number, number)))[0]?.minor);

const picture = () =>
  sharp({ create: { width: 8, height: 8, channels: 3, background: "#888" } })
    .jpeg()
    .toBuffer();

const CHILD = "我是柳东小学四年级的，柳东村三组学校门口没有红绿灯，我同学差点被撞了";

describe("a child who writes", () => {
  it("is told what to keep to themselves, and asked for nothing; the deputy reads that it is a child", async () => {
    const child = service.phone("child");
    await say(service, child, CHILD);
    const { number, minor, deputy: holder } = await onlyCase(service, child);
    expect({ minor, holder }).toEqual({ minor: true, holder: "D001" });
    const told = arrived(child).join("\n");
    expect(told).toContain(`你说的我们记下了，编号${number}`);
    expect(told).toContain("请别告诉我们名字、电话、家在哪里，也别发照片");
    expect(told).toContain("让爸爸妈妈或者老师也知道这件事");
    expect(told).not.toMatch(/请问在哪里|进度/);
    expect(newest(deputy)).toContain("一名小学生");
    expect(newest(deputy)).toContain("红绿灯");
  });

  it("is asked for the school alone where the place is not known, once; then the office has it", async () => {
    const child = service.phone("no-place");
    await say(service, child, "我今年十岁，学校操场的篮球架要倒了");
    await letPass(service, 4_000);
    expect(newest(child)).toContain("这是哪个学校？");
    expect(arrived(child).join("\n")).not.toMatch(/村名、小区名|位置/);
    const before = arrived(child).length;
    await letPass(service, DAY + 60_000);
    expect(await onlyCase(service, child)).toMatchObject({ state: "triage", open: true });
    expect(since(child, before)).not.toContain("哪个学校");
  });

  it("has no photo kept, neither one that came before they said so nor one that comes after", async () => {
    const child = service.phone("photos");
    await say(service, child, "柳东村三组滑梯断了一块");
    await child.sendPhoto(await picture());
    await service.settled();
    await service.passTime();
    await say(service, child, "我是三年级的");
    expect(newest(deputy)).toContain("一名小学生");
    await child.sendPhoto(await picture());
    await service.settled();
    await service.passTime();
    const rows = await inCounty((tx) => tx.select().from(media));
    expect(rows.map(({ state, hash, reason }) => ({ state, hash, reason }))).toEqual([
      { state: "failed", hash: null, reason: "minor" },
      { state: "failed", hash: null, reason: "minor" },
    ]);
    expect(arrived(child).join("\n")).toContain("照片和录音我们没有收下");
    expect(await minorOf((await onlyCase(service, child)).number)).toBe(true);
  });

  it("is known again in what they write next, unless somebody grown up writes there", async () => {
    const child = service.phone("next");
    await say(service, child, CHILD);
    await letPass(service, 3_600_000);
    await say(service, child, "柳西村的桥栏杆也断了");
    await letPass(service, 3_600_000);
    await say(service, child, "我是他妈妈，锦绣家园电梯停了两天");
    expect((await casesOf(service, child)).map(({ minor }) => minor)).toEqual([true, true, false]);
  });

  it("is none where a parent speaks", async () => {
    await say(service, deputy, "列表");
    const parent = service.phone("parent");
    await say(service, parent, "我家孩子四年级，柳东村三组路口没有红绿灯");
    expect(await onlyCase(service, parent)).toMatchObject({ minor: false, deputy: "D001", state: "assigned" });
    const told = arrived(deputy).filter((text) => text.includes("我家孩子四年级"));
    expect(told).toHaveLength(1);
    expect(told.join()).not.toContain("小学生");
  });

  it("is in the figures of the county, and in none of a part of it", async () => {
    const reader = { id: newId(), role: "office", stations: [], deputyId: null } as const;
    const today = dayIn(service.runtime.now(), "Asia/Shanghai");
    const period = { code: "span", kind: "span", from: addDays(today, -30), until: today } as const;
    const day = { today, timeZone: "Asia/Shanghai" };
    const cameIn = async (by: "grid" | null) => {
      const { groups } = await inCounty((tx) => figuresFor(tx, reader, { names: [], period, filter: {}, by }, day));
      return groups.reduce(
        (sum, { figures }) => sum + (figures.find(({ code }) => code === "received")?.value ?? 0),
        0,
      );
    };
    const minors = await inCounty((tx) => tx.$count(cases, eq(cases.minor, true)));
    expect(minors).toBeGreaterThan(0);
    expect((await cameIn(null)) - (await cameIn("grid"))).toBe(minors);
  });

  it("is asked for no verdict, and their words are gone a month after the case was closed; the ledger stays whole", async () => {
    const child = service.phone("closed");
    await say(service, child, CHILD);
    const { number } = await onlyCase(service, child);
    await say(service, deputy, `办结 ${short(number)} 装好了红绿灯`);
    expect(newest(child)).toContain("装好了红绿灯");
    expect(newest(child)).not.toMatch(/满意|好了没有|回1/);
    await letPass(service, 29 * DAY);
    expect((await service.case(number)).messages.some(({ text }) => text.includes("红绿灯"))).toBe(true);
    await letPass(service, 2 * DAY);
    const view = await service.case(number);
    expect(view.messages.every(({ text }) => text === "")).toBe(true);
    expect(view).toMatchObject({ minor: true, open: false, outcome: "solved", summary: "" });
    expect(view.events.map(({ type }) => type)).toContain("marked_minor");
    const county = await countyByCode(service.runtime.database, "qinghe");
    expect(county === null ? null : (await auditCounty(service.runtime.database, county)).findings).toEqual([]);
  });
});

import { and, asc, eq, like } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { caseEvents, cases } from "../../../db/schema/cases.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import { auditCounty } from "../../../src/casework/audit/audit-county.ts";
import { tick } from "../../../src/casework/clock/tick.ts";
import { contentOf } from "../../../src/casework/outbox/content.ts";
import { sendDigests } from "../../../src/casework/remind/digest.ts";
import { isWorkday } from "../../../src/domain/calendar/calendar-year.ts";
import { addDays } from "../../../src/domain/calendar/days.ts";
import { dayIn, hourIn } from "../../../src/domain/calendar/deadline.ts";
import { enter2035, HOLIDAYS, MONDAY, passTo as passOfficeTo } from "../in-2035.ts";
import { type Office, openOffice } from "../office.ts";

const ZONE = "Asia/Shanghai";
const holidays = HOLIDAYS;

let office: Office;
beforeEach(async () => {
  office = await openOffice();
  await enter2035(office);
  await office.bind("deputy-D001", "D001");
  await passTo(MONDAY, "09:00");
});
afterEach(() => office.close());

const rows = <T>(work: Parameters<typeof office.db.database.inCounty<T>>[1]) =>
  office.db.database.inCounty(office.county.id, work);
const passTo = (day: string, time: string) => passOfficeTo(office, day, time);
const digests = async () => {
  const found = await rows((tx) =>
    tx.select().from(outbox).where(eq(outbox.kind, "deputy-digest")).orderBy(asc(outbox.seq)),
  );
  return found.map((row) => ({ state: row.state, at: row.createdAt, text: contentOf(office.runtime, row).text }));
};
const late = async () => {
  const isLate = and(eq(outbox.kind, "courtesy"), like(outbox.state, "%"));
  const found = await rows((tx) => tx.select().from(outbox).where(isLate).orderBy(asc(outbox.seq)));
  return found.map((row) => contentOf(office.runtime, row).text).filter((text) => /对不住/.test(text));
};
const theCase = async () => (await rows((tx) => tx.select().from(cases).orderBy(asc(cases.number)))).at(-1);
const escalations = async () => {
  const isOne = eq(caseEvents.type, "escalated");
  const found = await rows((tx) => tx.select().from(caseEvents).where(isOne).orderBy(asc(caseEvents.seq)));
  return found.map(({ details, at }) => [details.step, details.to, dayIn(at, ZONE)]);
};
const findings = async () => (await auditCounty(office.db.database, office.county)).findings.map(({ text }) => text);

describe("a deputy is reminded", () => {
  it("in one message a day of what is due by the next working day, from eight in the morning on", async () => {
    await office.say("resident", "柳东村三组路灯坏了");
    await passTo("2035-03-08", "12:00");
    expect(await digests()).toEqual([]);
    await passTo("2035-03-09", "07:59");
    expect(await digests()).toEqual([]);
    await passTo("2035-03-09", "08:00");
    const [one] = await digests();
    expect(one?.text).toMatch(
      /^今天有1件要办：\n1号 柳河镇柳东村三组：「柳东村三组路灯坏了」（2035年3月12日（星期一）前答复）\n回数字看详情；办不了，回“退回 1 原因”。$/,
    );
    await passTo("2035-03-09", "16:00");
    await Promise.all([1, 2, 3].map(() => tick(office.runtime, office.county.id)));
    expect(await digests()).toHaveLength(1);
  });

  it("never twice on a day, on a day off or in quiet hours, in two weeks of looking every hour", async () => {
    await office.say("resident", "柳东村三组路灯坏了");
    await office.say("neighbour", "柳东村三组井盖没了");
    for (let hour = 0; hour < 14 * 24; hour += 1) await office.pass(3_600_000);
    const all = await digests();
    const days = all.map(({ at }) => dayIn(at, ZONE));
    expect(new Set(days).size).toBe(days.length);
    expect(all.length).toBeGreaterThan(5);
    expect(all.length).toBeLessThanOrEqual(10);
    for (const { at } of all) {
      expect(hourIn(at, ZONE)).toBeGreaterThanOrEqual(8);
      expect(hourIn(at, ZONE)).toBeLessThan(20);
      expect(isWorkday(dayIn(at, ZONE), holidays)).toBe(true);
    }
    // Its window is shut: the one of each day takes the place of the one before.
    expect(all.filter(({ state }) => state === "waiting")).toHaveLength(1);
    expect(all.at(-1)?.text).toContain("今天有2件要办");
    expect(all.at(-1)?.text).toMatch(/答复过期\d个工作日/);
    expect(await findings()).toEqual([]);
  });

  it("of what six people told of one matter in one line, beside what one told alone", async () => {
    for (let person = 0; person < 6; person += 1) await office.say(`thirsty-${person}`, "柳东村三组停水了，一天没水用");
    await office.say("resident", "柳东村三组路灯坏了");
    await office.pass(60_000);
    await passTo("2035-03-09", "08:00");
    const [one] = await digests();
    expect(one?.text).toMatch(/^今天有2件要办：\n/);
    expect(one?.text).toContain("主题1 柳河镇柳东村三组 停水（6人，");
    expect(one?.text).toContain("路灯坏了");
    expect(one?.text).toContain("回“主题 1”看大家说的。");
    expect(one?.text.match(/停水/g)).toHaveLength(1);
    expect(await findings()).toEqual([]);
  });

  it("of what was opened again, also by a machine whose clock is behind that of the one that answered", async () => {
    await office.say("resident", "柳东村三组路灯坏了");
    await office.say("deputy-D001", "回复 1 电工明天来");
    await office.say("deputy-D001", "办结 1 灯换了");
    await office.pass(-20_000);
    await office.say("resident", "没好，灯还是不亮");
    expect(await theCase()).toMatchObject({ state: "assigned", reopenings: 1 });
    await passTo("2035-03-12", "09:00");
    const [one] = await digests();
    expect(one?.text).toMatch(/^今天有1件要办：/);
  });

  it("of no case that was sealed while it was gathered: of the others at the next look", async () => {
    await office.say("resident", "柳东村三组1号楼前路灯坏了");
    const sealed = await theCase();
    await office.say("another", "柳东村三组的桥栏杆断了");
    const due = new Date(`${sealed!.dueOn}T10:00:00+08:00`);
    const runtime = { ...office.runtime, now: () => due };
    const { database } = runtime;
    const time = { holidays, timeZone: ZONE };
    let looks = 0;
    const inCounty: typeof database.inCounty = async (id, work) => {
      const done = await database.inCounty(id, work);
      looks += 1;
      if (looks === 2) await rows((tx) => tx.update(cases).set({ sealed: true }).where(eq(cases.id, sealed!.id)));
      return done;
    };
    await sendDigests({ ...runtime, database: { ...database, inCounty } }, office.county.id, time);
    expect(await digests()).toEqual([]);
    await sendDigests(runtime, office.county.id, time);
    const [only, ...others] = await digests();
    expect(others).toEqual([]);
    expect(only!.text).toContain("桥栏杆");
    expect(only!.text).not.toContain("路灯");
  });

  it("of nothing where all is answered, and not while away", async () => {
    await office.say("resident", "柳东村三组路灯坏了");
    await office.say("deputy-D001", "回复 1 电工明天来");
    await passTo("2035-03-12", "09:00");
    expect(await digests()).toEqual([]);
    await office.say("other", "柳东村三组路灯又坏了两盏");
    await office.say("deputy-D001", "请假 20天");
    await passTo("2035-03-19", "09:00");
    expect((await digests()).filter(({ text }) => text.includes("又坏了"))).toEqual([]);
  });
});

describe("what nobody answers goes upwards", () => {
  it("a step at a time, with a word to its resident at the first two, and nothing after the last", async () => {
    await office.say("resident", "柳东村三组路灯坏了");
    for (let day = MONDAY; day <= "2035-04-10"; day = addDays(day, 1)) await passTo(addDays(day, 1), "10:00");
    expect(await escalations()).toEqual([
      [1, "station", "2035-03-13"],
      [2, "office", "2035-03-15"],
      [3, "leader", "2035-03-22"],
    ]);
    const told = await late();
    expect(told).toHaveLength(2);
    expect(told[0]).toContain(
      "应在2035年3月12日（星期一）前答复您，还没有。对不住。已请柳河镇代表联络站催办，最晚2035年3月14日（星期三）给您回话。",
    );
    expect(told[1]).toContain(
      "还没答复，对不住。现在由县人大代表工作机构接手催办，最晚2035年3月20日（星期二）给您回话。",
    );
    expect(await theCase()).toMatchObject({ escalation: 3, state: "assigned" });
    expect(await findings()).toEqual([]);
  });

  it("and no further once it is answered, also where the answer was late", async () => {
    await office.say("resident", "柳东村三组路灯坏了");
    await passTo("2035-03-13", "09:00");
    await office.say("deputy-D001", "回复 1 电工明天来");
    await passTo("2035-03-30", "09:00");
    expect(await escalations()).toEqual([[1, "station", "2035-03-13"]]);
  });

  it("never in quiet hours or on a day off, and one step a day after a long standstill", async () => {
    await office.say("resident", "柳东村三组路灯坏了");
    await passTo("2035-03-24", "10:00");
    expect(await escalations()).toEqual([]);
    await passTo("2035-03-25", "21:00");
    expect(await escalations()).toEqual([]);
    await passTo("2035-03-26", "09:00");
    await Promise.all([1, 2, 3].map(() => tick(office.runtime, office.county.id)));
    expect(await escalations()).toEqual([[1, "station", "2035-03-26"]]);
    await passTo("2035-03-27", "09:00");
    expect(await escalations()).toHaveLength(2);
  });

  it("of a sealed case to the office alone, which no deputy ever reads of", async () => {
    await office.say("resident", "我要举报柳河镇的代表收钱办事");
    await passTo("2035-03-20", "09:00");
    await passTo("2035-03-21", "09:00");
    expect((await escalations()).map(([, to]) => to)).toEqual(["office", "office"]);
    expect(await digests()).toEqual([]);
    expect((await late()).join()).not.toMatch(/举报|收钱/);
  });
});

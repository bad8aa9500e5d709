import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { auditCounty } from "../../src/casework/audit/audit-county.ts";
import { mergeInto } from "./merged-cases.ts";
import { type StaffApi, staffApi } from "./staff-api.ts";

const HOUR = 3_600_000;
let staff: StaffApi;
let serial = 0;

beforeAll(async () => {
  staff = await staffApi();
  for (const code of ["D001", "D002", "D003"]) await staff.office.bind(`deputy-${code}`, code);
  await staff.person("林晓", "office");
});
afterAll(async () => {
  expect((await auditCounty(staff.office.db.database, staff.office.county)).findings).toEqual([]);
  await staff.close();
});

beforeEach(async () => {
  for (const code of ["D001", "D002", "D003"]) await staff.office.say(`deputy-${code}`, "帮助");
});

const shown = async (number: string) => (await staff.ask("林晓", `GET /cases/${number}`)).body;
const typesOf = async (number: string) => (await shown(number)).events.map(({ type }: { type: string }) => type);
const toldTo = (person: string) => staff.office.sent.filter(({ to }) => to === person).map(({ text }) => text);
const merge = async (led: string, leading: string) => expect((await mergeInto(staff, [led, leading])).status).toBe(200);
const freshPeople = (): [string, string] => {
  serial += 1;
  return [`ahead-${serial}`, `behind-${serial}`];
};

describe("what time does to a case that goes with another", () => {
  it("leaves its resident alone who was not asked in time where it is", async () => {
    const [a, b] = freshPeople();
    const leading = await staff.newCase(a, "柳东村三组路灯坏了六盏");
    const led = await staff.newCase(b, "路灯不亮，晚上看不见");
    expect(await shown(led)).toMatchObject({ state: "clarifying" });
    await merge(led, leading);
    const heard = toldTo(b).length;
    for (let days = 0; days < 3; days += 1) await staff.office.pass(25 * HOUR);
    expect(await shown(led)).toMatchObject({ state: "clarifying", closedAt: null });
    expect(toldTo(b).slice(heard)).toEqual([expect.stringContaining(led)]);
  });

  it("hands over the leading one alone when its deputy goes away, and counts one", async () => {
    const [a, b] = freshPeople();
    const leading = await staff.newCase(a, "柳东村三组水渠塌了，冲坏了地");
    const led = await staff.newCase(b, "柳东村三组水渠塌了一段");
    await merge(led, leading);
    await staff.office.work();
    const heard = toldTo("deputy-D002").length;
    await staff.office.say("deputy-D001", "请假 3天");
    const said = toldTo("deputy-D002").slice(heard).join();
    expect(said).toContain(leading);
    expect(said).not.toContain(led);
    expect(await shown(led)).toMatchObject({ holder: { code: "D001" } });
    expect((await typesOf(led)).filter((type: string) => type === "assigned")).toHaveLength(1);
    expect(toldTo(b).at(-1)).toContain(led);
    // Taken apart, it is with nobody who is away.
    expect((await staff.act("林晓", led, "unmerge", {})).status).toBe(200);
    expect(await shown(led)).toMatchObject({ holder: { code: "D002" } });
    await staff.office.say("deputy-D001", "销假");
  });
});

describe("what is done to the leading case", () => {
  it("is told to both residents when another day is set, or somebody else has it", async () => {
    const [a, b] = freshPeople();
    const leading = await staff.newCase(a, "柳东村一组桥面裂了一道缝");
    const led = await staff.newCase(b, "柳东村一组桥面裂开了");
    await merge(led, leading);
    const dueOn = new Date(staff.office.runtime.now().getTime() + 9 * 24 * HOUR).toISOString().slice(0, 10);
    expect((await staff.act("林晓", leading, "deadline", { dueOn, reason: "等检测" })).status).toBe(200);
    await staff.office.work();
    for (const number of [leading, led]) expect(await shown(number)).toMatchObject({ dueOn });
    expect(toldTo(b).at(-1)).toMatch(new RegExp(`${led}[^]*等检测`));
    await staff.act("林晓", leading, "move", { deputy: "D001", reason: "他熟悉这座桥" });
    await staff.office.work();
    expect(toldTo(b).at(-1)).toMatch(new RegExp(`${led}[^]*李秀兰`));
    expect(toldTo(b).at(-1)).not.toContain(leading);
  });

  it("is taken back for both where its deputy closed it too early, and a correction reaches both", async () => {
    const [a, b] = freshPeople();
    const leading = await staff.newCase(a, "柳东村一组井盖丢了一个");
    const led = await staff.newCase(b, "柳东村一组井盖没了");
    await merge(led, leading);
    await staff.office.say("deputy-D003", `办结 ${leading} 换好了`);
    await staff.office.work();
    await staff.office.say("deputy-D003", `更正 ${leading} 换的是铁盖`);
    await staff.office.work();
    expect(toldTo(b).at(-1)).toMatch(new RegExp(`${led}[^]*换的是铁盖`));
    await staff.office.say("deputy-D003", `重开 ${leading} 尺寸不对`);
    await staff.office.work();
    for (const [person, number] of [
      [a, leading],
      [b, led],
    ] as const) {
      expect(await shown(number)).toMatchObject({ closedAt: null, outcome: null, reopenings: 1 });
      expect(toldTo(person).at(-1)).toMatch(new RegExp(`${number}[^]*尺寸不对`));
    }
  });

  it("is no more for one whose own resident opens it again: it goes to whoever had the leading one", async () => {
    const [a, b] = freshPeople();
    const leading = await staff.newCase(a, "柳东村一组晒场的灯坏了");
    const led = await staff.newCase(b, "柳东村三组过去的晒场灯不亮");
    expect(await shown(led)).toMatchObject({ holder: { code: "D001" } });
    await merge(led, leading);
    await staff.office.say("deputy-D003", `办结 ${leading} 换了灯泡`);
    await staff.office.say(b, "不满意，还是不亮");
    expect(await shown(led)).toMatchObject({
      closedAt: null,
      holder: { code: "D003" },
      links: { leading: null },
    });
    expect((await shown(leading)).links.merged).toEqual([]);
    expect(await typesOf(leading)).toContain("unmerged");
  });
});

describe("Today", () => {
  it("opens the lists that it counted: what goes with another case is in neither", async () => {
    const [a, b] = freshPeople();
    const leading = await staff.newCase(a, "柳东村一组污水沟臭得很");
    await merge(await staff.newCase(b, "柳东村一组污水沟又臭了"), leading);
    await staff.office.pass(20 * 24 * HOUR);
    const { sections } = (await staff.ask("林晓", "GET /today")).body;
    for (const code of ["danger", "triage", "late", "due-today"]) {
      const { count, opens } = sections.find((one: { code: string }) => one.code === code);
      expect([code, opens.filter.merged]).toEqual([code, false]);
      const { body } = await staff.ask("林晓", "POST /cases/search", { body: { filter: opens.filter } });
      expect([code, body.items.length]).toEqual([code, count]);
      if (code === "late") expect(count).toBeGreaterThan(0);
    }
  });
});

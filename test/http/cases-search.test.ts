import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type StaffApi, staffApi, stationOf } from "./staff-api.ts";

let staff: StaffApi;
let lamp: string;
let water: string;
let heating: string;

beforeAll(async () => {
  staff = await staffApi();
  await staff.office.bind("deputy-3", "D003");
  for (const role of ["office", "reviewer", "auditor"] as const) await staff.person(role, role);
  lamp = await staff.newCase("resident-1", "柳东村一组路灯坏了六盏，晚上看不见");
  water = await staff.newCase("resident-2", "柳东村一组停水三天");
  heating = await staff.newCase("resident-3", "家里暖气坏了三天，屋里很冷");
  await staff.person("站长", "station", { stations: [await stationOf(staff, lamp)] });
});

afterAll(() => staff.close());

async function numbers(who: string, body: object): Promise<string[]> {
  const answer = await staff.ask(who, "POST /cases/search", { body });
  expect(answer.status).toBe(200);
  const counted = await staff.ask(who, "POST /cases/count", { body: pick(body) });
  expect(counted.body.value).toBe(answer.body.items.length);
  expect(answer.body.total).toEqual({ value: answer.body.items.length, isMore: false });
  return answer.body.items.map((one: { number: string }) => one.number);
}

function pick(body: object): object {
  return Object.fromEntries(Object.entries(body).filter(([key]) => key === "filter" || key === "q"));
}

describe("a list of cases", () => {
  it("has what its reader may see, newest first", async () => {
    for (const who of ["office", "reviewer", "auditor"]) expect(await numbers(who, {})).toEqual([heating, water, lamp]);
    expect(await numbers("站长", {})).toEqual([water, lamp]);
  });

  it("tells of each case what staff need at a look", async () => {
    const { items } = (await staff.ask("office", "POST /cases/search", { body: { filter: { deputy: ["D003"] } } }))
      .body;
    expect(items.at(-1)).toMatchObject({
      ...{
        number: lamp,
        etag: expect.stringMatching(/^c[1-9]/),
        state: "assigned",
        summary: expect.stringContaining("路灯"),
      },
      ...{ place: { doubt: "none", township: "柳河镇" }, holder: { kind: "deputy", code: "D003" } },
      ...{ lateWorkingDays: 0, lastSpoken: { by: "resident" }, rating: null, reopenings: 0 },
    });
  });

  it.each<[string, object, () => string[]]>([
    ["by state", { state: ["clarifying"] }, () => [heating]],
    ["by several states", { state: ["clarifying", "assigned"] }, () => [heating, water, lamp]],
    ["open", { open: true }, () => [heating, water, lamp]],
    ["closed", { open: false }, () => []],
    ["late", { late: true }, () => []],
    ["due until a day", { dueUntil: "2099-01-01" }, () => [heating, water, lamp]],
    ["received until a day", { received: { to: "2000-01-01" } }, () => []],
    ["received from a day", { received: { from: "2000-01-01" } }, () => [heating, water, lamp]],
    ["by township", { township: ["柳河镇"] }, () => [water, lamp]],
    ["by a grid that there is not", { grid: ["没有"] }, () => []],
    ["by deputies", { deputy: ["D003", "D009"] }, () => [water, lamp]],
    ["without a category that there is not", { category: ["no-such"] }, () => []],
    ["by channel", { channel: ["office"] }, () => [heating, water, lamp]],
    ["by a channel that there is not", { channel: ["telegram"] }, () => []],
    ["not moved by hand", { byHand: false }, () => [heating, water, lamp]],
    ["by the way of the decision", { way: ["grid"] }, () => [water, lamp]],
    ["by a rule of a version", { rule: "9/lifts" }, () => []],
    ["by rating", { rating: [1, 2] }, () => []],
    ["reopened", { reopened: true }, () => []],
    ["in danger", { priority: true }, () => []],
    ["by delivery", { delivery: ["failed", "uncertain"] }, () => []],
    ["all at once", { open: true, township: ["柳河镇"], state: ["assigned"] }, () => [water, lamp]],
  ])("is narrowed %s", async (_what, filter, wanted) => {
    expect(await numbers("office", { filter })).toEqual(wanted());
  });

  it("has one's own once one acted on them", async () => {
    expect(await numbers("office", { filter: { mine: true } })).toEqual([]);
    await staff.ask("office", `POST /cases/${water}/notes`, { body: { text: "问过自来水公司" } });
    expect(await numbers("office", { filter: { mine: true } })).toEqual([water]);
    expect(await numbers("auditor", { filter: { mine: true } })).toEqual([]);
  });

  it("goes on where the page before ended", async () => {
    for (const sort of ["newest", "due-first", "last-spoken"]) {
      const seen: string[] = [];
      let after: string | undefined;
      for (let page = 0; page < 4; page += 1) {
        const { body } = await staff.ask("office", "POST /cases/search", {
          body: { sort, limit: 1, ...(after && { after }) },
        });
        seen.push(...body.items.map((one: { number: string }) => one.number));
        if (body.next === null) break;
        after = body.next;
      }
      expect(seen.toSorted()).toEqual([lamp, water, heating].toSorted());
    }
  });

  it.each([
    ["a cursor that is none", { after: "AAAA" }, "cursor"],
    [
      "a cursor of another order",
      {
        sort: "due-first",
        after: Buffer.from('["2026-11-24 00:00:00+00","00000000-0000-4000-8000-000000000000"]').toString("base64url"),
      },
      "cursor",
    ],
    [
      "a cursor that is a trap",
      { after: Buffer.from(`["2026-11-24' or true --","00000000-0000-4000-8000-000000000000"]`).toString("base64url") },
      "cursor",
    ],
    ["one sign", { q: "灯" }, "too-short"],
    ["signs that are none", { q: "？！" }, "too-short"],
    ["a filter that there is not", { filter: { colour: "red" } }, "content"],
    ["a day that is none", { filter: { dueUntil: "2026-02-30" } }, "content"],
    ["too many at once", { limit: 5000 }, "content"],
  ])("refuses %s", async (_what, body, code) => {
    expect(await staff.ask("office", "POST /cases/search", { body })).toMatchObject({ status: 422, body: { code } });
  });
});

describe("a search for words", () => {
  it.each<[string, () => string[]]>([
    ["路灯", () => [lamp]],
    ["路燈", () => [lamp]],
    ["看不見", () => [lamp]],
    ["柳东村 停水", () => [water]],
    ["柳东村一组", () => [water, lamp]],
    // The pairs are all there, in two places.
    ["路灯坏了六盏晚上", () => []],
    ["路灯 停水", () => []],
    ["' | '@all", () => []],
    ["灯坏\\了", () => [lamp]],
    ["%_", () => []],
  ])("%s finds", async (q, wanted) => {
    if (q === "%_")
      return expect(await staff.ask("office", "POST /cases/search", { body: { q } })).toMatchObject({ status: 422 });
    expect(await numbers("office", { q })).toEqual(wanted());
  });

  it("finds what was said later, and what a deputy or the office said, but no receipt of the service", async () => {
    await staff.office.say("deputy-3", `回复 ${Number(lamp.slice(5))} 已报电工班`);
    await staff.office.say("resident-2", "还是没有水，厨房也漏");
    await staff.act("office", water, "answer", { text: "自来水公司说今晚恢复" });
    expect(await numbers("office", { q: "厨房" })).toEqual([water]);
    expect(await numbers("office", { q: "今晚恢复" })).toEqual([water]);
    expect(await numbers("office", { q: "电工班" })).toEqual([lamp]);
    expect(await numbers("office", { q: "县人大代表工作机构" })).toEqual([]);
  });

  it("finds nothing of notes, nor of other stations, nor of what its resident had erased", async () => {
    await staff.ask("office", `POST /cases/${lamp}/notes`, { body: { text: "电工老张不接电话" } });
    expect(await numbers("office", { q: "老张" })).toEqual([]);
    expect(await numbers("站长", { q: "暖气" })).toEqual([]);
    expect(await numbers("office", { q: "暖气" })).toEqual([heating]);
    await staff.act("office", heating, "close", { outcome: "withdrawn" });
    await staff.office.say("resident-3", "删除我的数据");
    expect(await numbers("office", { q: "暖气" })).toEqual([]);
  });

  it("leaves no word in the log", () => {
    for (const word of ["路灯", "暖气", "老张"]) expect(staff.api.logged()).not.toContain(word);
  });
});

import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROLES, type Role } from "../../../src/domain/access/roles.ts";
import { addDays } from "../../../src/domain/calendar/days.ts";
import { dayIn } from "../../../src/domain/calendar/deadline.ts";
import { CLOCK_RULES } from "../../../src/http/contract/settings/clock-rules.ts";
import { type StaffApi, staffApi } from "../staff-api.ts";

/** Who may, by the first letters of the roles; operators are `p`. */
const TABLE: Readonly<Record<string, string>> = {
  "GET /clock-rules": "orsa",
  "POST /clock-rules/proposals": "o",
  "POST /clock-rules/proposals/{id}/publish": "or",
  "POST /clock-rules/proposals/{id}/refuse": "or",
  "POST /clock-rules/proposals/{id}/withdraw": "o",
};
const LETTER: Readonly<Record<Role, string>> = {
  ...{ office: "o", reviewer: "r", station: "s", auditor: "a", operator: "p" },
};

let staff: StaffApi;
let today: string;

beforeAll(async () => {
  staff = await staffApi();
  today = dayIn(staff.office.runtime.now(), "Asia/Shanghai");
  const west = await staff.office.db.county("west");
  for (const role of ROLES) await staff.person(role, role);
  await staff.person("林晓", "office");
  await staff.person("赵敏", "office");
  await staff.person("没有验证", "office", { confirmedAt: null });
  await staff.person("west", "office", { jurisdictionId: west });
  await staff.program("program", "office");
});
afterAll(() => staff.close());

const wanted = (more: object = {}) => ({
  ...{
    kind: "result",
    category: "roads",
    amount: 20,
    unit: "working_days",
    source: "清河县2026年第9号决定",
    fromOn: today,
  },
  ...more,
});
const propose = (more: object = {}, who = "林晓") =>
  staff.ask(who, "POST /clock-rules/proposals", { body: wanted(more) });
const decide = (id: string, how: string, who: string, body: object = {}) =>
  staff.ask(who, `POST /clock-rules/proposals/${id}/${how}`, { body });
const shown = async (who = "林晓") => (await staff.ask(who, "GET /clock-rules")).body;

describe("the table of who may ask for what", () => {
  it("has every operation, and no other", () => {
    expect(Object.keys(TABLE).sort()).toEqual(Object.keys(CLOCK_RULES).sort());
  });

  it.each(Object.entries(TABLE))("%s: %s", async (name, who) => {
    const path = name.replace("{id}", randomUUID());
    for (const role of ROLES) {
      const { status, body: told } = await staff.ask(role, path, name.startsWith("GET") ? {} : { body: "{" });
      expect([role, status === 403 && told.code === "role"]).toEqual([role, !who.includes(LETTER[role])]);
    }
  });
});

describe("a rule of deadlines", () => {
  it("holds once somebody else has reviewed it, for cases from then on", async () => {
    const before = await staff.newCase("before", "柳东村一组路灯坏了六盏");
    const made = await propose();
    expect(made).toMatchObject({ status: 201, body: { state: "waiting", author: "林晓", isOwn: true } });
    const { id } = made.body;
    expect((await shown()).inForce.some((one: { id: string }) => one.id === id)).toBe(false);
    expect((await shown("赵敏")).proposals[0]).toMatchObject({ id, isOwn: false });
    expect(await decide(id, "publish", "林晓")).toMatchObject({ status: 403, body: { code: "own-work" } });
    expect(await decide(id, "publish", "没有验证")).toMatchObject({ status: 403, body: { code: "confirm-needed" } });
    expect((await decide(id, "publish", "program")).status).toBe(403);
    expect(await decide(id, "publish", "west")).toMatchObject({ status: 404 });
    const done = await decide(id, "publish", "赵敏");
    expect(done).toMatchObject({ status: 200, body: { state: "published", decidedBy: "赵敏" } });
    const { inForce, proposals } = await shown();
    expect(inForce).toContainEqual(expect.objectContaining({ id, amount: 20, author: "林晓", reviewer: "赵敏" }));
    expect(proposals[0]).toMatchObject({ id, state: "published" });
    expect((await shown("west")).proposals).toEqual([]);
    const after = await staff.newCase("after", "柳东村一组的井盖松了");
    const sourceOf = async (number: string) =>
      (await staff.ask("林晓", `GET /cases/${number}`)).body.clocks.find(
        ({ kind }: { kind: string }) => kind === "result",
      ).source;
    expect([await sourceOf(before), await sourceOf(after)]).toEqual(["本县规定", "清河县2026年第9号决定"]);
  });

  it("is never changed, and a second one for the same day is refused", async () => {
    expect(await propose()).toMatchObject({ status: 422, body: { code: "rule-there" } });
    const later = addDays(today, 30);
    const { id } = (await propose({ fromOn: later, amount: 25 })).body;
    const twin = (await propose({ fromOn: later, amount: 26 }, "赵敏")).body;
    expect((await decide(id, "publish", "reviewer")).status).toBe(200);
    expect((await shown()).coming).toEqual([expect.objectContaining({ id, fromOn: later })]);
    expect(await decide(twin.id, "publish", "林晓")).toMatchObject({ status: 422, body: { code: "rule-there" } });
    expect((await decide(twin.id, "withdraw", "赵敏")).body).toMatchObject({ state: "withdrawn" });
  });

  it("is published once, whoever reviews it at the same moment", async () => {
    const { id } = (await propose({ category: "heating" })).body;
    const both = await Promise.all(["赵敏", "reviewer"].map((who) => decide(id, "publish", who)));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(both.find(({ status }) => status === 409)!.body).toMatchObject({ code: "decided", state: "published" });
    expect((await shown()).inForce.filter((one: { id: string }) => one.id === id)).toHaveLength(1);
  });

  it("is sent back with a reason by somebody else, and taken back by its author alone", async () => {
    const { id } = (await propose({ kind: "confirm", category: null })).body;
    expect((await decide(id, "refuse", "赵敏")).status).toBe(422);
    expect(await decide(id, "refuse", "林晓", { reason: "写错了" })).toMatchObject({ status: 403 });
    expect(await decide(id, "withdraw", "赵敏")).toMatchObject({ status: 403, body: { code: "not-own" } });
    const back = await decide(id, "refuse", "reviewer", { reason: "文号不对" });
    expect(back).toMatchObject({ status: 200, body: { state: "refused", reason: "文号不对" } });
    expect(await decide(id, "withdraw", "林晓")).toMatchObject({ status: 409, body: { code: "decided" } });
    expect(await decide(randomUUID(), "refuse", "reviewer", { reason: "没有" })).toMatchObject({ status: 404 });
  });

  it.each<[string, object, string]>([
    ["unknown category", { category: "ufo" }, "unknown-category"],
    ["thousand days", { unit: "days", amount: 1000 }, "too-long"],
    ["two years", { unit: "months", amount: 24 }, "too-long"],
    ["day that is over", { fromOn: "2020-01-01" }, "day-over"],
  ])("is refused with a %s, and nothing changes", async (_, more, code) => {
    const before = await shown();
    expect(await propose(more)).toMatchObject({ status: 422, body: { code } });
    for (const bad of [{ amount: 0 }, { source: " " }, { unit: "weeks" }, { fromOn: "tomorrow" }, { kind: "tea" }])
      expect((await propose({ ...more, ...bad })).status).toBe(422);
    expect(await shown()).toEqual(before);
  });

  it("counts in the Today of whoever can review it", async () => {
    await propose({ category: "land", amount: 40 });
    const count = async (who: string) =>
      (await staff.ask(who, "GET /today")).body.sections.find(
        ({ code }: { code: string }) => code === "clock-rules-to-review",
      ).count;
    expect([await count("林晓"), await count("赵敏"), await count("reviewer")]).toEqual([0, 1, 1]);
  });
});

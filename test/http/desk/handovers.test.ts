import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bindings } from "../../../db/schema/conversations.ts";
import { ROLES, type Role } from "../../../src/domain/access/roles.ts";
import type { HANDOVERS } from "../../../src/http/contract/desk/handovers.ts";
import { type StaffApi, staffApi, stationOf } from "../staff-api.ts";

let staff: StaffApi;
let number = "";
let sealed = "";

const shown = async (of = number) => (await staff.ask("office", `GET /cases/${of}`)).body;
const step = (who: string, body: object, of = number) => staff.act(who, of, "handover", body);
const held = async (who: string, query = "") => (await staff.ask(who, `GET /handovers${query}`)).body.items;

beforeAll(async () => {
  staff = await staffApi();
  await staff.person("office", "office");
  number = await staff.newCase("lamp", "柳东村一组路灯坏了六盏");
  sealed = await staff.newCase("accuser", "村支书收了好处，低保名额都给了亲戚");
  const own = await stationOf(staff, number);
  for (const role of ROLES) await staff.person(role, role, { stations: [own] });
  await staff.person("elsewhere", "station", { stations: [] });
});
afterAll(() => staff.close());

describe("a case that the office gives to a unit", () => {
  it("waits while nobody of the unit is in chat; each step is written down as the unit's word, by who rang up", async () => {
    expect((await step("office", { step: "accepted" })).body).toMatchObject({ code: "no-unit" });
    expect((await staff.act("office", number, "move", { unit: "U01", reason: "路灯归它管" })).status).toBe(200);
    expect(await held("office")).toMatchObject([
      { case: { number }, unit: { code: "U01" }, state: "waiting", hasChat: false, askedUntil: null },
    ]);
    const [unit] = (await staff.ask("office", "GET /units/work")).body.items;
    expect(unit).toMatchObject({ code: "U01", waiting: 1, sent: 0, chats: [] });
    expect((await staff.ask("office", "GET /today")).body.sections).toContainEqual(
      expect.objectContaining({ code: "units-waiting", count: 1, opens: { page: "units", filter: null } }),
    );
    expect((await step("office", { step: "extend" })).body).toMatchObject({ code: "not-now" });
    expect((await step("office", { step: "accepted" })).status).toBe(200);
    expect((await step("office", { step: "asks-for-time", until: "2020-01-01", text: "等配件" })).body).toMatchObject({
      code: "bad-day",
    });
    const later = new Date(Date.now() + 120 * 86_400_000).toISOString().slice(0, 10);
    expect((await step("office", { step: "asks-for-time", until: later, text: "等配件" })).status).toBe(200);
    const preview = await step("office", { step: "extend", preview: true });
    expect(preview.body.told).toMatchObject([{ to: "resident", text: expect.stringContaining("等配件") }]);
    expect(await held("office")).toMatchObject([{ askedUntil: later }]);
    expect((await step("office", { step: "extend" })).status).toBe(200);
    expect(await held("office")).toMatchObject([{ dueOn: later, askedUntil: null }]);
    expect((await step("office", { step: "reported", result: "done", text: "换了六盏" })).status).toBe(200);
    const page = await shown();
    expect(page).toMatchObject({
      state: "triage",
      claims: { unit: { result: "done" }, deputy: null, resident: null },
      handovers: [{ to: "U01", state: "reported", result: "done" }],
    });
    expect(page.events.map(({ type, by }: { type: string; by: string }) => [type, by])).toEqual(
      expect.arrayContaining([
        ["unit_accepted", "office:office"],
        ["unit_reported", "office:office"],
      ]),
    );
    expect(page.messages.find(({ text }: { text: string }) => text === "换了六盏")).toMatchObject({
      party: "unit",
      kind: "unit-words",
    });
    expect((await step("office", { step: "accepted" })).body).toMatchObject({ code: "not-now" });
  });

  it("can be taken back, and given back by the unit with its reason", async () => {
    const other = await staff.newCase("other", "柳东村一组垃圾没人收");
    await staff.act("office", other, "move", { unit: "U01", reason: "归它管" });
    expect((await step("office", { step: "returned", text: "属于供电公司" }, other)).status).toBe(200);
    expect(await shown(other)).toMatchObject({ unit: null, handovers: [{ state: "returned" }] });
    await staff.act("office", other, "move", { unit: "U02", reason: "归它管" });
    expect((await step("office", { step: "taken-back" }, other)).status).toBe(200);
    expect((await shown(other)).handovers.at(-1)).toMatchObject({ to: "U02", state: "taken_back" });
  });

  it.each([
    ["no step", {}],
    ["a step that there is not", { step: "solved" }],
    ["a report without words", { step: "reported", result: "done" }],
    ["a result that there is not", { step: "reported", result: "fixed", text: "好了" }],
    ["a day that is none", { step: "asks-for-time", until: "2027-02-30", text: "等" }],
    ["far too many words", { step: "progress", text: "好".repeat(3000) }],
  ])("is not taken with %s", async (_, body) => {
    expect((await step("office", body)).status).toBe(422);
  });
});

describe("a code for somebody of a unit", () => {
  it("is shown once, binds nobody of a unit that is not there, and a chat can be ended", async () => {
    const made = await staff.ask("office", "POST /units/U01/invite", { body: undefined });
    expect(made).toMatchObject({
      status: 201,
      body: { code: expect.stringMatching(/^[0-9A-Z-]{8,}$/), unit: expect.any(String) },
    });
    expect((await staff.ask("office", "POST /units/U99/invite", {})).status).toBe(404);
    expect(staff.api.logged()).not.toContain(made.body.code);
    await staff.office.say("of-unit", `绑定 ${made.body.code}`);
    const work = async () =>
      (await staff.ask("office", "GET /units/work")).body.items.find(({ code }: { code: string }) => code === "U01");
    const [chat] = (await work()).chats;
    expect(chat).toMatchObject({ id: expect.any(String) });
    expect((await staff.ask("office", `POST /units/U02/chats/${chat.id}/end`, {})).status).toBe(404);
    expect((await staff.ask("office", `POST /units/U01/chats/${chat.id}/end`, {})).status).toBe(204);
    expect((await work()).chats).toEqual([]);
    expect((await staff.ask("office", `POST /units/U01/chats/${chat.id}/end`, {})).status).toBe(404);
    const rows = await staff.office.db.database.inCounty(staff.office.county.id, (tx) => tx.select().from(bindings));
    expect(rows).toMatchObject([{ endedAt: expect.any(Date) }]);
  });
});

describe("what each role may do with units", () => {
  const MAY: Readonly<Record<keyof typeof HANDOVERS, readonly Role[]>> = {
    "GET /units/work": ["office", "auditor"],
    "GET /handovers": ["office", "station", "auditor"],
    "POST /units/{code}/invite": ["office"],
    "POST /units/{code}/chats/{id}/end": ["office"],
    "POST /cases/{number}/handover": ["office"],
  };

  it.each(Object.keys(MAY) as (keyof typeof MAY)[])("%s", async (operation) => {
    const path = operation
      .replace("{code}", "U77")
      .replace("{id}", "0195d0c0-0000-7000-8000-00000000dead")
      .replace("{number}", number);
    for (const role of ROLES) {
      const body = operation.endsWith("handover") ? { body: { step: "taken-back" }, match: '"c0"' } : {};
      const { status } = await staff.ask(role, path, operation.startsWith("GET") ? {} : body);
      expect([role, status === 403]).toEqual([role, !MAY[operation].includes(role)]);
    }
    expect((await staff.ask("nobody", path, {})).status).toBe(401);
  });

  it("shows a station its own cases alone, and a sealed case to nobody's unit", async () => {
    expect((await held("station")).length).toBeGreaterThan(0);
    expect(await held("elsewhere")).toEqual([]);
    await staff.ask("office", `POST /cases/${sealed}/open-sealed`, {
      body: { reason: "inspection", note: "测试用的理由" },
    });
    const page = await shown(sealed);
    expect(page.may).not.toContain("POST /cases/{number}/handover");
    const refused = await staff.ask("office", `POST /cases/${sealed}/handover`, {
      body: { step: "accepted" },
      match: (await staff.ask("office", `GET /cases/${sealed}`)).etag,
    });
    expect(refused).toMatchObject({ status: 409, body: { code: "state" } });
    expect(JSON.stringify(await held("office"))).not.toContain(sealed);
  });
});

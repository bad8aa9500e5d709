import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { users } from "../../../db/schema/users.ts";
import { addUser } from "../../../src/casework/access/users.ts";
import { ROLES, type Role } from "../../../src/domain/access/roles.ts";
import { addDays } from "../../../src/domain/calendar/days.ts";
import { dayIn } from "../../../src/domain/calendar/deadline.ts";
import { DUTY } from "../../../src/http/contract/desk/duty.ts";
import { type StaffApi, staffApi, stationOf } from "../staff-api.ts";

/** Who may, by the first letters of the roles; operators are `p`. */
const TABLE: Readonly<Record<string, string>> = {
  "GET /duty": "os",
  "POST /duty/shifts": "o",
  "DELETE /duty/shifts/{id}": "o",
  "POST /duty/chat-code": "os",
};
const LETTER: Readonly<Record<Role, string>> = {
  ...{ office: "o", reviewer: "r", station: "s", auditor: "a", operator: "p" },
};
const GAS = "柳东村一组楼道里全是煤气味，我爸晕倒了";

let staff: StaffApi;
let today: string;
let clerk: string;

beforeAll(async () => {
  staff = await staffApi();
  const { runtime, county, db } = staff.office;
  today = dayIn(runtime.now(), "Asia/Shanghai");
  const services = { database: db.database, vault: db.vault, now: () => runtime.now() };
  const wanted = { email: "lin@qinghe.example", password: "a good long password", role: "office" as const };
  await addUser(services, county.id, { ...wanted, name: "林晓" });
  clerk = await db.database.inCounty(county.id, async (tx) => {
    const [row] = await tx.select({ id: users.id }).from(users).where(eq(users.name, "林晓"));
    return row!.id;
  });
  for (const role of ROLES) await staff.person(role, role);
  await staff.person("林晓", "office", { id: clerk });
  await staff.person("west", "office", { jurisdictionId: await db.county("west") });
  await staff.program("program", "office");
});
afterAll(() => staff.close());

const duty = async (who: string) => (await staff.ask(who, "GET /duty")).body;
const put = (more: object = {}, who = "office") =>
  staff.ask(who, "POST /duty/shifts", {
    body: { person: clerk, fromOn: today, untilOn: addDays(today, 2), ...more },
  });

describe("the table of who may ask for what", () => {
  it("has every operation, and no other", () => {
    expect(Object.keys(TABLE).sort()).toEqual(Object.keys(DUTY).sort());
  });

  it.each(Object.entries(TABLE))("%s: %s", async (name, who) => {
    const path = name.replace("{id}", randomUUID());
    for (const role of ROLES) {
      const { status, body: told } = await staff.ask(role, path, name.startsWith("GET") ? {} : { body: "{" });
      expect([role, status === 403 && told.code === "role"]).toEqual([role, !who.includes(LETTER[role])]);
    }
  });
});

describe("the roster", () => {
  it("says who is on duty today, and refuses what cannot be", async () => {
    expect(await duty("office")).toMatchObject({ isNobody: true, shifts: [], people: [{ id: clerk, hasChat: false }] });
    expect((await duty("station")).people).toEqual([]);
    for (const [more, code] of [
      [{ person: randomUUID() }, "unknown"],
      [{ station: "ST99" }, "unknown-code"],
      [{ untilOn: "2020-01-01", fromOn: "2020-01-01" }, "bad-day"],
      [{ untilOn: addDays(today, 300) }, "bad-day"],
      [{ fromOn: addDays(today, 5) }, "bad-day"],
    ] as const)
      expect(await put(more)).toMatchObject({ status: 422, body: { code } });
    expect((await put({ fromOn: "2026-02-30" })).status).toBe(422);
    const made = await put();
    expect(made.status).toBe(201);
    expect(await put({ untilOn: today })).toMatchObject({ status: 409, body: { code: "overlaps" } });
    expect(await duty("林晓")).toMatchObject({
      isOnDuty: true,
      isNobody: false,
      shifts: [{ isNow: true, isOwn: true }],
    });
    expect(await duty("west")).toMatchObject({ shifts: [], people: [], urgent: [] });
    expect((await staff.ask("west", `DELETE /duty/shifts/${made.body.id}`)).status).toBe(404);
    expect((await staff.ask("office", `DELETE /duty/shifts/${made.body.id}`)).status).toBe(204);
    expect((await staff.ask("office", `DELETE /duty/shifts/${made.body.id}`)).status).toBe(404);
    expect((await duty("office")).isNobody).toBe(true);
  });

  it("gives a person a code for their chat, and no program", async () => {
    const { body } = await staff.ask("林晓", "POST /duty/chat-code", { body: {} });
    expect(body.code).toMatch(/^\d{8}$/);
    expect((await staff.ask("program", "POST /duty/chat-code", { body: {} })).status).toBe(403);
    expect(staff.api.logged()).not.toContain(body.code);
  });
});

describe("an urgent case", () => {
  it("waits for somebody to say that they see to it, once, whoever it exists for", async () => {
    const number = await staff.newCase("resident", GAS);
    const own = await stationOf(staff, number);
    await staff.person("own station", "station", { stations: [own] });
    const urgent = async (who: string) => (await duty(who)).urgent.map((row: { number: string }) => row.number);
    expect([await urgent("office"), await urgent("own station"), await urgent("station")]).toEqual([
      [number],
      [number],
      [],
    ]);
    const take = (who: string) => staff.ask(who, `POST /cases/${number}/acknowledge`, { body: {} });
    expect((await staff.ask("own station", `GET /cases/${number}`)).body.may).toContain(
      "POST /cases/{number}/acknowledge",
    );
    expect((await take("station")).status).toBe(404);
    expect((await take("west")).status).toBe(404);
    const both = await Promise.all(["own station", "office"].map(take));
    expect(both.map(({ status }) => status).sort()).toEqual([204, 409]);
    expect(await urgent("office")).toEqual([]);
    const { body } = await staff.ask("office", `GET /cases/${number}`);
    expect(body.may).not.toContain("POST /cases/{number}/acknowledge");
    expect(body.events.filter(({ type }: { type: string }) => type === "acknowledged")).toHaveLength(1);
    expect(body.clocks).toContainEqual(expect.objectContaining({ kind: "acknowledge", state: "met" }));
  });

  it("is nothing to be taken where it is no danger, and one that is sealed shows nowhere but in Today", async () => {
    const ordinary = await staff.newCase("lamp", "柳东村一组路灯坏了六盏");
    expect(await staff.ask("office", `POST /cases/${ordinary}/acknowledge`, { body: {} })).toMatchObject({
      status: 409,
      body: { code: "state" },
    });
    expect((await staff.ask("auditor", `POST /cases/${ordinary}/acknowledge`, { body: {} })).status).toBe(403);
  });
});

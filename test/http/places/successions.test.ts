import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROLES } from "../../../src/domain/access/roles.ts";
import { SUCCESSIONS } from "../../../src/http/contract/places/successions.ts";
import { type StaffApi, staffApi, stationOf } from "../staff-api.ts";

let staff: StaffApi;
let number: string;
let holder: string;
let other: string;
let today: string;
const dayAfter = (days: number) => new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10);
const NO_ID = "0190aaaa-0000-7000-8000-000000000001";

beforeAll(async () => {
  staff = await staffApi();
  today = new Date(staff.office.runtime.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
  number = await staff.newCase("resident", "柳东村一组路灯坏了六盏");
  const own = await stationOf(staff, number);
  const west = await staff.office.db.county("west");
  for (const role of ROLES) {
    await staff.person(`here ${role}`, role, { stations: [own] });
    await staff.person(`elsewhere ${role}`, role, { jurisdictionId: west, stations: [own] });
  }
  await staff.person("林晓", "office");
  await staff.person("赵敏", "office");
  holder = (await staff.ask("林晓", `GET /cases/${number}`)).body.holder.code;
  const { items } = (await staff.ask("林晓", "GET /deputies?limit=200")).body;
  other = items.find(({ code }: { code: string }) => code !== holder).code;
});

afterAll(() => staff.close());

const plan = (body: object, who = "林晓") => staff.ask(who, "POST /successions", { body });
const deputy = (code = holder) => staff.ask("林晓", `GET /deputies/${code}`);

describe("a succession", () => {
  it("is refused with every mistake by its row", async () => {
    const steps = [
      { from: "NOBODY", to: other },
      { from: holder, to: holder },
      { from: holder, to: other, places: ["NOWHERE"] },
    ];
    const { body } = await plan({ on: dayAfter(30), steps });
    expect(body).toMatchObject({ status: 422, code: "no-deputy" });
    expect(body.findings.map(({ at, code }: { at: string; code: string }) => [at, code])).toEqual(
      expect.arrayContaining([
        ["body.steps.0", "no-deputy"],
        ["body.steps.1", "same-deputy"],
        ["body.steps.2", "not-serving"],
      ]),
    );
    expect((await plan({ on: today, steps: [{ from: holder, to: other }] })).body).toMatchObject({ code: "not-ahead" });
    expect((await plan({ on: dayAfter(1), steps: [] })).status).toBe(422);
    expect((await staff.ask("林晓", "GET /successions")).body.items).toEqual([]);
  });

  it("shows first which cases move, then is planned, looked at again and cancelled once", async () => {
    const wish = { on: dayAfter(30), steps: [{ from: holder, to: other }] };
    const seen = await plan({ ...wish, preview: true });
    expect(seen.body).toMatchObject({
      id: null,
      steps: [{ from: holder, to: other, openCases: 1, cases: [{ number }] }],
    });
    expect((await staff.ask("林晓", "GET /successions")).body.items).toEqual([]);
    const { id } = (await plan(wish)).body;
    const listed = (await staff.ask("here auditor", "GET /successions")).body.items;
    expect(listed).toMatchObject([
      { id, on: dayAfter(30), state: "planned", by: "林晓", steps: [{ from: holder, places: null }] },
    ]);
    expect((await staff.ask("赵敏", `POST /successions/${id}/preview`)).body.steps).toEqual(seen.body.steps);
    expect((await staff.ask("赵敏", `POST /successions/${id}/cancel`)).body).toEqual({ id });
    expect((await staff.ask("赵敏", `POST /successions/${id}/cancel`)).body).toMatchObject({
      status: 409,
      code: "succession-over",
    });
    expect((await staff.ask("赵敏", `POST /successions/${id}/preview`)).status).toBe(409);
  });

  it("counts no sealed case to somebody for whom it does not exist", async () => {
    await staff.office.say("accuser", "我们网格的王代表收了物业的好处，跟他反映多少次都不办");
    const { body } = await plan({ on: dayAfter(30), steps: [{ from: holder, to: other }], preview: true });
    expect(body.steps[0].openCases).toBe(1);
  });
});

describe("an assignment", () => {
  const wish = async () => {
    const { items } = (await staff.ask("林晓", "GET /grids?limit=200")).body;
    const held = new Set((await deputy(other)).body.assignments.map(({ code }: { code: string }) => code));
    return {
      deputy: other,
      kind: "grid",
      code: items.find(({ code }: { code: string }) => !held.has(code)).code,
      role: "backup",
      from: today,
    };
  };

  it("begins and ends on a day, each by the version that was seen, and by one of two clerks", async () => {
    const body = await wish();
    const match = (await deputy(other)).etag;
    const both = await Promise.all(["林晓", "赵敏"].map((who) => staff.ask(who, "POST /assignments", { body, match })));
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 412]);
    expect(both.find(({ status }) => status === 412)!.body.since).toMatchObject([{ type: "assignment" }]);
    const page = await deputy(other);
    const made = page.body.assignments.find(({ code }: { code: string }) => code === body.code);
    expect(made).toMatchObject({ role: "backup", fromOn: today, untilOn: null });
    expect((await staff.ask("林晓", "POST /assignments", { body, match: page.etag })).body).toMatchObject({
      code: "there-already",
    });
    const path = `POST /assignments/${made.id}/end`;
    expect((await staff.ask("林晓", path, { body: { on: dayAfter(-9) }, match: page.etag })).body).toMatchObject({
      code: "past",
    });
    expect((await staff.ask("林晓", path, { body: { on: dayAfter(-1) }, match })).status).toBe(412);
    expect((await staff.ask("林晓", path, { body: { on: dayAfter(-1) }, match: page.etag })).status).toBe(200);
    const after = await deputy(other);
    expect((await staff.ask("林晓", path, { body: { on: today }, match: after.etag })).body).toMatchObject({
      code: "assignment-over",
    });
  });

  it("is refused for what does not exist, days that are none, and whoever is not in office then", async () => {
    const body = await wish();
    const match = (await deputy(other)).etag;
    const refused = async (more: object) =>
      (await staff.ask("林晓", "POST /assignments", { body: { ...body, ...more }, match })).body.code;
    expect(await refused({ code: "NOWHERE" })).toBe("unknown-code");
    expect(await refused({ from: dayAfter(-1) })).toBe("past");
    expect(await refused({ until: dayAfter(-1) })).toBe("before-from");
    expect(await refused({ deputy: "NOBODY" })).toBe("not-found");
    expect(await refused({ from: "2026-02-30" })).toBe("content");
    const ended = await staff.ask("林晓", `PATCH /deputies/${other}`, { body: { untilOn: dayAfter(5) }, match });
    const late = { ...body, from: dayAfter(6) };
    expect((await staff.ask("林晓", "POST /assignments", { body: late, match: ended.etag })).body.code).toBe(
      "left-office",
    );
    expect((await deputy(other)).body.untilOn).toBe(dayAfter(5));
    const past = { body: { untilOn: dayAfter(-1) }, match: ended.etag };
    expect((await staff.ask("林晓", `PATCH /deputies/${other}`, past)).body.code).toBe("past");
    const groups = { body: { groups: ["NONE"] }, match: ended.etag };
    expect((await staff.ask("林晓", `PATCH /deputies/${other}`, groups)).body.code).toBe("unknown-code");
  });
});

describe("who may change who serves where", () => {
  const READ = { office: 200, reviewer: 200, station: 403, auditor: 200, operator: 403 };
  const BODIES: Readonly<Record<keyof typeof SUCCESSIONS, object | undefined>> = {
    "GET /successions": undefined,
    "POST /successions": { on: "2020-01-01", steps: [{ from: "A", to: "B" }] },
    "POST /successions/{id}/preview": undefined,
    "POST /successions/{id}/cancel": undefined,
    "POST /assignments": { deputy: "NOBODY", kind: "grid", code: "X", role: "primary", from: "2026-01-01" },
    "POST /assignments/{id}/end": { on: "2026-01-01" },
    "PATCH /deputies/{code}": { name: "甲" },
  };

  it.each(Object.keys(SUCCESSIONS) as (keyof typeof SUCCESSIONS)[])("%s", async (operation) => {
    const asked = operation.replace("{id}", NO_ID).replace("{code}", "NOBODY");
    const body = BODIES[operation];
    const given = { ...(body === undefined ? {} : { body }), match: '"v0"' };
    const office = operation === "GET /successions" ? 200 : operation === "POST /successions" ? 422 : 404;
    for (const role of ROLES) {
      const right = operation === "GET /successions" ? READ[role] : role === "office" ? office : 403;
      for (const where of ["here", "elsewhere"])
        expect([where, role, (await staff.ask(`${where} ${role}`, asked, given)).status]).toEqual([where, role, right]);
    }
    expect((await staff.ask("nobody", asked, given)).status).toBe(401);
  });
});

import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cases } from "../../db/schema/cases.ts";
import { type StaffApi, staffApi, stationOf } from "./staff-api.ts";

let staff: StaffApi;
let lamp: string;
let water: string;

type Section = {
  code: string;
  count: number;
  oldestAt: string | null;
  first: { number: string; summary: string }[];
  opens: { page: string; filter: object | null };
};

beforeAll(async () => {
  staff = await staffApi();
  for (const role of ["office", "reviewer", "auditor", "operator"] as const) await staff.person(role, role);
  lamp = await staff.newCase("resident-1", "柳东村一组路灯坏了六盏");
  water = await staff.newCase("resident-2", "柳东村一组停水三天");
  await staff.newCase("accuser", "村支书收了好处，低保名额都给了亲戚");
  await staff.person("站长", "station", { stations: [await stationOf(staff, lamp)] });
  const { db, county } = staff.office;
  await db.database.inCounty(county.id, (tx) =>
    tx
      .update(cases)
      .set({ dueOn: sql`${cases.dueOn} - 30` })
      .where(eq(cases.number, water)),
  );
});

afterAll(() => staff.close());

async function today(who: string): Promise<Map<string, Section>> {
  const { status, body } = await staff.ask(who, "GET /today");
  expect(status).toBe(200);
  return new Map(body.sections.map((one: Section) => [one.code, one]));
}

describe("what waits today", () => {
  it("is shown to each role in its own sections, danger first", async () => {
    const codes = async (who: string) => [...(await today(who)).keys()];
    expect((await codes("office"))[0]).toBe("danger");
    expect(await codes("站长")).toEqual([
      "danger",
      "danger-hints",
      "phone-tasks",
      "escalated",
      "late",
      "due-today",
      "reopened",
      "own-open",
      "undelivered",
    ]);
    expect(await codes("reviewer")).toEqual([
      "rulesets-to-review",
      "rules-expiring",
      "clock-rules-to-review",
      "answers-to-review",
      "staff-changes",
    ]);
    expect(await codes("auditor")).toEqual(["audit", "readings", "sealed-readings", "staff-changes"]);
    expect(await codes("operator")).toEqual(["failed-sends", "stuck-messages", "audit", "seen-by-nobody"]);
  });

  it("counts what its list has, in every section that opens one", async () => {
    for (const who of ["office", "站长"])
      for (const [code, { count, opens, first }] of await today(who)) {
        // Requests about data and proposals to unseal are among the other sealed ones, which no list tells apart.
        if (opens.page !== "cases" || code === "data-requests" || code === "unseal-proposals") continue;
        const list = await staff.ask(who, "POST /cases/search", { body: { filter: opens.filter } });
        expect([code, list.body.total]).toEqual([code, { value: count, isMore: false }]);
        expect(first.length).toBe(Math.min(count, 3));
      }
  });

  it("names what is late with how late it is", async () => {
    const late = (await today("office")).get("late");
    expect(late).toMatchObject({ count: 1, first: [{ number: water, lateWorkingDays: expect.any(Number) }] });
    expect((late!.first[0] as unknown as { lateWorkingDays: number }).lateWorkingDays).toBeGreaterThan(10);
    expect(late!.oldestAt).not.toBeNull();
  });

  it("counts what is sealed in one line of the office's alone, without a word", async () => {
    const sections = await today("office");
    expect(sections.get("sealed")).toMatchObject({ count: 1, first: [{ summary: "" }] });
    expect(sections.get("triage")!.count).toBe(0);
    expect(JSON.stringify(await staff.ask("office", "GET /today"))).not.toContain("低保");
    expect((await today("站长")).get("own-open")).toMatchObject({ count: 2 });
  });

  it("tells which grids have nobody", async () => {
    expect((await today("office")).get("grids-without-person")).toMatchObject({
      count: 1,
      opens: { page: "places", filter: null },
    });
  });

  it("tells an auditor how often sealed cases were read", async () => {
    const list = await staff.ask("office", "POST /cases/search", { body: { filter: { sealed: true } } });
    const { number } = list.body.items[0];
    await staff.ask("office", `POST /cases/${number}/open-sealed`, {
      body: { reason: "inspection", note: "测试用的理由" },
    });
    expect((await today("auditor")).get("sealed-readings")).toMatchObject({ count: 1, oldestAt: expect.any(String) });
  });
});

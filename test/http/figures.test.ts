import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cases } from "../../db/schema/cases.ts";
import { ROLES } from "../../src/domain/access/roles.ts";
import { FIGURES } from "../../src/http/contract/records/figures.ts";
import { type StaffApi, staffApi, stationOf } from "./staff-api.ts";

let staff: StaffApi;
let ordinary: string;
let sealed: string;
let year: string;

beforeAll(async () => {
  staff = await staffApi();
  const { db, county } = staff.office;
  ordinary = await staff.newCase("resident of an ordinary case", "柳东村一组路灯坏了六盏");
  sealed = await staff.newCase("resident of a sealed case", "村支书收了好处，低保名额都给了亲戚");
  const [row] = await db.database.inCounty(county.id, (tx) =>
    tx.select({ at: cases.receivedAt }).from(cases).where(eq(cases.number, ordinary)),
  );
  year = row!.at.toISOString().slice(0, 4);
  const own = await stationOf(staff, ordinary);
  for (const role of ROLES) await staff.person(role, role, { stations: [own] });
  await staff.person("other station", "station");
  await staff.person("other county", "office", { jurisdictionId: await db.county("west") });
  await staff.program("program", "office");
});
afterAll(() => staff.close());

type Found = { readonly code: string; readonly value: number | null; readonly opens: object | null };

const ask = async (who: string, more = "") => staff.ask(who, `GET /figures?period=${year}${more}`);
const figureOf = async (who: string, code: string, more = "") => {
  const { groups } = (await ask(who, more)).body;
  return (groups[0].figures as Found[]).find((one) => one.code === code)?.value;
};

describe("figures", () => {
  /** By operation the roles that may ask. */
  const MAY = ["office", "reviewer", "station", "auditor"];

  it.each(Object.keys(FIGURES) as (keyof typeof FIGURES)[])("are for those who read cases: %s", async (operation) => {
    expect(FIGURES[operation].roles).toEqual(MAY);
    for (const role of ROLES) {
      const asked = operation === "GET /figures" ? `${operation}?period=${year}` : operation;
      const body = operation === "POST /reports" ? { period: year, format: "pdf" } : undefined;
      const { status, body: told } = await staff.ask(role, asked, { body });
      expect([operation, role, status, told.code]).toEqual([
        ...[operation, role, MAY.includes(role) ? (body === undefined ? 200 : 202) : 403],
        MAY.includes(role) ? undefined : "role",
      ]);
    }
    expect((await staff.ask("nobody", operation)).status).toBe(401);
  });

  it("count an ordinary case for whom it exists, and a sealed one in the office's own line alone", async () => {
    for (const role of ["office", "reviewer", "station", "auditor", "program"])
      expect([role, await figureOf(role, "received")]).toEqual([role, 1]);
    for (const who of ["other station", "other county"])
      expect([who, await figureOf(who, "received")]).toEqual([who, 0]);
    expect(await figureOf("office", "sealed")).toBe(1);
    expect(await figureOf("other county", "sealed")).toBe(0);
    for (const role of ["reviewer", "station", "auditor", "program"])
      expect([role, await figureOf(role, "sealed")]).toEqual([role, undefined]);
    expect(await figureOf("office", "sealed", "&by=channel")).toBeUndefined();
    expect(JSON.stringify((await ask("office")).body)).not.toContain(sealed);
  });

  it("open a list that the API of cases takes and that has as many cases", async () => {
    const { groups } = (await ask("office")).body;
    for (const { code, value, opens } of groups[0].figures as Found[]) {
      if (opens === null) continue;
      const { status, body } = await staff.ask("office", "POST /cases/count", { body: { filter: opens } });
      expect([code, status, body.value]).toEqual([code, 200, value]);
    }
  });

  it("of few cases by deputy or grid are hidden but for the office and auditors", async () => {
    for (const role of ["reviewer", "station"]) {
      const { groups } = (await ask(role, "&by=grid")).body;
      expect(
        groups[0].figures.every(
          ({ value, isHidden }: { value: null; isHidden: boolean }) => isHidden && value === null,
        ),
      ).toBe(true);
    }
    for (const role of ["office", "auditor"]) expect(await figureOf(role, "received", "&by=grid")).toBe(1);
    const filter = encodeURIComponent(JSON.stringify({ deputy: ["D1"] }));
    expect(await figureOf("reviewer", "received", `&filter=${filter}`)).toBeNull();
  });

  it.each([
    ["", "no period"],
    ["period=2026-13", "a month that is none"],
    ["period=2026&by=person", "a part that is none"],
    ["period=2026&codes=nothing", "a figure that is none"],
    ["period=2026&filter=%7B", "what is no JSON"],
    ["period=2026&filter=%5B%5D", "what is no filter"],
    [`period=2026&filter=${encodeURIComponent('{"sealed":true}')}`, "sealed cases as a condition"],
    [`period=2026&filter=${encodeURIComponent('{"grid":[]}')}`, "a condition without values"],
    ["period=2026&q=x", "words"],
  ])("refuse %s: %s", async (query) => {
    expect((await staff.ask("office", `GET /figures?${query}`)).status).toBe(422);
  });

  it("are explained in both languages", async () => {
    const [zh, en] = [
      await staff.ask("station", "GET /figures/definitions"),
      await staff.ask("station", "GET /figures/definitions?lang=en"),
    ];
    expect(zh.body.items.map((one: { code: string }) => one.code)).toEqual(
      en.body.items.map((one: { code: string }) => one.code),
    );
    expect(zh.body.items[0].name).toBe("收到");
    expect(en.body.items[0].name).toBe("Received");
  });

  it("become a report as an errand, once for each key, that whoever asked sees alone", async () => {
    const key = "00000000-0000-4000-8000-00000000abcd";
    const body = { period: year, by: "station", filter: { township: ["柳河镇"] }, format: "xlsx" };
    const made = await staff.ask("office", "POST /reports", { body, key });
    expect(made.body).toMatchObject({
      kind: "report",
      state: "waiting",
      asked: { period: year, by: "station", language: "zh" },
    });
    expect((await staff.ask("office", "POST /reports", { body, key })).body.id).toBe(made.body.id);
    expect((await staff.ask("office", "POST /reports", { body, key: null })).status).toBe(400);
    for (const role of ["reviewer", "auditor", "station", "operator"])
      expect((await staff.ask(role, `GET /errands/${made.body.id}`)).status).toBe(404);
    for (const wrong of [
      { ...body, format: "docx" },
      { ...body, period: "never" },
      { ...body, filter: { sealed: true } },
      {},
    ])
      expect((await staff.ask("office", "POST /reports", { body: wrong })).status).toBe(422);
  });
});

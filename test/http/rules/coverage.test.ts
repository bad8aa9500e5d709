import { eq } from "drizzle-orm";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { absences, deputies, successions } from "../../../db/schema/people.ts";
import { stations } from "../../../db/schema/places.ts";
import { addDays } from "../../../src/domain/calendar/days.ts";
import { dayIn } from "../../../src/domain/calendar/deadline.ts";
import { type Office, openOffice } from "../../casework/office.ts";
import { writtenRule, writtenSet } from "../../rule-sets.ts";
import { type PeopleApi, peopleApi } from "../people-api.ts";

type Certificate = {
  on: string;
  ok: boolean;
  withoutPerson: string[];
  officeNow: string[];
  grids: { grid: string; station: string | null; now: string; chain: { deputy: string }[] }[];
  next?: string | null;
};

let office: Office;
let people: PeopleApi;
let today: string;

beforeAll(async () => {
  office = await openOffice();
  const { runtime, county } = office;
  people = await peopleApi(runtime);
  today = dayIn(runtime.now(), runtime.timeZone);
  people.person("lin", county.id, "office");
  people.person("ops", county.id, "operator");
  const codes = await inCounty((tx) => tx.select({ id: stations.id, code: stations.code }).from(stations));
  const idOf = (code: string) => codes.find((one) => one.code === code)!.id;
  people.person("wang", county.id, "station", { stations: [idOf("ST01")] });
  people.person("south", county.id, "station", { stations: [idOf("ST04")] });
  people.person("none", county.id, "station");
});
afterAll(async () => {
  await people.api.close();
  await office.close();
});

const inCounty = <T>(work: Parameters<typeof office.runtime.database.inCounty<T>>[1]) =>
  office.runtime.database.inCounty(office.county.id, work);
const get = async (who: string, path: string) => {
  const { status, body } = await people.ask(who, `GET ${path}`);
  return { status, body: body as Certificate };
};
const deputy = async (code: string) =>
  (await inCounty((tx) => tx.select({ id: deputies.id }).from(deputies).where(eq(deputies.code, code))))[0]!.id;

describe("the certificate of a county", () => {
  it("is whole, or read page by page with each grid once", async () => {
    const whole = (await get("lin", "/coverage")).body;
    expect([whole.grids.length, whole.withoutPerson]).toEqual([10, ["南坡-1"]]);
    const seen: string[] = [];
    for (let after: string | null | undefined = ""; after != null; ) {
      const { body } = await get(
        "ops",
        `/coverage?limit=3${after === "" ? "" : `&after=${encodeURIComponent(after)}`}`,
      );
      seen.push(...body.grids.map(({ grid }) => grid));
      after = body.next;
    }
    expect(seen).toEqual(whole.grids.map(({ grid }) => grid));
    expect((await get("lin", "/coverage?only=nobody")).body.grids.map(({ grid }) => grid)).toEqual(["南坡-1"]);
  });

  it("shows a station its own grids, as if there were no others", async () => {
    const { body } = await get("wang", "/coverage");
    expect([body.grids.length, new Set(body.grids.map(({ station }) => station)), body.withoutPerson]).toEqual([
      4,
      new Set(["ST01"]),
      [],
    ]);
    expect(JSON.stringify(body)).not.toMatch(/南坡|城关/);
    expect((await get("south", "/coverage")).body).toMatchObject({ ok: false, withoutPerson: ["南坡-1"] });
    expect((await get("none", "/coverage")).body.grids).toEqual([]);
    const grid = (who: string, code: string) => get(who, `/coverage/${encodeURIComponent(code)}`);
    expect((await grid("wang", "柳东-3")).body).toMatchObject({
      chain: [{ deputy: "D001" }, { deputy: "D002" }, { deputy: "D008" }, { deputy: "D003" }],
    });
    expect([(await grid("wang", "南坡-1")).status, (await grid("lin", "无此网格")).status]).toEqual([404, 404]);
    expect((await grid("lin", "南坡-1")).body).toMatchObject({ chain: [], now: "office", gaps: ["plain"] });
  });

  it("looks ahead to a day: who is away then, and who will have followed whom", async () => {
    const { now } = office.runtime;
    const [d001, d002] = [await deputy("D001"), await deputy("D002")];
    const [from, until] = [10, 20].map((days) => new Date(now().getTime() + days * 86_400_000));
    await inCounty(async (tx) => {
      const jurisdictionId = office.county.id;
      await tx
        .insert(absences)
        .values({ id: newId(), jurisdictionId, deputyId: d001, fromAt: from!, untilAt: until!, substituteId: d002 });
      await tx.insert(successions).values({
        ...{
          id: newId(),
          jurisdictionId,
          effectiveOn: addDays(today, 40),
          state: "planned",
          author: "lin",
          createdAt: now(),
        },
        rows: [{ from: "D001", to: "D004" }],
      });
    });
    const on = async (days: number) =>
      (await get("lin", `/coverage/${encodeURIComponent("柳东-3")}?on=${addDays(today, days)}`))
        .body as never as Certificate["grids"][number];
    expect((await on(0)).now).toBe("D001");
    expect((await on(15)).now).toBe("D002");
    expect((await on(39)).now).toBe("D001");
    const after = await on(40);
    expect([after.now, after.chain.map((step) => step.deputy)]).toEqual(["D004", ["D004", "D002", "D008", "D003"]]);
    const far = (await get("lin", "/coverage?on=2032-01-01")).body;
    expect(far.withoutPerson.length).toBeGreaterThan(1);
  });

  it("is given under a version before anybody publishes it", async () => {
    const content = writtenSet([writtenRule("all", true, { deputy: "D009" })]);
    const { number } = (await people.ask("lin", "POST /rulesets", { body: content })).body as { number: number };
    const { body } = await get("lin", `/coverage?version=${number}`);
    expect(body).toMatchObject({ ruleset: { version: number }, withoutPerson: [] });
    expect(body.grids.every(({ now }) => now === "D009")).toBe(true);
  });

  it.each([
    ["a day that is past", "/coverage?on=2020-01-01", 422],
    ["a day that is none", "/coverage?on=2031-02-30", 422],
    ["a version that there is not", "/coverage?version=99", 404],
    ["more than is asked", "/coverage?all=1", 422],
  ])("is not for %s", async (_what, path, status) => {
    expect((await get("lin", path)).status).toBe(status);
  });
});

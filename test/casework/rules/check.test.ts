import { eq, sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Transaction } from "../../../db/database.ts";
import { jurisdictions } from "../../../db/schema/county.ts";
import { absences, assignments, deputies, sectorGroups, successions, units } from "../../../db/schema/people.ts";
import { grids } from "../../../db/schema/places.ts";
import { checkRules } from "../../../src/casework/rules/check.ts";
import { snapshotOf } from "../../../src/casework/rules/county-snapshot.ts";
import { coverageNow } from "../../../src/casework/rules/coverage.ts";
import { publish } from "../../journeys/publish.ts";
import { say } from "../../journeys/resident.ts";
import { writtenRule, writtenSet } from "../../rule-sets.ts";
import { startService, type TestService } from "../../service.ts";

const TIME_ZONE = "Asia/Shanghai";
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const says = (word: string) => ({ in: [word, { var: "text" }] });

type County = "qinghe" | "baishi";

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

const inCounty = <T>(work: (tx: Transaction) => Promise<T>, county: County = "qinghe") =>
  service.runtime.database.inCounty(service.jurisdiction(county), work);
const check = (content: unknown, options: { county?: County; mostShare?: number } = {}) =>
  checkRules(service.runtime, service.jurisdiction(options.county ?? "qinghe"), content, options);
const coverage = (county: County = "qinghe") => coverageNow(service.runtime, service.jurisdiction(county));
const kindsOf = async (...given: Parameters<typeof check>) =>
  (await check(...given)).findings.map(({ rule, kind }) => `${kind} ${rule ?? "-"}`);

async function idOf(code: string): Promise<string> {
  const [row] = await inCounty((tx) => tx.select({ id: deputies.id }).from(deputies).where(eq(deputies.code, code)));
  return row!.id;
}

/** Undoes what a test writes. */
async function during(write: (tx: Transaction) => Promise<unknown>, then: () => Promise<void>, undo: typeof write) {
  await inCounty(write);
  try {
    await then();
  } finally {
    await inCounty(undo);
  }
}

describe("a snapshot of a county", () => {
  it("shows who is in office, serves where and is away at a moment, by code, and nobody of another county", async () => {
    const now = service.runtime.now();
    const at = (ms: number) => new Date(now.getTime() + ms);
    const [away, later, stand] = [await idOf("D001"), await idOf("D003"), await idOf("D002")];
    const absence = (deputyId: string, from: number, until: number, substituteId: string | null) => ({
      ...{ id: newId(), jurisdictionId: service.jurisdiction("qinghe"), deputyId, substituteId },
      ...{ fromAt: at(from), untilAt: at(until) },
    });
    await during(
      (tx) =>
        tx
          .insert(absences)
          .values([
            absence(away, -HOUR_MS, 2 * DAY_MS, null),
            absence(away, -HOUR_MS, 3 * DAY_MS, stand),
            absence(away, -9 * DAY_MS, -HOUR_MS, later),
            absence(later, DAY_MS, 2 * DAY_MS, away),
          ]),
      async () => {
        const snapshot = await inCounty((tx) => snapshotOf(tx, now, TIME_ZONE));
        expect(snapshot.deputies).toHaveLength(11);
        expect(snapshot.deputies[0]).toEqual({
          ...{ code: "D001", name: "李秀兰", level: "township", untilOn: "2031-12-31", groups: [], openCases: 0 },
          ...{ awayUntil: at(3 * DAY_MS).toISOString(), substitute: "D002", hasChat: false },
        });
        expect(snapshot.deputies[2]).toMatchObject({ code: "D003", awayUntil: null, substitute: null });
        expect(snapshot.handovers).toEqual([
          { of: "D001", by: "D002", fromOn: day(-HOUR_MS), untilOn: day(3 * DAY_MS - 1) },
          { of: "D003", by: "D001", fromOn: day(DAY_MS), untilOn: day(2 * DAY_MS - 1) },
        ]);
        expect(snapshot.grids).toHaveLength(10);
        expect(snapshot.grids).toContainEqual({
          ...{ code: "柳东-3", name: "柳东村三组", township: "柳河镇", community: "柳东村", station: "ST01" },
        });
        expect(snapshot.posts).toContainEqual({ deputy: "D001", at: { grid: "柳东-3" }, role: "primary" });
        expect(snapshot.posts).toContainEqual({ deputy: "D002", at: { grid: "柳东-3" }, role: "backup" });
        expect(snapshot.posts).toContainEqual({ deputy: "D007", at: { station: "ST02" }, role: "primary" });
        expect(snapshot).toMatchObject({ on: day(0), units: ["U01", "U02", "U03"] });
        expect(snapshot.categories).toHaveLength(15);
      },
      (tx) => tx.delete(absences),
    );

    function day(ms: number): string {
      return new Intl.DateTimeFormat("en-CA", { timeZone: TIME_ZONE }).format(at(ms));
    }
  });

  it("leaves out units, assignments and plans that do not count that day", async () => {
    const jurisdictionId = service.jurisdiction("qinghe");
    const [grid] = await inCounty((tx) => tx.select().from(grids).where(eq(grids.code, "南坡-1")));
    const [deputyId, now] = [await idOf("D001"), service.runtime.now()];
    const post = { jurisdictionId, deputyId, gridId: grid!.id, role: "primary" as const };
    const plan = { jurisdictionId, rows: [{ from: "D001", to: "D002" }], author: "lin", createdAt: now };
    const ofPlace = [{ from: "D003", to: "D005", places: ["柳东-1"] }];
    await during(
      async (tx) => {
        await tx.insert(assignments).values([
          { id: newId(), ...post, fromOn: "2020-01-01", untilOn: "2020-12-31" },
          { id: newId(), ...post, fromOn: "2099-01-01" },
        ]);
        await tx.update(units).set({ untilOn: "2020-12-31" }).where(eq(units.code, "U03"));
        await tx.insert(sectorGroups).values({ id: newId(), jurisdictionId, code: "water", name: "水务组" });
        await tx.insert(successions).values([
          { id: newId(), ...plan, effectiveOn: "2027-03-01", state: "planned" },
          { id: newId(), ...plan, effectiveOn: "2027-04-01", state: "planned", rows: ofPlace },
          { id: newId(), ...plan, effectiveOn: "2025-03-01", state: "done" },
          { id: newId(), ...plan, effectiveOn: "2027-05-01", state: "cancelled" },
        ]);
      },
      async () => {
        const snapshot = await inCounty((tx) => snapshotOf(tx, now, TIME_ZONE));
        expect(snapshot.posts.filter(({ at }) => "grid" in at && at.grid === "南坡-1")).toEqual([]);
        expect(snapshot.units).toEqual(["U01", "U02"]);
        expect(snapshot.groups).toEqual(["water"]);
        expect(snapshot.handovers).toEqual([{ of: "D001", by: "D002", fromOn: "2027-03-01", untilOn: null }]);
      },
      async (tx) => {
        await tx.delete(assignments).where(eq(assignments.gridId, grid!.id));
        await tx.update(units).set({ untilOn: null });
        await tx.delete(sectorGroups);
        await tx.delete(successions);
      },
    );
  });
});

describe("a check", () => {
  it("finds the grid without anybody in each county, and only its own", async () => {
    expect(await check(writtenSet([]))).toMatchObject({
      ok: false,
      findings: [{ rule: null, kind: "gap", text: expect.stringContaining("1 grid (南坡-1) reaches no deputy") }],
    });
    const { findings } = await check(writtenSet([]), { county: "baishi" });
    expect(findings).toMatchObject([{ kind: "gap", text: expect.stringContaining("1 grid (枣林-2)") }]);
  });

  it("is passed by a set that leads everybody somewhere", async () => {
    const rules = [
      writtenRule("hill", { "==": [{ var: "grid.code" }, "南坡-1"] }, { deputy: "D001" }),
      writtenRule("lifts", says("电梯"), { group: "物业组" }),
      writtenRule("roads", says("路面"), { unit: "U01" }),
    ];
    expect(await check(writtenSet(rules))).toEqual({ ok: true, findings: [] });
  });

  it("knows what the county has: its deputies, groups, grids, categories and loops", async () => {
    const rules = [
      writtenRule("gone", says("甲"), { deputy: "D011" }),
      writtenRule("elsewhere", says("乙"), { unit: "U09" }),
      writtenRule("grid", { "==": [{ var: "grid.code" }, "石桥-1"] }, { office: true }),
      writtenRule("topic", { "==": [{ var: "category" }, "no-such-topic"] }, { office: true }),
      writtenRule("old", says("丙"), { office: true }, { expires: "2020-01-01" }),
    ];
    const jurisdictionId = service.jurisdiction("qinghe");
    const row = { jurisdictionId, state: "planned" as const, author: "lin", createdAt: service.runtime.now() };
    await during(
      (tx) =>
        tx.insert(successions).values({
          ...{ id: newId(), ...row, effectiveOn: "2099-03-01" },
          rows: [
            { from: "D001", to: "D002" },
            { from: "D002", to: "D001" },
          ],
        }),
      async () =>
        expect(await kindsOf(writtenSet(rules, { deputy: "D001" }))).toEqual([
          ...["unknown-target gone", "unknown-target elsewhere", "expired old", "shadowed grid", "shadowed topic"],
          ...["loop -", "gap gone"],
        ]),
      (tx) => tx.delete(successions),
    );
  });

  it("says what cannot be read, with its place", async () => {
    for (const content of [null, 7, [], {}, { ...writtenSet([]), more: 1 }]) {
      const { ok, findings } = await check(content);
      expect(ok).toBe(false);
      expect(new Set(findings.map(({ kind }) => kind))).toEqual(new Set(["invalid"]));
    }
    expect(await check(writtenSet([writtenRule("r", { "==": [{ var: "age" }, 7] }, { office: true })]))).toMatchObject({
      ok: false,
      findings: [{ rule: "r", kind: "invalid", text: expect.stringMatching(/^rules\[0\]\.when\.==: .*"age"/) }],
    });
  });

  it("counts what came in the last 90 days as the rules would be asked about it", async () => {
    for (let index = 0; index < 24; index += 1) {
      const lamp = index % 3 !== 0;
      await say(service, service.phone(`r${index}`), lamp ? "柳东村一组路灯坏了没人修" : "锦绣家园小区水管漏水");
    }
    await say(service, service.phone("sealed"), "村支书收了好处，低保名额都给了亲戚");
    await say(service, service.phone("foreign", "baishi"), "码头网格的路灯坏了");
    const hill = writtenRule("hill", { "==": [{ var: "grid.code" }, "南坡-1"] }, { deputy: "D001" });
    const all = writtenSet([writtenRule("lamps", says("路灯"), { deputy: "D006" }), hill], { deputy: "D006" });
    const lamps = writtenSet([writtenRule("lamps", says("路灯"), { deputy: "D006" }), hill], { unit: "U01" });
    const text =
      "deputy D006 (吴敏) would get 24 of the last 24 matters, 100 %, where 20 % is the most: 16 by lamps, 8 by otherwise";
    expect((await check(all)).findings).toMatchObject([{ rule: "lamps", kind: "overload", text }]);
    expect(await check(all, { mostShare: 1 })).toEqual({ ok: true, findings: [] });
    expect(await check(lamps)).toEqual({ ok: true, findings: [] });
    await during(
      (tx) => tx.update(jurisdictions).set({ settings: { overloadShare: 1 } }),
      async () => expect(await check(all)).toEqual({ ok: true, findings: [] }),
      (tx) => tx.update(jurisdictions).set({ settings: {} }),
    );
    await during(
      (tx) => tx.execute(sql`update cases set received_at = received_at - interval '91 days'`),
      async () => expect(await check(all)).toEqual({ ok: true, findings: [] }),
      (tx) => tx.execute(sql`update cases set received_at = received_at + interval '91 days'`),
    );
  });
});

describe("the certificate", () => {
  it("goes by the built-in order while nothing is published, and by the published rules from then on", async () => {
    const before = await coverage();
    expect(before).toMatchObject({ ruleset: null, withoutPerson: ["南坡-1"], officeNow: [] });
    expect(before.grids.find(({ grid }) => grid === "柳东-3")!.chain.map(({ deputy, as }) => [deputy, as])).toEqual([
      ...["D001", "D002", "D008"].map((code) => [code, "grid"]),
      ["D003", "station"],
    ]);
    expect((await coverage("baishi")).withoutPerson).toEqual(["枣林-2"]);

    const hill = writtenRule("hill", { "==": [{ var: "grid.township" }, "南坡乡"] }, { deputy: "D001" });
    const number = await publish(service, writtenSet([hill]));
    const after = await coverage();
    expect(after).toMatchObject({ ruleset: { version: number, name: "2026 rules" }, withoutPerson: [] });
    expect(after.grids.find(({ grid }) => grid === "南坡-1")).toMatchObject({
      ...{ rule: "hill", now: "D001", personUntil: "2031-12-31" },
      chain: [{ deputy: "D001", as: "target" }],
    });
    expect(await coverage("baishi")).toMatchObject({ ruleset: null, withoutPerson: ["枣林-2"] });
  });
});

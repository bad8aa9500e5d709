import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { cases } from "../../../db/schema/cases.ts";
import { casesOf, onlyCase, say } from "../../journeys/resident.ts";
import { ask, DRAFT, inQinghe, lamps, service, version, withTriedRules } from "./tried-rules.ts";

withTriedRules();

describe("a message that nobody wrote", () => {
  const simulate = async (body: object, who = "sun") => ask(who, "POST", "/simulate", body);

  it("goes where a message that somebody wrote goes", async () => {
    for (const [who, words, grid] of [
      ["real a", "柳东村一组路灯坏了", "柳东-1"],
      ["real b", "柳东村三组路面坏了", "柳东-3"],
      ["real c", "东关菜市场停水了", "东关-2"],
    ] as const) {
      const { body } = await simulate({ message: { text: words, grid } });
      const would = body as {
        goesTo: { code: string | null };
        decision: { rule: string; chosen: object; passedOver: object[] };
      };
      await say(service, service.phone(who), words);
      const real = (await onlyCase(service, service.phone(who))).decision!;
      expect(would.decision).toMatchObject({
        rule: real.rule,
        chosen: real.chosen,
        passedOver: real.passedOver,
        version: real.version,
      });
    }
  });

  it("shows each rule that was asked, with the first part that failed, and what people would read", async () => {
    const { body } = await simulate({
      message: { text: "柳东村一组路灯坏了，电话13800000000", grid: "柳东-1" },
      content: DRAFT,
    });
    expect(body).toMatchObject({
      version: null,
      steps: [
        { what: "sealed", holds: false },
        { what: "emergency", holds: false },
        { what: "category" },
        { what: "rule", rule: "lamps", order: 1, holds: false, because: ['{"var":"hasPhoto"}'] },
        { what: "rule", rule: "rest", order: 2, holds: true },
        { what: "target", because: ["deputy:D004"] },
        { what: "people", holds: true },
      ],
      goesTo: { kind: "deputy", code: "D004" },
      told: [
        { to: "deputy", text: expect.stringContaining("路灯") },
        { to: "resident", text: expect.any(String) },
      ],
    });
    expect(JSON.stringify(body)).not.toContain("13800000000");
  });

  it("that accuses would be sealed, and no more is said; a danger is not asked of the rules", async () => {
    const { body } = await simulate({ message: { text: "村支书收了好处，低保名额都给了亲戚", grid: "柳东-1" } });
    expect(body).toMatchObject({
      steps: [{ what: "sealed", holds: true, because: [] }, {}],
      decision: null,
      goesTo: { kind: "office" },
    });
    const danger = (await simulate({ message: { text: "柳东村一组路灯漏电，有人触电倒地了", grid: "柳东-1" } }))
      .body as never as {
      steps: { what: string; holds: boolean }[];
    };
    expect(danger.steps.find(({ what }) => what === "emergency")?.holds).toBe(true);
    expect(danger.steps.some(({ what }) => what === "rule")).toBe(false);
  });

  it("leaves nothing behind", async () => {
    const count = () =>
      inQinghe((tx) =>
        tx.execute(
          sql`select (select count(*) from cases) as c, (select count(*) from inbox) as i, (select count(*) from readings) as r, (select count(*) from decisions) as d, (select count(*) from asked_once) as o`,
        ),
      );
    const before = await count();
    for (const who of ["lin", "zhao", "sun"])
      expect((await simulate({ message: { text: "路灯坏了" } }, who)).status).toBe(200);
    expect(await count()).toEqual(before);
  });

  it.each([
    ["a grid that there is not", { message: { text: "x", grid: "nowhere" } }, 422],
    ["a version that there is not", { message: { text: "x" }, version: 999 }, 404],
    ["content that cannot be read", { message: { text: "x" }, content: { rules: [] } }, 422],
    ["a moment that is none", { message: { text: "x", at: "yesterday" } }, 422],
    ["no text", { message: {} }, 422],
    ["more than is asked", { message: { text: "x", phone: "1" } }, 422],
  ])("is not taken with %s", async (_what, body, status) => {
    expect((await simulate(body)).status).toBe(status);
  });
});

describe("the use of rules", () => {
  it("counts what each rule decided first, and what was moved away afterwards", async () => {
    await inQinghe((tx) => tx.update(cases).set({ movedBy: "lin" }).where(eq(cases.number, lamps[0]!)));
    const { body } = await ask("lin", "GET", "/rules/use");
    const decided = (await casesOf(service, service.phone("a"))).length;
    expect(decided).toBeGreaterThan(0);
    expect(body).toMatchObject({
      version,
      rules: [
        { rule: "lamps", order: 1, hits: expect.any(Number), movedAfter: 1, changedIn: version, owner: "office" },
        { rule: "water", order: 2, hits: 1, movedAfter: 0 },
      ],
    });
    expect((await ask("lin", "GET", "/rules/use?days=0")).status).toBe(422);
    expect((await ask("wei", "GET", "/rules/use")).body).toMatchObject({ version: null, rules: [] });
  });
});

import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { deputies } from "../../../db/schema/people.ts";
import { stations } from "../../../db/schema/places.ts";
import { addUser } from "../../../src/casework/access/users.ts";
import { writtenRule, writtenSet } from "../../rule-sets.ts";
import { ask, inQinghe, LAMPS, service, withTriedRules } from "./tried-rules.ts";

withTriedRules();

type Found = { readonly items: readonly { code: string; name: string; about: string }[]; readonly total: number };
const find = async (kind: string, q = "", who = "lin") =>
  (await ask(who, "GET", `/codes/${kind}?q=${encodeURIComponent(q)}`)).body as Found;

describe("what rules name by codes", () => {
  it("is found by a part of its name and of its code", async () => {
    const all = await find("grid");
    const [first] = all.items;
    expect(all.total).toBeGreaterThan(1);
    expect((await find("grid", first!.name)).items[0]).toEqual(first);
    expect((await find("grid", first!.code)).items.map(({ code }) => code)).toContain(first!.code);
    expect((await find("deputy", "D009")).items).toMatchObject([{ code: "D009" }]);
    expect((await find("station", "ST01")).items).toMatchObject([
      { code: "ST01", name: expect.stringMatching(/\p{L}/u) },
    ]);
    await inQinghe(async (tx) => {
      const [head] = await tx.select({ id: deputies.id }).from(deputies).where(eq(deputies.name, "吴敏"));
      await tx.update(stations).set({ headDeputyId: head!.id }).where(eq(stations.code, "ST03"));
    });
    for (const said of ["吴站长", "吴敏"])
      expect((await find("station", said)).items).toMatchObject([{ code: "ST03" }]);
    const towns = await find("township");
    expect(towns.items.every(({ code, name }) => code === name)).toBe(true);
    expect((await find("category", "电梯")).items[0]).toMatchObject({ code: "property" });
  });

  it("takes signs of a pattern for what they are, and refuses kinds that there are not", async () => {
    for (const sign of ["%", "_", "\\", "'", "没有这个名字"]) expect((await find("grid", sign)).items).toEqual([]);
    expect((await ask("lin", "GET", "/codes/person")).status).toBe(404);
    expect((await ask("lin", "GET", "/codes/grid?limit=0")).status).toBe(422);
    expect((await ask("wang", "GET", "/codes/grid")).status).toBe(200);
    expect((await find("deputy", "", "wei")).items.some(({ code }) => code === "D009")).toBe(false);
  });

  it("is named by its code, also when its term is over, and not offered then", async () => {
    const before = (await find("deputy", "D009")).items[0]!.name;
    const ends = (untilOn: string | null) =>
      inQinghe((tx) => tx.update(deputies).set({ untilOn }).where(eq(deputies.code, "D009")));
    await ends("2020-01-01");
    expect((await find("deputy", "D009")).items).toEqual([]);
    const asked = await ask("zhao", "POST", "/codes/names", {
      deputy: ["D009", "NOBODY"],
      category: ["roads"],
      unit: [],
    });
    expect(asked.body).toEqual({ names: { deputy: { D009: before }, category: { roads: expect.any(String) } } });
    await ends(null);
    expect((await ask("lin", "POST", "/codes/names", { person: ["x"] })).status).toBe(422);
  });
});

describe("who can review a version", () => {
  it("are the reviewers, and who wrote of it is marked", async () => {
    const { database, vault, now } = service.runtime;
    const county = service.jurisdiction("qinghe");
    for (const name of ["赵敏", "lin"]) {
      const given = { email: `${name === "lin" ? "lin" : "zhao"}@qinghe.example`, password: "a good password", name };
      expect((await addUser({ database, vault, now }, county, { ...given, role: "reviewer" })).ok).toBe(true);
    }
    const { number } = (await ask("lin", "POST", "/rulesets", writtenSet([writtenRule("l", LAMPS, { office: true })])))
      .body as { number: number };
    expect((await ask("lin", "GET", `/rulesets/${number}/reviewers`)).body).toEqual({
      items: expect.arrayContaining([
        { name: "赵敏", wrote: false },
        { name: "lin", wrote: true },
      ]),
    });
    expect((await ask("lin", "GET", "/rulesets/999/reviewers")).status).toBe(404);
    expect((await ask("wei", "GET", `/rulesets/${number}/reviewers`)).status).toBe(404);
  });
});

describe("a check of what is not stored", () => {
  it("counts the matters that each rule would have taken", async () => {
    const content = writtenSet([
      writtenRule("lamps", LAMPS, { office: true }),
      writtenRule("never", { in: ["没有人这么写", { var: "text" }] }, { office: true }),
    ]);
    const { body } = await ask("lin", "POST", "/rulesets/check", { content });
    expect(body).toMatchObject({ hits: { lamps: 3, never: 0 }, matters: 3 });
    const bad = await ask("lin", "POST", "/rulesets/check", { content: { rules: [] } });
    expect(bad.body).toMatchObject({ ok: false, hits: null, matters: null });
  });
});

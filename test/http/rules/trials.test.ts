import { eq, sql } from "drizzle-orm";
import { describe, expect, it, vi } from "vitest";
import { cases } from "../../../db/schema/cases.ts";
import { caseBars } from "../../../db/schema/console.ts";
import { writtenRule, writtenSet } from "../../rule-sets.ts";
import { ask, DRAFT, inQinghe, LAMPS, lamps, person, sealed, service, version, withTriedRules } from "./tried-rules.ts";

withTriedRules();
const WAITING = { timeout: 60_000, interval: 100 };

/** Asks for a dry run of a new draft and waits until it is done. */
async function tried(content: unknown = DRAFT) {
  const drafted = await ask("lin", "POST", "/rulesets", content);
  const { number } = drafted.body as { number: number };
  const asked = await ask("zhao", "POST", `/rulesets/${number}/dry-run`, {});
  expect([asked.status, asked.body]).toEqual([
    202,
    expect.objectContaining({ kind: "dry-run", state: "waiting", by: "zhao" }),
  ]);
  const { id } = asked.body as { id: string };
  const see = async (who = "lin") =>
    (await ask(who, "GET", `/errands/${id}`)).body as { state: string; answer: object; problem: unknown };
  await vi.waitFor(async () => expect((await see()).state).toBe("done"), WAITING);
  return { id, number, see };
}
type Page = { items: { case: string }[]; next: string | null; total: object };
const differences = async (id: string, query = "", who = "sun") =>
  (await ask(who, "GET", `/errands/${id}/differences?${query}`)).body as Page;

describe("a dry run as an errand", () => {
  it("counts as the old one does, with every kind of difference, and checks the version", async () => {
    const { number, see } = await tried();
    const { answer } = await see();
    expect(answer).toMatchObject({
      ...{ number, messages: 3, moved: 3, movedAgainstPublished: 3, leftOut: 0, perRule: { lamps: 0, rest: 3 } },
      check: { ok: false, findings: expect.any(Array) },
      kinds: [
        { kind: "past", from: "D009", to: "D004", rule: "rest", count: 3 },
        { kind: "published", from: "D009", to: "D004", rule: "rest", count: 3 },
      ],
    });
    const old = (await ask("lin", "GET", `/rulesets/${number}/dry-run`)).body;
    expect(old).toMatchObject({ messages: 3, moved: 3, perRule: { rest: 3 }, leftOut: 0 });
    for (const one of [...lamps, sealed]) expect(JSON.stringify(answer)).not.toContain(one);
  });

  it("lists its cases page by page, each once, by kind, person and rule", async () => {
    const { id } = await tried();
    const seen: string[] = [];
    let page = await differences(id, "kind=past&limit=1");
    expect(page.total).toEqual({ value: 3, isMore: false });
    for (
      seen.push(...page.items.map((one) => one.case));
      page.next !== null;
      seen.push(...page.items.map((one) => one.case))
    ) {
      page = await differences(id, `kind=past&limit=1&after=${page.next}`);
    }
    expect(seen.sort()).toEqual(lamps.toSorted());
    expect((await differences(id, "kind=published&to=D004&rule=rest")).items).toHaveLength(3);
    expect((await differences(id, "kind=nobody")).items).toEqual([]);
    expect((await differences(id, "to=D001")).items).toEqual([]);
    for (const wrong of [
      "after=x",
      `after=${Buffer.from('["1","x"]').toString("base64url")}`,
      "kind=other",
      "limit=0",
      "more=1",
    ]) {
      expect([wrong, (await ask("sun", "GET", `/errands/${id}/differences?${wrong}`)).status]).toEqual([wrong, 422]);
    }
  });

  it("has no case that is kept from whoever looks, or was sealed since", async () => {
    const { id } = await tried();
    const [first, second] = lamps;
    const mine = person("kin", "auditor");
    await inQinghe(async (tx) => {
      const [row] = await tx.select({ id: cases.id }).from(cases).where(eq(cases.number, first!));
      const county = service.jurisdiction("qinghe");
      await tx.insert(caseBars).values({
        jurisdictionId: county,
        caseId: row!.id,
        personId: mine.id,
        by: "lin",
        reason: "kin",
        at: new Date(),
      });
    });
    const told = await differences(id, "kind=past", "kin");
    expect([told.items.map((one) => one.case).sort(), told.total]).toEqual([
      lamps.filter((one) => one !== first).toSorted(),
      { value: 2, isMore: false },
    ]);
    await inQinghe((tx) => tx.update(cases).set({ sealed: true }).where(eq(cases.number, second!)));
    expect((await differences(id, "kind=past")).items.map((one) => one.case)).not.toContain(second);
    await inQinghe((tx) => tx.update(cases).set({ sealed: false }).where(eq(cases.number, second!)));
  });

  it("exists for whoever may see rules of this county, and for nobody else", async () => {
    const { id } = await tried();
    for (const who of ["lin", "zhao", "sun"]) expect((await ask(who, "GET", `/errands/${id}`)).status).toBe(200);
    for (const who of ["ops", "wang", "wei"])
      expect([who, (await ask(who, "GET", `/errands/${id}`)).status]).toEqual([who, 404]);
    expect((await ask("wei", "GET", `/errands/${id}/differences`)).status).toBe(404);
    expect((await ask("wang", "GET", `/errands/${id}/differences`)).status).toBe(403);
    expect((await ask("sun", "POST", `/errands/${id}/stop`)).status).toBe(404);
    const listed = (await ask("wei", "GET", "/errands")).body as { items: unknown[] };
    expect(listed.items).toEqual([]);
  });

  it.each([
    ["of a version that there is not", { kind: "dry-run", asked: { number: 999 } }, 422],
    ["of a day that is none", { kind: "dry-run", asked: { number: 1, since: "2026-02-30" } }, 422],
    ["of a kind that there is not", { kind: "paint", asked: {} }, 422],
    ["without anything asked", { kind: "dry-run", asked: null }, 422],
  ])("cannot be asked for %s", async (_what, body, status) => {
    expect((await ask("lin", "POST", "/errands", body)).status).toBe(status);
  });

  it("can be asked for like every other errand by those for whom it is; once it is done, stopping it changes nothing", async () => {
    const asked = { kind: "dry-run", asked: { number: version } };
    expect((await ask("sun", "POST", "/errands", asked)).status).toBe(403);
    const made = await ask("lin", "POST", "/errands", asked);
    const { id } = made.body as { id: string };
    expect(made.status).toBe(202);
    const stateOf = async (method: string, path: string) =>
      ((await ask("lin", method, path)).body as { state: string }).state;
    await vi.waitFor(async () => expect(await stateOf("GET", `/errands/${id}`)).toBe("done"), WAITING);
    expect(await stateOf("POST", `/errands/${id}/stop`)).toBe("done");
    expect((await ask("lin", "GET", `/errands/${id}/file`)).status).toBe(404);
    const all = (await ask("lin", "GET", "/errands?kind=dry-run")).body as { items: { id: string }[] };
    expect(all.items[0]?.id).toBe(id);
  });
});

describe("rules that are not stored", () => {
  it("are checked at their places, with each condition as it is read", async () => {
    const content = writtenSet([
      writtenRule("a", LAMPS, { group: "nobody-knows" }),
      writtenRule("b", { and: [LAMPS, { var: "hasPhoto" }] }, { deputy: "D001" }),
    ]);
    const { status, body } = await ask("zhao", "POST", "/rulesets/check", { content });
    expect([status, body]).toMatchObject([
      200,
      {
        ok: false,
        findings: expect.arrayContaining([
          expect.objectContaining({ rule: "a", at: "rules[0].then.assign", kind: "unknown-target", weight: "nobody" }),
          expect.objectContaining({ rule: "b", at: "rules[1].when", kind: "shadowed", weight: "dead" }),
        ]),
        read: [{ kind: "says", word: "路灯" }, { kind: "all" }],
      },
    ]);
    const bad = writtenSet([writtenRule("a", { and: [LAMPS, { like: [1] }] }, { grid: true })]);
    expect((await ask("lin", "POST", "/rulesets/check", { content: bad })).body).toMatchObject({
      findings: [{ at: "rules[0].when.and[1].like", weight: "refused" }],
      read: [null],
    });
    for (const none of [null, [], "x", { rules: 7 }]) {
      expect((await ask("lin", "POST", "/rulesets/check", { content: none })).body).toMatchObject({
        ok: false,
        read: [],
      });
    }
  });
});

describe("a past that is too long for a web process", () => {
  it("is refused there, and done as an errand", async () => {
    await inQinghe((tx) =>
      tx.execute(sql`
        insert into cases select r.* from (select * from cases where number = ${lamps[0]}) c, generate_series(1, 20001) i,
          jsonb_populate_record(null::cases, to_jsonb(c) || jsonb_build_object(
            'id', gen_random_uuid(), 'number', '2025-' || lpad(i::text, 6, '0'))) r`),
    );
    const { status, body } = await ask("lin", "GET", `/rulesets/${version}/dry-run`);
    expect([status, body]).toEqual([
      422,
      expect.objectContaining({ code: "too-many-matters", detail: expect.stringContaining("errand") }),
    ]);
    expect((await ask("lin", "GET", `/rulesets/${version}/dry-run?since=2099-01-01`)).status).toBe(200);
    const { see } = await tried();
    expect((await see()).answer).toMatchObject({ number: expect.any(Number) });
  });
});

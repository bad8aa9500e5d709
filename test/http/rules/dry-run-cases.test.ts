import { eq } from "drizzle-orm";
import { describe, expect, it, vi } from "vitest";
import { cases } from "../../../db/schema/cases.ts";
import { spansOf } from "../../../src/domain/rules/matched-words.ts";
import { ask, DRAFT, inQinghe, lamps, sealed, version, withTriedRules } from "./tried-rules.ts";

withTriedRules();

type Item = {
  case: string;
  text: string;
  fromRule: string | null;
  matched: [number, number][];
  marks: { verdict: string; by: string; isMine: boolean }[];
};

/** A new draft with a dry run of it that is done. */
async function tried(): Promise<{ readonly id: string; readonly number: number }> {
  const { number } = (await ask("lin", "POST", "/rulesets", DRAFT)).body as { number: number };
  const { id } = (await ask("lin", "POST", `/rulesets/${number}/dry-run`, {})).body as { id: string };
  await vi.waitFor(
    async () => expect((await ask("lin", "GET", `/errands/${id}`)).body).toMatchObject({ state: "done" }),
    { timeout: 60_000, interval: 100 },
  );
  return { id, number };
}
const itemsOf = async (id: string, query = "kind=published", who = "zhao") =>
  ((await ask(who, "GET", `/errands/${id}/differences?${query}`)).body as { items: Item[] }).items;

describe("a case that a draft would give to somebody else", () => {
  it("is shown with its masked words, those of the rule marked, and by which rule it goes now", async () => {
    const { id } = await tried();
    const items = await itemsOf(id);
    expect(items.map((one) => one.case).sort()).toEqual(lamps.toSorted());
    for (const { text, matched, fromRule } of items) {
      expect(matched.map(([from, to]) => text.slice(from, to))).toEqual(["路灯"]);
      expect(fromRule).toBe("lamps");
    }
    expect(await itemsOf(id, "kind=published&touches=lamps")).toHaveLength(3);
    expect(await itemsOf(id, "kind=published&touches=water")).toEqual([]);
  });

  it("is chosen by chance, for one person always the same", async () => {
    const { id } = await tried();
    const [once, again] = [await itemsOf(id, "sample=true&limit=2"), await itemsOf(id, "sample=true&limit=2")];
    expect(once).toHaveLength(2);
    expect(again).toEqual(once);
    expect((await ask("zhao", "GET", `/errands/${id}/differences?sample=yes`)).status).toBe(422);
  });

  it("is judged, and the judgement stays with the version", async () => {
    const { id, number } = await tried();
    const [one = "", other = ""] = lamps;
    const judge = (who: string, number_: string, verdict: string | null) =>
      ask(who, "PUT", `/errands/${id}/marks`, { case: number_, verdict });
    expect((await judge("zhao", one, "right")).body).toEqual({ right: 1, wrong: 0 });
    expect((await judge("zhao", one, "wrong")).body).toEqual({ right: 0, wrong: 1 });
    expect((await judge("lin", one, "right")).body).toEqual({ right: 1, wrong: 1 });
    expect((await judge("lin", other, "right")).body).toEqual({ right: 2, wrong: 1 });
    expect((await judge("lin", other, null)).body).toEqual({ right: 1, wrong: 1 });
    const judged = (await itemsOf(id)).find((item) => item.case === one);
    expect(judged?.marks).toEqual([
      { verdict: "wrong", by: "zhao", isMine: true },
      { verdict: "right", by: "lin", isMine: false },
    ]);
    const kept = (await ask("sun", "GET", `/rulesets/${number}/marks`)).body;
    expect(kept).toMatchObject([
      { case: one, from: "D009", to: "D004", rule: "rest", verdict: "wrong", by: "zhao" },
      { case: one, verdict: "right", by: "lin" },
    ]);
    await inQinghe((tx) => tx.update(cases).set({ sealed: true }).where(eq(cases.number, one)));
    expect((await ask("sun", "GET", `/rulesets/${number}/marks`)).body).toEqual([]);
    expect((await judge("zhao", one, "right")).status).toBe(422);
    await inQinghe((tx) => tx.update(cases).set({ sealed: false }).where(eq(cases.number, one)));
  });

  it("is no case that it leaves where it is, nor a sealed one, nor one of another county", async () => {
    const { id, number } = await tried();
    const mark = (who: string, body: object) => ask(who, "PUT", `/errands/${id}/marks`, body);
    for (const none of [sealed, "2026-999999"])
      expect((await mark("lin", { case: none, verdict: "right" })).status).toBe(422);
    expect((await mark("lin", { case: lamps[0], verdict: "perhaps" })).status).toBe(422);
    expect((await mark("wei", { case: lamps[0], verdict: "right" })).status).toBe(404);
    expect((await mark("sun", { case: lamps[0], verdict: "right" })).status).toBe(403);
    expect((await ask("wei", "GET", `/rulesets/${number}/marks`)).status).toBe(404);
  });
});

describe("the report of a dry run", () => {
  it("is a text and a workbook in the reader's language, with people by name, and nothing sealed", async () => {
    const { id } = await tried();
    const chinese = (await ask("sun", "GET", `/errands/${id}/report.txt`)).body as string;
    expect(chinese).toContain("3 件会交给和当时不同的人");
    expect(chinese).toMatch(/D009 → .+ D004，按 rest: 3, 2026-/);
    expect(chinese).not.toContain(sealed);
    expect((await ask("sun", "GET", `/errands/${id}/report.txt?lang=en`)).body).toContain("3 matters of the past");
    const book = (await ask("lin", "GET", `/errands/${id}/report.xlsx`)).body as string;
    expect(book.startsWith("PK")).toBe(true);
    for (const file of ["report.txt", "report.xlsx"]) {
      expect((await ask("wei", "GET", `/errands/${id}/${file}`)).status).toBe(404);
      expect((await ask("wang", "GET", `/errands/${id}/${file}`)).status).toBe(403);
    }
  });

  it("is there at once for a short past, and not for a day that is none", async () => {
    expect((await ask("sun", "GET", `/rulesets/${version}/dry-run`)).body).toMatchObject({ messages: 3, moved: 0 });
    expect((await ask("sun", "GET", `/rulesets/${version}/dry-run?since=2026-02-30`)).status).toBe(422);
    expect((await ask("sun", "GET", `/rulesets/${version}/check`)).body).toMatchObject({ findings: expect.any(Array) });
  });
});

describe("words in a text", () => {
  it.each([
    ["路燈壞了，路灯又坏", ["路灯"], ["路燈", "路灯"]],
    ["ＬＥＤ  灯 坏", ["led 灯"], ["ＬＥＤ  灯"]],
    ["停水停电", ["停水", "水停", "停电"], ["停水停电"]],
    ["没有", ["路灯"], []],
    ["", ["路灯"], []],
  ])("%j are found where they were written", (text, words, found) => {
    expect(spansOf(text, words).map(([from, to]) => text.slice(from, to))).toEqual(found);
  });
});

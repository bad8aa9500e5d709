import { desc, eq } from "drizzle-orm";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Transaction } from "../../../db/database.ts";
import { caseEvents, cases } from "../../../db/schema/cases.ts";
import { categories, categoryCorrections, categoryLearnings } from "../../../db/schema/categories.ts";
import { jurisdictions } from "../../../db/schema/county.ts";
import { auditCounty } from "../../../src/casework/audit/audit-county.ts";
import { DATA_REQUEST } from "../../../src/casework/cases/load.ts";
import { keyPurpose } from "../../../src/casework/cases/thread.ts";
import { correctCategory, learnCategories } from "../../../src/casework/office/category-corrections.ts";
import { catalogueOf, categoryModelOf } from "../../../src/casework/rules/category-model.ts";
import { categorise } from "../../../src/domain/categories/model.ts";
import { type Office, openOffice } from "../office.ts";

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const inCounty = <T>(work: (tx: Transaction) => Promise<T>) => office.db.database.inCounty(office.county.id, work);

async function newest() {
  const [row] = await inCounty((tx) => tx.select().from(cases).orderBy(desc(cases.number)).limit(1));
  return row!;
}

const byNumber = (number: string) =>
  inCounty(async (tx) => {
    const [row] = await tx.select().from(cases).where(eq(cases.number, number));
    return row!;
  });

const correct = (number: string, category: string | null, by = "办公室小刘") =>
  correctCategory(office.runtime, office.county.id, { number, category, by });

async function expectWholeLedger(): Promise<void> {
  expect((await auditCounty(office.db.database, office.county)).findings.map(({ text }) => text)).toEqual([]);
}

describe("a new case", () => {
  test("is filed under what its words say, and how sure that is is kept", async () => {
    await office.say("heating", "锦绣家园暖气不热，热力公司说管网老化");
    const filed = await newest();
    expect(filed.category).toBe("heating");
    expect(filed.categoryConfidence).toBeGreaterThan(0.7);
    await expectWholeLedger();
  });

  test("is filed under nothing where its words do not tell", async () => {
    await office.say("vague", "有件事想请代表帮忙协调一下，说来话长，望能重视");
    expect(await newest()).toMatchObject({ category: null, categoryConfidence: null });
  });

  test("is never filed by its words when the county office alone may see it", async () => {
    await office.say("accuser", "我要举报柳河镇的代表收物业的钱，电梯坏了也不管");
    expect(await newest()).toMatchObject({ sealed: true, category: null, categoryConfidence: null });
    await office.say("heating", "删除我的数据");
    expect(await newest()).toMatchObject({ sealed: true, category: DATA_REQUEST, categoryConfidence: null });
  });

  test("that began with a photo is filed by the words that follow", async () => {
    await office.say("photo", { kind: "media", media: { mediaId: "photo-1", form: "image" } });
    const { number } = await newest();
    expect(await byNumber(number)).toMatchObject({ category: null, state: "clarifying" });
    await office.say("photo", "柳东小学门口路灯不亮，马路上全是坑");
    expect(await byNumber(number)).toMatchObject({ category: "roads" });
    await expectWholeLedger();
  });

  test("needs the certainty that its county sets", async () => {
    const set = (settings: object) => inCounty((tx) => tx.update(jurisdictions).set({ settings }));
    await set({ categoryThreshold: 1 });
    await office.say("strict", "柳东村一组路灯坏了没人修");
    await set({});
    expect((await newest()).category).toBe(null);
  });
});

describe("a correction by staff", () => {
  test("gives the case its category, as an event, and keeps the words sealed under the key of the case", async () => {
    await office.say("corrected", "柳东村一组路灯坏了没人修，电话13800138000");
    const before = await newest();
    expect(await correct(before.number, "rural")).toEqual({
      ok: true,
      number: before.number,
      from: "roads",
      to: "rural",
    });
    expect(await byNumber(before.number)).toMatchObject({ category: "rural", categoryConfidence: null });
    const events = await inCounty((tx) => tx.select().from(caseEvents).where(eq(caseEvents.caseId, before.id)));
    expect(events.at(-1)).toMatchObject({ type: "categorised", by: "office", details: { category: "rural" } });
    const [kept] = await inCounty((tx) =>
      tx.select().from(categoryCorrections).where(eq(categoryCorrections.caseId, before.id)),
    );
    expect(kept).toMatchObject({ fromCategory: "roads", toCategory: "rural", by: "办公室小刘" });
    expect(Buffer.from(kept!.text).toString("utf8")).not.toContain("路灯");
    const key = office.runtime.vault.unwrap(before.keyWrapped, keyPurpose(office.county.id));
    expect(key.open(kept!.text)).toMatch(/^柳东村一组路灯坏了没人修/);
    expect(key.open(kept!.text)).not.toContain("13800138000");
    await expectWholeLedger();
  });

  test("may say that a case belongs to none, by its last digits, and whatever state it is in", async () => {
    await office.say("corrected", "撤回");
    const { number } = await newest();
    const short = String(Number(number.slice(5)));
    expect(await correct(short, null)).toEqual({ ok: true, number, from: "rural", to: null });
    expect(await byNumber(number)).toMatchObject({ state: "closed", category: null });
    await expectWholeLedger();
  });

  test("is refused for a sealed case, with nothing written", async () => {
    const sealed = await inCounty((tx) => tx.select().from(cases).where(eq(cases.sealed, true)));
    expect(sealed.length).toBeGreaterThan(1);
    const count = () => inCounty(async (tx) => (await tx.select().from(categoryCorrections)).length);
    const before = await count();
    for (const { number, category } of sealed) {
      expect(await correct(number, "property")).toEqual({
        ok: false,
        reason: `Case ${number} is seen by the county office alone: it is never put into a category.`,
      });
      expect((await byNumber(number)).category).toBe(category);
    }
    expect(await count()).toBe(before);
  });

  test.each([
    ["an unknown category", "2026", "potholes", "刘", /no category potholes/],
    ["an unknown case", "2026-999999", "roads", "刘", /no case 2026-999999/],
    ["what is no number", "'; drop table cases", "roads", "刘", /no case/],
    ["nobody's word", "1", "roads", "  ", /who corrects/],
    ["a name without end", "1", "roads", "刘".repeat(65), /who corrects/],
  ])("is refused for %s", async (_what, number, category, by, reason) => {
    expect(await correct(number, category, by)).toEqual({ ok: false, reason: expect.stringMatching(reason) });
  });

  test("is refused for a case of another county", async () => {
    const west = await office.db.county("west");
    const { number } = await newest();
    const answer = await correctCategory(office.runtime, west, { number, category: "roads", by: "刘" });
    expect(answer).toMatchObject({ ok: false, reason: expect.stringContaining("no case") });
    expect(await learnCategories(office.runtime, west)).toMatchObject({ ok: false });
  });
});

describe("what is learned", () => {
  /** So many that a quarter of them is never fewer than what a learning needs. */
  const PEOPLE = 200;

  test("from too few corrections is written down and changes nothing", async () => {
    const learned = await learnCategories(office.runtime, office.county.id);
    expect(learned).toMatchObject({ ok: true, version: 1, takesEffect: false });
    expect((await inCounty(catalogueOf)).learnedVersion).toBe(0);
  });

  test("makes the county's own word known, once it is shown on what was held back", { timeout: 60_000 }, async () => {
    const known = () =>
      inCounty(async (tx) => categorise(await categoryModelOf(tx, office.county.id), "轱辘车又趴窝了"));
    expect((await known()).category).toBe(null);
    for (let person = 0; person < PEOPLE; person += 1) {
      await office.accept(`slang-${person}`, `柳东村一组的轱辘车趴窝${person}回了`);
    }
    await office.work();
    const opened = (await inCounty((tx) => tx.select().from(cases).orderBy(cases.number))).slice(-PEOPLE);
    for (const { number } of opened) expect(await correct(number, "roads")).toMatchObject({ ok: true });

    const learned = await learnCategories(office.runtime, office.county.id);
    expect(learned).toMatchObject({ ok: true, version: 2, takesEffect: true });
    if (!learned.ok) return;
    expect(learned.accuracyBefore).toBeLessThan(0.2);
    expect(learned.accuracyAfter).toBeGreaterThan(0.9);
    expect(learned.measuredOn).toBeGreaterThanOrEqual(20);
    expect(learned.learnedFrom + learned.measuredOn).toBe(PEOPLE + 1);
    expect((await inCounty(catalogueOf)).learnedVersion).toBe(2);
    await expect.poll(known, { timeout: 60_000, interval: 250 }).toMatchObject({ category: "roads" });
    await expectWholeLedger();
  });

  test("is measured on what a case was last corrected to, and worse is not taken", async () => {
    const [first] = await inCounty((tx) =>
      tx.select().from(categoryLearnings).orderBy(desc(categoryLearnings.version)),
    );
    const held = await inCounty((tx) =>
      tx
        .selectDistinct({ number: cases.number })
        .from(categoryCorrections)
        .innerJoin(cases, eq(cases.id, categoryCorrections.caseId))
        .where(eq(categoryCorrections.heldBack, false)),
    );
    for (const { number } of held) await correct(number, "noise", "somebody careless");
    const learned = await learnCategories(office.runtime, office.county.id);
    expect(learned).toMatchObject({ ok: true, version: first!.version + 1, takesEffect: false });
    if (learned.ok) expect(learned.accuracyAfter).toBeLessThan(learned.accuracyBefore);
    expect((await inCounty(catalogueOf)).learnedVersion).toBe(2);
  });

  test("passes over categories that the county has given up", async () => {
    await inCounty((tx) =>
      tx.insert(categories).values({
        id: newId(),
        jurisdictionId: office.county.id,
        code: "water",
        name: "水",
        words: ["停水"],
        examples: ["停水三天了"],
        position: 0,
      }),
    );
    expect(await correct((await newest()).number, "roads")).toMatchObject({ ok: false });
    expect(await correct((await newest()).number, "water")).toMatchObject({ ok: true });
    const learned = await learnCategories(office.runtime, office.county.id);
    expect(learned).toMatchObject({ ok: true, takesEffect: false });
    if (learned.ok) expect(learned.learnedFrom + learned.measuredOn).toBeLessThan(10);
  });
});

import { sql } from "drizzle-orm";
import { afterAll, beforeEach, expect } from "vitest";
import type { Transaction } from "../../../db/database.ts";
import * as lifecycle from "../../../src/casework/rules/lifecycle.ts";
import { listRulesets, showRuleset } from "../../../src/casework/rules/versions.ts";
import { type TestDatabase, testDatabase } from "../../database.ts";
import { ruleset } from "../../domain/rules/rule-sets.ts";

export const NOW = new Date("2026-11-24T02:00:00Z");
export const LATER = new Date("2026-11-25T02:00:00Z");

export let db: TestDatabase;
export let county: string;
const opened: TestDatabase[] = [];

/** Each test has a database of its own. */
export function withDatabases(): void {
  beforeEach(async () => {
    db = await testDatabase();
    opened.push(db);
    county = await db.county("east");
  });
  afterAll(async () => {
    for (const one of opened) await one.close();
  });
}

/* The steps of a version, taken by people of the county that a test has. */

export const inCounty = <T>(work: (tx: Transaction) => Promise<T>) => db.database.inCounty(county, work);
export const draft = (content: unknown = ruleset(), author = "Wang") =>
  inCounty((tx) => lifecycle.draft(tx, county, { content, author, now: NOW }));
export const edit = (number: number, content: unknown, author = "Wang") =>
  inCounty((tx) => lifecycle.editDraft(tx, county, number, { content, author, now: LATER }));
export const submit = (number: number, by = "Wang") =>
  inCounty((tx) => lifecycle.submit(tx, county, number, { by, now: NOW }));
export const review = (number: number, reviewer = "Li", verdict: lifecycle.ReviewDecision = "publish", note?: string) =>
  inCounty((tx) => lifecycle.review(tx, county, number, { reviewer, verdict, note, now: LATER }));
export const takeBack = (number: number, author = "Wang") =>
  inCounty((tx) => lifecycle.takeBack(tx, county, number, { author, now: LATER }));
export const show = (number: number) => inCounty((tx) => showRuleset(tx, number));
export const states = async () => (await inCounty(listRulesets)).map(({ number, state }) => `${number} ${state}`);
export const counted = async () => (await inCounty((tx) => tx.execute(sql`select from ruleset_events`))).length;

/** Drafts, submits and publishes; gives the number. */
export async function publish(name: string): Promise<number> {
  const made = await draft(ruleset(name));
  if (!made.ok) throw new Error(made.reason);
  await submit(made.number);
  expect(await review(made.number)).toEqual({ ok: true, number: made.number });
  return made.number;
}

import { eq, max, sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Transaction } from "../../../db/database.ts";
import { rulesetEvents, rulesets } from "../../../db/schema/rulesets.ts";
import type { Ruleset } from "../../domain/rules/ruleset.ts";
import { isSamePerson } from "./author.ts";
import { type Refused, unknown, wrongState } from "./refusals.ts";

/** The result of a step in the life of a rule set: the number of the version, or why the step was not taken. */
export type Stepped = { readonly ok: true; readonly number: number } | Refused;

/** The one who takes a step: by name, and by id where there is one; two people are told apart by both. */
export type Actor = { readonly name: string; readonly id: string | null };

/** A version as the steps know it. */
export type VersionRow = Pick<
  typeof rulesets.$inferSelect,
  "id" | "number" | "state" | "author" | "authorId" | "basedOn" | "content" | "submittedAt" | "checkedAt"
>;
type EventType = (typeof rulesetEvents.$inferSelect)["type"];

/** Takes one step at a time in each county, so that numbers follow each other and one version is published. */
export async function lockSteps(tx: Transaction, jurisdictionId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('liaison.rulesets'), hashtext(${jurisdictionId}))`);
}

/** The version with this number, which nobody else changes meanwhile. */
export async function takeVersion(
  tx: Transaction,
  jurisdictionId: string,
  number: number,
  states: readonly VersionRow["state"][],
  otherwise: string,
): Promise<{ readonly ok: true; readonly row: VersionRow } | Refused> {
  await lockSteps(tx, jurisdictionId);
  const row = await versionRow(tx, number);
  if (row === null) return unknown(number);
  return states.includes(row.state) ? { ok: true, row } : wrongState(number, row.state, otherwise);
}

/** The version with this number; null where there is none. */
export async function versionRow(tx: Transaction, number: number): Promise<VersionRow | null> {
  const { id, state, author, authorId, basedOn, content, submittedAt, checkedAt } = rulesets;
  const [row] = await tx
    .select({ id, number: rulesets.number, state, author, authorId, basedOn, content, submittedAt, checkedAt })
    .from(rulesets)
    .where(eq(rulesets.number, number));
  return row ?? null;
}

/** The number of the version that is published; null while there is none. */
export async function publishedNumber(tx: Transaction): Promise<number | null> {
  const [row] = await tx.select({ number: rulesets.number }).from(rulesets).where(eq(rulesets.state, "published"));
  return row?.number ?? null;
}

/** Stores a new draft, based on what is published now. */
export async function insertDraft(
  tx: Transaction,
  jurisdictionId: string,
  made: {
    readonly content: unknown;
    readonly ruleset: Ruleset;
    readonly author: Actor;
    readonly now: Date;
    readonly takesBack?: number;
    readonly continues?: number;
  },
): Promise<{ readonly id: string; readonly number: number }> {
  const [[last], basedOn] = await Promise.all([
    tx.select({ number: max(rulesets.number) }).from(rulesets),
    publishedNumber(tx),
  ]);
  const [id, number] = [newId(), (last?.number ?? 0) + 1];
  const { content, ruleset, author, now, takesBack, continues } = made;
  await tx.insert(rulesets).values({
    ...{ id, jurisdictionId, number, state: "draft", name: ruleset.name, content, createdAt: now },
    ...{ author: author.name, authorId: author.id, basedOn, takesBack, continues },
  });
  await noteStep(tx, jurisdictionId, id, { type: "drafted", by: author, at: now });
  return { id, number };
}

/** Whether somebody wrote a version or edited it, or the one whose content it brings back or goes on with. */
export async function isWriterOf(tx: Transaction, { id }: Pick<VersionRow, "id">, one: Actor): Promise<boolean> {
  const wrote = await tx.execute<Actor>(sql`
    with recursive own as (
      select id, continues, takes_back, author, author_id from rulesets where id = ${id}::uuid
      union
      select r.id, r.continues, r.takes_back, r.author, r.author_id
      from own join rulesets r on r.number in (own.continues, own.takes_back)
    )
    select author as name, author_id as id from own
    union
    select e.by, e.by_id from own join ruleset_events e on e.ruleset_id = own.id and e.type in ('drafted', 'edited')`);
  return wrote.some((writer) => isSamePerson(writer.name, one.name) || (one.id !== null && writer.id === one.id));
}

/** Writes down what happened to a version. */
export async function noteStep(
  tx: Transaction,
  jurisdictionId: string,
  rulesetId: string,
  event: { readonly type: EventType; readonly by: Actor; readonly at: Date; readonly note?: string | null },
): Promise<void> {
  const { by, ...others } = event;
  await tx.insert(rulesetEvents).values({ jurisdictionId, rulesetId, by: by.name, byId: by.id, ...others });
}

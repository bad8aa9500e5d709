import { and, eq, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { rulesetLooks, rulesets } from "../../../db/schema/rulesets.ts";
import { publishedNumber, type VersionRow } from "../rules/steps.ts";
import { changesOf } from "./changes.ts";

/** A thing that may be missing before a person publishes a version. */
type Missing = "base" | "check" | "dry-run" | "looks" | "must-comments";

/** The state of a version on its way to be published by a person: what it has and lacks. */
export type Readiness = {
  readonly missing: Missing[];
  readonly base: { readonly number: number | null; readonly isPublished: boolean };
  readonly dryRun: { readonly errand: string; readonly at: string } | null;
  /** How many of the changes this person has opened. */
  readonly looked: number;
  readonly changes: number;
  readonly openMust: number;
};

const DRY_RUN_MS = 7 * 86_400_000;

/** Notes that a version in review was checked, at the moment when the check began; of any other nothing is noted. */
export async function noteChecked(tx: Transaction, number: number, at: Date): Promise<void> {
  await tx
    .update(rulesets)
    .set({ checkedAt: at })
    .where(and(eq(rulesets.number, number), eq(rulesets.state, "in-review")));
}

/** Notes that a reviewer opened a change of a version; false where the comparison with its base has no such change. */
export async function lookAt(
  tx: Transaction,
  version: VersionRow,
  look: {
    readonly jurisdictionId: string;
    readonly personId: string;
    readonly change: string;
    readonly now: Date;
  },
): Promise<boolean> {
  const { jurisdictionId, personId, change, now } = look;
  const compared = await changesOf(tx, version);
  if (!compared?.changes.some((one) => one.change === change)) return false;
  await tx
    .insert(rulesetLooks)
    .values({ jurisdictionId, rulesetId: version.id, personId, change, at: now })
    .onConflictDoNothing();
  return true;
}

/** The changes of a version that a person has opened, by name. */
export async function looksOf(tx: Transaction, rulesetId: string, personId: string): Promise<ReadonlySet<string>> {
  const rows = await tx
    .select({ change: rulesetLooks.change })
    .from(rulesetLooks)
    .where(and(eq(rulesetLooks.rulesetId, rulesetId), eq(rulesetLooks.personId, personId)));
  return new Set(rows.map(({ change }) => change));
}

/**
 * Tells what a version has and lacks before this person may publish it: its base is still published, it was checked after it was
 * submitted, a dry run of its content is not older than seven days, each change was opened, and no comment that says "must" is open.
 */
export async function readinessOf(
  tx: Transaction,
  version: VersionRow,
  { personId, now }: { readonly personId: string; readonly now: Date },
): Promise<Readiness> {
  const [published, compared, seen, dryRun, [must]] = await Promise.all([
    publishedNumber(tx),
    changesOf(tx, version),
    looksOf(tx, version.id, personId),
    latestDryRun(tx, version),
    tx.execute<{ count: number }>(sql`
      select count(*)::int as count from ruleset_comments
      where ruleset_id = ${version.id}::uuid and must and resolved_at is null`),
  ]);
  const changes = compared?.changes ?? [];
  const looked = changes.filter(({ change }) => seen.has(change)).length;
  const openMust = must?.count ?? 0;
  const { basedOn, submittedAt, checkedAt } = version;
  const isPublished = published === basedOn;
  const isFresh = dryRun !== null && now.getTime() - Date.parse(dryRun.at) <= DRY_RUN_MS;
  const lacks: Readonly<Record<Missing, boolean>> = {
    base: !isPublished,
    check: checkedAt === null || submittedAt === null || checkedAt < submittedAt,
    "dry-run": !isFresh,
    looks: looked < changes.length,
    "must-comments": openMust > 0,
  };
  const missing = (Object.keys(lacks) as Missing[]).filter((what) => lacks[what]);
  return { missing, base: { number: basedOn, isPublished }, dryRun, looked, changes: changes.length, openMust };
}

/** The latest dry run of a version's present content that was done. */
async function latestDryRun(tx: Transaction, version: VersionRow): Promise<Readiness["dryRun"]> {
  const [row] = await tx.execute<{ errand: string; at: string }>(sql`
    select id as errand, to_char(made_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at from errands
    where kind = 'dry-run' and state = 'done' and (asked ->> 'number')::int = ${version.number}
      and (answer ->> 'events')::int >= (
        select max(place) from (
          select type, row_number() over (order by seq) as place from ruleset_events where ruleset_id = ${version.id}::uuid
        ) events where type in ('drafted', 'edited'))
    order by made_at desc limit 1`);
  return row ?? null;
}

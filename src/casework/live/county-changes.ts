import { and, gt, inArray, or, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { phoneTasks } from "../../../db/schema/console.ts";
import { errands } from "../../../db/schema/errands.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import type { Vault } from "../../../db/vault.ts";
import { hearable, tailOfCases, tailOfRules } from "./changed-cases.ts";
import type { Change, Topic } from "./hints.ts";
import { whoIsPresent } from "./presence.ts";

/** A county's changes, as they are committed. */
export type CountyChanges = {
  /** What changed since the last time; the first time nothing. */
  next(tx: Transaction, topics: ReadonlySet<Topic>): Promise<Change[]>;
  /** The number in the ledger of cases up to which everything was told. */
  position(): number;
};

type Means = { readonly vault: Vault; readonly now: () => Date; readonly nowMs: () => number };

/** What ended is looked at for so long, by the service's clock. */
const ENDED_MS = 60_000;

/** Follows what changes in a county: cases and rules by their ledgers, deliveries, errands and presence by what they are now. */
export function createCountyChanges({ vault, now, nowMs }: Means): CountyChanges {
  const cases = tailOfCases(nowMs);
  const rules = tailOfRules(nowMs);
  const deliveries = createSeen();
  const calls = createSeen();
  const work = createSeen();
  const presence = createSeen();
  return {
    async next(tx, topics) {
      const since = new Date(now().getTime() - ENDED_MS);
      const events = await cases.next(tx);
      const changed = topics.has("cases") ? await hearable(tx, [...new Set(events.map(({ caseId }) => caseId))]) : [];
      const versions = topics.has("rules") ? await rules.next(tx) : [];
      const there = topics.has("presence") ? await whoIsPresent(tx, { vault, now: now() }) : [];
      const moved = presence.changed(there.map(({ id, caseId, doing }) => [`${caseId}:${id}`, doing]));
      const ofPresence = await hearable(tx, [...new Set(moved.map((key) => key.split(":")[0] ?? ""))]);
      return [
        ...changed.map((of) => ({ topic: "cases" as const, of })),
        ...[...new Set(versions.map(({ number }) => number))].map((number) => ({ topic: "rules" as const, number })),
        ...ofPresence.map((of) => ({ topic: "presence" as const, of })),
        ...(topics.has("cases") ? await callsToMake(tx, calls, since) : []),
        ...(topics.has("deliveries") ? await troubles(tx, deliveries, since) : []),
        ...(topics.has("errands") ? await workDone(tx, work, since) : []),
      ];
    },
    position: cases.settled,
  };
}

async function troubles(tx: Transaction, seen: Seen, since: Date): Promise<Change[]> {
  const rows = await tx
    .select({ id: outbox.id, state: outbox.state, caseId: outbox.caseId })
    .from(outbox)
    .where(
      or(
        and(inArray(outbox.state, ["failed", "uncertain"]), gt(outbox.settledAt, since)),
        // What waits for years is not looked at each second: most is parked as soon as it is written.
        and(sql`${outbox.state} in ('waiting', 'sending') and ${outbox.awaitsContact}`, gt(outbox.createdAt, since)),
      ),
    );
  const news = new Set(seen.changed(rows.map(({ id, state }) => [id, state])));
  const fresh = rows.filter(({ id }) => news.has(id));
  const ofCases = await hearable(tx, [...new Set(fresh.flatMap(({ caseId }) => caseId ?? []))]);
  const alone = fresh.some(({ caseId }) => caseId === null) ? [null] : [];
  return [...ofCases, ...alone].map((of) => ({ topic: "deliveries", of }));
}

/** A call to make stands in no ledger: it is told as a change of its case. */
async function callsToMake(tx: Transaction, seen: Seen, since: Date): Promise<Change[]> {
  const rows = await tx
    .select({
      id: phoneTasks.id,
      caseId: phoneTasks.caseId,
      isDone: sql<string>`(${phoneTasks.doneAt} is not null)::text`,
    })
    .from(phoneTasks)
    .where(or(gt(phoneTasks.madeAt, since), gt(phoneTasks.doneAt, since)));
  const news = new Set(seen.changed(rows.map(({ id, isDone }) => [id, isDone])));
  const fresh = rows.filter(({ id }) => news.has(id));
  const ofCases = await hearable(tx, [...new Set(fresh.map(({ caseId }) => caseId))]);
  return ofCases.map((of) => ({ topic: "cases", of }));
}

async function workDone(tx: Transaction, seen: Seen, since: Date): Promise<Change[]> {
  const rows = await tx
    .select({
      id: errands.id,
      kind: errands.kind,
      askedBy: errands.askedBy,
      stands: sql<string>`${errands.state} || ' ' || ${errands.done}`,
    })
    .from(errands)
    .where(or(inArray(errands.state, ["waiting", "running"]), gt(errands.endedAt, since)));
  const news = new Set(seen.changed(rows.map(({ id, stands }) => [id, stands])));
  return rows
    .filter(({ id }) => news.has(id))
    .map(({ id, kind, askedBy }) => ({ topic: "errands", id, kind, askedBy }));
}

type Seen = { changed(now: readonly (readonly [string, string])[]): string[] };

/** Remembers how things stood the last time, and names those that stand otherwise or are gone; the first time none. */
function createSeen(): Seen {
  let before: ReadonlyMap<string, string> | null = null;
  return {
    changed(now) {
      const next = new Map(now);
      const old = before;
      before = next;
      if (old === null) return [];
      const gone = [...old.keys()].filter((key) => !next.has(key));
      return [...gone, ...[...next].filter(([key, value]) => old.get(key) !== value).map(([key]) => key)];
    },
  };
}

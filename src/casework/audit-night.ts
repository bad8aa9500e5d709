import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { Logger } from "pino";
import type { Database } from "../../db/database.ts";
import { hourIn } from "../domain/deadline.ts";
import { auditCounty } from "./audit.ts";
import { lastCheckups, noteCheckup } from "./checkups.ts";
import { type County, listCounties } from "./counties.ts";
import { endTurn, takeTurn } from "./turn.ts";

const HOUR_MS = 3_600_000;
/** Once a night; and whatever the hour, when that was missed. */
const NIGHTLY_MS = 20 * HOUR_MS;
const OVERDUE_MS = 28 * HOUR_MS;
const NIGHT = { from: 1, to: 5 };
/** After each page it rests four times as long as the page took, so that it never takes more than a fifth of a connection. */
const REST = 4;
const LONGEST_REST_MS = 2_000;
const TURN_MS = 120_000;
const RENEW_MS = 30_000;

/** What verifying by itself needs. */
type Verifying = {
  readonly database: Database;
  readonly now: () => Date;
  readonly timeZone: string;
  readonly log: Logger;
  /** Ends it in the middle; it begins anew when it is asked for again. */
  readonly signal: AbortSignal;
};

/** Whether a county's ledger is to be verified now: once in each night, and at once where that is overdue. */
export function isAuditDue(last: Date | null, now: Date, timeZone: string): boolean {
  const ageMs = last === null ? Number.POSITIVE_INFINITY : now.getTime() - last.getTime();
  const hour = hourIn(now, timeZone);
  // One that is far ahead was noted by a clock that was wrong.
  return Math.abs(ageMs) >= OVERDUE_MS || (ageMs >= NIGHTLY_MS && hour >= NIGHT.from && hour < NIGHT.to);
}

/**
 * Verifies the ledger of every county where that is due and no other process does, slowly, and notes the result for whoever
 * watches: what is broken is logged with its first finding.
 * @returns the codes of the counties that were verified
 */
export async function verifyDue(verifying: Verifying): Promise<string[]> {
  const verified: string[] = [];
  for (const county of await listCounties(verifying.database)) {
    if (verifying.signal.aborted) break;
    if (await verifyOne(verifying, county)) verified.push(county.code);
  }
  return verified;
}

async function verifyOne(verifying: Verifying, county: County): Promise<boolean> {
  const { database, now, timeZone, log, signal } = verifying;
  const isDue = async () => {
    const last = (await lastCheckups(database, county.id)).find((one) => one.kind === "audit");
    return isAuditDue(last?.at ?? null, now(), timeZone);
  };
  if (!(await isDue())) return false;
  const turn = { name: "audit", holder: randomBytes(16), ms: TURN_MS };
  const keep = () => takeTurn(database, county.id, turn);
  if (!(await keep())) return false;
  try {
    // Whoever had the turn before may just have done it.
    if (!(await isDue())) return false;
    const audit = await auditCounty(database, county, { onProgress: slowly(signal, keep) });
    await noteCheckup(database, county.id, { kind: "audit", at: now(), isGood: audit.found === 0 });
    const [first] = audit.findings;
    // The head in a log that is kept elsewhere shows later that nothing up to it was taken away.
    const head = audit.head === null ? null : `${audit.head.position}:${audit.head.hash}`;
    const said = { county: county.code, links: audit.links, cases: audit.cases, found: audit.found, head };
    if (first === undefined) log.info(said, "the ledger is intact");
    else log.error({ ...said, first: first.text }, "the ledger is broken");
    return true;
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  } finally {
    await endTurn(database, county.id, turn);
  }
}

/** Rests between pages, and keeps the turn meanwhile. */
function slowly(signal: AbortSignal, keep: () => Promise<boolean>): () => Promise<void> {
  let sinceMs = performance.now();
  let keptMs = sinceMs;
  return async () => {
    const tookMs = performance.now() - sinceMs;
    await pause(Math.min(LONGEST_REST_MS, REST * tookMs), undefined, { signal });
    if (performance.now() - keptMs > RENEW_MS) {
      keptMs = performance.now();
      await keep();
    }
    sinceMs = performance.now();
  };
}

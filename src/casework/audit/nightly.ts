import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { Logger } from "pino";
import type { Database } from "../../../db/database.ts";
import type { Vault } from "../../../db/vault.ts";
import { hourIn } from "../../domain/calendar/deadline.ts";
import { type County, listCounties } from "../county/counties.ts";
import { dropLease, takeLease } from "../county/lease.ts";
import type { Head } from "./canonical.ts";
import { checkHeads } from "./check-heads.ts";
import { lastCheckups, noteCheckup } from "./checkups.ts";
import type { Findings } from "./findings.ts";
import { countLinks } from "./links.ts";
import { auditShare } from "./nightly-share.ts";
import { type Chain, type NotedHead, noteHead, printHead } from "./noted-head.ts";
import { type AuditProgress, isGood, keepProgress, NOTHING_YET, readProgress } from "./progress.ts";
import { verifyWhole } from "./verify-whole.ts";

const HOUR_MS = 3_600_000;
/** Once a night; and whatever the hour, when that was missed. */
const NIGHTLY_MS = 20 * HOUR_MS;
const OVERDUE_MS = 28 * HOUR_MS;
const NIGHT = { from: 1, to: 5 };
/** After each page it rests four times as long as the page took, so that it never takes more than a fifth of a connection. */
const REST = 4;
const LONGEST_REST_MS = 2_000;
/** So many links are verified in a few minutes, with all their cases: such a ledger is verified whole each night. */
const WHOLE_LINKS = 200_000;
/** Then other counties have their turn; what is left is done after them. */
const LONGEST_MS = HOUR_MS;
const TURN_MS = 120_000;
const RENEW_MS = 30_000;
const CHAINS: readonly Chain[] = ["events", "records"];
const UNREADABLE = "what was verified of the ledger before cannot be read: it was changed, or the key is another";

/** What verifying by itself needs. */
type Verifying = {
  readonly database: Database;
  readonly vault: Vault;
  readonly now: () => Date;
  readonly timeZone: string;
  readonly log: Logger;
  /** Ends it in the middle; it goes on when it is asked for again, or begins anew where all is verified in one night. */
  readonly signal: AbortSignal;
  /** Up to how many links a ledger is verified whole each night; the service's own bound when left out. */
  readonly wholeLinks?: number;
};

/** Whether a county's ledger is due for verification: once in each night, and at once where that is overdue. */
export function isAuditDue(last: Date | null, now: Date, timeZone: string): boolean {
  const ageMs = last === null ? Number.POSITIVE_INFINITY : now.getTime() - last.getTime();
  const hour = hourIn(now, timeZone);
  // One that is far ahead was noted by a clock that was wrong.
  return Math.abs(ageMs) >= OVERDUE_MS || (ageMs >= NIGHTLY_MS && hour >= NIGHT.from && hour < NIGHT.to);
}

/**
 * Verifies the ledger of every county where that is due and no other process does it, slowly, and records the result
 * for monitoring: a broken ledger is logged with its first finding.
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
  const { database, now, timeZone, signal } = verifying;
  const isDue = async () => {
    const last = (await lastCheckups(database, county.id)).find((one) => one.kind === "audit");
    return isAuditDue(last?.at ?? null, now(), timeZone);
  };
  if (!(await isDue())) return false;
  const turn = { name: "audit", holder: randomBytes(16), ms: TURN_MS };
  const keep = () => takeLease(database, county.id, turn);
  if (!(await keep())) return false;
  try {
    // Whoever had the turn before may just have done it.
    if (!(await isDue())) return false;
    return await verifyNow(verifying, county, slowly(signal, keep));
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  } finally {
    await dropLease(database, county.id, turn);
  }
}

/** @returns whether what this night is for was done */
async function verifyNow(verifying: Verifying, county: County, rest: () => Promise<void>): Promise<boolean> {
  const { database, vault, log, wholeLinks = WHOLE_LINKS } = verifying;
  const kept = await readProgress(database, vault, county.id);
  if (kept === "unreadable") log.error({ county: county.code }, UNREADABLE);
  const progress = kept === "unreadable" ? { ...NOTHING_YET, rewritten: true } : kept;
  if ((await countLinks(database, county.id)) > wholeLinks) return verifyShare(verifying, county, progress, rest);
  const { frontier } = progress;
  const head = frontier && { chain: "events" as const, head: frontier, signed: null };
  const how = { progress, kept: head, mayForgive: false, onProgress: rest };
  tell(log, county, { ...(await verifyWhole(verifying, county, how)), whole: true });
  return true;
}

async function verifyShare(
  verifying: Verifying,
  county: County,
  progress: AuditProgress,
  rest: () => Promise<void>,
): Promise<boolean> {
  const { database, vault, now, log, signal } = verifying;
  const known = { events: progress.heads ?? 0, records: progress.recordHeads ?? 0 };
  const endsMs = performance.now() + LONGEST_MS;
  const share = await auditShare(database, county.id, {
    progress,
    keep: async (reached) => {
      await keepProgress(database, vault, county.id, reached);
      await rest();
    },
    isOver: () => signal.aborted || performance.now() > endsMs,
    checkHeads: async (report) => {
      for (const chain of CHAINS) await checkHeads(verifying, county.id, { report, known: known[chain], chain });
    },
  });
  const { frontier } = share.progress;
  const isIntact = share.isDone && share.found === 0 && isGood(share.progress);
  const note = (head: Head | null, chain: Chain) =>
    isIntact && head !== null ? noteHead(verifying, county.id, head, { at: now(), known: known[chain], chain }) : null;
  const noted = await note(frontier, "events");
  const notedRecord = await note(share.recordHead, "records");
  if (isIntact) {
    const heads = { heads: noted?.serial ?? known.events, recordHeads: notedRecord?.serial ?? known.records };
    await keepProgress(database, vault, county.id, { ...share.progress, ...heads });
  }
  tell(log, county, { ...share, whole: share.isWhole, head: frontier, noted, notedRecord });
  if (!share.isDone) return false;
  const checkup = { at: now(), isGood: isGood(share.progress) };
  await noteCheckup(database, county.id, { kind: "audit", ...checkup });
  if (share.isWhole) await noteCheckup(database, county.id, { kind: "audit-whole", ...checkup });
  return true;
}

type Told = Findings & {
  readonly links: number;
  readonly cases: number;
  readonly whole: boolean;
  /** In a log that is kept elsewhere it shows later that nothing up to it was taken away. */
  readonly head: Head | null;
  /** The newest signed note of a head; null where there was something to find. */
  readonly noted: NotedHead | null;
  readonly notedRecord: NotedHead | null;
};

function tell(
  log: Logger,
  county: County,
  { links, cases, whole, found, findings, head, noted, notedRecord }: Told,
): void {
  const [first] = findings;
  const at = head === null ? null : `${head.position}:${head.hash}`;
  const signed = { signed: noted && printHead(noted), signedRecords: notedRecord && printHead(notedRecord, "records") };
  const said = { county: county.code, links, cases, whole, found, head: at, ...signed };
  if (first !== undefined) log.error({ ...said, first: first.text }, "the ledger is broken");
  else log.info(said, whole ? "the ledger is intact" : "the ledger is intact as far as it was verified this time");
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

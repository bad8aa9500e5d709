import type { Database } from "../../../db/database.ts";
import type { County } from "../county/counties.ts";
import type { Head } from "./canonical.ts";
import { extendChain } from "./chain.ts";
import { type Advance, type Findings, gatherFindings } from "./findings.ts";
import { checkLinks, countLinks } from "./links.ts";
import { checkRecords } from "./records.ts";
import { checkReplays, countCases } from "./replay-cases.ts";
import { replayHandovers } from "./replay-handovers.ts";
import { replayTopics } from "./replay-topics.ts";

/** The result of an audit of one county. */
export type CountyAudit = Findings & {
  readonly county: string;
  readonly links: number;
  readonly cases: number;
  /** Whoever notes it elsewhere can later show that nothing up to it was taken away or rewritten; null before any event. */
  readonly head: Head | null;
  /** The same of the chain of acts, readings and staff changes. */
  readonly recordHead: Head | null;
};

/**
 * Recomputes the hash chains of a county from its events and its other records, every case from its events, and every hand-over from
 * its acts.
 *
 * Links first what waits for it. Reads page by page beside a running service, in memory that does not grow.
 * @param options.noted a head that was printed earlier and kept elsewhere; `notedRecord` one of the chain of records
 * @param options.onProgress told after each page; where it gives a promise, that is waited for
 */
export async function auditCounty(
  database: Database,
  county: County,
  options: {
    readonly noted?: Head | null;
    readonly notedRecord?: Head | null;
    readonly onProgress?: (done: number, total: number) => unknown;
  } = {},
): Promise<CountyAudit> {
  const { report, found } = gatherFindings();
  await extendChain(database, county.id);
  const [links, cases] = [await countLinks(database, county.id), await countCases(database, county.id)];
  const total = 2 * links + cases;
  let done = 0;
  const advance: Advance = async (count) => {
    done = Math.min(total, done + count);
    await options.onProgress?.(done, total);
  };
  const chain = await checkLinks(database, county.id, { report, advance, noted: options.noted ?? null });
  const recordHead = await checkRecords(database, county.id, report, options.notedRecord ?? null);
  await replayHandovers(database, county.id, report);
  await replayTopics(database, county.id, report);
  const replayed = await checkReplays(database, county.id, { report, advance });
  return { county: county.code, links: chain.links, cases: replayed, head: chain.head, recordHead, ...found() };
}

import type { Database } from "../../../db/database.ts";
import type { County } from "../county/counties.ts";
import { extendChain } from "./chain.ts";
import { checkLinks, countLinks, type Head } from "./links.ts";
import { checkReplays, countCases } from "./replay-cases.ts";

/** Something in the ledger of a county that cannot have come about by itself. */
type Finding = {
  readonly kind: "changed" | "event-deleted" | "link-missing" | "not-linked" | "not-as-noted" | "case-differs";
  /** The link, where it is about one. */
  readonly position: number | null;
  /** The event's seq, where it is about one. */
  readonly event: number | null;
  /** The number of the case, where it is known. */
  readonly case: string | null;
  readonly text: string;
};

/** What was found: the first ones, in the order of the chain, then of the cases, and how many there were. */
export type Findings = { readonly findings: readonly Finding[]; readonly found: number };

/** What an audit of one county found. */
export type CountyAudit = Findings & {
  readonly county: string;
  readonly links: number;
  readonly cases: number;
  /** Whoever notes it elsewhere can later show that nothing up to it was taken away or rewritten; null before any event. */
  readonly head: Head | null;
};

/** Is told how many more links, events and cases were looked at; the next page is read when it resolves. */
export type Advance = (count: number) => Promise<void>;

/** Takes in what was found; keeps the first ones only, however many there are. */
export type Report = (finding: Finding) => void;

const FINDINGS_KEPT = 100;

/** Gathers what is reported. */
export function gatherFindings(): { readonly report: Report; found(): Findings } {
  const findings: Finding[] = [];
  let found = 0;
  return {
    report: (finding) => {
      found += 1;
      if (findings.length < FINDINGS_KEPT) findings.push(finding);
    },
    found: () => ({ findings, found }),
  };
}

/**
 * Recomputes the hash chain of a county from its events, and every case from its events.
 *
 * Links first what waits for it. Reads page by page beside a running service, in memory that does not grow.
 * @param options.noted a head that was printed earlier and kept elsewhere
 * @param options.onProgress told after each page; where it gives a promise, that is waited for
 */
export async function auditCounty(
  database: Database,
  county: County,
  options: { readonly noted?: Head | null; readonly onProgress?: (done: number, total: number) => unknown } = {},
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
  const replayed = await checkReplays(database, county.id, { report, advance });
  return { county: county.code, links: chain.links, cases: replayed, head: chain.head, ...found() };
}

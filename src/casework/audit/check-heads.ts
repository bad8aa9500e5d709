import { and, asc, eq, gt } from "drizzle-orm";
import type { Database } from "../../../db/database.ts";
import { eventLinks, recordLinks } from "../../../db/schema/ledger.ts";
import type { Vault } from "../../../db/vault.ts";
import type { Report } from "./findings.ts";
import { type Chain, HEADS, isGenuine, type NotedHead, notedHead } from "./noted-head.ts";

const PAGE = 1000;

/** A noted head beside the link that the chain has at its position now. */
type Compared = { readonly head: NotedHead; readonly isKept: boolean };

/**
 * Compares every head that was noted of a county with its chain.
 *
 * A chain that was recomputed from some event on is not what the heads behind that event say: the first of them is reported, for
 * all behind it differ as well. A note that is no one of ours, or is missing among the others, is reported too.
 * @param checking.known how many notes there were, as the sealed progress of the nights remembers
 * @param checking.outside a note that was kept outside of the database
 */
export async function checkHeads(
  { database, vault }: { readonly database: Database; readonly vault: Vault },
  jurisdictionId: string,
  checking: {
    readonly report: Report;
    readonly known: number;
    readonly outside?: NotedHead | null;
    readonly chain?: Chain;
  },
): Promise<void> {
  const { known, outside = null, chain = "events" } = checking;
  const report: Report = (finding) =>
    checking.report(chain === "events" ? finding : { ...finding, text: `records: ${finding.text}` });
  let [expected, differing] = [1, 0];
  let [good, first]: [NotedHead | null, NotedHead | null] = [null, null];
  let isOutsideThere = outside === null;
  for (;;) {
    const page = await headsAfter(database, jurisdictionId, chain, expected - 1);
    for (const { head, isKept } of page) {
      if (head.serial > expected) reportMissing(report, expected, head.serial - 1);
      expected = head.serial + 1;
      if (outside !== null && head.serial === outside.serial) isOutsideThere = head.signature === outside.signature;
      if (!isGenuine(vault, jurisdictionId, head, chain)) reportForged(report, head);
      else if (isKept) good = first === null ? head : good;
      else {
        first ??= head;
        differing += 1;
      }
    }
    if (page.length < PAGE) break;
  }
  const last = Math.max(known, isOutsideThere ? 0 : (outside?.serial ?? 0));
  if (last >= expected) reportMissing(report, expected, last);
  else if (outside !== null && !isOutsideThere) reportMissing(report, outside.serial, outside.serial);
  if (first !== null) reportDiffering(report, { first, good, differing });
}

async function headsAfter(
  database: Database,
  jurisdictionId: string,
  chain: Chain,
  serial: number,
): Promise<Compared[]> {
  const [heads, links] = chain === "events" ? [HEADS.events, eventLinks] : [HEADS.records, recordLinks];
  const rows = await database.inCounty(jurisdictionId, (tx) =>
    tx
      .select({ head: heads, hash: links.hash })
      .from(heads)
      .leftJoin(links, and(eq(links.jurisdictionId, heads.jurisdictionId), eq(links.position, heads.position)))
      .where(gt(heads.serial, serial))
      .orderBy(asc(heads.serial))
      .limit(PAGE),
  );
  return rows.map(({ head, hash }) => ({
    head: notedHead(head),
    isKept: hash !== null && Buffer.from(hash).equals(Buffer.from(head.hash)),
  }));
}

function reportDiffering(
  report: Report,
  {
    first,
    good,
    differing,
  }: { readonly first: NotedHead; readonly good: NotedHead | null; readonly differing: number },
): void {
  const since = good === null ? "from its beginning on" : `behind link ${good.position}`;
  const others = differing === 1 ? "" : `, and ${differing - 1} later ones`;
  const text = `the ledger is not the one of which head ${first.serial} was noted (link ${first.position}, ${first.at.toISOString()}${others}): events or links ${since} were rewritten or taken away, and the chain was computed anew`;
  report({ kind: "not-as-noted", position: first.position, event: null, case: null, text });
}

function reportForged(report: Report, { serial, position }: NotedHead): void {
  const text = `noted head ${serial} (link ${position}) does not bear this installation's signature: it was written or changed by somebody else`;
  report({ kind: "head-forged", position, event: null, case: null, text });
}

function reportMissing(report: Report, first: number, last: number): void {
  const text =
    first === last
      ? `noted head ${first} is not there any more: it was taken away or replaced`
      : `noted heads ${first} to ${last} are not there any more: they were taken away`;
  report({ kind: "head-missing", position: null, event: null, case: null, text });
}

import type { Database } from "../../../db/database.ts";
import type { Vault } from "../../../db/vault.ts";
import type { County } from "../county/counties.ts";
import { auditCounty, type CountyAudit } from "./audit-county.ts";
import { checkHeads } from "./check-heads.ts";
import { gatherFindings, joinFindings } from "./findings.ts";
import { type KeptHead, type NotedHead, noteHead } from "./noted-head.ts";
import { type AuditProgress, noteWhole } from "./progress.ts";

/** The result of verifying a whole ledger: what an audit tells, and the newest head that is noted of each chain; null while none is. */
export type WholeAudit = CountyAudit & { readonly noted: NotedHead | null; readonly notedRecord: NotedHead | null };

/**
 * Verifies a county's ledger from its beginning, compares it with the heads that were noted of it, and notes the head of each chain
 * now where nothing was found; notes for the nights that it was done.
 *
 * @param how.progress how far the nights had come
 * @param how.kept a head that its chain must still hold; a signed one was kept outside, and its note must still be there
 * @param how.mayForgive whether this ends what the nights never forget: somebody looks at it
 */
export async function verifyWhole(
  services: { readonly database: Database; readonly vault: Vault; readonly now: () => Date },
  county: County,
  how: {
    readonly progress: AuditProgress;
    readonly kept: KeptHead | null;
    readonly mayForgive: boolean;
    readonly onProgress: (done: number, total: number) => unknown;
  },
): Promise<WholeAudit> {
  const { database, vault, now } = services;
  const { progress, kept, mayForgive, onProgress } = how;
  const known = { events: progress.heads ?? 0, records: progress.recordHeads ?? 0 };
  const of = (chain: KeptHead["chain"]) => (kept?.chain === chain ? kept : null);
  const noted = of("events")?.head ?? null;
  const audited = await auditCounty(database, county, { noted, notedRecord: of("records")?.head ?? null, onProgress });
  const heads = gatherFindings();
  for (const chain of ["events", "records"] as const) {
    const outside = of(chain)?.signed ?? null;
    await checkHeads(services, county.id, { report: heads.report, known: known[chain], outside, chain });
  }
  const audit = { ...audited, ...joinFindings(heads.found(), audited) };
  const isIntact = audit.found === 0;
  const note = (head: typeof audit.head, chain: KeptHead["chain"]) =>
    isIntact && head !== null ? noteHead(services, county.id, head, { at: now(), known: known[chain], chain }) : null;
  const newest = await note(audit.head, "events");
  const newestRecord = await note(audit.recordHead, "records");
  const isRewritten = audit.findings.some(({ kind }) => kind === "not-as-noted");
  await noteWhole(database, vault, county.id, audit, {
    at: now(),
    rewritten: !mayForgive && (progress.rewritten || isRewritten),
    heads: newest?.serial ?? known.events,
    recordHeads: newestRecord?.serial ?? known.records,
  });
  return { ...audit, noted: newest, notedRecord: newestRecord };
}

import type { Database } from "../../../db/database.ts";
import type { Vault } from "../../../db/vault.ts";
import type { County } from "../county/counties.ts";
import { auditCounty, type CountyAudit } from "./audit-county.ts";
import { checkHeads } from "./check-heads.ts";
import { gatherFindings, joinFindings } from "./findings.ts";
import type { Head } from "./links.ts";
import { type NotedHead, noteHead } from "./noted-head.ts";
import { type AuditProgress, noteWhole } from "./progress.ts";

/** The result of verifying a whole ledger: what an audit tells, and the newest head that is noted of it; null while none is. */
export type WholeAudit = CountyAudit & { readonly noted: NotedHead | null };

/**
 * Verifies a county's ledger from its beginning, compares it with the heads that were noted of it, and notes its head now where
 * nothing was found; notes for the nights that it was done.
 *
 * @param how.progress how far the nights had come
 * @param how.noted a head that the chain must still hold
 * @param how.outside a signed head that was kept outside
 * @param how.mayForgive whether this ends what the nights never forget: somebody looks at it
 */
export async function verifyWhole(
  services: { readonly database: Database; readonly vault: Vault; readonly now: () => Date },
  county: County,
  how: {
    readonly progress: AuditProgress;
    readonly noted: Head | null;
    readonly outside?: NotedHead | null;
    readonly mayForgive: boolean;
    readonly onProgress: (done: number, total: number) => unknown;
  },
): Promise<WholeAudit> {
  const { database, vault, now } = services;
  const { progress, noted, outside = null, mayForgive, onProgress } = how;
  const known = progress.heads ?? 0;
  const chain = await auditCounty(database, county, { noted, onProgress });
  const heads = gatherFindings();
  await checkHeads(services, county.id, { report: heads.report, known, outside });
  const audit = { ...chain, ...joinFindings(heads.found(), chain) };
  const verified = audit.found === 0 ? audit.head : null;
  const newest = verified && (await noteHead(services, county.id, verified, { at: now(), known }));
  const isRewritten = audit.findings.some(({ kind }) => kind === "not-as-noted");
  const rewritten = !mayForgive && (progress.rewritten || isRewritten);
  await noteWhole(database, vault, county.id, audit, { at: now(), rewritten, heads: newest?.serial ?? known });
  return { ...audit, noted: newest };
}

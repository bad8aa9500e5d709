import { SingleBar } from "cli-progress";
import { auditCounty, type CountyAudit } from "../../casework/audit/audit-county.ts";
import type { Head } from "../../casework/audit/links.ts";
import { noteWhole } from "../../casework/audit/progress.ts";
import { listCounties, onlyCounty } from "../../casework/county/counties.ts";
import type { Installation } from "../../process/installation.ts";
import type { ExitStatus, Output } from "../../process/output.ts";

const HEAD = /^(\d{1,15}):([0-9a-f]{64})$/;

/**
 * `liaison audit verify`: recomputes the ledger of every county, or of one, and names what is broken in it.
 *
 * The head of each county goes to stdout: noted elsewhere, it shows later that nothing up to it was taken away.
 */
export async function runAuditVerify(
  { out, err }: Output,
  { database, vault, now }: Pick<Installation, "database" | "vault" | "now">,
  options: { readonly county?: string; readonly head?: string; readonly json: boolean },
): Promise<ExitStatus> {
  const noted = options.head === undefined ? null : headIn(options.head);
  if (options.head !== undefined && noted === null) {
    err("A head is its position and its hash, as an earlier run printed them: --head 120:9f86…");
    return 2;
  }
  const needsOne = options.county !== undefined || noted !== null;
  const one = needsOne ? await onlyCounty(database, options.county) : null;
  if (one !== null && !one.ok) {
    err(one.reason);
    return 2;
  }
  const audits: CountyAudit[] = [];
  for (const county of one === null ? await listCounties(database) : [one.county]) {
    const bar = progressBar(county.code);
    const audit = await auditCounty(database, county, { noted, onProgress: bar.show }).finally(bar.stop);
    await noteWhole(database, vault, county.id, audit, { at: now(), rewritten: false });
    audits.push(audit);
    for (const { text } of audit.findings) err(`${county.code}: ${text}`);
    const unsaid = audit.found - audit.findings.length;
    if (unsaid > 0) err(`${county.code}: and ${unsaid} more.`);
    if (!options.json) out(told(audit));
  }
  const ok = audits.every((audit) => audit.found === 0);
  if (options.json) out(JSON.stringify({ ok, counties: audits }, null, 2));
  return ok ? 0 : 1;
}

function headIn(text: string): Head | null {
  const [, position, hash] = HEAD.exec(text) ?? [];
  return position === undefined || hash === undefined ? null : { position: Number(position), hash };
}

function told({ county, links, cases, head, found }: CountyAudit): string {
  const state = found === 0 ? "intact" : `broken, ${found} ${found === 1 ? "finding" : "findings"}`;
  const at = head === null ? "no event yet" : `head ${head.position}:${head.hash}`;
  return `${county}  ${state}  ${links} links  ${cases} cases  ${at}`;
}

function progressBar(county: string): { show(done: number, total: number): void; stop(): void } {
  if (!process.stderr.isTTY) return { show: () => undefined, stop: () => undefined };
  const format = `${county} {bar} {value}/{total}`;
  const bar = new SingleBar({ format, stream: process.stderr, hideCursor: true, clearOnComplete: true });
  bar.start(1, 0);
  return {
    show(done, total) {
      bar.setTotal(total);
      bar.update(done);
    },
    stop: () => bar.stop(),
  };
}

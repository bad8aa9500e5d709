import { SingleBar } from "cli-progress";
import {
  bareHead,
  type Chain,
  isGenuine,
  type NotedHead,
  newestHead,
  printHead,
  readHead,
} from "../../casework/audit/noted-head.ts";
import { NOTHING_YET, readProgress } from "../../casework/audit/progress.ts";
import { verifyWhole, type WholeAudit } from "../../casework/audit/verify-whole.ts";
import { listCounties, onlyCounty } from "../../casework/county/counties.ts";
import type { Installation } from "../../process/installation.ts";
import type { ExitStatus, Output } from "../../process/output.ts";

/**
 * Runs `liaison audit verify`: recomputes the ledger of every county, or of one, and names what is broken in it.
 *
 * The head of each county goes to stdout: noted elsewhere, it shows later that nothing up to it was taken away.
 */
export async function runAuditVerify(
  { out, err }: Output,
  installation: Pick<Installation, "database" | "vault" | "now">,
  options: { readonly county?: string; readonly head?: string; readonly json: boolean },
): Promise<ExitStatus> {
  const { database, vault } = installation;
  const given = readHead(options.head ?? "");
  if (options.head !== undefined && given === null) {
    err("A head is its position and its hash, as an earlier run printed them: --head 120:9f86…");
    err("Or the whole word that liaison audit head printed.");
    return 2;
  }
  const needsOne = options.county !== undefined || given !== null;
  const one = needsOne ? await onlyCounty(database, options.county) : null;
  if (one !== null && !one.ok) {
    err(one.reason);
    return 2;
  }
  const outside = given?.signed ?? null;
  if (outside !== null && one !== null && !isGenuine(vault, one.county.id, outside, given?.chain)) {
    err(`${one.county.code}: ${FORGED}`);
    return 1;
  }
  const audits: WholeAudit[] = [];
  for (const county of one === null ? await listCounties(database) : [one.county]) {
    const bar = progressBar(county.code);
    const kept = await readProgress(database, vault, county.id);
    const progress = kept === "unreadable" ? NOTHING_YET : kept;
    const how = { progress, kept: given, mayForgive: true, onProgress: bar.show };
    const audit = await verifyWhole(installation, county, how).finally(bar.stop);
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

/**
 * Runs `liaison audit head`: prints the newest signed head of every county, or of one, to be kept outside of this
 * machine.
 *
 * One line a county and chain, its code and the head in one word; `--head` of `audit verify` takes it.
 */
export async function runAuditHead(
  { out, err }: Output,
  { database, vault }: Pick<Installation, "database" | "vault">,
  options: { readonly county?: string; readonly json: boolean },
): Promise<ExitStatus> {
  const one = options.county === undefined ? null : await onlyCounty(database, options.county);
  if (one !== null && !one.ok) {
    err(one.reason);
    return 2;
  }
  const heads: { readonly county: string; readonly chain: Chain; readonly head: NotedHead }[] = [];
  let status: ExitStatus = 0;
  for (const { id, code } of one === null ? await listCounties(database) : [one.county]) {
    for (const chain of ["events", "records"] as const) {
      const head = await newestHead(database, id, chain);
      if (head !== null && isGenuine(vault, id, head, chain)) heads.push({ county: code, chain, head });
      // Where nobody has read or changed anything yet there is no record.
      else if (head !== null || chain === "events") {
        status = 1;
        err(`${code}: ${head === null ? "no head is noted yet; liaison audit verify notes one." : FORGED}`);
      }
    }
  }
  if (options.json) {
    out(
      JSON.stringify(
        heads.map(({ county, chain, head }) => ({ county, chain, ...head, signed: printHead(head, chain) })),
        null,
        2,
      ),
    );
  } else for (const { county, chain, head } of heads) out(`${county}  ${printHead(head, chain)}`);
  return status;
}

const FORGED = "this head does not bear the signature of this installation and county.";

function told({ county, links, cases, head, recordHead, found }: WholeAudit): string {
  const state = found === 0 ? "intact" : `broken, ${found} ${found === 1 ? "finding" : "findings"}`;
  const at = head === null ? "no event yet" : `head ${head.position}:${head.hash}`;
  const records = recordHead === null ? "" : `  ${bareHead(recordHead, "records")}`;
  return `${county}  ${state}  ${links} links  ${cases} cases  ${at}${records}`;
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

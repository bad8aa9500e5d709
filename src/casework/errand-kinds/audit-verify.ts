import { z } from "zod";
import { bareHead, isGenuine, readHead } from "../audit/noted-head.ts";
import { NOTHING_YET, readProgress } from "../audit/progress.ts";
import { verifyWhole } from "../audit/verify-whole.ts";
import { listCounties } from "../county/counties.ts";
import { ErrandFailed, errandKind } from "../errands/kind.ts";

/** The answer of a verification: how much was verified, and what was found, by codes. */
type AuditVerified = {
  readonly links: number;
  readonly cases: number;
  readonly found: number;
  readonly findings: readonly { readonly kind: string; readonly position: number | null; readonly text: string }[];
  readonly head: string | null;
  /** The same of the chain of records. */
  readonly recordHead: string | null;
  /** Whether it was compared with a head that was kept elsewhere. */
  readonly isCompared: boolean;
};

const MOST_FINDINGS = 20;
const HEAD_WORDS = "asked.head: a head is its position and its hash, or the whole word as this page prints it.";
const FORGED = "That head was not signed here: it is of another county or installation, or it was changed.";

/** The errand that verifies a county's records whole: every link, every case, and the head that was noted elsewhere, where one is given. */
export const AUDIT_VERIFY = errandKind({
  name: "audit-verify",
  roles: ["auditor", "operator"],
  seenBy: ["auditor", "operator"],
  shape: z.strictObject({ head: z.string().trim().max(400).optional() }),
  refuse: async (_tx, _caller, { head = "" }) => (head === "" || readHead(head) !== null ? null : HEAD_WORDS),
  async run({ jurisdictionId, runtime, signal, progress }, { head = "" }) {
    const { database, vault } = runtime;
    const county = (await listCounties(database)).find(({ id }) => id === jurisdictionId);
    if (county === undefined) throw new ErrandFailed("The county is not there any more.");
    const given = head === "" ? null : readHead(head);
    const signed = given?.signed ?? null;
    if (signed !== null && !isGenuine(vault, jurisdictionId, signed, given?.chain)) throw new ErrandFailed(FORGED);
    const kept = await readProgress(database, vault, jurisdictionId);
    const how = {
      progress: kept === "unreadable" ? NOTHING_YET : kept,
      kept: given,
      mayForgive: true,
      onProgress: (done: number, total: number) => {
        signal.throwIfAborted();
        progress(done, total);
      },
    };
    const audit = await verifyWhole(runtime, county, how);
    // Of the cases, which may be sealed, nothing is told but that something is wrong.
    const findings = audit.findings.slice(0, MOST_FINDINGS).map(({ kind, position, text, case: number }) => ({
      ...{ kind, position },
      text: number === null ? text : text.replaceAll(number, "…"),
    }));
    const { links, cases, found } = audit;
    const answer: AuditVerified = {
      ...{ links, cases, found, findings, isCompared: given !== null },
      head: audit.head && bareHead(audit.head, "events"),
      recordHead: audit.recordHead && bareHead(audit.recordHead, "records"),
    };
    return { answer };
  },
});

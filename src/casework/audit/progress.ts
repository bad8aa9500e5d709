import { and, eq } from "drizzle-orm";
import type { Database } from "../../../db/database.ts";
import { checkups } from "../../../db/schema/users.ts";
import type { Vault } from "../../../db/vault.ts";
import type { CountyAudit } from "./audit-county.ts";
import type { Head } from "./canonical.ts";
import { noteCheckup } from "./checkups.ts";

/** An amount of a ledger: links of its chain, and cases. */
export type Amount = { readonly links: number; readonly cases: number };

/** The progress of nightly verification of a county's ledger. */
export type AuditProgress = {
  /** Every link up to here was verified when it was new; null before the first. */
  readonly frontier: Head | null;
  /** The walks that verify everything again are behind this link and this case. */
  readonly link: number;
  readonly case: string;
  /** How many cases there were when the last night began. */
  readonly cases: number;
  /** What is left of the night that was begun; null when it is done. */
  readonly left: (Amount & { readonly replayNew: boolean }) | null;
  /** Which of the two walks came around since the ledger was last verified whole. */
  readonly around: { readonly links: boolean; readonly cases: boolean };
  /** How much must be walked without a finding until the ledger counts as good again; null when it does. */
  readonly unclear: Amount | null;
  /** What was verified before was not there any more: only somebody who verifies it all can say that this is well. */
  readonly rewritten: boolean;
  /** How many heads were noted; left out by a version that noted none. */
  readonly heads?: number;
  /** How many heads of the chain of records were noted; left out by a version that noted none. */
  readonly recordHeads?: number;
};

/** The progress of a ledger that nobody has verified. */
export const NOTHING_YET: AuditProgress = {
  frontier: null,
  link: 0,
  case: "",
  cases: 0,
  left: null,
  around: { links: false, cases: false },
  unclear: null,
  rewritten: false,
};

const purposeOf = (jurisdictionId: string) => `audit-progress:${jurisdictionId}`;

/**
 * Reads the progress of a county's nightly verification.
 * @returns `unreadable` when it was changed by somebody without the key
 */
export async function readProgress(
  database: Database,
  vault: Vault,
  jurisdictionId: string,
): Promise<AuditProgress | "unreadable"> {
  const [row] = await database.inCounty(jurisdictionId, (tx) =>
    tx
      .select({ progress: checkups.progress })
      .from(checkups)
      .where(and(eq(checkups.jurisdictionId, jurisdictionId), eq(checkups.kind, "audit"))),
  );
  if (row?.progress == null) return NOTHING_YET;
  try {
    return JSON.parse(vault.open(row.progress, purposeOf(jurisdictionId)));
  } catch {
    return "unreadable";
  }
}

/** Stores the progress of a night, and at once when the ledger proves broken. */
export async function keepProgress(
  database: Database,
  vault: Vault,
  jurisdictionId: string,
  progress: AuditProgress,
): Promise<void> {
  const kept = { progress: vault.seal(JSON.stringify(progress), purposeOf(jurisdictionId)), isGood: isGood(progress) };
  await database.inCounty(jurisdictionId, (tx) =>
    tx
      .insert(checkups)
      // Never verified, which the metric says as 0.
      .values({ jurisdictionId, kind: "audit", at: new Date(0), ...kept })
      .onConflictDoUpdate({ target: [checkups.jurisdictionId, checkups.kind], set: kept }),
  );
}

/** Whether there is no finding that is still uncleared. */
export function isGood({ unclear, rewritten }: AuditProgress): boolean {
  return unclear === null && !rewritten;
}

/** Records that a county's ledger was verified whole, from its beginning, and what was found. */
export async function noteWhole(
  database: Database,
  vault: Vault,
  jurisdictionId: string,
  { head, links, cases, found }: CountyAudit,
  noted: {
    readonly at: Date;
    readonly rewritten: boolean;
    readonly heads: number;
    readonly recordHeads: number;
  },
): Promise<void> {
  const { at, ...rest } = noted;
  const progress: AuditProgress = {
    ...NOTHING_YET,
    ...rest,
    frontier: head,
    cases,
    unclear: found === 0 ? null : { links, cases },
  };
  await keepProgress(database, vault, jurisdictionId, progress);
  for (const kind of ["audit", "audit-whole"] as const) {
    await noteCheckup(database, jurisdictionId, { kind, at, isGood: isGood(progress) });
  }
}

import { and, inArray, not } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { cases } from "../../../db/schema/cases.ts";
import { understandings } from "../../../db/schema/understandings.ts";
import { mask } from "../../domain/text/mask.ts";
import { hasName } from "../../domain/text/names.ts";
import type { Caller } from "../access/caller.ts";
import { countsAsSealed, visibleTo } from "../cases/visible-to.ts";
import { becauseOf } from "../inbox/understandings.ts";
import { type Candidate, findCandidates, type LearningServices } from "./candidates.ts";

/** A candidate as somebody of the office sees it, without names, numbers and places. */
export type StaffCandidate = {
  readonly id: string;
  readonly at: string;
  readonly decided: string;
  readonly was: string;
  readonly source: Candidate["source"];
  readonly text: string;
  /** The pieces of the words that spoke most for what it was taken for, masked; empty once they are not kept any more. */
  readonly because: readonly string[];
  /** How sure the service was, 0 to 1. */
  readonly probability: number;
  readonly state: Candidate["agreement"]["state"];
  readonly labelledBy: readonly string[];
  /** Whether this person has labelled it already. */
  readonly isMine: boolean;
};

/**
 * The candidates of the county whose transaction this is that exist for somebody of the office: never what may accuse an official or lies
 * in a case that counts as sealed, nor what names this person or belongs to a case from which they are kept.
 */
export async function candidatesFor(
  services: Pick<LearningServices, "vault" | "atlases" | "now">,
  tx: Transaction,
  caller: Caller,
  today: string,
): Promise<StaffCandidate[]> {
  const open = (await findCandidates(services, tx, caller.jurisdictionId)).filter(
    ({ isSealed, words }) => !isSealed && !hasName(words, caller.name),
  );
  if (open.length === 0) return [];
  const inCases = open.flatMap(({ caseId }) => caseId ?? []);
  const seen =
    inCases.length === 0
      ? []
      : await tx
          .select({ id: cases.id })
          .from(cases)
          .where(and(inArray(cases.id, inCases), visibleTo(caller, today), not(countsAsSealed)));
  const visible = new Set(seen.map(({ id }) => id));
  const shown = open.filter(({ caseId }) => caseId === null || visible.has(caseId));
  if (shown.length === 0) return [];
  const seqs = shown.map(({ seq }) => seq);
  const rows = await tx.select().from(understandings).where(inArray(understandings.inboxSeq, seqs));
  const readBy = new Map(rows.map((row) => [row.inboxSeq, row]));
  return shown.map(({ seq, at, decided, was, source, text, agreement, labelledBy }) => {
    const read = readBy.get(seq);
    return {
      ...{ id: String(seq), at: at.toISOString(), decided, was, source, text },
      because: read === undefined ? [] : becauseOf(services.vault, read).map(({ sign }) => mask(sign)),
      probability: read?.probability ?? 0,
      state: agreement.state,
      labelledBy,
      isMine: labelledBy.includes(caller.name),
    };
  });
}

import { and, asc, eq, inArray, isNotNull, lt } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Transaction } from "../../../db/database.ts";
import { inbox } from "../../../db/schema/conversations.ts";
import { understandingCorrections, understandings } from "../../../db/schema/understandings.ts";
import type { Vault } from "../../../db/vault.ts";
import type { Understood } from "../../domain/dialog/understand-resident.ts";
import { correctionOf } from "../../domain/understanding/corrections.ts";
import type { Act } from "../../domain/understanding/meaning.ts";
import type { Reason } from "../../domain/understanding/model.ts";
import type { Runtime } from "../runtime/runtime.ts";
import type { Said } from "../turn/said.ts";
import type { Turn } from "../turn/turn.ts";
import type { CaseWriting } from "../turn/unit-of-work.ts";

/** For so long it is kept which pieces of somebody's words decided; the decision itself stays. */
const BECAUSE_MS = 180 * 86_400_000;

/** A row of {@link understandings}. */
export type Understanding = typeof understandings.$inferSelect;

/** Notes as what a resident's text was taken, and why, with everything else that it leads to. */
export function noteUnderstanding(turn: Turn, said: Said, { meaning, why }: Understood): void {
  const { because, rule, act, likeliest, probability, danger, accusation, signs, weights } = why;
  turn.writes.insert(understandings, {
    id: newId(),
    jurisdictionId: turn.jurisdictionId,
    inboxSeq: said.seq,
    at: turn.now,
    kind: meaning.kind,
    rule,
    act,
    likeliest,
    probability,
    danger,
    accusation,
    signs: [...signs],
    weights,
    because: turn.runtime.vault.seal(JSON.stringify(because()), becausePurpose(turn.jurisdictionId)),
    openedBy: null,
    openedAt: null,
    isNoLesson: false,
  });
}

/** The pieces of a message's words that spoke most for how it was understood; empty once they are not kept any more. */
export function becauseOf(
  vault: Vault,
  { because, jurisdictionId }: Pick<Understanding, "because" | "jurisdictionId">,
): readonly Reason[] {
  return because === null ? [] : JSON.parse(vault.open(because, becausePurpose(jurisdictionId)));
}

/** Notes what somebody's words were, as they say who were asked, where that is not what was likeliest. */
export async function noteAnswered(turn: Turn, waited: readonly Said[], chosen: Act): Promise<void> {
  const seqs = waited.map((one) => one.seq);
  if (seqs.length === 0) return;
  const rows = await turn.tx.select().from(understandings).where(inArray(understandings.inboxSeq, seqs));
  // What was only said beside the words that were asked about is not what the answer is about.
  for (const row of rows.filter(({ kind }) => kind === "unsure")) {
    noteCorrection(turn, row, correctionOf(row.likeliest, chosen), { source: "resident", by: null });
  }
}

/** Whoever says that words were something else: a resident, or somebody of the office or a deputy by name. */
type Corrector = { readonly source: "resident" | "office" | "deputy"; readonly by: string | null };

/**
 * Notes what the words were that a case began with, as somebody says who has read it; nothing where that is what they were taken
 * for, or how they were understood is not kept. Of words that may accuse an official a deputy's correction does not count.
 */
export async function noteMeant(
  writing: CaseWriting & { readonly tx: Transaction },
  caseId: string,
  was: Act,
  who: Corrector,
): Promise<void> {
  const [row] = await writing.tx
    .select({ understanding: understandings })
    .from(understandings)
    .innerJoin(inbox, eq(inbox.seq, understandings.inboxSeq))
    .where(eq(inbox.caseId, caseId))
    .orderBy(asc(understandings.inboxSeq))
    .limit(1);
  if (row === undefined || (who.source === "deputy" && row.understanding.accusation !== null)) return;
  const { act, likeliest } = row.understanding;
  noteCorrection(writing, row.understanding, correctionOf(act ?? likeliest, was), who);
}

/** Notes a correction of how a message was understood; none where it is null. */
export function noteCorrection(
  writing: CaseWriting,
  { inboxSeq, weights }: Pick<Understanding, "inboxSeq" | "weights">,
  correction: { readonly decided: string; readonly was: string } | null,
  who: Corrector,
): void {
  if (correction === null) return;
  writing.writes.insert(understandingCorrections, {
    id: newId(),
    jurisdictionId: writing.jurisdictionId,
    inboxSeq,
    ...correction,
    ...who,
    weights,
    at: writing.now,
  });
}

/** Forgets which pieces of words decided, where that is long ago. */
export async function forgetReasons(runtime: Runtime, jurisdictionId: string): Promise<void> {
  const before = new Date(runtime.now().getTime() - BECAUSE_MS);
  await runtime.database.inCounty(jurisdictionId, (tx) =>
    tx
      .update(understandings)
      .set({ because: null })
      .where(and(isNotNull(understandings.because), lt(understandings.at, before))),
  );
}

const becausePurpose = (jurisdictionId: string) => `understanding:${jurisdictionId}`;

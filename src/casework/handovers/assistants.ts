import { and, asc, eq, inArray } from "drizzle-orm";
import { type CaseRecord, caseFollowers } from "../../../db/schema/cases.ts";
import { deputies } from "../../../db/schema/people.ts";
import { record } from "../cases/record.ts";
import { tellDeputy } from "../outbox/tell.ts";
import type { Turn } from "../turn/turn.ts";

/** A deputy who helps with a case that somebody else has: they follow it, and may speak to whoever has it, never to its resident. */
export type Assistant = { readonly id: string; readonly code: string; readonly name: string };

/** The deputies who help with a case, the first one first. */
export function assistantsOf({ tx }: Pick<Turn, "tx">, { id }: Pick<CaseRecord, "id">): Promise<Assistant[]> {
  return tx
    .select({ id: deputies.id, code: deputies.code, name: deputies.name })
    .from(caseFollowers)
    .innerJoin(deputies, eq(deputies.id, caseFollowers.deputyId))
    .where(and(eq(caseFollowers.caseId, id), eq(caseFollowers.why, "assistant")))
    .orderBy(asc(caseFollowers.since), asc(deputies.code));
}

/** Writes down that a deputy helps with a case from now on; one who only followed it does more now. */
export async function beginAssisting(turn: Turn, subject: CaseRecord, one: Assistant, by: string): Promise<void> {
  record(turn, subject, "assisted", by, { deputy: one.code });
  const { jurisdictionId, now: since } = turn;
  const why = "assistant";
  await turn.tx
    .insert(caseFollowers)
    .values({ jurisdictionId, caseId: subject.id, deputyId: one.id, why, since })
    .onConflictDoUpdate({ target: [caseFollowers.caseId, caseFollowers.deputyId], set: { why, since } });
}

/** Ends that these deputies help with a case, and that they see it. */
export async function endAssisting(
  turn: Turn,
  subject: CaseRecord,
  leaving: readonly Assistant[],
  by: string,
): Promise<void> {
  if (leaving.length === 0) return;
  for (const { code } of leaving) record(turn, subject, "assist_ended", by, { deputy: code });
  const ids = leaving.map(({ id }) => id);
  await turn.tx
    .delete(caseFollowers)
    .where(and(eq(caseFollowers.caseId, subject.id), inArray(caseFollowers.deputyId, ids)));
}

/** Ends with a case that was closed just now that somebody helps with it; each is told, unless nobody may hear of it. */
export async function endAssistingOfClosed(turn: Turn, subject: CaseRecord): Promise<void> {
  const all = await assistantsOf(turn, subject);
  await endAssisting(turn, subject, all, "service");
  await tellAssistingIsOver(turn, subject, all, "closed");
}

/** Tells deputies who helped with a case that they need not any more. */
export async function tellAssistingIsOver(
  turn: Turn,
  subject: CaseRecord,
  left: readonly Assistant[],
  why: "closed" | "taken-back" | "office",
): Promise<void> {
  if (subject.sealed) return;
  for (const { id } of left) {
    await tellDeputy(turn, id, (wording) => ({
      kind: "courtesy",
      mustKnow: true,
      subject,
      words: wording.assistOver({ number: subject.number, why }),
    }));
  }
}

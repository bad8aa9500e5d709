import { and, eq, isNotNull } from "drizzle-orm";
import { type CaseRecord, caseMessages } from "../../../db/schema/cases.ts";
import { textSketches, troubleMarks } from "../../../db/schema/topics.ts";
import { isRehearsalNumber } from "../../domain/case/rehearsal.ts";
import { signIn } from "../../domain/categories/trouble-signs.ts";
import { sketchOf } from "../../domain/matters/same-matter.ts";
import { namesSaid } from "../../domain/place/mentions.ts";
import { spotsIn } from "../../domain/place/spots.ts";
import type { RoutingFacts } from "../../domain/routing/route.ts";
import type { Turn } from "../turn/turn.ts";
import { openAlike } from "./alike.ts";

/** A deputy hears of cases like one that they have when so long nobody has told more of it. */
export const QUIET_MS = 10 * 60_000;

/** The time for which what a deputy would hear of such a case alone is held back: they are told of all together before. */
export const HELD_MS = QUIET_MS + 60_000;

/** The mark of a case as it is to be written. */
export type NewMark = {
  readonly row: typeof troubleMarks.$inferInsert;
  /** The hashes by which a text that was pasted from it is found; none where it was pasted itself. */
  readonly hashes: readonly string[];
  /**
   * The moment until which its deputy need not hear of it: they have one of somebody else about the same matter, and will be told of
   * both together; null where it says something new.
   */
  readonly heldUntil: Date | null;
};

/** A case that may get a mark, written already or about to be. */
export type Markable = Pick<
  CaseRecord,
  | "id"
  | "jurisdictionId"
  | "conversationId"
  | "deputyId"
  | "gridId"
  | "receivedAt"
  | "sealed"
  | "priority"
  | "minor"
  | "unnamed"
> & {
  readonly isRehearsal: boolean;
  /** Whether something was shown with it: nobody else showed that. */
  readonly hasShown: () => boolean | Promise<boolean>;
};

/** A written case as one that may get a mark. */
export function markable(turn: Turn, subject: CaseRecord): Markable {
  return { ...subject, isRehearsal: isRehearsalNumber(subject.number), hasShown: () => hasShown(turn, subject) };
}

/**
 * The mark of a case by the trouble of which its resident's words tell and by its place. A sealed case, one of danger and one that says
 * nothing that others may say too gets none.
 */
export async function troubleMarkOf(
  turn: Turn,
  subject: Markable,
  text: string,
  facts: RoutingFacts,
): Promise<NewMark | null> {
  if (subject.sealed || subject.priority) return null;
  const sign = signIn(text)?.code ?? null;
  const sketch = sketchOf(text);
  if (sign === null && sketch.length === 0) return null;
  const { id: caseId, jurisdictionId, conversationId, deputyId, gridId, receivedAt: at } = subject;
  const names = facts.placeBy === "name" || facts.placeBy === "answer" ? namesSaid(facts.placeEvidence) : [];
  const about = { sign, gridId, spots: spotsIn(text, names) };
  const mayJoin = !subject.minor && !subject.unnamed && !subject.isRehearsal;
  const sought = { caseId, conversationId, deputyId, ...about, text, sketch, mayJoin };
  const { pastedFrom, isKnown } = await turn.lookups.of(openAlike)(sought);
  const isHeld = isKnown && !(await subject.hasShown());
  return {
    row: { caseId, jurisdictionId, conversationId, at, ...about, pastedFrom },
    hashes: pastedFrom === null ? sketch : [],
    heldUntil: isHeld ? new Date(turn.now.getTime() + HELD_MS) : null,
  };
}

/** Writes the mark of a case, anew where it was moved. */
export function writeMark({ writes }: Turn, { row, hashes }: NewMark): void {
  writes.join(troubleMarks, row);
  const { caseId, jurisdictionId, conversationId, at } = row;
  for (const hash of hashes) writes.insert(textSketches, { caseId, jurisdictionId, hash, conversationId, at });
}

/** Whether something was shown with a case that is written. */
async function hasShown({ tx }: Turn, { id }: CaseRecord): Promise<boolean> {
  const shown = await tx
    .select({ id: caseMessages.id })
    .from(caseMessages)
    .where(and(eq(caseMessages.caseId, id), isNotNull(caseMessages.mediaId)))
    .limit(1);
  return shown.length > 0;
}

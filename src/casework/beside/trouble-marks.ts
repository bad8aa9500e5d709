import { and, eq, gt, isNotNull, isNull, ne, or, sql } from "drizzle-orm";
import { type CaseRecord, caseMessages, cases } from "../../../db/schema/cases.ts";
import { troubleMarks } from "../../../db/schema/topics.ts";
import { signIn } from "../../domain/categories/trouble-signs.ts";
import { ALIKE_MS, isPasted, isSameMatter, sketchOf } from "../../domain/matters/same-matter.ts";
import { namesSaid } from "../../domain/place/mentions.ts";
import { spotsIn } from "../../domain/place/spots.ts";
import type { RoutingFacts } from "../../domain/routing/route.ts";
import { residentsWords, threadOf } from "../cases/thread.ts";
import type { Turn } from "../turn/turn.ts";
import { mayJoin } from "./may-join.ts";

/** A deputy hears of cases like one that they have when so long nobody has told more of it. */
export const QUIET_MS = 10 * 60_000;

/** The time for which what a deputy would hear of such a case alone is held back: they are told of all together before. */
export const HELD_MS = QUIET_MS + 60_000;

/** The most texts to which one is compared. */
const COMPARED = 20;

/**
 * Marks a case by the trouble of which its resident's words tell and by its place, anew where it was moved. A sealed case, one of
 * danger and one that says nothing that others may say too gets no mark.
 *
 * @returns whether it has one
 */
export async function markTrouble(
  turn: Turn,
  subject: CaseRecord,
  text: string,
  facts: RoutingFacts,
): Promise<boolean> {
  if (subject.sealed || subject.priority) return false;
  const sign = signIn(text)?.code ?? null;
  const sketch = sketchOf(text);
  if (sign === null && sketch.length === 0) return false;
  const { id: caseId, jurisdictionId, conversationId, gridId, receivedAt } = subject;
  const names = facts.placeBy === "name" || facts.placeBy === "answer" ? namesSaid(facts.placeEvidence) : [];
  const about = {
    ...{ sign, gridId, spots: spotsIn(text, names), sketch },
    pastedFrom: await firstWithText(turn, subject, text, sketch),
  };
  await turn.tx
    .insert(troubleMarks)
    .values({ caseId, jurisdictionId, conversationId, at: receivedAt, ...about })
    .onConflictDoUpdate({ target: troubleMarks.caseId, set: about });
  return true;
}

/** The first case whose text was pasted here, of somebody else; null where none was. */
async function firstWithText(
  turn: Turn,
  subject: CaseRecord,
  text: string,
  sketch: readonly string[],
): Promise<string | null> {
  if (sketch.length === 0) return null;
  const found = await turn.tx
    .select({ subject: cases, pastedFrom: troubleMarks.pastedFrom })
    .from(troubleMarks)
    .innerJoin(cases, eq(cases.id, troubleMarks.caseId))
    .where(
      and(
        sql`${troubleMarks.sketch} && ${sql.param([...sketch])}::text[]`,
        ne(troubleMarks.conversationId, subject.conversationId),
        gt(troubleMarks.at, new Date(turn.now.getTime() - ALIKE_MS)),
        mayJoin,
      ),
    )
    .orderBy(troubleMarks.at)
    .limit(COMPARED);
  for (const { subject: other, pastedFrom } of found) {
    if (isPasted(text, residentsWords(await threadOf(turn, other)))) return pastedFrom ?? other.id;
  }
  return null;
}

/**
 * The moment until which the deputy of a new case need not hear of it: they have one of somebody else about the same matter, and will
 * be told of both together. Null where it says something new.
 */
export async function heldUntil(turn: Turn, subject: CaseRecord): Promise<Date | null> {
  const [mine] = await turn.tx.select().from(troubleMarks).where(eq(troubleMarks.caseId, subject.id));
  if (mine === undefined || subject.deputyId === null || (await hasShown(turn, subject))) return null;
  const others = await turn.tx
    .select({ mark: troubleMarks })
    .from(troubleMarks)
    .innerJoin(cases, eq(cases.id, troubleMarks.caseId))
    .where(
      and(
        or(
          mine.sign === null || mine.gridId === null
            ? undefined
            : and(eq(troubleMarks.sign, mine.sign), eq(troubleMarks.gridId, mine.gridId)),
          mine.pastedFrom === null
            ? undefined
            : or(eq(troubleMarks.caseId, mine.pastedFrom), eq(troubleMarks.pastedFrom, mine.pastedFrom)),
          sql`false`,
        ),
        ne(troubleMarks.conversationId, subject.conversationId),
        gt(troubleMarks.at, new Date(turn.now.getTime() - ALIKE_MS)),
        eq(cases.deputyId, subject.deputyId),
        isNull(cases.closedAt),
        mayJoin,
      ),
    )
    .limit(COMPARED);
  const about = { ...mine, grid: mine.gridId };
  const isKnown = others.some(({ mark: { gridId: grid, ...mark } }) => {
    return mark.caseId === mine.pastedFrom || isSameMatter(about, { ...mark, grid });
  });
  return isKnown ? new Date(turn.now.getTime() + HELD_MS) : null;
}

/** Whether something was shown with a case: nobody else showed that. */
async function hasShown({ tx }: Turn, { id }: CaseRecord): Promise<boolean> {
  const shown = await tx
    .select({ id: caseMessages.id })
    .from(caseMessages)
    .where(and(eq(caseMessages.caseId, id), isNotNull(caseMessages.mediaId)))
    .limit(1);
  return shown.length > 0;
}

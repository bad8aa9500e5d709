import { and, asc, desc, eq, gte, isNull, lte, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { answers, answerUses } from "../../../db/schema/categories.ts";
import { isRefusedTooOften, USES_LOOKED_AT } from "../../domain/answers/answer.ts";

/** An answer that is given at once today. */
export type AnswerInUse = Pick<typeof answers.$inferSelect, "id" | "code" | "title" | "triggers" | "body" | "category">;

/** The answers of the library that are given on a day: reviewed, within their days, and not refused too often. @param today YYYY-MM-DD */
export async function answersInUse(tx: Transaction, today: string): Promise<AnswerInUse[]> {
  const { id, code, title, triggers, body, category } = answers;
  return tx
    .select({ id, code, title, triggers, body, category })
    .from(answers)
    .where(
      and(
        eq(answers.state, "in-force"),
        isNull(answers.outSince),
        lte(answers.validFrom, today),
        gte(answers.validUntil, today),
      ),
    )
    .orderBy(asc(answers.code));
}

/** Notes that a resident refused the answer that their case was given; one that is refused too often leaves service at once. */
export async function noteRefusal(tx: Transaction, caseId: string, now: Date): Promise<void> {
  const [use] = await tx
    .update(answerUses)
    .set({ refusedAt: now })
    .where(and(eq(answerUses.caseId, caseId), isNull(answerUses.refusedAt)))
    .returning({ answerId: answerUses.answerId });
  if (use === undefined) return;
  // Locked, so that of two refusals at one moment the later one sees the other.
  const [answer] = await tx.select().from(answers).where(eq(answers.id, use.answerId)).for("no key update");
  if (answer === undefined || answer.state !== "in-force" || answer.outSince !== null) return;
  const last = await tx
    .select({ refusedAt: answerUses.refusedAt })
    .from(answerUses)
    .where(and(eq(answerUses.answerId, answer.id), gte(answerUses.at, answer.reviewedAt ?? answer.writtenAt)))
    .orderBy(desc(answerUses.at), desc(answerUses.id))
    .limit(USES_LOOKED_AT);
  if (!isRefusedTooOften(last.filter(({ refusedAt }) => refusedAt !== null).length)) return;
  await tx
    .update(answers)
    .set({ outSince: now, revision: sql`${answers.revision} + 1` })
    .where(eq(answers.id, answer.id));
}

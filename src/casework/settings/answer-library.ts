import { and, asc, desc, eq, gt, inArray, or, sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Transaction } from "../../../db/database.ts";
import { cases } from "../../../db/schema/cases.ts";
import { answers, answerUses } from "../../../db/schema/categories.ts";
import { type AnswerContent, USES_LOOKED_AT } from "../../domain/answers/answer.ts";
import { checkAnswers, type WrittenAnswer } from "../../domain/answers/check.ts";
import { isSamePerson, personName } from "../rules/author.ts";
import { catalogueOf } from "../rules/category-model.ts";

/** A row of {@link answers}. */
export type AnswerRow = typeof answers.$inferSelect;

/** An answer of the library with how often it was given, and how often its resident said that it was none. */
export type ListedAnswer = AnswerRow & { readonly hits: number; readonly refusals: number };

/** Only one change of a county's library at a time. */
const LOCK = 7_204_113_931;
/** Of what was ended, refused or withdrawn so much is shown. */
const SHOWN_DAYS = 90;
const DAY_MS = 86_400_000;

/** Lists the library: drafts and what is in force, and what was ended, refused or withdrawn in the last 90 days. */
export async function listAnswers(tx: Transaction, now: Date): Promise<ListedAnswer[]> {
  const lately = new Date(now.getTime() - SHOWN_DAYS * DAY_MS);
  return withUses(tx, or(inArray(answers.state, ["draft", "in-force"]), gt(answers.endedAt, lately)));
}

/** Finds one answer of the library; null where there is none of this id. */
export async function answerById(tx: Transaction, id: string): Promise<ListedAnswer | null> {
  const [found] = await withUses(tx, eq(answers.id, id));
  return found ?? null;
}

async function withUses(tx: Transaction, which: ReturnType<typeof and>): Promise<ListedAnswer[]> {
  const rows = await tx
    .select({
      row: answers,
      hits: sql<number>`(select count(*)::int from answer_uses u where u.answer_id = answers.id)`,
      refusals: sql<number>`(select count(u.refused_at)::int from answer_uses u where u.answer_id = answers.id)`,
    })
    .from(answers)
    .where(which)
    .orderBy(asc(answers.code), desc(answers.writtenAt), asc(answers.id));
  return rows.map(({ row, hits, refusals }) => ({ ...row, hits, refusals }));
}

/** A case that an answer was given to last. */
export type LastUse = { readonly number: string; readonly at: Date; readonly refusedAt: Date | null };

/** The last uses of an answer, newest first: those by which it is judged. */
export async function lastUses(tx: Transaction, id: string): Promise<LastUse[]> {
  return tx
    .select({ number: cases.number, at: answerUses.at, refusedAt: answerUses.refusedAt })
    .from(answerUses)
    .innerJoin(cases, eq(cases.id, answerUses.caseId))
    .where(eq(answerUses.answerId, id))
    .orderBy(desc(answerUses.at), desc(answerUses.id))
    .limit(USES_LOOKED_AT);
}

/** The rows of a file, who wrote and who reviewed them, and the moment with its day. */
export type AnswerImport = {
  readonly rows: readonly WrittenAnswer[];
  readonly author: string;
  readonly reviewer: string;
  readonly now: Date;
  readonly today: string;
};

/**
 * Puts answers that one person wrote and another one reviewed into force, all rows or none. One that is in force under the same code
 * ends; one that says the same stays as it is.
 * @returns how many are new or changed, or what is wrong, a sentence each
 */
export async function importAnswers(
  tx: Transaction,
  jurisdictionId: string,
  { rows, now, today, ...people }: AnswerImport,
): Promise<
  { readonly ok: true; readonly changed: number } | { readonly ok: false; readonly problems: readonly string[] }
> {
  const [author, reviewer] = [personName(people.author), personName(people.reviewer)];
  if (author === null || reviewer === null)
    return { ok: false, problems: ["Author and reviewer are names of 1 to 100 characters."] };
  if (isSamePerson(author, reviewer))
    return { ok: false, problems: [`${author} wrote them, so somebody else must review them.`] };
  await lockLibrary(tx, jurisdictionId);
  const { topics } = await catalogueOf(tx);
  const checked = checkAnswers(rows, { categories: topics.map(({ code }) => code), today });
  if (!checked.ok) return checked;
  const inForce = await tx.select().from(answers).where(eq(answers.state, "in-force"));
  let changed = 0;
  for (const content of checked.answers) {
    const before = inForce.find(({ code }) => code === content.code);
    if (before !== undefined && saysTheSame(before, content)) continue;
    await replaceInForce(tx, content.code, { by: reviewer, now });
    await tx.insert(answers).values({
      ...{ id: newId(), jurisdictionId, ...content, triggers: [...content.triggers], state: "in-force" },
      ...{ author, authorId: null, writtenAt: now, revision: 1, reviewer, reviewedAt: now },
    });
    changed += 1;
  }
  return { ok: true, changed };
}

/** What is out of service is not the same again: whoever imports it has it reviewed. */
function saysTheSame(row: AnswerRow, content: AnswerContent): boolean {
  const { title, triggers, body, category, validFrom, validUntil } = content;
  return (
    row.outSince === null &&
    row.title === title &&
    row.triggers.join("\n") === triggers.join("\n") &&
    row.body === body &&
    row.category === category &&
    row.validFrom === validFrom &&
    row.validUntil === validUntil
  );
}

/** Ends what is in force under a code, for another answer takes its place. */
export async function replaceInForce(
  tx: Transaction,
  code: string,
  { by, now }: { readonly by: string; readonly now: Date },
): Promise<void> {
  await tx
    .update(answers)
    .set({ state: "ended", endedBy: by, endedAt: now, revision: sql`${answers.revision} + 1` })
    .where(and(eq(answers.code, code), eq(answers.state, "in-force")));
}

/** Keeps anybody else from changing the library until the commit. */
export async function lockLibrary(tx: Transaction, jurisdictionId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${jurisdictionId}, ${LOCK}))`);
}

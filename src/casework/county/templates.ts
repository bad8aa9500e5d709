import { asc, desc, eq } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { answerTemplates } from "../../../db/schema/county.ts";

type Row = typeof answerTemplates.$inferSelect;

/** A version of an answer template. */
export type AnswerTemplate = Omit<Row, "jurisdictionId">;

/** The templates in use of the county whose transaction this is, by name. */
export async function listTemplates(tx: Transaction): Promise<AnswerTemplate[]> {
  const rows = await tx
    .selectDistinctOn([answerTemplates.id])
    .from(answerTemplates)
    .orderBy(answerTemplates.id, desc(answerTemplates.version));
  return rows
    .filter(({ isEnd }) => !isEnd)
    .map(templateOf)
    .toSorted((one, other) => one.name.localeCompare(other.name, "zh-CN"));
}

/** Lists all versions of a template, oldest first; none where there is none of this id. */
export async function templateVersions(tx: Transaction, id: string): Promise<AnswerTemplate[]> {
  const rows = await tx
    .select()
    .from(answerTemplates)
    .where(eq(answerTemplates.id, id))
    .orderBy(asc(answerTemplates.version));
  return rows.map(templateOf);
}

function templateOf({ jurisdictionId: _county, ...template }: Row): AnswerTemplate {
  return template;
}

import { asc, desc, eq, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { answerTemplates } from "../../../db/schema/county.ts";

type Row = typeof answerTemplates.$inferSelect;

/** A version of an answer template. */
export type AnswerTemplate = Omit<Row, "jurisdictionId">;

/** The content of an answer template; English may be empty. */
export type TemplateContent = Pick<Row, "name" | "textZh" | "textEn">;

/** The result of a change of a template: the version that was written, or what happened since it was seen. */
export type TemplateChanged =
  | { readonly ok: true; readonly template: AnswerTemplate }
  | { readonly ok: false; readonly why: "unknown" | "too-many" | "name-taken" }
  | { readonly ok: false; readonly why: "faster"; readonly latest: AnswerTemplate };

const MOST_TEMPLATES = 200;
/** Only one change of a county's templates at a time. */
const LOCK = 7_204_113_917;

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

/**
 * Writes the next version of a template, its first or its end.
 * @param wanted.seen the version that whoever writes has seen; 0 for a template that is not there yet
 * @param wanted.content null ends it
 */
export async function writeTemplate(
  tx: Transaction,
  jurisdictionId: string,
  wanted: {
    readonly id: string;
    readonly seen: number;
    readonly content: TemplateContent | null;
    readonly by: string;
    readonly at: Date;
  },
): Promise<TemplateChanged> {
  const { id, seen, content, by, at } = wanted;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${jurisdictionId}, ${LOCK}))`);
  const latest = (await templateVersions(tx, id)).at(-1);
  if (latest === undefined ? content === null || seen !== 0 : latest.isEnd && latest.version === seen)
    return { ok: false, why: "unknown" };
  if (latest !== undefined && latest.version !== seen) return { ok: false, why: "faster", latest };
  const others = (await listTemplates(tx)).filter((one) => one.id !== id);
  if (content !== null && others.length >= MOST_TEMPLATES) return { ok: false, why: "too-many" };
  if (content !== null && others.some(({ name }) => name === content.name)) return { ok: false, why: "name-taken" };
  const { name, textZh, textEn } = content ?? latest ?? { name: "", textZh: "", textEn: "" };
  const template = { id, version: seen + 1, name, textZh, textEn, isEnd: content === null, by, at };
  await tx.insert(answerTemplates).values({ jurisdictionId, ...template });
  return { ok: true, template };
}

function templateOf({ jurisdictionId: _county, ...template }: Row): AnswerTemplate {
  return template;
}

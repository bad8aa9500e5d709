import { sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { answerTemplates } from "../../../db/schema/county.ts";
import { type AnswerTemplate, listTemplates, templateVersions } from "../county/templates.ts";

/** The content of an answer template; English may be empty. */
export type TemplateContent = Pick<AnswerTemplate, "name" | "textZh" | "textEn">;

/** The result of a change of a template: the version that was written, or what happened since it was seen. */
export type TemplateChanged =
  | { readonly ok: true; readonly template: AnswerTemplate }
  | { readonly ok: false; readonly why: "unknown" | "too-many" | "name-taken" }
  | { readonly ok: false; readonly why: "faster"; readonly latest: AnswerTemplate };

const MOST_TEMPLATES = 200;
/** Only one change of a county's templates at a time. */
const LOCK = 7_204_113_917;

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

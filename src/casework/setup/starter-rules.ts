import { sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { draft } from "../rules/lifecycle.ts";
import type { Stepped } from "../rules/steps.ts";

/** The topics of the starter rules: which category they are of, and what people say. */
const TOPICS = [
  { id: "lifts", category: "property", words: ["电梯", "困梯", "停梯"], reason: "电梯的事由管电梯的单位办" },
  { id: "heating", category: "heating", words: ["暖气", "供暖", "不热", "暖气片"], reason: "供暖的事由供热主管单位办" },
  {
    id: "unpaid-wages",
    category: "labour",
    words: ["拖欠工资", "欠薪", "讨薪", "不发工资"],
    reason: "欠薪的事由劳动监察办",
  },
] as const;

/** A year, after which rules of the first days are looked at again. */
const LASTS = sql`((current_date + interval '1 year')::date)::text`;
/** What a rule does, in its written form; as a literal key it would look like a promise. */
const THEN = "then";

/**
 * Drafts a first rule set for the county whose transaction this is: lifts, heating and unpaid wages, each for the unit that named the
 * category in its list, and for the office where none did; everything else by place. It takes effect as every other draft does: after a
 * second person published it.
 */
export async function draftStarterRules(
  tx: Transaction,
  jurisdictionId: string,
  { author, authorId, now }: { readonly author: string; readonly authorId: string; readonly now: Date },
): Promise<Stepped> {
  const units = await tx.execute<{ code: string; categories: string[] }>(
    sql`select code, categories from units where until_on is null or until_on >= current_date order by code`,
  );
  const [term] = await tx.execute<{ until: string }>(sql`select ${LASTS} as until`);
  const rules = TOPICS.map(({ id, category, words, reason }) => {
    const unit = units.find(({ categories }) => categories.includes(category));
    return {
      id,
      when: { or: words.map((word) => ({ in: [word, { var: "text" }] })) },
      [THEN]: { assign: unit === undefined ? { office: true } : { unit: unit.code } },
      ...{ reason, owner: author, expires: term?.until },
    };
  });
  const content = { name: "起步规则", rules, otherwise: { assign: { grid: true } } };
  return draft(tx, jurisdictionId, { content, author, authorId, now });
}

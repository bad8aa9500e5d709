import { eq } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { rulesets } from "../../../db/schema/rulesets.ts";
import { users } from "../../../db/schema/users.ts";
import type { Caller } from "../../casework/access/caller.ts";
import { nameOf } from "../../casework/access/users.ts";
import { addComment } from "../../casework/rule-review/comments.ts";
import { draft, review, submit } from "../../casework/rules/lifecycle.ts";
import type { Runtime } from "../../casework/runtime/runtime.ts";
import type { Role } from "../../domain/access/roles.ts";

const DAY_MS = 86_400_000;
/** The contract's name for what a rule does; as a literal key it would look like a promise. */
const THEN = "then";

const rule = (id: string, when: unknown, assign: unknown, reason: string) => ({
  ...{ id, when, reason, owner: "县人大代表联络办" },
  [THEN]: { assign },
});

/** Rules that change nothing of where cases go now: their words are not said in the samples. */
const LIFTS = rule("lifts", { in: ["电梯维修基金", { var: "text" }] }, { grid: true }, "电梯的事先由本网格代表看");
const WAGES = rule(
  "wages",
  { in: ["农民工工资保证金", { var: "text" }] },
  { office: true },
  "欠薪由县办公室统一转人社局",
);
const HEATING = rule("heating", { in: ["换热站", { var: "text" }] }, { grid: true }, "供暖季先由本网格代表看");

const contentOf = (name: string, rules: readonly unknown[]) => ({ name, rules, otherwise: { assign: { grid: true } } });

/** Writes the versions of the practice county's rules where it has none: two published, one in review with a comment, one draft. */
export async function writeRules({ database, now }: Runtime, jurisdictionId: string): Promise<void> {
  await database.inCounty(jurisdictionId, async (tx) => {
    const some = await tx.select({ number: rulesets.number }).from(rulesets).limit(1);
    const author = await callerOf(tx, jurisdictionId, "office");
    const reviewer = await callerOf(tx, jurisdictionId, "reviewer");
    if (some.length > 0 || author === null || reviewer === null) return;
    const ago = (days: number) => new Date(now().getTime() - days * DAY_MS);
    const write = async (content: unknown, days: number): Promise<number | null> => {
      const made = await draft(tx, jurisdictionId, {
        ...{ content, author: author.name, authorId: author.id, now: ago(days) },
      });
      return made.ok ? made.number : null;
    };
    const hand = (number: number, days: number) =>
      submit(tx, jurisdictionId, number, { by: author.name, byId: author.id, now: ago(days) });
    for (const [content, days] of [
      [contentOf("2026 规则", [LIFTS]), 80],
      [contentOf("2026 规则（加欠薪）", [LIFTS, WAGES]), 35],
    ] as const) {
      const number = await write(content, days);
      if (number === null) return;
      await hand(number, days - 1);
      const judged = {
        reviewer: reviewer.name,
        reviewerId: reviewer.id,
        verdict: "publish",
        now: ago(days - 3),
      } as const;
      await review(tx, jurisdictionId, number, { ...judged, note: "试过，去向没有变" });
    }
    const waiting = await write(contentOf("2026 供暖季规则", [LIFTS, WAGES, HEATING]), 4);
    if (waiting === null) return;
    await hand(waiting, 3);
    const [row] = await tx.select({ id: rulesets.id }).from(rulesets).where(eq(rulesets.number, waiting));
    const text = "供暖季到三月为止，这一条要不要写上到期日？";
    if (row !== undefined) await addComment(tx, reviewer, row.id, { rule: "heating", text, must: true, now: ago(2) });
    await write(contentOf("2027 规则（草稿）", [WAGES]), 1);
  });
}

async function callerOf(tx: Transaction, jurisdictionId: string, role: Role): Promise<Caller | null> {
  const [row] = await tx.select().from(users).where(eq(users.role, role)).limit(1);
  if (row === undefined) return null;
  const { id, stations, deputyId } = row;
  return { kind: "person", id, role, stations, deputyId, jurisdictionId, name: nameOf(row), confirmedAt: null };
}

import { and, asc, eq, isNull } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Transaction } from "../../../db/database.ts";
import { rulesetComments } from "../../../db/schema/rulesets.ts";
import type { Caller } from "../access/caller.ts";

/** A comment on a version, or on one of its rules. */
export type Comment = {
  readonly id: string;
  readonly rule: string | null;
  readonly text: string;
  readonly must: boolean;
  readonly by: string;
  readonly at: string;
  readonly resolvedBy: string | null;
  readonly resolvedAt: string | null;
};

/** The comments on a version, oldest first. */
export async function commentsOn(tx: Transaction, rulesetId: string): Promise<Comment[]> {
  const rows = await tx
    .select()
    .from(rulesetComments)
    .where(eq(rulesetComments.rulesetId, rulesetId))
    .orderBy(asc(rulesetComments.at), asc(rulesetComments.id));
  return rows.map(shown);
}

/** Adds a comment to a version. */
export async function addComment(
  tx: Transaction,
  { id, name, jurisdictionId }: Caller,
  rulesetId: string,
  said: Pick<Comment, "rule" | "text" | "must"> & { readonly now: Date },
): Promise<Comment> {
  const { rule, text, must, now } = said;
  const row = {
    ...{ id: newId(), jurisdictionId, rulesetId, ruleId: rule, text, must },
    ...{ byId: id, by: name, at: now, resolvedBy: null, resolvedAt: null },
  };
  await tx.insert(rulesetComments).values(row);
  return shown(row);
}

/** Resolves a comment; one that was resolved before stays as it is. Null where the version has no such comment. */
export async function resolveComment(
  tx: Transaction,
  { name }: Caller,
  { rulesetId, id, now }: { readonly rulesetId: string; readonly id: string; readonly now: Date },
): Promise<Comment | null> {
  const isIt = and(eq(rulesetComments.rulesetId, rulesetId), eq(rulesetComments.id, id));
  await tx
    .update(rulesetComments)
    .set({ resolvedBy: name, resolvedAt: now })
    .where(and(isIt, isNull(rulesetComments.resolvedAt)));
  const [row] = await tx.select().from(rulesetComments).where(isIt);
  return row === undefined ? null : shown(row);
}

function shown(row: typeof rulesetComments.$inferSelect): Comment {
  const { id, ruleId, text, must, by, at, resolvedBy, resolvedAt } = row;
  const resolved = { resolvedBy, resolvedAt: resolvedAt?.toISOString() ?? null };
  return { ...{ id, rule: ruleId, text, must, by, at: at.toISOString() }, ...resolved };
}

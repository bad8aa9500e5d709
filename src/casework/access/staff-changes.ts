import { and, desc, lt } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { staffChanges } from "../../../db/schema/sign-in.ts";

type Row = typeof staffChanges.$inferInsert;

/** The one who changed something about people or tokens; null is the command line. */
export type ChangedBy = {
  readonly jurisdictionId: string;
  readonly by: { readonly id: string; readonly name: string } | null;
  readonly at: Date;
};

/** Writes a change of people or tokens down, in the transaction of the change; before and after hold codes alone, no addresses. */
export async function noteStaffChange(
  tx: Transaction,
  { jurisdictionId, by, at }: ChangedBy,
  change: Pick<Row, "what" | "subjectId" | "name" | "before" | "after">,
): Promise<void> {
  await tx.insert(staffChanges).values({
    jurisdictionId,
    at,
    byId: by?.id ?? null,
    by: by?.name ?? "command line",
    ...change,
  });
}

/** The changes of people and tokens, newest first. @param page.after only those before this one */
export function listStaffChanges(
  tx: Transaction,
  page: { readonly after: number | undefined; readonly limit: number },
) {
  return tx
    .select()
    .from(staffChanges)
    .where(and(page.after === undefined ? undefined : lt(staffChanges.seq, page.after)))
    .orderBy(desc(staffChanges.seq))
    .limit(page.limit);
}

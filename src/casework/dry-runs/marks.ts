import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { cases } from "../../../db/schema/cases.ts";
import { rulesetMarks } from "../../../db/schema/rulesets.ts";
import type { Caller } from "../access/caller.ts";
import { ordinaryTo } from "../cases/visible-to.ts";

/** The judgement of a person on one case that a version would have given to somebody else. */
export type Mark = {
  readonly case: string;
  readonly from: string;
  readonly to: string;
  readonly rule: string;
  readonly verdict: "right" | "wrong";
  readonly by: string;
  readonly isMine: boolean;
  readonly at: string;
};

/** Keeps what a person judges about a case with the version, in place of what they judged before; nothing where they take it back. */
export async function markCase(
  tx: Transaction,
  { id: personId, name, jurisdictionId }: Caller,
  rulesetId: string,
  mark: Pick<Mark, "case" | "from" | "to" | "rule"> & {
    readonly verdict: Mark["verdict"] | null;
    readonly now: Date;
  },
): Promise<void> {
  const { case: caseNumber, from: fromCode, to: toCode, rule, verdict, now } = mark;
  if (verdict === null) {
    const isTheirs = and(eq(rulesetMarks.rulesetId, rulesetId), eq(rulesetMarks.personId, personId));
    await tx.delete(rulesetMarks).where(and(isTheirs, eq(rulesetMarks.caseNumber, caseNumber)));
    return;
  }
  const told = { by: name, verdict, fromCode, toCode, rule, at: now };
  await tx
    .insert(rulesetMarks)
    .values({ jurisdictionId, rulesetId, personId, caseNumber, ...told })
    .onConflictDoUpdate({
      target: [rulesetMarks.rulesetId, rulesetMarks.personId, rulesetMarks.caseNumber],
      set: told,
    });
}

/** The judgements that stay with a version, of the cases that exist for the caller, oldest first. @param numbers of these alone */
export async function marksOn(
  tx: Transaction,
  caller: Pick<Caller, "id">,
  rulesetId: string,
  numbers?: readonly string[],
): Promise<Mark[]> {
  if (numbers?.length === 0) return [];
  const rows = await tx
    .select({ mark: rulesetMarks })
    .from(rulesetMarks)
    .innerJoin(
      cases,
      and(eq(cases.jurisdictionId, rulesetMarks.jurisdictionId), eq(cases.number, rulesetMarks.caseNumber)),
    )
    .where(
      and(
        eq(rulesetMarks.rulesetId, rulesetId),
        numbers === undefined ? sql`true` : inArray(rulesetMarks.caseNumber, [...numbers]),
        ordinaryTo(caller),
      ),
    )
    .orderBy(asc(rulesetMarks.at), asc(rulesetMarks.caseNumber));
  return rows.map(({ mark }) => ({
    ...{ case: mark.caseNumber, from: mark.fromCode, to: mark.toCode, rule: mark.rule },
    ...{ verdict: mark.verdict, by: mark.by, isMine: mark.personId === caller.id, at: mark.at.toISOString() },
  }));
}

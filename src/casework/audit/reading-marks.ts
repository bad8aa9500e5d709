import { asc, eq, inArray } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Transaction } from "../../../db/database.ts";
import { readings } from "../../../db/schema/console.ts";
import { readingMarks } from "../../../db/schema/ledger.ts";
import type { Caller } from "../access/caller.ts";

/** A mark of an auditor on a reading: that they asked about it, or that it was explained. */
export type ReadingMark = {
  readonly mark: "asked" | "explained";
  readonly note: string | null;
  readonly by: string;
  readonly at: string;
};

/** Marks a reading; a later mark stands beside the earlier ones. Whether there is such a reading. */
export async function markReading(
  tx: Transaction,
  { id: byId, name: by, jurisdictionId }: Caller,
  readingSeq: number,
  { mark, note, now }: Pick<ReadingMark, "mark" | "note"> & { readonly now: Date },
): Promise<boolean> {
  const [reading] = await tx.select({ seq: readings.seq }).from(readings).where(eq(readings.seq, readingSeq));
  if (reading === undefined) return false;
  await tx.insert(readingMarks).values({ id: newId(), jurisdictionId, readingSeq, mark, note, byId, by, at: now });
  return true;
}

/** The marks on readings, by the reading, oldest first. */
export async function marksOf(tx: Transaction, seqs: readonly number[]): Promise<Map<number, ReadingMark[]>> {
  if (seqs.length === 0) return new Map();
  const rows = await tx
    .select()
    .from(readingMarks)
    .where(inArray(readingMarks.readingSeq, [...seqs]))
    .orderBy(asc(readingMarks.at), asc(readingMarks.id));
  const byReading = Map.groupBy(rows, ({ readingSeq }) => readingSeq);
  return new Map(
    [...byReading].map(([seq, marks]) => [
      seq,
      marks.map(({ mark, note, by, at }) => ({ mark, note, by, at: at.toISOString() })),
    ]),
  );
}

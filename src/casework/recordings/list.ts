import { and, asc, eq, inArray, isNotNull, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { caseMessages, cases } from "../../../db/schema/cases.ts";
import { media } from "../../../db/schema/media.ts";
import type { Reader } from "../../domain/access/may-see.ts";
import { isUnheard, unheardSince } from "../beside/unheard.ts";
import { countsAsOrdinary, visibleTo } from "../cases/visible-to.ts";
import { type CaseRow, caseRows } from "../staff/case-rows.ts";

/** A recording of a resident's; `isKept`: it can be listened to. */
type Recording = { readonly id: string; readonly at: string; readonly isKept: boolean };

/** A case to whose recordings somebody of the office shall listen, and since when it waits. */
type UnheardListed = { readonly case: CaseRow; readonly since: string; readonly recordings: Recording[] };

const MOST = 200;

/** Lists the cases that exist for somebody and whose recordings nobody has heard yet, oldest first. */
export async function listUnheard(
  tx: Transaction,
  reader: Reader,
  { today, now }: { readonly today: string; readonly now: Date },
): Promise<UnheardListed[]> {
  const found = await tx.execute<{ caseId: string; since: string }>(sql`
    select ${cases.id} as "caseId",
      to_char(${unheardSince} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as since
    from ${cases} where ${isUnheard(now)} and ${countsAsOrdinary} and ${visibleTo(reader, today)}
    order by ${unheardSince}, ${cases.number} limit ${MOST}`);
  const ids = found.map(({ caseId }) => caseId);
  const rows = new Map((await caseRows(tx, ids, today)).map((row, at) => [ids[at], row]));
  const recordings = await recordingsOf(tx, ids);
  return found.flatMap(({ caseId, since }) => {
    const row = rows.get(caseId);
    return row === undefined ? [] : [{ case: row, since, recordings: recordings.get(caseId) ?? [] }];
  });
}

async function recordingsOf(tx: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, Recording[]>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select({ caseId: caseMessages.caseId, id: media.id, at: caseMessages.at, hash: media.hash })
    .from(caseMessages)
    .innerJoin(media, eq(caseMessages.mediaId, sql`${media.id}::text`))
    .where(
      and(
        inArray(caseMessages.caseId, [...ids]),
        eq(caseMessages.party, "resident"),
        eq(caseMessages.kind, "voice"),
        isNotNull(caseMessages.mediaId),
      ),
    )
    .orderBy(asc(caseMessages.at), asc(caseMessages.id));
  const byCase = Map.groupBy(rows, ({ caseId }) => caseId);
  const recording = ({ id, at, hash }: (typeof rows)[number]) => ({ id, at: at.toISOString(), isKept: hash !== null });
  return new Map([...byCase].map(([caseId, those]) => [caseId, those.map(recording)]));
}

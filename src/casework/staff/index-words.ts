import { sql } from "drizzle-orm";
import { JOIN_WORDS } from "../../../db/case-words.ts";
import type { Database, Transaction } from "../../../db/database.ts";
import { searchWords } from "../cases/search-words.ts";

const AT_ONCE = 500;

/**
 * Makes the words of cases findable that were written before there was a search; those that have theirs, and sealed ones, are
 * left as they are. It may be broken off and begun again.
 * @returns how many cases got their words
 */
export async function indexOldCases(
  database: Database,
  jurisdictionId: string,
  onProgress: (done: number) => unknown,
): Promise<number> {
  let done = 0;
  for (;;) {
    const indexed = await database.inCounty(jurisdictionId, (tx) => indexSome(tx, jurisdictionId));
    if (indexed === 0) return done;
    done += indexed;
    onProgress(done);
  }
}

/** The cases are locked: one that is sealed or erased meanwhile must not get its words back. */
async function indexSome(tx: Transaction, jurisdictionId: string): Promise<number> {
  const found = await tx.execute<{ id: string; receivedAt: string }>(sql`
    select c.id, c.received_at::text as "receivedAt" from cases c
    where not c.sealed and not exists (select from case_words w where w.case_id = c.id)
      and exists (select from case_messages m where m.case_id = c.id and m.party <> 'service' and m.text <> '')
    limit ${AT_ONCE} for no key update of c`);
  if (found.length === 0) return 0;
  const said = await tx.execute<{ id: string; texts: string[] }>(sql`
    select m.case_id as id, array_agg(m.text) as texts from case_messages m
    where m.case_id = any(${sql.param(found.map(({ id }) => id))}::uuid[]) and m.party <> 'service' group by m.case_id`);
  const texts = new Map(said.map((row) => [row.id, row.texts]));
  const rows = found.map(({ id, receivedAt }) => ({
    case_id: id,
    jurisdiction_id: jurisdictionId,
    received_at: receivedAt,
    words: searchWords({ receivedAt: new Date(receivedAt) }, texts.get(id) ?? []),
  }));
  await tx.execute(sql`
    insert into case_words select * from jsonb_populate_recordset(null::case_words, ${JSON.stringify(rows)}::jsonb) ${JOIN_WORDS}`);
  return rows.length;
}

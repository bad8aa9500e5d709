import { type SQL, sql } from "drizzle-orm";
import { cases } from "../../../db/schema/cases.ts";

/** For so long whoever sent a recording without words is waited for: they were asked to write what it is. */
const SILENT_MS = 3_600_000;

/**
 * The condition that somebody of the office shall listen to the recordings of a case: they were left to it, or nothing else was said and
 * its resident is silent; and nobody has listened since.
 */
export function isUnheard(now: Date): SQL {
  const silentSince = new Date(now.getTime() - SILENT_MS).toISOString();
  return sql`(${cases.closedAt} is null and not ${cases.sealed} and (
    exists (select from case_events d where d.case_id = ${cases.id} and d.type = 'transcription_due'
      and not exists (select from case_events h where h.case_id = d.case_id and h.type = 'transcribed' and h.seq > d.seq))
    or (${cases.state} = 'clarifying' and ${cases.summary} = '' and ${cases.lastSpokenAt} < ${silentSince}::timestamptz
      and exists (select from case_messages m where m.case_id = ${cases.id} and m.party = 'resident' and m.kind = 'voice'
        and not exists (select from case_events h where h.case_id = m.case_id and h.type = 'transcribed' and h.at >= m.at)))))`;
}

/** The moment since which the recordings of a case wait for somebody who listens, in SQL. */
export const unheardSince = sql`coalesce((select max(d.at) from case_events d where d.case_id = ${cases.id}
  and d.type = 'transcription_due'), ${cases.lastSpokenAt})`;

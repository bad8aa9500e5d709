import { asc, eq, gt, sql } from "drizzle-orm";
import type { Database, Transaction } from "../../../db/database.ts";
import { acts } from "../../../db/schema/ledger.ts";
import { deputies } from "../../../db/schema/people.ts";
import { topics } from "../../../db/schema/topics.ts";
import type { WrittenAct } from "../../domain/acts/replay-handover.ts";
import { replayTopic } from "../../domain/acts/replay-topic.ts";
import type { ReplayedTopic } from "../../domain/acts/topic.ts";
import type { Report } from "./findings.ts";

const PAGE = 200;
const NIL = "00000000-0000-0000-0000-000000000000";

type Row = ReplayedTopic & { readonly id: string; readonly acts: readonly WrittenAct[] };

/** Replays every topic of a county from its acts, compares the result with its row and its cases, and looks for acts on none. */
export async function replayTopics(database: Database, jurisdictionId: string, report: Report): Promise<void> {
  let after = NIL;
  for (;;) {
    const page = await database.inCounty(jurisdictionId, (tx) => topicsAfter(tx, after));
    for (const { id: _, acts: written, ...row } of page) {
      const said = differenceOf(row, written);
      if (said === null) continue;
      report({ kind: "topic-differs", position: null, event: null, case: null, text: `topic ${row.number}: ${said}` });
    }
    after = page.at(-1)?.id ?? after;
    if (page.length < PAGE) break;
  }
  const orphans = await database.inCounty(jurisdictionId, (tx) =>
    tx.execute<{ seq: number }>(sql`
      select seq::int from ${acts} a where a.type in ('offered', 'opened') and a.subject = 'topic'
        and not exists (select from ${topics} t where t.id = a.subject_id) order by seq limit ${PAGE}`),
  );
  for (const { seq } of orphans) {
    const text = `act ${seq} began a topic that is not there any more`;
    report({ kind: "topic-differs", position: null, event: null, case: null, text });
  }
}

/** The rows in the terms of `replayTopic`, and their acts, as they are in one moment: one statement. */
async function topicsAfter(tx: Transaction, after: string): Promise<readonly Row[]> {
  const rows = await tx
    .select({
      ...{ id: topics.id, number: topics.number, sign: topics.sign, state: topics.state, deputy: deputies.code },
      ...{ openedAt: topics.openedAt, closedAt: topics.closedAt, toldPeople: topics.toldPeople },
      cases: sql<string[]>`(
        select coalesce(jsonb_agg(c.number order by c.number), '[]') from consequence_links l join cases c on c.id = l.from_id
        where l.to_id = ${topics.id} and l.from_kind = 'case' and l.to_kind = 'topic' and l.ended_at is null)`,
      acts: sql<WrittenAct[]>`(
        select coalesce(jsonb_agg(jsonb_build_object('type', a.type, 'at', a.at, 'details', a.details) order by a.seq), '[]')
        from ${acts} a where a.subject = 'topic' and a.subject_id = ${topics.id})`,
    })
    .from(topics)
    .leftJoin(deputies, eq(deputies.id, topics.deputyId))
    .where(gt(topics.id, after))
    .orderBy(asc(topics.id))
    .limit(PAGE);
  return rows.map(({ openedAt, closedAt, ...row }) => ({
    ...row,
    openedAt: openedAt.toISOString(),
    closedAt: closedAt?.toISOString() ?? null,
  }));
}

function differenceOf(row: ReplayedTopic, written: readonly WrittenAct[]): string | null {
  const replayed = replayTopic(written);
  if (!replayed.ok) return `its acts make no topic: ${replayed.reason}`;
  const fields = Object.keys(row) as (keyof ReplayedTopic)[];
  const differences = fields
    .filter((field) => String(row[field]) !== String(replayed.topic[field]))
    .map((field) => `${field} is ${told(row[field])}, by its acts ${told(replayed.topic[field])}`);
  return differences.length === 0 ? null : differences.join("; ");
}

function told(value: ReplayedTopic[keyof ReplayedTopic]): string {
  return value === null ? "empty" : String(value);
}

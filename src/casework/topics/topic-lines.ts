import { and, desc, eq, inArray, or, type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { cases } from "../../../db/schema/cases.ts";
import { grids } from "../../../db/schema/places.ts";
import { consequenceLinks, type TopicRecord, topics } from "../../../db/schema/topics.ts";
import { signOf } from "../../domain/categories/trouble-signs.ts";
import type { TopicVerdicts } from "../../domain/wording/topics/sentences.ts";
import type { TopicLine } from "../../domain/wording/topics/topic-line.ts";
import { topicWordingOf } from "../../domain/wording/topics.ts";
import type { Locale } from "../../domain/wording/wording.ts";
import { isReopenedAsNotDone } from "../cases/facts.ts";
import { isMember, peopleOf } from "./members.ts";

/** The title of a topic in a language: its estate, or its grid, and its trouble. */
export async function titleOf(tx: Transaction, topic: TopicRecord, locale: Locale): Promise<string> {
  return (await titlesOf(tx, [topic], locale)).get(topic.id) ?? "";
}

/** The titles of these topics, by id. */
export async function titlesOf(
  tx: Transaction,
  of: readonly TopicRecord[],
  locale: Locale,
): Promise<ReadonlyMap<string, string>> {
  const ids = of.flatMap(({ gridId }) => gridId ?? []);
  const rows =
    ids.length === 0
      ? []
      : await tx
          .select({ id: grids.id, name: sql<string>`${grids.township} || ${grids.name}` })
          .from(grids)
          .where(inArray(grids.id, ids));
  const places = new Map(rows.map(({ id, name }) => [id, name]));
  const wording = topicWordingOf(locale);
  return new Map(
    of.map(({ id, sign, gridId, spots }) => {
      const place = spots.estate ?? (gridId === null ? null : (places.get(gridId) ?? null));
      return [id, wording.title({ place, trouble: signOf(sign) })];
    }),
  );
}

/** A topic as messages name it. */
export async function topicLine(tx: Transaction, topic: TopicRecord, locale: Locale): Promise<TopicLine> {
  const [title, people] = await Promise.all([titleOf(tx, topic, locale), peopleOf(tx, topic.id)]);
  return { number: topic.number, title, people };
}

/** The topics of a deputy, or those that are looked for: the newest first; those that were declined are none. */
export async function findTopics(tx: Transaction, which: SQL | undefined, most: number): Promise<TopicRecord[]> {
  return tx
    .select()
    .from(topics)
    .where(and(which, sql`${topics.state} <> 'declined'`))
    .orderBy(desc(topics.openedAt), desc(topics.number))
    .limit(most);
}

/** The condition that a row of `topics` has the number that somebody typed: the whole one, or its last digits. */
export function isNumbered(typed: string): SQL | undefined {
  const whole = eq(topics.number, typed.toUpperCase());
  return /^\d{1,4}$/.test(typed) ? or(whole, sql`substr(${topics.number}, 8)::int = ${Number(typed)}`) : whole;
}

/**
 * Counts what the people of a topic say of it since it was closed, each by the last thing that they said.
 *
 * @param since only of those who were asked from then on
 */
export async function verdictsOf(
  tx: Transaction,
  topicId: string,
  since?: Date,
): Promise<TopicVerdicts & { asked: number }> {
  const last = sql`(select case when e.type = 'settled' then 'silent' when e.type = 'reopened' then 'denied'
      else coalesce(e.details ->> 'claim', case when (e.details ->> 'rating')::int >= 4 then 'confirmed' else 'denied' end) end
    from case_events e where e.case_id = ${cases.id} and (e.type in ('rated', 'settled') or ${isReopenedAsNotDone})
      and e.seq > ${lastClosing} order by e.seq desc limit 1)`;
  const [counted] = await tx
    .select({
      confirmed: sql<number>`count(*) filter (where ${last} = 'confirmed')::int`,
      denied: sql<number>`count(*) filter (where ${last} = 'denied')::int`,
      silent: sql<number>`count(*) filter (where ${last} = 'silent')::int`,
      asked: sql<number>`count(*) filter (where ${lastClosing} is not null)::int`,
    })
    .from(consequenceLinks)
    .innerJoin(cases, eq(cases.id, consequenceLinks.fromId))
    .where(
      and(
        eq(consequenceLinks.toId, topicId),
        isMember,
        since === undefined
          ? undefined
          : sql`exists (select from case_events c where c.case_id = ${cases.id} and c.seq = ${lastClosing} and c.at >= ${since.toISOString()}::timestamptz)`,
      ),
    );
  return counted ?? { confirmed: 0, denied: 0, silent: 0, asked: 0 };
}

/** The place in the ledger of the last closing of a row of `cases`. */
const lastClosing = sql`(select max(c.seq) from case_events c where c.case_id = ${cases.id} and c.type = 'closed')`;

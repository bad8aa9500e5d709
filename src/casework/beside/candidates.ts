import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { holdsOn, notEnded } from "../../../db/in-force.ts";
import type { CaseRecord } from "../../../db/schema/cases.ts";
import { returnedBy } from "../cases/decisions.ts";
import { catalogueOf } from "../rules/category-model.ts";

/** The kind of what a case is given: a place, a deputy, a unit, a category. */
export type CandidateKind = "grid" | "deputy" | "unit" | "category";

/** A thing that a case can be given, or a reason why not. */
type Candidate = {
  readonly code: string;
  readonly name: string;
  /** What tells two of one name apart. */
  readonly about: string;
  /** Metres between the middles of two grids: from that of the case, or its resident's home; null where one of them has no shape. */
  readonly metres: number | null;
  readonly unfit: "away" | "term-ended" | "returned" | "has-it" | null;
  /** The last day of the absence, or of the term. */
  readonly until: string | null;
};

/** The first of what was found, and whether there is more. */
export type Candidates = { readonly items: readonly Candidate[]; readonly hasMore: boolean };

type Day = { readonly now: Date; readonly today: string; readonly timeZone: string };

const MOST = 20;

/** Looks for what a case can be given, by a part of the name or the beginning of the code; what fits comes first. */
export async function findCandidates(
  tx: Transaction,
  subject: CaseRecord,
  asked: { readonly kind: CandidateKind; readonly q: string },
  day: Day,
): Promise<Candidates> {
  const found = await lookFor(tx, subject, asked, day);
  return { items: found.slice(0, MOST), hasMore: found.length > MOST };
}

function lookFor(
  tx: Transaction,
  subject: CaseRecord,
  { kind, q }: { readonly kind: CandidateKind; readonly q: string },
  day: Day,
): Promise<readonly Candidate[]> {
  switch (kind) {
    case "grid":
      return grids(tx, subject, q, day.today);
    case "deputy":
      return deputies(tx, subject, q, day);
    case "unit":
      return units(tx, q, day.today);
    case "category":
      return categories(tx, q);
  }
}

function named(row: string, q: string): SQL {
  const of = (column: string) => sql.raw(`${row}.${column}`);
  return sql`(strpos(lower(${of("name")}), lower(${q})) > 0 or starts_with(lower(${of("code")}), lower(${q})))`;
}

/** Also by the names under which residents know a grid; the nearest first. One that has ended takes no case. */
async function grids(tx: Transaction, subject: CaseRecord, q: string, today: string): Promise<Candidate[]> {
  const middle = (shape: string) => sql`(select array[avg((p ->> 0)::float8), avg((p ->> 1)::float8)]
    from jsonb_array_elements(${sql.raw(shape)}::jsonb -> 0 -> 0) p)`;
  const metres = sql`case when here.at is null or there.at is null then null else round(111320 * sqrt(
    power(there.at[2] - here.at[2], 2) + power((there.at[1] - here.at[1]) * cos(radians(here.at[2])), 2)))::int end`;
  return tx.execute<Candidate>(sql`
    with here as (select (select ${middle("h.shape")} from grids h where h.code = coalesce(${subject.gridCode},
      (select k.home_grid from conversations k where k.id = ${subject.conversationId}))) as at)
    select g.code, g.name, concat_ws(' · ', nullif(g.township, ''), nullif(g.community, ''),
        (select string_agg(p.name, '、' order by p.name) from places p where p.grid_id = g.id and strpos(p.name, ${q}) > 0 and ${q} <> '')) as about,
      ${metres} as metres, null as unfit, null as until
    from grids g cross join here cross join lateral (select ${middle("g.shape")} as at) there
    where ${notEnded(sql`g.until_on`, today)} and (${named("g", q)} or strpos(concat(g.township, g.community, g.name), ${q}) > 0
      or exists (select from unnest(g.aliases) a where strpos(a, ${q}) > 0)
      or exists (select from places p where p.grid_id = g.id and strpos(p.name, ${q}) > 0))
    order by metres nulls last, g.code limit ${MOST + 1}`);
}

/** Whoever is away, out of office, or returned this case is listed behind the others, with the reason. */
async function deputies(tx: Transaction, subject: CaseRecord, q: string, day: Day): Promise<Candidate[]> {
  const at = sql`${day.now.toISOString()}::timestamptz`;
  const returned = await returnedBy(tx, subject.id);
  const codes = sql.param(returned.map(({ deputy }) => deputy));
  return tx.execute<Candidate>(sql`
    select d.code, d.name, array_to_string(array(select distinct s.name from assignments w
          left join grids g on g.id = w.grid_id join stations s on s.id = coalesce(w.station_id, g.station_id)
          where w.deputy_id = d.id and ${holdsOn(sql`w`, day.today)} order by 1 limit 2), '、') as about,
      null::int as metres, x.unfit, case x.unfit when 'away' then away.until_on when 'term-ended' then d.until_on::text end as until
    from deputies d
      left join lateral (select to_char((b.until_at - interval '1 second') at time zone ${day.timeZone}, 'YYYY-MM-DD') as until_on
        from absences b where b.deputy_id = d.id and b.from_at <= ${at} and b.until_at > ${at} order by b.until_at desc limit 1) away on true
      cross join lateral (select case when d.id = ${subject.deputyId}::uuid then 'has-it'
        when not ${notEnded(sql`d.until_on`, day.today)} then 'term-ended' when away.until_on is not null then 'away'
        when d.code = any(${codes}::text[]) then 'returned' end as unfit) x
    where ${named("d", q)} order by x.unfit is not null, d.code limit ${MOST + 1}`);
}

function units(tx: Transaction, q: string, today: string): Promise<Candidate[]> {
  return tx.execute<Candidate>(sql`
    select u.code, u.name, '' as about, null::int as metres, case when ${notEnded(sql`u.until_on`, today)} then null else 'term-ended' end as unfit,
      u.until_on::text as until
    from units u where ${named("u", q)} order by u.code limit ${MOST + 1}`);
}

async function categories(tx: Transaction, q: string): Promise<Candidate[]> {
  const { topics } = await catalogueOf(tx);
  return topics
    .filter(({ code, name }) => code.startsWith(q) || name.includes(q))
    .map(({ code, name }) => ({ code, name, about: "", metres: null, unfit: null, until: null }));
}

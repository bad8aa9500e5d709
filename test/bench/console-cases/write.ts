import postgres from "postgres";
import { pairsOf } from "../../../src/domain/text/words.ts";
import type { BenchInstallation } from "../county.ts";
import { MATTERS, TAILS } from "./said.ts";

/** The day after the last case, and over how many days they came. */
const UNTIL = "2026-11-24 00:00+08";
const DAYS = 1_400;
/** So many cases one resident has on average. */
const EACH = 3;
const TABLES = ["conversations", "cases", "case_messages", "case_words", "case_events", "decisions", "outbox"];

/**
 * Stores cases of almost four years as a county has them: most closed, those of the last days open; some grids and matters more often than
 * others; some sealed, moved by hand, reopened, rated, undelivered; each with its messages, words, events, decision and deliveries.
 *
 * Written by the server itself without looking at each foreign key; the indexes are built afterwards, as they were.
 */
export async function writeConsoleCases(
  { databaseUrl, jurisdictionId, accountId }: BenchInstallation,
  count: number,
): Promise<void> {
  const owner = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  try {
    await owner`set session_replication_role = 'replica'`;
    await owner`set synchronous_commit = 'off'`;
    await owner`set maintenance_work_mem = '512MB'`;
    await owner`set work_mem = '256MB'`;
    await owner`select setseed(0.5)`;
    await writeWords(owner);
    const indexes = await owner<{ name: string; made: string }[]>`
      select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as made from pg_index i
      where i.indrelid::regclass::text in ${owner(TABLES)} and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`;
    for (const { name } of indexes) await owner.unsafe(`drop index ${name}`);
    for (const statement of statements(count)) {
      await owner.unsafe(
        statement.replaceAll("$county", `'${jurisdictionId}'::uuid`).replaceAll("$account", `'${accountId}'::uuid`),
      );
    }
    for (const { made } of indexes) await owner.unsafe(made);
    await owner`drop table made, people, wheres, matters, tails`;
    await owner.unsafe(`vacuum analyze ${TABLES.join(", ")}`);
  } finally {
    await owner.end();
  }
}

async function writeWords(owner: postgres.Sql): Promise<void> {
  const vectorOf = (text: string) => [...pairsOf(text)].map((pair) => `'${pair}'`).join(" ");
  const matters = MATTERS.flatMap(({ often, ...one }) =>
    Array.from({ length: often }, () => ({ ...one, words: vectorOf(one.text) })),
  );
  await owner`create temporary table matters as select ordinality - 1 as n, value ->> 'text' as text, value ->> 'category' as category,
    (value ->> 'words')::tsvector as words from jsonb_array_elements(${JSON.stringify(matters)}::text::jsonb) with ordinality`;
  const tails = TAILS.map((text) => ({ text, words: vectorOf(text) }));
  await owner`create temporary table tails as select ordinality - 1 as n, value ->> 'text' as text, (value ->> 'words')::tsvector as words
    from jsonb_array_elements(${JSON.stringify(tails)}::text::jsonb) with ordinality`;
}

/** One after the other; `$county` and `$account` stand for the two ids. */
function statements(count: number): string[] {
  const residents = Math.ceil(count / EACH);
  return [
    `create temporary table wheres as select row_number() over (order by g.code) - 1 as n, g.id as grid_id, g.code as grid_code, g.name,
      g.station_id, (select a.deputy_id from assignments a where a.grid_id = g.id order by a.id limit 1) as deputy_id,
      array_to_tsvector(array(select distinct substr(g.name, i, 2) from generate_series(1, length(g.name) - 1) i)) as words
      from grids g where g.jurisdiction_id = $county`,
    `create temporary table people as select n, uuidv7(interval '-1400 days') as id from generate_series(0, ${residents - 1}) n`,
    // Random numbers of each case first: what follows depends on them.
    `create temporary table made as
      with drawn as materialized (
        select n, timestamptz '${UNTIL}' - n * interval '${DAYS} days' / ${count} as at, random() as a, random() as b, random() as c, random() as d,
          random() as e, random() as f, floor(power(random(), 1.6) * (select count(*) from wheres))::int as place,
          floor(random() * 1000)::int as matter, floor(random() * ${TAILS.length})::int as tail, floor(random() * ${residents})::int as person
        from generate_series(${count}, 1, -1) n),
      weighed as (select *, extract(epoch from timestamptz '${UNTIL}' - at) / 86400 as age from drawn)
      select w.n, uuidv7(w.at - now()) as id, p.id as conversation, w.at, h.name || '，' || m.text || '，' || t.text as text,
        h.words || m.words || t.words as words, case when w.c < 0.94 then m.category end as category,
        case when w.b < 0.94 then h.grid_id end as grid_id, case when w.b < 0.94 then h.grid_code end as grid_code,
        case when w.b < 0.94 then h.station_id end as station_id, case when w.b < 0.94 then h.deputy_id end as deputy_id,
        w.a < case when w.age < 3 then 0.8 when w.age < 12 then 0.5 when w.age < 60 then 0.08 else 0.006 end as is_open,
        w.b, w.c, w.d, w.e, w.f, w.d < 0.004 as is_sealed, 1 + floor(power(w.e, 3) * 20)::int as took
      from weighed w join people p on p.n = w.person join wheres h on h.n = w.place join matters m on m.n = w.matter join tails t on t.n = w.tail
      order by w.n desc`,
    `insert into conversations (id, jurisdiction_id, account_id, peer, peer_sealed, created_at)
      select id, $county, $account, 'past-' || n, ''::bytea, timestamptz '${UNTIL}' - interval '${DAYS} days' from people`,
    `insert into cases (id, jurisdiction_id, number, conversation_id, state, outcome, category, category_confidence, priority, sealed, summary,
        grid_id, grid_code, station_id, deputy_id, unit_id, moved_by, moved_at, received_at, due_on, last_spoken_at, closed_at, rating,
        reopenings, key_wrapped)
      select id, $county, extract(year from at)::text || '-' || lpad((n % 1000000)::text, 6, '0'), conversation,
        case when not is_open then 'closed' when deputy_id is null then 'triage' when c < 0.05 then 'clarifying' when c < 0.25 then 'triage'
          when c < 0.7 then 'assigned' when c < 0.9 then 'answered' else 'referred' end,
        case when not is_open then case when f < 0.62 then 'solved' when f < 0.86 then 'explained' when f < 0.92 then 'not_in_scope'
          when f < 0.95 then 'duplicate' when f < 0.97 then 'withdrawn' else 'no_contact' end end,
        category, 0.9, e < 0.006, is_sealed, case when is_sealed then '' else left(text, 60) end, grid_id, grid_code, station_id, deputy_id,
        case when c >= 0.9 then (select id from units where jurisdiction_id = $county order by code limit 1) end,
        case when d between 0.01 and 0.06 then 'office' end, case when d between 0.01 and 0.06 then at + interval '1 hour' end,
        at, (at at time zone 'Asia/Shanghai')::date + 9, case when is_open then at + (1 + took % 2) * interval '1 hour' else at + took * interval '1 day' end,
        case when not is_open then at + took * interval '1 day' end, case when not is_open and c < 0.3 then 1 + floor(sqrt(b) * 5)::int end,
        case when d between 0.1 and 0.13 then 1 else 0 end, decode(repeat('00', 60), 'hex') from made order by n desc`,
    `insert into case_messages (id, jurisdiction_id, case_id, direction, party, kind, text, original, at)
      select uuidv7(at - now()), $county, id, 'in', 'resident', 'text', text, decode(repeat('00', 120), 'hex'), at from made order by n desc`,
    `insert into case_messages (id, jurisdiction_id, case_id, direction, party, kind, text, at)
      select uuidv7(at + interval '1 day' - now()), $county, id, 'out', 'deputy', 'text', '已经联系有关单位去现场看，有结果马上告诉您。',
        at + interval '1 day' from made where not is_open order by n desc`,
    `insert into case_words (case_id, jurisdiction_id, received_at, words)
      select id, $county, at, words || array_to_tsvector(array['@all', '@' || to_char(at at time zone 'UTC', 'YYYY-MM')])
      from made where not is_sealed order by n desc`,
    `insert into case_events (jurisdiction_id, case_id, type, at, by, details)
      select $county, m.id, e.type, m.at + e.later, e.by, e.details::jsonb from made m cross join lateral (values
        ('opened', interval '0', 'resident', '{}', true), ('placed', interval '1 second', 'service', '{"grid":"0001"}', m.grid_id is not null),
        (case when m.deputy_id is null then 'left_to_office' else 'assigned' end, interval '2 seconds', 'service', '{"deputy":"D001"}', true),
        ('returned', interval '3 hours', 'deputy:D001', '{"reason":"not mine"}', m.d between 0.06 and 0.09),
        ('replied', interval '1 day', 'deputy:D001', '{}', not m.is_open),
        ('closed', m.took * interval '1 day', case when m.f < 0.8 then 'deputy:D001' else 'office:林晓' end,
          case when m.f < 0.3 then '{"outcome":"solved","claim":"unit"}' when m.f < 0.5 then '{"outcome":"solved","claim":"deputy"}'
            when m.f < 0.62 then '{"outcome":"solved"}' when m.f < 0.86 then '{"outcome":"explained"}' else '{"outcome":"not_in_scope"}' end, not m.is_open),
        ('rated', m.took * interval '1 day' + interval '5 hours', 'resident', '{"rating":' || (1 + floor(sqrt(m.b) * 5)::int) || '}',
          not m.is_open and m.c < 0.3)) e (type, later, by, details, happened)
      where e.happened order by m.n desc, e.later`,
    `insert into decisions (id, jurisdiction_id, case_id, decision, at)
      select uuidv7(at - now()), $county, id, jsonb_build_object('ruleset', 'county', 'version', 9, 'rule', case when c < 0.1 then 'lifts' else 'otherwise' end,
        'way', case when deputy_id is null then 'office' when c < 0.1 then 'target' else 'grid' end, 'passedOver', '[]'::jsonb,
        'candidates', '["D001","D002","D003"]'::jsonb, 'chosen', '{"kind":"deputy","deputy":"D001"}'::jsonb,
        'facts', jsonb_build_object('sealed', is_sealed, 'category', category, 'on', at::date, 'grid', grid_code, 'deputies',
          '[{"code":"D001","rank":1,"level":"county","open":3},{"code":"D002","rank":2,"level":"town","open":1}]'::jsonb)), at
      from made order by n desc`,
    `insert into outbox (id, jurisdiction_id, conversation_id, case_id, kind, is_answer, content, state, reason, not_before, created_at, settled_at)
      select uuidv7(m.at + o.later - now()), $county, m.conversation, m.id, o.kind, o.kind <> 'receipt', decode(repeat('00', 180), 'hex'),
        o.state, null, m.at + o.later, m.at + o.later, case when o.state <> 'waiting' then m.at + o.later + o.took * interval '1 second' end
      from made m cross join lateral (values ('receipt', interval '5 seconds', 'delivered', 2.0),
        ('reply', interval '1 day', case when m.f < 0.003 then 'failed' when m.f < 0.004 then 'uncertain' else 'delivered' end, m.b * m.b * 200000),
        ('closure', m.took * interval '1 day', case when m.e < 0.001 then 'waiting' when m.e < 0.003 then 'failed' else 'delivered' end, 3.0))
        o (kind, later, state, took)
      where o.kind = 'receipt' or not m.is_open order by m.n desc, o.later`,
  ];
}

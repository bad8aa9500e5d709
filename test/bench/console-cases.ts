import postgres from "postgres";
import { pairsOf } from "../../src/domain/text/words.ts";
import type { BenchInstallation } from "./county.ts";

/** What residents of the benchmark say, in turn. */
export const SAID = [
  "路灯坏了没人修晚上看不见路",
  "自来水一直停老人没有水喝",
  "垃圾三天没有人收夏天很臭",
  "小区电梯困人物业不管",
  "学校门口的下水道堵了",
  "井盖丢了一个摩托车差点掉进去",
  "暖气不热家里只有十二度",
  "拖欠三个月工资没有发",
];

/** Stores closed and open cases of four years with their words, events, decisions and first answers, two minutes apart. */
export async function writeConsoleCases(
  { databaseUrl, jurisdictionId, accountId }: BenchInstallation,
  count: number,
): Promise<void> {
  const owner = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  const county = jurisdictionId;
  try {
    const said = JSON.stringify(SAID.map((text) => ({ text, words: [...pairsOf(text)] })));
    await owner`create temporary table said as select ordinality - 1 as n, value ->> 'text' as text,
      array(select jsonb_array_elements_text(value -> 'words')) as words from jsonb_array_elements(${said}::text::jsonb) with ordinality`;
    await owner`create temporary table places as select row_number() over (order by code) - 1 as n, id, code, station_id from grids where jurisdiction_id = ${county}`;
    await owner`create temporary table made as
      select n, gen_random_uuid() as id, gen_random_uuid() as conversation, n % 20 < 2 as is_open, n % ${SAID.length}::int as words,
        timestamptz '2026-11-24 00:00+00' - n * interval '2 minutes' as at
      from generate_series(1, ${count}::int) n`;
    await owner`insert into conversations (id, jurisdiction_id, account_id, peer, peer_sealed, created_at)
      select conversation, ${county}, ${accountId}, 'past-' || n, ''::bytea, at from made`;
    await owner`insert into cases (id, jurisdiction_id, number, conversation_id, state, outcome, summary, grid_id, station_id,
        received_at, due_on, last_spoken_at, closed_at, reopenings, category, key_wrapped)
      select m.id, ${county}, 'H' || m.n, m.conversation, case when not is_open then 'closed' when m.n % 2 = 0 then 'triage' else 'assigned' end,
        case when not is_open then 'solved' end, s.text, p.id, p.station_id, m.at, m.at::date + 7, m.at,
        case when not is_open then m.at + interval '3 days' end, case when m.n % 17 = 0 then 1 else 0 end, 'roads', ''::bytea
      from made m join said s on s.n = m.words left join places p on p.n = m.n % (select count(*) from places)`;
    await owner`insert into case_messages (id, jurisdiction_id, case_id, direction, party, kind, text, at)
      select gen_random_uuid(), ${county}, m.id, 'in', 'resident', 'text', s.text, at from made m join said s on s.n = m.words`;
    await owner`insert into case_words (case_id, jurisdiction_id, received_at, words)
      select m.id, ${county}, m.at, array_to_tsvector(s.words || array['@all', '@' || to_char(m.at at time zone 'UTC', 'YYYY-MM')])
      from made m join said s on s.n = m.words`;
    await owner`insert into case_events (jurisdiction_id, case_id, type, at, by, details)
      select ${county}, m.id, e.type, m.at + e.later, e.by, e.details::jsonb from made m cross join (values
        ('opened', interval '0', 'resident', '{}'), ('assigned', interval '0', 'service', '{}'),
        ('replied', interval '1 day', 'deputy:D001', '{}'), ('closed', interval '3 days', 'deputy:D001', '{"outcome":"solved"}'),
        ('rated', interval '4 days', 'resident', '{"rating":5}')) e (type, later, by, details)
      where e.type in ('opened', 'assigned') or not m.is_open order by m.n desc, e.later`;
    await owner`insert into decisions (id, jurisdiction_id, case_id, decision, at)
      select gen_random_uuid(), ${county}, id, '{"ruleset":"default","rule":"grid","way":"grid","facts":{},"candidates":[],"passedOver":[]}'::jsonb, at from made`;
    await owner`insert into outbox (id, jurisdiction_id, conversation_id, case_id, kind, is_answer, content, state, not_before, created_at, settled_at)
      select gen_random_uuid(), ${county}, conversation, id, 'reply', true, ''::bytea, 'delivered', at + interval '1 day', at + interval '1 day',
        at + interval '1 day 10 minutes' from made where not is_open`;
    await owner`drop table made`;
    await owner`analyze`;
  } finally {
    await owner.end();
  }
}

import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Database } from "../../../db/database.ts";
import { pairsOf } from "../../../src/domain/text/words.ts";

/** What the summaries of many cases say, in turn; few of them say the last. */
const SAID = ["路灯坏了没人修", "自来水一直停", "垃圾三天没有人收", "小区电梯困人", "下水道堵了", "井盖丢了一个"];

/**
 * Writes many closed and open cases of one county, straight into the tables, one minute apart.
 * @returns the ids of a grid, a station and a deputy that each have a twentieth of them
 */
export async function writeManyCases(database: Database, jurisdictionId: string, count: number) {
  const [grid, station, deputy, account, chat] = Array.from({ length: 5 }, () => randomUUID());
  await database.inCounty(jurisdictionId, async (tx) => {
    await tx.execute(
      sql`insert into stations (id, jurisdiction_id, code, name, township) values (${station}, ${jurisdictionId}, 'S1', '站', '柳河镇')`,
    );
    await tx.execute(
      sql`insert into grids (id, jurisdiction_id, code, name, township, station_id) values (${grid}, ${jurisdictionId}, 'G1', '一组', '柳河镇', ${station})`,
    );
    await tx.execute(
      sql`insert into deputies (id, jurisdiction_id, code, name, level) values (${deputy}, ${jurisdictionId}, 'D1', '王建国', 'county')`,
    );
    await tx.execute(
      sql`insert into channel_accounts (id, jurisdiction_id, channel, name, settings, secrets, created_at) values (${account}, ${jurisdictionId}, 'test', ${account}, '{}', '', now())`,
    );
    await tx.execute(
      sql`insert into conversations (id, jurisdiction_id, account_id, peer, peer_sealed, created_at) values (${chat}, ${jurisdictionId}, ${account}, 'p', '', now())`,
    );
    const said = SAID.map((text) => ({ text, words: [...pairsOf(text)] }));
    await tx.execute(sql`
      with said as (select ordinality - 1 as n, value ->> 'text' as text,
          array(select jsonb_array_elements_text(value -> 'words')) as words
        from jsonb_array_elements(${JSON.stringify(said)}::jsonb) with ordinality),
      made as (insert into cases (id, jurisdiction_id, number, conversation_id, state, summary, station_id, grid_id, deputy_id,
          received_at, due_on, last_spoken_at, closed_at, key_wrapped)
        select gen_random_uuid(), ${jurisdictionId}, '2026-' || lpad(i::text, 6, '0'), ${chat},
          case when i % 20 = 0 then 'triage' when i % 10 = 1 then 'assigned' else 'closed' end,
          (select text from said where n = case when i % 100 = 0 then 5 else i % 5 end),
          case when i % 20 = 3 then ${station}::uuid end, case when i % 20 = 3 then ${grid}::uuid end,
          case when i % 20 = 3 then ${deputy}::uuid end,
          timestamptz '2026-11-24 00:00+00' - i * interval '1 minute', date '2026-11-24' - i / 1440,
          timestamptz '2026-11-24 00:00+00' - i * interval '1 minute',
          case when i % 20 = 0 or i % 10 = 1 then null else now() end, ''
        from generate_series(1, ${count}::int) i returning id, received_at, summary),
      told as (insert into case_messages (id, jurisdiction_id, case_id, direction, party, kind, text, at)
        select gen_random_uuid(), ${jurisdictionId}, id, 'in', 'resident', 'text', summary, received_at from made)
      insert into case_words (case_id, jurisdiction_id, received_at, words)
        select id, ${jurisdictionId}, received_at, array_to_tsvector(words || array['@all', '@' || to_char(received_at at time zone 'UTC', 'YYYY-MM')])
        from made join said on said.text = made.summary`);
  });
  return { grid, station, deputy };
}

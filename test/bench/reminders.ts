import postgres from "postgres";
import { residentsTexts } from "./callbacks.ts";
import { startChild } from "./child.ts";
import type { Environment } from "./environment.ts";
import { load } from "./ingress.ts";
import { type Effort, inPairs, type Line, pairedLine, percentile } from "./measure.ts";
import { openLoop, type Sent } from "./open-loop.ts";
import { installPractice } from "./practice.ts";

/** So many of the deputies have open cases, each so many. */
const DEPUTIES = 2000;
const CASES_EACH = 10;
/** So many grids, for a county of Zhucheng's size has fewer deputies than these. */
const GRIDS = 2700;

/**
 * The morning's reminders of 2,000 deputies with 20,000 open cases, against writing 2,000 rows of the outbox, each with what its message
 * says, in as many transactions; and how long webhooks take meanwhile.
 */
export async function remindersBenchmark(environment: Environment, { short }: Effort): Promise<Line[]> {
  const { installation } = await installPractice(environment, null, short ? 100 : GRIDS);
  const count = short ? 40 : DEPUTIES;
  await writeDueCases(installation.databaseUrl, installation.jurisdictionId, count);
  const ours = await startChild("reminders", installation);
  try {
    const remind = async () => (await ours.ask("remind")) as { tookMs: number; told: number };
    const write = async () => (await ours.ask("write", count)) as { tookMs: number };
    await ours.ask("write", count);
    const pairs = await inPairs(short ? 1 : 5, remind, write);
    const least = Math.min(...pairs.map((pair) => pair.ours.told));
    if (least < count) throw new Error(`only ${least} of ${count} deputies were reminded`);
    const times = pairs.map((pair) => ({ ours: pair.ours.tookMs, reference: pair.reference.tookMs }));
    const line = pairedLine("reminders", times, { unit: "ms", target: { atMost: 3 }, samples: pairs });
    return [line, await webhooksMeanwhile(installation, ours, short)];
  } finally {
    await ours.stop();
  }
}

/** The webhooks of residents at half the top rate, while deputies are reminded. */
async function webhooksMeanwhile(
  installation: Parameters<typeof startChild>[1],
  ours: Awaited<ReturnType<typeof startChild>>,
  short: boolean,
): Promise<Line> {
  const durable = await startChild("durable", installation);
  try {
    await load(durable, short ? 320 : 6400);
    const top = (await load(durable, short ? 320 : 6400)).perSecond;
    let isOver = false;
    const reminding = (async () => {
      while (!isOver) await ours.ask("remind");
    })();
    const sent = await openLoop(
      String(durable.ready.url),
      residentsTexts(Math.round((top / 2) * (short ? 0.5 : 8))),
      top / 2,
    );
    isOver = true;
    await reminding;
    const times = sent.map(({ dueMs, answeredMs }: Sent) => answeredMs - dueMs);
    return {
      name: "reminders, p99 of webhooks",
      ours: { value: percentile(times, 0.99), unit: "ms", digits: 1 },
      reference: null,
      ratio: null,
      target: { atMost: 25, unit: "ms" },
      samples: { topPerSecond: top, p50Ms: percentile(times, 0.5), maxMs: Math.max(...times) },
    };
  } finally {
    await durable.stop();
  }
}

/** Gives each of some deputies with a chat open cases of which some are due today and some late, with their clocks. */
async function writeDueCases(databaseUrl: string, county: string, deputies: number): Promise<void> {
  const owner = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  try {
    await owner`set session_replication_role = 'replica'`;
    await owner`
      create temporary table made as
      select uuidv7() as id, d.id as deputy, v.id as conversation, n, row_number() over (order by d.code, n) as serial,
        (select a.grid_id from assignments a where a.deputy_id = d.id and a.grid_id is not null limit 1) as grid
      from (select * from deputies where jurisdiction_id = ${county} order by code limit ${deputies}) d
      join conversations v on v.deputy_id = d.id cross join generate_series(1, ${CASES_EACH}) n`;
    await owner`
      insert into cases (id, jurisdiction_id, number, conversation_id, state, priority, sealed, summary, grid_id, deputy_id, received_at, due_on,
        last_spoken_at, reopenings, key_wrapped)
      select id, ${county}, '2025-' || lpad(serial::text, 6, '0'), conversation, 'assigned', n = 1, false, '村口到小学的路灯坏了六盏，晚上看不见',
        grid, deputy, now() - interval '6 days', (now() at time zone 'Asia/Shanghai')::date - (n % 4), now() - interval '6 days', 0,
        decode(repeat('00', 60), 'hex') from made`;
    await owner`
      insert into case_clocks (id, jurisdiction_id, case_id, kind, started_at, due_at, paused_days, state, settled_at)
      select uuidv7(), ${county}, id, kind, now() - interval '6 days',
        case when kind = 'reply' then date_trunc('day', now()) + interval '16 hours' - (n % 4) * interval '1 day' - interval '1 second'
          else now() + interval '20 days' end, 0,
        case when kind = 'reply' and n % 4 > 0 then 'missed' else 'running' end,
        case when kind = 'reply' and n % 4 > 0 then now() - interval '1 hour' end
      from made cross join (values ('reply'), ('result')) k (kind)`;
    await owner`analyze cases, case_clocks`;
  } finally {
    await owner.end();
  }
}

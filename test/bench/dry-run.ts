import postgres from "postgres";
import { type RoutingFacts, route } from "../../src/domain/routing/route.ts";
import { startChild } from "./child.ts";
import type { BenchInstallation } from "./county.ts";
import type { Environment } from "./environment.ts";
import type { Effort, Line } from "./measure.ts";
import { installPractice } from "./practice.ts";

const MANY = 1_000_000;
const FEWER = 100_000;

/**
 * A draft of a hundred rules over a million stored matters, of which it gives a tenth to somebody else, and how much
 * more memory they take than a tenth of them.
 */
export async function dryRunBenchmark(environment: Environment, { short }: Effort): Promise<Line[]> {
  const { installation } = await installPractice(environment, null, short ? 50 : undefined);
  const [fewer, many] = short ? [200, 5_000] : [FEWER, MANY];
  await writeHistory(installation, 0, fewer);
  const child = await startChild("dry-run", installation, ["--expose-gc"]);
  try {
    const small = (await child.ask("run")) as Measured;
    await writeHistory(installation, fewer, many);
    const large = (await child.ask("run")) as Measured;
    if (large.messages !== many) throw new Error(`${large.messages} matters were replayed, not ${many}`);
    const seconds = large.tookMs / 1000;
    const growth = (large.peakBytes - small.peakBytes) / 2 ** 20;
    return [
      {
        name: `dry-run, ${many.toLocaleString("en")} stored matters`,
        ours: { value: seconds, unit: "s", digits: 1 },
        reference: null,
        ratio: null,
        target: { atMost: 60, unit: "s" },
        samples: { small, large },
      },
      {
        name: "dry-run, memory more than for a tenth",
        ours: { value: growth, unit: "MB" },
        reference: null,
        ratio: null,
        target: { atMost: 64, unit: "MB" },
        samples: { small, large },
      },
    ];
  } finally {
    await child.stop();
  }
}

type Measured = { readonly messages: number; readonly tookMs: number; readonly peakBytes: number };

/** Stores cases with their words and decisions, as routing makes them for each grid of the county. */
async function writeHistory(
  { databaseUrl, jurisdictionId, accountId }: BenchInstallation,
  from: number,
  to: number,
): Promise<void> {
  const owner = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  try {
    const grids = await owner<{ code: string; facts: RoutingFacts }[]>`
      select g.code, jsonb_build_object(
        'grid', jsonb_build_object('code', g.code, 'name', g.name, 'township', g.township, 'community', g.community),
        'station', jsonb_build_object('code', s.code, 'name', s.name), 'placeBy', 'name', 'placeEvidence', g.name,
        'scannedDeputy', null, 'on', '2026-11-24', 'sealed', false, 'target', null, 'substitutes', '[]'::jsonb,
        'gridDeputies', coalesce((${deputiesWhere(owner, owner`a.grid_id = g.id`)}), '[]'),
        'stationDeputies', coalesce((${deputiesWhere(owner, owner`a.station_id = s.id`)}), '[]')) as facts
      from grids g left join stations s on s.id = g.station_id where g.jurisdiction_id = ${jurisdictionId}`;
    const decided = grids.map(({ code, facts }) => {
      const decision = route(facts);
      const deputy = decision.chosen.kind === "deputy" ? decision.chosen.deputy : null;
      return { grid: code, deputy, decision: JSON.stringify(decision) };
    });
    await owner`create temporary table decided (n serial, grid text, deputy text, decision jsonb)`;
    for (let at = 0; at < decided.length; at += 500) {
      const rows = decided.slice(at, at + 500);
      await owner`insert into decided (grid, deputy, decision)
        select * from unnest(${rows.map((row) => row.grid)}::text[], ${rows.map((row) => row.deputy)}::text[],
          ${rows.map((row) => row.decision)}::text[]::jsonb[])`;
    }
    const known = { county: jurisdictionId, account: accountId, grids: decided.length };
    await owner`create temporary table made as
      select n, gen_random_uuid() as id, gen_random_uuid() as conversation,
        timestamptz '2020-01-01' + n * interval '2 minutes' as at
      from generate_series(${from + 1}::int, ${to}::int) n`;
    await owner`insert into conversations (id, jurisdiction_id, account_id, peer, peer_sealed, created_at)
      select conversation, ${known.county}, ${known.account}, 'past-' || n, ''::bytea, at from made`;
    await owner`insert into cases (id, jurisdiction_id, number, conversation_id, state, outcome, summary, grid_id, grid_code,
        station_id, deputy_id, received_at, due_on, last_spoken_at, closed_at, key_wrapped)
      select m.id, ${known.county}, 'H' || m.n, m.conversation, 'closed', 'solved', '路灯坏了', g.id, g.code, g.station_id,
        p.id, m.at, m.at::date + 7, m.at, m.at + interval '3 days', ''::bytea
      from made m join decided d on d.n = 1 + m.n % ${known.grids}
        join grids g on g.code = d.grid left join deputies p on p.code = d.deputy`;
    await owner`insert into case_messages (id, jurisdiction_id, case_id, direction, party, kind, text, at)
      select gen_random_uuid(), ${known.county}, id, 'in', 'resident', 'text',
        '锦绣' || n % 997 || '号院旁边的路灯坏了好几天，晚上老人看不见路，请尽快派人来修，电梯也停过' || n, at from made`;
    await owner`insert into decisions (id, jurisdiction_id, case_id, decision, at)
      select gen_random_uuid(), ${known.county}, m.id, d.decision, m.at
      from made m join decided d on d.n = 1 + m.n % ${known.grids}`;
    await owner`drop table made`;
    await owner`analyze`;
  } finally {
    await owner.end();
  }
}

function deputiesWhere(owner: postgres.Sql, place: postgres.PendingQuery<postgres.Row[]>) {
  return owner`select jsonb_agg(jsonb_build_object('code', d.code, 'name', d.name, 'level', d.level, 'untilOn', d.until_on,
      'awayUntil', null, 'substitute', null, 'openCases', 0, 'role', a.role))
    from assignments a join deputies d on d.id = a.deputy_id where ${place}`;
}

import { sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { cases } from "../../../db/schema/cases.ts";
import type { SuccessionRow } from "../../../db/schema/people.ts";
import type { Reader } from "../../domain/access/may-see.ts";
import type { StepPreview } from "../../domain/routing/succession.ts";
import { listSuccessions } from "../office/plan-succession.ts";
import type { PeopleDay } from "../people/list-deputies.ts";
import { inList } from "../staff/case-conditions.ts";

/** A step of a succession with the names of both and the cases that would move, as far as they exist for the reader. */
export type StepShown = {
  readonly from: string;
  readonly fromName: string;
  readonly to: string;
  readonly toName: string;
  readonly places: string[];
  readonly left: string[];
  readonly openCases: number;
  readonly cases: { readonly number: string; readonly summary: string; readonly receivedAt: string }[];
};

const MOST_CASES = 20;

/** Shows what the steps of a succession would do to a reader who sees these cases, the oldest first. */
export async function showSteps(
  tx: Transaction,
  reader: Reader,
  steps: readonly (StepPreview & { readonly everywhere: boolean })[],
  day: PeopleDay,
): Promise<StepShown[]> {
  const names = await namesOf(
    tx,
    steps.flatMap(({ from, to }) => [from, to]),
  );
  const shown: StepShown[] = [];
  for (const { from, to, places, left, everywhere } of steps) {
    const there = everywhere ? sql`true` : sql`coalesce(g.code, s.code) = any(${sql.param([...places])}::text[])`;
    const open = await tx.execute<{ number: string; summary: string; receivedAt: string; all: number }>(sql`
      select ${cases.number} as number, ${cases.summary} as summary, ${cases.receivedAt} as "receivedAt", (count(*) over ())::int as all
      from ${cases} left join grids g on g.id = ${cases.gridId} left join stations s on s.id = ${cases.stationId}
      where ${cases.deputyId} = (select d.id from deputies d where d.code = ${from}) and ${there}
        and ${inList(reader, { open: true }, day)}
      order by ${cases.receivedAt}, ${cases.number} limit ${MOST_CASES}`);
    shown.push({
      ...{ from, fromName: names.get(from) ?? from, to, toName: names.get(to) ?? to },
      ...{ places: [...places], left: [...left], openCases: open[0]?.all ?? 0 },
      cases: open.map(({ number, summary, receivedAt }) => ({
        ...{ number, summary, receivedAt: new Date(receivedAt).toISOString() },
      })),
    });
  }
  return shown;
}

/** A succession in the list of staff. */
export type SuccessionListed = {
  readonly id: string;
  readonly on: string;
  readonly state: "planned" | "done" | "cancelled";
  readonly steps: { from: string; fromName: string; to: string; toName: string; places: string[] | null }[];
  readonly by: string;
  readonly madeAt: string;
  readonly doneAt: string | null;
};

/** Lists all successions of the county whose transaction this is, the next one first. */
export async function showSuccessions(tx: Transaction): Promise<SuccessionListed[]> {
  const all = await listSuccessions(tx);
  const names = await namesOf(
    tx,
    all.flatMap(({ rows }) => rows.flatMap(({ from, to }) => [from, to])),
  );
  const stepOf = ({ from, to, places }: SuccessionRow) => ({
    ...{ from, fromName: names.get(from) ?? from, to, toName: names.get(to) ?? to },
    places: places === undefined ? null : [...places],
  });
  return all.map(({ id, effectiveOn, state, rows, author, createdAt, doneAt }) => ({
    ...{ id, on: effectiveOn, state, steps: rows.map(stepOf), by: author },
    ...{ madeAt: createdAt.toISOString(), doneAt: doneAt?.toISOString() ?? null },
  }));
}

async function namesOf(tx: Transaction, codes: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.execute<{ code: string; name: string }>(
    sql`select d.code, d.name from deputies d where d.code = any(${sql.param([...new Set(codes)])}::text[])`,
  );
  return new Map(rows.map(({ code, name }) => [code, name]));
}

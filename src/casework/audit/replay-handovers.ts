import { asc, eq, gt, sql } from "drizzle-orm";
import type { Database, Transaction } from "../../../db/database.ts";
import { cases } from "../../../db/schema/cases.ts";
import { acts, handovers } from "../../../db/schema/ledger.ts";
import { units } from "../../../db/schema/people.ts";
import type { ReplayedHandover } from "../../domain/acts/handover.ts";
import { replayHandover, type WrittenAct } from "../../domain/acts/replay-handover.ts";
import type { Report } from "./findings.ts";

const PAGE = 200;
const NIL = "00000000-0000-0000-0000-000000000000";

type Row = ReplayedHandover & { readonly id: string; readonly acts: readonly WrittenAct[] };

/** Replays every hand-over of a county from its acts, compares the result with its row, and looks for acts on none. */
export async function replayHandovers(database: Database, jurisdictionId: string, report: Report): Promise<void> {
  let after = NIL;
  for (;;) {
    const page = await database.inCounty(jurisdictionId, (tx) => handoversAfter(tx, after));
    for (const { id: _, acts: written, ...row } of page) {
      const said = differenceOf(row, written);
      if (said === null) continue;
      const text = `hand-over of case ${row.case} to ${row.unit}: ${said}`;
      report({ kind: "handover-differs", position: null, event: null, case: row.case, text });
    }
    after = page.at(-1)?.id ?? after;
    if (page.length < PAGE) break;
  }
  const orphans = await database.inCounty(jurisdictionId, (tx) =>
    tx.execute<{ seq: number }>(sql`
      select seq::int from ${acts} a where a.type = 'opened' and a.subject = 'handover'
        and not exists (select from ${handovers} h where h.id = a.subject_id) order by seq limit ${PAGE}`),
  );
  for (const { seq } of orphans) {
    const text = `act ${seq} opened a hand-over that is not there any more`;
    report({ kind: "handover-differs", position: null, event: null, case: null, text });
  }
}

/** The rows in the terms of `replayHandover`, and their acts, as they are in one moment: one statement. */
async function handoversAfter(tx: Transaction, after: string): Promise<readonly Row[]> {
  const rows = await tx
    .select({
      id: handovers.id,
      case: cases.number,
      unit: units.code,
      role: handovers.role,
      state: handovers.state,
      dueOn: handovers.dueOn,
      askedUntil: handovers.askedUntil,
      result: handovers.result,
      openedAt: handovers.openedAt,
      sentAt: handovers.sentAt,
      settledAt: handovers.settledAt,
      acts: sql<WrittenAct[]>`(
        select coalesce(jsonb_agg(jsonb_build_object('type', a.type, 'at', a.at, 'details', a.details) order by a.seq), '[]')
        from ${acts} a where a.subject = 'handover' and a.subject_id = ${handovers.id})`,
    })
    .from(handovers)
    .innerJoin(cases, eq(cases.id, handovers.caseId))
    .innerJoin(units, eq(units.id, handovers.unitId))
    .where(gt(handovers.id, after))
    .orderBy(asc(handovers.id))
    .limit(PAGE);
  return rows.map((row) => ({
    ...row,
    openedAt: row.openedAt.toISOString(),
    sentAt: row.sentAt?.toISOString() ?? null,
    settledAt: row.settledAt?.toISOString() ?? null,
  }));
}

function differenceOf(row: ReplayedHandover, written: readonly WrittenAct[]): string | null {
  const replayed = replayHandover(written);
  if (!replayed.ok) return `its acts make no hand-over: ${replayed.reason}`;
  const fields = Object.keys(row) as (keyof ReplayedHandover)[];
  const differences = fields
    .filter((field) => row[field] !== replayed.handover[field])
    .map((field) => `${field} is ${row[field] ?? "empty"}, by its acts ${replayed.handover[field] ?? "empty"}`);
  return differences.length === 0 ? null : differences.join("; ");
}

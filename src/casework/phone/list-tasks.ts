import { sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { cases } from "../../../db/schema/cases.ts";
import type { CalledParty, PhoneResult, PhoneTaskReason } from "../../domain/case/desk.ts";
import type { Caller } from "../access/caller.ts";
import { placeAmongJoined } from "../cases/phone-tasks.ts";
import { countsAsSealed, visibleTo } from "../cases/visible-to.ts";
import { type CaseRow, caseRows } from "../staff/case-rows.ts";

/** A call that has to be made, or was, in a list: without number, name or a word of it. */
type ListedTask = {
  readonly id: string;
  readonly case: CaseRow;
  readonly station: { readonly code: string; readonly name: string } | null;
  readonly to: CalledParty;
  /** Which of those who joined, from 1; null where only one did. */
  readonly nth: number | null;
  readonly why: PhoneTaskReason;
  readonly askedBy: string;
  readonly madeAt: string;
  readonly tries: number;
  /** On how many days nobody was reached; from three on the county's office sees to it. */
  readonly missedDays: number;
  readonly againOn: string | null;
  readonly result: PhoneResult | null;
  readonly doneBy: string | null;
  readonly doneAt: string | null;
};

type Found = Omit<ListedTask, "case" | "station"> & {
  readonly caseId: string;
  readonly code: string | null;
  readonly name: string | null;
};

const MOST = 200;

/** Lists the calls that exist for somebody: those about cases that lie in a station now, for the office all; what is sealed only where that is asked for. */
export async function listPhoneTasks(
  tx: Transaction,
  caller: Caller,
  { today, isDone, sealed }: { readonly today: string; readonly isDone: boolean; readonly sealed: boolean },
): Promise<ListedTask[]> {
  const iso = (column: string) => sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);
  const order = isDone ? sql`t.done_at desc` : sql`coalesce(t.again_on, ${today}::date), t.made_at`;
  const found = await tx.execute<Found>(sql`
    select t.id, t.case_id as "caseId", t.why,
      case when t.deputy_id is not null then 'deputy' when t.person_id is null and t.why <> 'joined' then 'resident' else 'joined' end as "to",
      ${placeAmongJoined} as nth, t.asked_by as "askedBy", ${iso("t.made_at")} as "madeAt", t.tries,
      t.missed_days as "missedDays", t.again_on::text as "againOn", t.result, t.done_by as "doneBy", ${iso("t.done_at")} as "doneAt", s.code, s.name
    from phone_tasks t join ${cases} on ${cases.id} = t.case_id 
      left join stations s on s.id = ${cases.stationId} and not ${cases.sealed}
    where ${isDone ? sql`t.done_at is not null` : sql`t.done_at is null`} and ${visibleTo(caller, today)}
      and ${sealed ? (caller.role === "office" ? countsAsSealed : sql`false`) : sql`not ${countsAsSealed}`}
    order by ${order}, t.id limit ${MOST}`);
  const ids = found.map(({ caseId }) => caseId);
  const rows = new Map((await caseRows(tx, ids, today)).map((row, at) => [ids[at], row]));
  return found.flatMap(({ caseId, code, name, ...task }) => {
    const row = rows.get(caseId);
    return row === undefined
      ? []
      : [{ ...task, case: row, station: code === null ? null : { code, name: name ?? code } }];
  });
}

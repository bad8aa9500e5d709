import { sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { cases } from "../../../db/schema/cases.ts";
import type { Reader } from "../../domain/access/may-see.ts";
import { daysBetween } from "../../domain/calendar/days.ts";
import { type NoticeArticle, type NoticeWay, noticeNumber } from "../../domain/case/notice.ts";
import { countsAsOrdinary, visibleTo } from "../cases/visible-to.ts";
import { type CaseRow, caseRows } from "../staff/case-rows.ts";

/** A notice of a petition that was given. */
type Given = {
  readonly number: string;
  readonly organ: string;
  readonly article: NoticeArticle;
  readonly way: NoticeWay;
  readonly by: string;
  readonly at: string;
};

/** A petition in the office's list: until when its notice is owed, how many days are left, and the notice once it is given. */
type PetitionListed = {
  readonly case: CaseRow;
  readonly since: string;
  readonly dueOn: string;
  /** Calendar days; less than 0 where it is late, null once the notice is given. */
  readonly daysLeft: number | null;
  readonly notice: Given | null;
};

type Row = {
  readonly caseId: string;
  readonly since: string;
  readonly dueOn: string;
  readonly notice: (Omit<Given, "number"> & { readonly year: number; readonly serial: number }) | null;
};

const MOST = 200;

/** Lists the petitions that exist for somebody: those that wait, what is due first on top, or those whose notice was given, the latest first. */
export async function listPetitions(
  tx: Transaction,
  reader: Reader,
  {
    state,
    today,
    timeZone,
  }: { readonly state: "waiting" | "given"; readonly today: string; readonly timeZone: string },
): Promise<PetitionListed[]> {
  const isGiven = sql`n.id is not null`;
  const found = await tx.execute<Row>(sql`
    select ${cases.id} as "caseId", clock.since, clock.due as "dueOn",
      case when ${isGiven} then jsonb_build_object('year', n.year, 'serial', n.serial, 'organ', n.organ, 'article', n.article,
        'way', n.way, 'by', n.by, 'at', to_char(n.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) end as notice
    from ${cases} left join petition_notices n on n.case_id = ${cases.id}
      cross join lateral (select (k.started_at at time zone ${timeZone})::date::text as since, (k.due_at at time zone ${timeZone})::date::text as due
        from case_clocks k where k.case_id = ${cases.id} and k.kind = 'petition_notice' order by k.started_at desc limit 1) clock
    where ${cases.petition} and ${countsAsOrdinary} and ${visibleTo(reader, today)}
      and ${state === "given" ? isGiven : sql`not (${isGiven})`}
    order by ${state === "given" ? sql`n.at desc` : sql`clock.due, ${cases.number}`} limit ${MOST}`);
  const ids = found.map(({ caseId }) => caseId);
  const rows = new Map((await caseRows(tx, ids, today)).map((row, at) => [ids[at], row]));
  return found.flatMap(({ caseId, since, dueOn, notice }) => {
    const row = rows.get(caseId);
    if (row === undefined) return [];
    const given = notice === null ? null : numbered(notice);
    const daysLeft = given === null ? daysBetween(today, dueOn) : null;
    return [{ case: row, since, dueOn, daysLeft, notice: given }];
  });
}

function numbered({ year, serial, ...notice }: NonNullable<Row["notice"]>): Given {
  return { ...notice, number: noticeNumber(year, serial) };
}

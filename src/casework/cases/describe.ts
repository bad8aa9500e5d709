import { desc, eq, inArray, sql } from "drizzle-orm";
import { caseMessages, cases, decisions } from "../../../db/schema/cases.ts";
import { deputies } from "../../../db/schema/people.ts";
import { grids, stations } from "../../../db/schema/places.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import type { NoticeFields } from "../../domain/messages/message.ts";
import type { Decision } from "../../domain/routing/route.ts";
import type { CaseLine, DeputyCase, Holder } from "../../domain/wording/wording.ts";
import { servingAt } from "../county/deputies.ts";
import type { CaseRecord, Sitting } from "../turn/turn.ts";

/** Who has each of these cases, as residents may know it. */
export async function holdersOf(sitting: Sitting, subjects: readonly CaseRecord[]): Promise<Map<string, Holder>> {
  const holders = new Map<string, Holder>(subjects.map((one) => [one.id, null]));
  const assigned = subjects.filter((one) => one.deputyId !== null && !one.sealed).map((one) => one.id);
  if (assigned.length === 0) return holders;
  const rows = await sitting.tx
    .select({ id: cases.id, deputy: deputies.name, station: stationOfHolder(sitting.today) })
    .from(cases)
    .innerJoin(deputies, eq(deputies.id, cases.deputyId))
    .leftJoin(stations, eq(stations.id, cases.stationId))
    .where(inArray(cases.id, assigned));
  for (const row of rows) holders.set(row.id, { deputy: row.deputy, station: row.station });
  return holders;
}

/** The station of the case where its deputy answers there, else one that the deputy serves at. */
function stationOfHolder(today: string) {
  return sql<string | null>`case when exists (
      select from assignments here left join grids g on g.id = here.grid_id
      where here.deputy_id = ${cases.deputyId}
        and (here.station_id = ${cases.stationId} or g.station_id = ${cases.stationId})
    ) then ${stations.name} else (select s.name ${servingAt(sql`${cases.deputyId}`, today)}) end`;
}

export async function holderOf(sitting: Sitting, subject: CaseRecord): Promise<Holder> {
  return (await holdersOf(sitting, [subject])).get(subject.id) ?? null;
}

/** The kinds of what a deputy says to the office when a case is returned or passed on: nobody else reads it. */
export const RETURN_REASON = "return-reason";
export const REFERRAL_REASON = "referral-reason";

export async function caseLines(sitting: Sitting, subjects: readonly CaseRecord[]): Promise<CaseLine[]> {
  const holders = await holdersOf(sitting, subjects);
  return subjects.map((one) => ({
    number: one.number,
    summary: one.summary,
    state: one.state,
    outcome: one.outcome,
    holder: holders.get(one.id) ?? null,
    receivedOn: dayIn(one.receivedAt, sitting.house.timeZone),
    dueOn: one.dueOn,
  }));
}

/** Cases as their deputy may see them. */
export async function deputyLines(sitting: Sitting, subjects: readonly CaseRecord[]): Promise<DeputyCase[]> {
  if (subjects.length === 0) return [];
  const rows = await sitting.tx
    .select({
      id: cases.id,
      place: sql<string>`coalesce(${grids.township} || ${grids.name}, ${stations.name}, '')`,
    })
    .from(cases)
    .leftJoin(grids, eq(grids.id, cases.gridId))
    .leftJoin(stations, eq(stations.id, cases.stationId))
    .where(
      inArray(
        cases.id,
        subjects.map((one) => one.id),
      ),
    );
  const places = new Map(rows.map((row) => [row.id, row.place]));
  return subjects.map((one) => ({
    number: one.number,
    text: one.summary,
    place: places.get(one.id) ?? "",
    state: one.state,
    priority: one.priority,
    dueOn: one.dueOn,
    overdue: one.closedAt === null && one.dueOn < sitting.today,
  }));
}

export async function lastDecision(sitting: Sitting, subject: CaseRecord): Promise<Decision | null> {
  const [row] = await sitting.tx
    .select({ decision: decisions.decision })
    .from(decisions)
    .where(eq(decisions.caseId, subject.id))
    .orderBy(desc(decisions.at), desc(decisions.id))
    .limit(1);
  return row?.decision ?? null;
}

export type ThreadLine = {
  readonly party: "resident" | "deputy" | "office" | "service";
  readonly kind: string;
  text: string;
  at: string;
};

/** What resident and deputy said in a case, oldest first, in the working copy; what was only shown has no line. */
export async function threadOf(sitting: Sitting, subject: CaseRecord): Promise<ThreadLine[]> {
  const rows = await sitting.tx
    .select({ party: caseMessages.party, kind: caseMessages.kind, text: caseMessages.text, at: caseMessages.at })
    .from(caseMessages)
    .where(eq(caseMessages.caseId, subject.id))
    .orderBy(caseMessages.at, caseMessages.id);
  return rows
    .filter((row) => (row.party === "resident" || row.party === "deputy") && row.text !== "")
    .filter((row) => row.kind !== RETURN_REASON && row.kind !== REFERRAL_REASON)
    .map((row) => ({ ...row, at: dayIn(row.at, sitting.house.timeZone) }));
}

/** What the resident said, without bare answers to our questions. */
export function residentsWords(thread: readonly ThreadLine[]): string {
  return thread
    .filter((line) => line.party === "resident" && line.kind !== "answer" && line.kind !== "rating")
    .map((line) => line.text)
    .join("\n");
}

/** What the resident came with: all that was said before a deputy first spoke. */
export function openingWords(thread: readonly ThreadLine[]): string {
  const answered = thread.findIndex((line) => line.party === "deputy");
  return residentsWords(answered === -1 ? thread : thread.slice(0, answered));
}

/** What a notice outside the window may say of a case; nothing of a sealed one. */
export function noticeOf(subject: CaseRecord, holder: Holder): NoticeFields {
  return {
    number: subject.number,
    summary: subject.sealed ? "" : subject.summary,
    deputy: holder?.deputy ?? "",
    date: subject.dueOn,
  };
}

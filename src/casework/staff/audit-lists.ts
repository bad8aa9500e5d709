import { and, desc, eq, gte, lt, type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { caseEvents, cases } from "../../../db/schema/cases.ts";
import { readings } from "../../../db/schema/console.ts";
import { eventsToLink } from "../../../db/schema/ledger.ts";
import { checkups } from "../../../db/schema/users.ts";
import type { Vault } from "../../../db/vault.ts";
import type { Reader } from "../../domain/access/may-see.ts";
import type { ReaderRole } from "../../domain/access/roles.ts";
import { type Chain, HEADS, notedHead, printHead } from "../audit/noted-head.ts";
import { countsAsSealed, visibleTo } from "../cases/visible-to.ts";
import type { ListDay } from "./case-conditions.ts";

/** The conditions to which a list of readings or events is narrowed: days of the county, the case, who and what. */
export type AuditFilter = {
  readonly by?: string | undefined;
  readonly what?: string | undefined;
  readonly case?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Only what came before this number. */
  readonly after?: number | undefined;
  readonly limit: number;
};

/** A reading of residents' words, as an auditor sees it: a sealed case has a stand-in for its number, and no note. */
export type AuditedReading = {
  readonly seq: number;
  readonly who: string;
  readonly role: ReaderRole;
  readonly what: "case" | "original" | "sealed" | "export" | "phone";
  readonly case: string | null;
  readonly isSealed: boolean;
  readonly reason: string | null;
  readonly note: string | null;
  readonly at: string;
  readonly unusual: readonly ("many-originals" | "at-night")[];
};

/** More originals than this are unusual for one person and day. */
const USUAL_ORIGINALS = 30;

/** Lists readings, newest first. */
export async function auditedReadings(
  tx: Transaction,
  vault: Vault,
  filter: AuditFilter,
  { timeZone }: Pick<ListDay, "timeZone">,
): Promise<AuditedReading[]> {
  const local = sql`(${readings.at} at time zone ${timeZone})`;
  const isSealed = sql<boolean>`coalesce(${readings.what} = 'sealed' or ${countsAsSealed}, false)`;
  const rows = await tx
    .select({
      row: readings,
      number: cases.number,
      isSealed,
      isNight: sql<boolean>`extract(hour from ${local}) not between 6 and 21`,
      isMany: sql<boolean>`${readings.what} = 'original' and (select count(*) from readings r where r.caller_id = ${readings.callerId}
        and r.what = 'original' and (r.at at time zone ${timeZone})::date = ${local}::date) > ${USUAL_ORIGINALS}`,
    })
    .from(readings)
    .leftJoin(cases, eq(cases.id, readings.caseId))
    .where(
      and(
        filter.by === undefined ? undefined : eq(readings.callerName, filter.by),
        filter.what === undefined ? undefined : sql`${readings.what} = ${filter.what}`,
        filter.case === undefined ? undefined : and(eq(cases.number, filter.case), sql`not ${isSealed}`),
        ...inDays(readings.at, filter, timeZone),
        filter.after === undefined ? undefined : lt(readings.seq, filter.after),
      ),
    )
    .orderBy(desc(readings.seq))
    .limit(filter.limit);
  return rows.map(({ row, number, isSealed: sealed, isNight, isMany }) => ({
    ...{ seq: row.seq, who: row.callerName, role: row.role, what: row.what, reason: row.reason },
    case: sealed && row.caseId !== null ? standIn(vault, row.jurisdictionId, row.caseId) : number,
    isSealed: sealed,
    note: sealed ? null : row.note,
    at: row.at.toISOString(),
    unusual: [...(isMany ? (["many-originals"] as const) : []), ...(isNight ? (["at-night"] as const) : [])],
  }));
}

/** The same for one case each time, and nothing by which its number could be found. */
function standIn(vault: Vault, jurisdictionId: string, caseId: string): string {
  return `# ${vault.blindIndex(caseId, `audited:${jurisdictionId}`).slice(0, 8)}`;
}

/** Lists what happened to the cases that exist for an auditor, newest first, by codes alone. */
export async function auditedEvents(tx: Transaction, reader: Reader, filter: AuditFilter, day: ListDay) {
  const rows = await tx
    .select({ seq: caseEvents.seq, type: caseEvents.type, by: caseEvents.by, at: caseEvents.at, case: cases.number })
    .from(caseEvents)
    .innerJoin(cases, eq(cases.id, caseEvents.caseId))
    .where(
      and(
        visibleTo(reader, day.today),
        filter.by === undefined ? undefined : eq(caseEvents.by, filter.by),
        filter.what === undefined ? undefined : eq(caseEvents.type, filter.what),
        filter.case === undefined ? undefined : eq(cases.number, filter.case),
        ...inDays(caseEvents.at, filter, day.timeZone),
        filter.after === undefined ? undefined : lt(caseEvents.seq, filter.after),
      ),
    )
    .orderBy(desc(caseEvents.seq))
    .limit(filter.limit);
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

function inDays(
  at: typeof readings.at | typeof caseEvents.at,
  { from, to }: AuditFilter,
  timeZone: string,
): (SQL | undefined)[] {
  return [
    from === undefined ? undefined : gte(at, sql`(${from}::timestamp at time zone ${timeZone})`),
    to === undefined ? undefined : lt(at, sql`((${to}::date + 1)::timestamp at time zone ${timeZone})`),
  ];
}

/** The state of a county's chains: the last checkups, the newest noted head of each, and how many events are not linked yet. */
export async function chainState(tx: Transaction) {
  const done = await tx
    .select({ kind: checkups.kind, at: checkups.at, isGood: checkups.isGood })
    .from(checkups)
    .orderBy(checkups.kind);
  const newestOf = async (chain: Chain) => {
    const heads = HEADS[chain];
    const [newest] = await tx.select().from(heads).orderBy(desc(heads.serial)).limit(1);
    if (newest === undefined) return null;
    const head = notedHead(newest);
    const { position, hash, at } = head;
    return { position, hash, notedAt: at.toISOString(), printed: printHead(head, chain) };
  };
  const [unlinked] = await tx.select({ count: sql<number>`count(*)::int` }).from(eventsToLink);
  return {
    checkups: done.map((row) => ({ ...row, at: row.at.toISOString() })),
    head: await newestOf("events"),
    recordHead: await newestOf("records"),
    unlinked: unlinked?.count ?? 0,
  };
}

import { sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { notEnded } from "../../../db/in-force.ts";
import { cases } from "../../../db/schema/cases.ts";
import type { Vault } from "../../../db/vault.ts";
import type { HandoverState } from "../../domain/acts/handover.ts";
import type { UnitResult } from "../../domain/case/claims.ts";
import type { Caller } from "../access/caller.ts";
import { hasUnitChat } from "../beside/unit-handovers.ts";
import { countsAsOrdinary, visibleTo } from "../cases/visible-to.ts";
import { phonePurpose } from "../county/phone-purpose.ts";
import { type CaseRow, caseRows } from "../staff/case-rows.ts";

/** A unit with who speaks for it and what it holds. */
export type UnitWork = {
  readonly code: string;
  readonly name: string;
  readonly untilOn: string | null;
  readonly phone: string | null;
  readonly chats: { readonly id: string; readonly since: string }[];
  readonly openCodes: number;
  readonly waiting: number;
  readonly sent: number;
  readonly accepted: number;
  readonly reported: number;
  readonly late: number;
  readonly asksForTime: number;
};

const iso = (column: string) => sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);

/** The condition that a row `h` of `handovers` is what its unit has now, of a row of `cases` that exists for somebody. */
function isHeld(caller: Caller, today: string) {
  return sql`(${cases.unitId} = h.unit_id and ${cases.closedAt} is null and ${countsAsOrdinary} and ${visibleTo(caller, today)}
    and h.state in ('waiting', 'sent', 'accepted', 'reported'))`;
}

/** Lists the units with their work; those that have ended and hold nothing are left out. */
export async function listUnitWork(
  tx: Transaction,
  { caller, vault }: { readonly caller: Caller; readonly vault: Vault },
  { today, now }: { readonly today: string; readonly now: Date },
): Promise<UnitWork[]> {
  const rows = await tx.execute<UnitWork & { sealed: Uint8Array | null }>(sql`
    select u.code, u.name, u.until_on::text as "untilOn", u.phone as sealed,
      coalesce((select jsonb_agg(jsonb_build_object('id', b.id, 'since', ${iso("b.bound_at")}) order by b.bound_at)
        from bindings b where b.role = 'unit' and b.ref = u.code and b.ended_at is null), '[]') as chats,
      (select count(*)::int from binding_invites i where i.role = 'unit' and i.ref = u.code and i.used_at is null
        and i.expires_at > ${now.toISOString()}::timestamptz) as "openCodes",
      count(held.id) filter (where held.state = 'waiting')::int as waiting, count(held.id) filter (where held.state = 'sent')::int as sent,
      count(held.id) filter (where held.state = 'accepted')::int as accepted, count(held.id) filter (where held.state = 'reported')::int as reported,
      count(held.id) filter (where held.state <> 'reported' and held.due_on < ${today}::date)::int as late,
      count(held.id) filter (where held.asked_until is not null)::int as "asksForTime"
    from units u left join lateral (
      select h.id, h.state, h.due_on, h.asked_until from handovers h join ${cases} on ${cases.id} = h.case_id
      where h.unit_id = u.id and ${isHeld(caller, today)}) held on true
    group by u.id having ${notEnded(sql`u.until_on`, today)} or count(held.id) > 0
    order by u.code`);
  const { jurisdictionId } = caller;
  return rows.map(({ sealed, ...row }) => ({
    ...row,
    phone: sealed === null ? null : vault.open(Buffer.from(sealed), phonePurpose("units", jurisdictionId)),
  }));
}

/** A matter that a unit holds, in a list of staff. */
type HandoverListed = {
  readonly case: CaseRow;
  readonly unit: { readonly code: string; readonly name: string };
  readonly state: HandoverState;
  readonly dueOn: string;
  readonly askedUntil: string | null;
  readonly result: UnitResult | null;
  readonly openedAt: string;
  readonly hasChat: boolean;
};

const MOST = 200;

/** Lists what units hold of the cases that exist for somebody, what is due first on top. */
export async function listHandovers(
  tx: Transaction,
  caller: Caller,
  {
    unit,
    state,
    today,
  }: { readonly unit?: string | undefined; readonly state?: string | undefined; readonly today: string },
): Promise<HandoverListed[]> {
  const found = await tx.execute<Omit<HandoverListed, "case"> & { caseId: string }>(sql`
    select h.case_id as "caseId", jsonb_build_object('code', u.code, 'name', u.name) as unit, h.state, h.due_on::text as "dueOn",
      h.asked_until::text as "askedUntil", h.result, ${iso("h.opened_at")} as "openedAt", ${hasUnitChat} as "hasChat"
    from handovers h join units u on u.id = h.unit_id join ${cases} on ${cases.id} = h.case_id
    where ${isHeld(caller, today)} and ${unit === undefined ? sql`true` : sql`u.code = ${unit}`}
      and ${state === undefined ? sql`true` : sql`h.state = ${state}`}
    order by h.due_on, h.opened_at, h.id limit ${MOST}`);
  const ids = found.map(({ caseId }) => caseId);
  const rows = new Map((await caseRows(tx, ids, today)).map((row, at) => [ids[at], row]));
  return found.flatMap(({ caseId, ...one }) => {
    const row = rows.get(caseId);
    return row === undefined ? [] : [{ ...one, case: row }];
  });
}

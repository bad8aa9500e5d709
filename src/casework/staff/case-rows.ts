import { sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { cases } from "../../../db/schema/cases.ts";
import { workingDaysAfter } from "../../domain/calendar/deadline.ts";
import type { CaseOutcome, CaseState } from "../../domain/case/case.ts";
import { BY_PHONE } from "../../domain/messages/delivery-ladder.ts";
import { DEFAULTS, readCounty } from "../county/settings.ts";

/** A speaker in a thread. */
export type Party = "resident" | "deputy" | "unit" | "grid-worker" | "office" | "service";

/** A case in a list of staff, by codes; of a sealed one there is no word, place or category. */
export type CaseRow = {
  readonly number: string;
  /** Its version: `c` and how many events it has. */
  readonly etag: string;
  readonly summary: string;
  readonly state: CaseState;
  readonly outcome: CaseOutcome | null;
  readonly priority: boolean;
  readonly sealed: boolean;
  readonly category: string | null;
  readonly place: {
    readonly grid: string | null;
    readonly name: string | null;
    readonly township: string | null;
    readonly doubt: "none" | "several" | "unknown";
  };
  readonly holder: { readonly kind: "deputy" | "unit" | "office"; readonly code: string | null; readonly name: string };
  readonly dueOn: string;
  readonly lateWorkingDays: number;
  readonly receivedAt: string;
  readonly lastSpoken: { readonly at: string; readonly by: Party };
  readonly delivery: "waiting" | "uncertain" | "failed" | "held" | null;
  readonly rating: number | null;
  readonly reopenings: number;
};

type Read = {
  readonly id: string;
  readonly number: string;
  readonly events: number;
  readonly summary: string;
  readonly state: CaseState;
  readonly outcome: CaseOutcome | null;
  readonly priority: boolean;
  readonly sealed: boolean;
  readonly isHidden: boolean;
  readonly category: string | null;
  readonly grid: string | null;
  readonly gridName: string | null;
  readonly township: string | null;
  readonly station: string | null;
  readonly offered: number;
  readonly deputy: string | null;
  readonly deputyName: string | null;
  readonly unit: string | null;
  readonly unitName: string | null;
  readonly dueOn: string;
  readonly isOpen: boolean;
  readonly receivedAt: string;
  readonly lastSpokenAt: string;
  readonly lastParty: Party | null;
  readonly delivery: CaseRow["delivery"];
  readonly rating: number | null;
  readonly reopenings: number;
};

/**
 * The rows of these cases, in the order of `ids`; whether they exist for the reader was decided before.
 * @param options.isOpened a reason was given for reading a sealed one
 */
export async function caseRows(
  tx: Transaction,
  ids: readonly string[],
  today: string,
  options: { readonly isOpened?: boolean } = {},
): Promise<CaseRow[]> {
  if (ids.length === 0) return [];
  const { settings } = await readCounty(tx);
  const { holidays } = { ...DEFAULTS, ...settings };
  const found = await readRows(tx, ids);
  const rows = new Map(found.map((row) => [row.id, row]));
  const late = found.flatMap(({ isOpen, dueOn }) => (isOpen && dueOn < today ? [dueOn] : [])).toSorted();
  const lateness = workingDaysAfter(late[0] ?? today, today, holidays);
  return ids.flatMap((id) => {
    const row = rows.get(id);
    if (row === undefined) return [];
    return [rowOf(row, row.isOpen ? (lateness.get(row.dueOn) ?? 0) : 0, options.isOpened === true)];
  });
}

function rowOf(row: Read, lateWorkingDays: number, isOpened: boolean): CaseRow {
  const { number, state, outcome, priority, sealed, dueOn, delivery, rating, reopenings } = row;
  const isShut = row.isHidden && !isOpened;
  return {
    ...{ number, etag: `c${row.events}`, summary: isShut ? "" : row.summary, state, outcome, priority, sealed },
    category: isShut ? null : row.category,
    place: isShut ? { grid: null, name: null, township: null, doubt: "unknown" } : placeOf(row),
    holder: holderOf(row),
    ...{ dueOn, lateWorkingDays, receivedAt: row.receivedAt },
    lastSpoken: { at: row.lastSpokenAt, by: row.lastParty ?? "resident" },
    ...{ delivery, rating, reopenings },
  };
}

function placeOf({ grid, gridName, township, station, offered }: Read): CaseRow["place"] {
  const doubt = grid !== null || station !== null ? "none" : offered > 1 ? "several" : "unknown";
  return { grid, name: gridName ?? station, township, doubt };
}

function holderOf({ deputy, deputyName, unit, unitName }: Read): CaseRow["holder"] {
  if (deputy !== null) return { kind: "deputy", code: deputy, name: deputyName ?? "" };
  if (unit !== null) return { kind: "unit", code: unit, name: unitName ?? "" };
  return { kind: "office", code: null, name: "" };
}

function readRows(tx: Transaction, ids: readonly string[]): Promise<Read[]> {
  const iso = (column: string) => sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);
  return tx
    .execute<Read>(sql`
    select c.id, c.number, c.summary, c.state, c.outcome, c.priority, c.sealed, c.category, c.rating, c.reopenings,
      c.sealed or exists (select from cases a where a.conversation_id = c.conversation_id and a.sealed
        and a.category is distinct from 'data-request' and a.received_at >= c.received_at) as "isHidden",
      (select count(*)::int from case_events e where e.case_id = c.id) as events,
      g.code as grid, g.name as "gridName", coalesce(g.township, s.township) as township, s.name as station,
      d.code as deputy, d.name as "deputyName", u.code as unit, u.name as "unitName",
      c.due_on::text as "dueOn", c.closed_at is null as "isOpen",
      ${iso("c.received_at")} as "receivedAt", ${iso("c.last_spoken_at")} as "lastSpokenAt",
      (select m.party from case_messages m where m.case_id = c.id and m.party <> 'service' order by m.at desc, m.id desc limit 1) as "lastParty",
      (select min(case o.state when 'failed' then '1' when 'uncertain' then '2' when 'held' then '4' else '3' end)
        from outbox o where o.case_id = c.id and o.state in ('failed', 'uncertain', 'waiting', 'sending', 'held')
          and (o.state in ('failed', 'uncertain', 'held') or o.reason is distinct from ${BY_PHONE})
          and not exists (select from outbox again where again.repeats = o.id and again.state = 'delivered')) as delivery,
      coalesce((select jsonb_array_length(q -> 'choices') from jsonb_path_query(k.dialog, '$.*[*] ? (@.kind == "where")') q
        where q ->> 'case' = c.number limit 1), 0) as offered
    from ${cases} c join conversations k on k.id = c.conversation_id
      left join grids g on g.id = c.grid_id left join stations s on s.id = c.station_id
      left join deputies d on d.id = c.deputy_id left join units u on u.id = c.unit_id
    where c.id = any(${sql.param([...ids])}::uuid[])`)
    .then((rows) => rows.map((row) => ({ ...row, delivery: TROUBLES[row.delivery ?? ""] ?? null })));
}

const TROUBLES: Readonly<Record<string, "waiting" | "uncertain" | "failed" | "held">> = {
  1: "failed",
  2: "uncertain",
  3: "waiting",
  4: "held",
};

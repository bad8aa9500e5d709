import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { cases } from "../../../db/schema/cases.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import { MOVED } from "../../domain/messages/across-chats.ts";
import {
  type DeliveryReason,
  type DeliveryStatus,
  NOT_BOUND,
  platformCodeOf,
  reasonKindOf,
  whoActs,
} from "../../domain/messages/delivery-reason.ts";
import type { Caller } from "../access/caller.ts";
import { countsAsSealed, visibleTo } from "../cases/visible-to.ts";
import { wasToldAgain } from "../delivery/tell-again.ts";

/** The conditions to which a list of deliveries is narrowed. Without a case it holds what is still open or ended badly, never what arrived. */
export type DeliveryFilter = {
  readonly state?: DeliveryStatus | undefined;
  readonly reason?: DeliveryReason | undefined;
  /** A station's code. */
  readonly station?: string | undefined;
  /** The channel and the account's name, such as `wechat/qinghe`. */
  readonly account?: string | undefined;
  /** A case's number: then everything that was ever to be sent about it. */
  readonly case?: string | undefined;
  /** Those that somebody put aside, or that were told again, instead of all others. */
  readonly settled?: boolean | undefined;
  /** Those of sealed cases alone; for the office. */
  readonly sealed?: boolean | undefined;
};

/** An outgoing message in a list: whom it is for and what became of it, without a word of it. */
export type Delivery = {
  readonly id: string;
  readonly status: DeliveryStatus;
  readonly reason: DeliveryReason;
  readonly platformCode: string | null;
  readonly acts: "nobody" | "office" | "operator";
  readonly kind: string;
  readonly isDanger: boolean;
  readonly to: { readonly party: "resident" | "deputy"; readonly name: string | null };
  readonly case: string | null;
  readonly station: string | null;
  readonly account: string | null;
  readonly rung: string | null;
  readonly attempts: number;
  readonly createdAt: string;
  readonly lastTriedAt: string | null;
  readonly nextTryAt: string | null;
  readonly settled: "put-aside" | "told-again" | null;
};

/** The deliveries of one status and one kind of reason: what one remedy is for. */
export type DeliveryGroup = Pick<Delivery, "status" | "reason" | "acts"> & {
  readonly count: number;
  readonly oldestAt: string;
};

/** A page of a list of deliveries, those that wait longest first; `total` counts to 1,000 and stops. */
export type DeliveryPage = {
  readonly items: readonly Delivery[];
  readonly next: { readonly value: string; readonly id: string } | null;
  readonly total: { readonly value: number; readonly isMore: boolean };
};

const COUNTED = 1_000;

const isPutAside = sql`exists (select from interventions i where i.jurisdiction_id = ${outbox.jurisdictionId}
  and i.subject = ${outbox.id}::text and i.action = 'put-aside' and i.at >= ${outbox.settledAt})`;
const hasEnded = sql`${outbox.state} in ('failed', 'uncertain')`;
const isOpen = sql`${outbox.state} in ('waiting', 'sending')`;

const STATUS: SQL<DeliveryStatus> = sql`case when ${outbox.state} in ('waiting', 'sending') then
  case when ${outbox.awaitsContact} then 'waits-for-contact' else 'on-its-way' end else ${outbox.state} end`;
const REASON = sql<string>`case when ${outbox.conversationId} is null and ${outbox.state} = 'waiting' then ${NOT_BOUND} else coalesce(${outbox.reason}, '') end`;

/** Each worded as one of the partial indexes of the outbox: the history is not read. */
const OPEN_BY_STATUS: Readonly<Record<Exclude<DeliveryStatus, "delivered">, SQL>> = {
  "on-its-way": sql`${isOpen} and not ${outbox.awaitsContact}`,
  "waits-for-contact": sql`${isOpen} and ${outbox.awaitsContact}`,
  uncertain: sql`${hasEnded} and ${outbox.state} = 'uncertain'`,
  failed: sql`${hasEnded} and ${outbox.state} = 'failed'`,
  held: sql`${outbox.state} = 'held'`,
};

/** The rows of the outbox with what their reader may know of each, by the reader's conditions. */
const FROM = sql`${outbox}
  left join ${cases} on ${cases.id} = ${outbox.caseId}
  left join stations s on s.id = ${cases.stationId}
  left join deputies d on d.id = ${outbox.deputyId}
  left join conversations k on k.id = ${outbox.conversationId}
  left join channel_accounts n on n.id = k.account_id`;

/**
 * The condition that a delivery exists for somebody: that of its case, and where it is about none, for all but a station. What
 * is sealed is in no list but the one that asks for nothing else. The operator knows of deliveries, never of their cases.
 */
function deliveryVisibleTo(caller: Caller, today: string, sealed: boolean): SQL {
  if (caller.role === "operator") return sealed ? sql`false` : sql`(${cases.id} is null or not ${countsAsSealed})`;
  const ofCase = sql`(${cases.id} is not null and ${visibleTo(caller, today)}
    and ${sealed ? countsAsSealed : sql`not ${countsAsSealed}`})`;
  if (sealed) return caller.role === "office" ? ofCase : sql`false`;
  return caller.role === "station" ? ofCase : sql`(${cases.id} is null or ${ofCase})`;
}

function listCondition(caller: Caller, today: string, filter: DeliveryFilter): SQL {
  const { state, station, account, settled = false } = filter;
  // By a case or a station an operator would learn of cases.
  if (caller.role === "operator" && (filter.case ?? station) !== undefined) return sql`false`;
  const isSettled = sql`(${hasEnded} and (${isPutAside} or ${wasToldAgain}))`;
  const all = [
    sql`${outbox.jurisdictionId} = ${caller.jurisdictionId}`,
    deliveryVisibleTo(caller, today, filter.sealed === true),
    filter.case === undefined ? stillOpen(caller.jurisdictionId, state) : ofCase(filter.case, state),
    ...(filter.case === undefined || settled ? [settled ? isSettled : sql`not ${isSettled}`] : []),
    ...(station === undefined ? [] : [sql`s.code = ${station}`]),
    ...(account === undefined ? [] : [sql`n.channel || '/' || n.name = ${account}`]),
  ];
  return sql.join(all, sql` and `);
}

function stillOpen(jurisdictionId: string, state: DeliveryStatus | undefined): SQL {
  if (state === "delivered") return sql`false`;
  const wanted = state === undefined ? Object.values(OPEN_BY_STATUS) : [OPEN_BY_STATUS[state]];
  const parts = wanted.map(
    (condition) =>
      sql`select ${outbox.id} from ${outbox} where ${outbox.jurisdictionId} = ${jurisdictionId} and ${condition}`,
  );
  return sql`${outbox.id} in (${sql.join(parts, sql` union all `)})`;
}

function ofCase(number: string, state: DeliveryStatus | undefined): SQL {
  const wanted = state === undefined ? sql`${outbox.state} <> 'superseded'` : sql`${STATUS} = ${state}`;
  return sql`(${cases.number} = ${number} and ${wanted})`;
}

/** Lists the deliveries that somebody may know of and asks for, those that wait longest first. */
export async function listDeliveries(
  tx: Transaction,
  caller: Caller,
  filter: DeliveryFilter,
  page: {
    readonly today: string;
    readonly after: { readonly value: string; readonly id: string } | null;
    readonly limit: number;
  },
): Promise<DeliveryPage> {
  const base = listCondition(caller, page.today, filter);
  const condition = filter.reason === undefined ? base : sql`${base} and ${await hasReason(tx, base, filter.reason)}`;
  const behind =
    page.after === null
      ? sql`true`
      : sql`(${outbox.createdAt}, ${outbox.id}) > (${page.after.value}::timestamptz, ${page.after.id}::uuid)`;
  const rows = await deliveryRows(
    tx,
    caller,
    sql`${condition} and ${behind} order by ${outbox.createdAt}, ${outbox.id} limit ${page.limit + 1}`,
  );
  const [counted] = await tx.execute<{ count: number }>(
    sql`select count(*)::int as count from (select from ${FROM} where ${condition} limit ${COUNTED + 1}) counted`,
  );
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  const value = counted?.count ?? 0;
  return {
    items: shown.map(({ delivery }) => delivery),
    next: rows.length > page.limit && last !== undefined ? last.place : null,
    total: { value: Math.min(value, COUNTED), isMore: value > COUNTED },
  };
}

/** The delivery of this id, where it exists for somebody; those of sealed cases exist for the office. */
export async function findDelivery(
  tx: Transaction,
  caller: Caller,
  id: string,
  today: string,
): Promise<Delivery | null> {
  const open = deliveryVisibleTo(caller, today, false);
  const visible = caller.role === "office" ? sql`(${open} or ${deliveryVisibleTo(caller, today, true)})` : open;
  const [row] = await deliveryRows(
    tx,
    caller,
    sql`${outbox.id} = ${id} and ${outbox.state} <> 'superseded' and ${visible}`,
  );
  return row?.delivery ?? null;
}

/** Counts the deliveries that somebody may know of by status and kind of reason, what waits longest first. */
export async function groupDeliveries(
  tx: Transaction,
  caller: Caller,
  filter: DeliveryFilter,
  today: string,
): Promise<DeliveryGroup[]> {
  const rows = await tx.execute<{ status: DeliveryStatus; reason: string; count: number; oldest: string }>(sql`
    select ${STATUS} as status, ${REASON} as reason, count(*)::int as count, min(${outbox.createdAt})::text as oldest
    from ${FROM} where ${listCondition(caller, today, filter)} group by 1, 2`);
  const groups = new Map<string, DeliveryGroup>();
  for (const { status, reason: text, count, oldest } of rows) {
    const reason = reasonKindOf(text);
    const before = groups.get(`${status} ${reason}`);
    const since = new Date(oldest).toISOString();
    groups.set(`${status} ${reason}`, {
      ...{ status, reason, acts: whoActs(status, reason) },
      count: count + (before?.count ?? 0),
      oldestAt: before !== undefined && before.oldestAt < since ? before.oldestAt : since,
    });
  }
  return [...groups.values()].toSorted((a, b) => (a.oldestAt < b.oldestAt ? -1 : 1));
}

/** The kinds of reasons are told apart here, not by the database: it is asked for their words as they stand. */
async function hasReason(tx: Transaction, condition: SQL, reason: DeliveryReason): Promise<SQL> {
  const rows = await tx.execute<{ reason: string }>(
    sql`select distinct ${REASON} as reason from ${FROM} where ${condition}`,
  );
  const texts = rows.map((row) => row.reason).filter((text) => reasonKindOf(text) === reason);
  return sql`${REASON} = any(${sql.param(texts)}::text[])`;
}

type Row = {
  [key: string]: unknown;
  id: string;
  status: DeliveryStatus;
  reason: string;
  kind: string;
  is_deputy: boolean;
  name: string | null;
  number: string | null;
  station: string | null;
  account: string | null;
  rung: string | null;
  attempts: number;
  created: string;
  tried: string | null;
  next: string | null;
  aside: boolean;
  again: boolean;
};

async function deliveryRows(tx: Transaction, caller: Caller, where: SQL) {
  const rows = await tx.execute<Row>(sql`
    select ${outbox.id} as id, ${STATUS} as status, ${REASON} as reason, ${outbox.kind} as kind,
      ${outbox.deputyId} is not null as is_deputy, d.name, ${cases.number} as number, s.code as station,
      n.channel || '/' || n.name as account, last.rung, coalesce(last.attempts, 0)::int as attempts,
      ${outbox.createdAt}::text as created, last.tried::text as tried,
      case when ${outbox.state} = 'waiting' and not ${outbox.awaitsContact} then ${outbox.notBefore}::text end as next,
      (${hasEnded} and ${isPutAside}) as aside, (${hasEnded} and ${wasToldAgain}) as again
    from ${FROM} left join lateral (
      select count(*) as attempts, max(a.started_at) as tried, (array_agg(a.rung order by a.started_at desc))[1] as rung
      from attempts a where a.outbox_id = ${outbox.id} and a.rung <> ${MOVED}) last on true
    where ${where}`);
  const isBlind = caller.role === "operator";
  return rows.map((row) => ({
    place: { value: row.created, id: row.id },
    delivery: deliveryOf(row, isBlind),
  }));
}

function deliveryOf(row: Row, isBlind: boolean): Delivery {
  const { id, status, kind, station, account, rung, attempts } = row;
  const reason = status === "delivered" ? "none" : reasonKindOf(row.reason);
  const iso = (text: string | null) => (text === null ? null : new Date(text).toISOString());
  return {
    ...{ id, status, reason, kind, account, rung, attempts },
    platformCode: platformCodeOf(row.reason),
    acts: whoActs(status, reason),
    isDanger: kind === "emergency",
    to: { party: row.is_deputy ? "deputy" : "resident", name: isBlind ? null : row.name },
    case: isBlind ? null : row.number,
    station: isBlind ? null : station,
    createdAt: new Date(row.created).toISOString(),
    lastTriedAt: iso(row.tried),
    nextTryAt: iso(row.next),
    settled: row.aside ? "put-aside" : row.again ? "told-again" : null,
  };
}

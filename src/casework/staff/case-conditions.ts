import { inArray, type SQL, sql } from "drizzle-orm";
import { cases } from "../../../db/schema/cases.ts";
import type { Reader } from "../../domain/access/may-see.ts";
import type { CaseOutcome, CaseState } from "../../domain/case/case.ts";
import type { Reach, Refuser, ResidentClaim, Sayer, Verdict } from "../../domain/figures/facts.ts";
import { BY_PHONE } from "../../domain/messages/delivery-ladder.ts";
import type { Way } from "../../domain/routing/route.ts";
import {
  hasClaim,
  hasVerdict,
  hintsAtDanger,
  lastOf,
  lastWay,
  wasCorrected,
  wasReached,
  wasRefusedBy,
  wasSaidDoneBy,
} from "../cases/facts.ts";
import { isLed } from "../cases/led.ts";
import { isRehearsed } from "../cases/rehearsed.ts";
import { countsAsOrdinary, countsAsSealed, visibleTo } from "../cases/visible-to.ts";

/** What may be wrong with a message of a case. */
type DeliveryTrouble = "waiting" | "answer-waits" | "uncertain" | "failed" | "held";

/** The conditions to which a list of cases is narrowed, by codes: all conditions hold at once, and of the values of one any. */
export type CaseFilter = {
  readonly state?: readonly CaseState[] | undefined;
  readonly open?: boolean | undefined;
  readonly outcome?: readonly CaseOutcome[] | undefined;
  readonly late?: boolean | undefined;
  /** Open, and passed upwards because nobody answered in time. */
  readonly escalated?: boolean | undefined;
  readonly dueUntil?: string | undefined;
  readonly received?: { readonly from?: string | undefined; readonly to?: string | undefined } | undefined;
  readonly grid?: readonly string[] | undefined;
  readonly township?: readonly string[] | undefined;
  readonly station?: readonly string[] | undefined;
  readonly deputy?: readonly string[] | undefined;
  readonly unit?: readonly string[] | undefined;
  /** Null for those without one. */
  readonly category?: readonly (string | null)[] | undefined;
  readonly channel?: readonly string[] | undefined;
  readonly rating?: readonly number[] | undefined;
  readonly reopened?: boolean | undefined;
  /** `answer-waits`: of what waits, an answer to the resident that only their next word, or a call, brings to them. */
  readonly delivery?: readonly DeliveryTrouble[] | undefined;
  readonly priority?: boolean | undefined;
  /** Words of it hint at a danger to life, and it is not told as one. */
  readonly hint?: boolean | undefined;
  /** Those that a child wrote, or did not. */
  readonly minor?: boolean | undefined;
  readonly byHand?: boolean | undefined;
  readonly way?: readonly Way[] | undefined;
  /** The version and the rule, such as `9/lifts`. */
  readonly rule?: string | undefined;
  /** On whose word it was closed as solved. */
  readonly saidDone?: readonly Sayer[] | undefined;
  /** What the resident says of a closing as solved. */
  readonly claims?: readonly ResidentClaim[] | undefined;
  readonly refusedBy?: readonly Refuser[] | undefined;
  /** A deputy gave it back, or the office placed or moved it. */
  readonly corrected?: boolean | undefined;
  /** How soon the first answer of a person reached the resident. */
  readonly reached?: readonly Reach[] | undefined;
  readonly verdict?: readonly Verdict[] | undefined;
  /** Those on which the reader acted. */
  readonly mine?: boolean | undefined;
  /** Those that go with another one that is open. */
  readonly merged?: boolean | undefined;
  /** True: the sealed ones alone; for the office. */
  readonly sealed?: boolean | undefined;
  /** Those of rehearsals, which are in no other list. */
  readonly rehearsal?: boolean | undefined;
};

/** The moment of a list, by which it is late or not. */
export type ListDay = { readonly today: string; readonly timeZone: string };

/**
 * The condition that a row of `cases` is in a reader's list: it exists for them, and the filter holds. What is sealed is in no
 * list but the one that asks for nothing else.
 */
export function inList(reader: Reader, filter: CaseFilter, day: ListDay): SQL {
  const asksForSealed = filter.sealed === true;
  const all = [
    visibleTo(reader, day.today),
    asksForSealed ? (reader.role === "office" ? countsAsSealed : sql`false`) : countsAsOrdinary,
    filter.rehearsal === true ? isRehearsed : sql`not ${isRehearsed}`,
    ...conditionsOf(reader, filter, day),
  ];
  return sql.join(all, sql` and `);
}

function conditionsOf(reader: Reader, filter: CaseFilter, day: ListDay): SQL[] {
  const { received, late } = filter;
  const midnight = (on: string, later: number) =>
    sql`((${on}::date + ${sql.raw(String(later))})::timestamp at time zone ${day.timeZone})`;
  return [
    ...given(filter.state, (some) => among(cases.state, some)),
    ...given(filter.open, isOpen),
    ...given(filter.outcome, (some) => among(cases.outcome, some)),
    ...given(late, (yes) => onlyIf(yes, sql`(${cases.closedAt} is null and ${cases.dueOn} < ${day.today})`)),
    ...given(filter.minor, (yes) => onlyIf(yes, sql`${cases.minor}`)),
    ...given(filter.escalated, (yes) => onlyIf(yes, sql`(${cases.closedAt} is null and ${cases.escalation} > 0)`)),
    ...given(filter.dueUntil, (on) => sql`(${cases.closedAt} is null and ${cases.dueOn} <= ${on})`),
    ...given(received?.from, (on) => sql`${cases.receivedAt} >= ${midnight(on, 0)}`),
    ...given(received?.to, (on) => sql`${cases.receivedAt} < ${midnight(on, 1)}`),
    ...given(filter.grid, (some) => byCode(cases.gridId, "grids", some)),
    ...given(filter.township, (some) => ofTownship(some)),
    ...given(filter.station, (some) => byCode(cases.stationId, "stations", some)),
    ...given(filter.deputy, (some) => byCode(cases.deputyId, "deputies", some)),
    ...given(filter.unit, (some) => byCode(cases.unitId, "units", some)),
    ...given(filter.category, ofCategory),
    ...given(filter.channel, ofChannel),
    ...given(filter.rating, (some) => inArray(cases.rating, [...some])),
    ...given(filter.reopened, (yes) => (yes ? sql`${cases.reopenings} > 0` : sql`${cases.reopenings} = 0`)),
    ...given(filter.delivery, ofDelivery),
    ...given(filter.priority, (yes) => sql`${cases.priority} = ${yes}`),
    ...given(filter.hint, (yes) => onlyIf(yes, hintsAtDanger)),
    ...given(filter.byHand, (yes) => (yes ? sql`${cases.movedAt} is not null` : sql`${cases.movedAt} is null`)),
    ...given(filter.way, (some) => sql`${lastWay} = any(${texts(some)})`),
    ...given(filter.rule, ofRule),
    ...given(filter.saidDone, wasSaidDoneBy),
    ...given(filter.claims, (some) => hasClaim(some, day)),
    ...given(filter.refusedBy, wasRefusedBy),
    ...given(filter.corrected, wasCorrected),
    ...given(filter.reached, wasReached),
    ...given(filter.verdict, hasVerdict),
    ...given(filter.merged, (yes) => onlyIf(yes, isLed)),
    ...given(filter.mine, (yes) =>
      onlyIf(yes, sql`${cases.id} in (select case_id from case_acts where caller_id = ${reader.id})`),
    ),
  ];
}

function given<T>(value: T | undefined, condition: (value: T) => SQL): SQL[] {
  return value === undefined ? [] : [condition(value)];
}

function onlyIf(yes: boolean, condition: SQL): SQL {
  return yes ? condition : sql`not ${condition}`;
}

function isOpen(yes: boolean): SQL {
  return yes ? sql`${cases.closedAt} is null` : sql`${cases.closedAt} is not null`;
}

function texts(some: readonly string[]): SQL {
  return sql`${sql.param([...some])}::text[]`;
}

/** One value is compared by itself: then an index that begins with it gives the rows in their order. */
function among(
  column: typeof cases.state | typeof cases.outcome | typeof cases.category,
  some: readonly string[],
): SQL {
  const [only, second] = some;
  return second === undefined ? sql`${column} = ${only}` : sql`${column} = any(${texts(some)})`;
}

type Coded = "grids" | "stations" | "deputies" | "units";

function byCode(
  column: typeof cases.gridId | typeof cases.stationId | typeof cases.deputyId | typeof cases.unitId,
  table: Coded,
  some: readonly string[],
): SQL {
  const [only, second] = some;
  const rows = sql.raw(`"${table}"`);
  return second === undefined
    ? sql`${column} = (select x.id from ${rows} x where x.code = ${only})`
    : sql`${column} = any(array(select x.id from ${rows} x where x.code = any(${texts(some)})))`;
}

function ofTownship(some: readonly string[]): SQL {
  return sql`${cases.gridId} in (select g.id from grids g where g.township = any(${texts(some)}))`;
}

function ofCategory(some: readonly (string | null)[]): SQL {
  const codes = some.filter((one) => one !== null);
  if (codes.length === 0) return sql`${cases.category} is null`;
  const named = among(cases.category, codes);
  return some.includes(null) ? sql`(${cases.category} is null or ${named})` : named;
}

function ofChannel(some: readonly string[]): SQL {
  return sql`exists (select from conversations k join channel_accounts n on n.id = k.account_id
    where k.id = ${cases.conversationId} and n.channel = any(${texts(some)}))`;
}

/** What is on its way counts as waiting too; what was told again and arrived is no trouble. Worded as the partial indexes of the outbox are. */
function ofDelivery(some: readonly DeliveryTrouble[]): SQL {
  const wanted = {
    waiting: sql`o.state in ('waiting', 'sending') and o.reason is distinct from ${BY_PHONE}`,
    "answer-waits": sql`o.state in ('waiting', 'sending') and o.awaits_contact and o.deputy_id is null
      and o.kind in ('reply', 'closure') and o.reason is distinct from ${BY_PHONE}`,
    uncertain: sql`(o.state in ('failed', 'uncertain') and o.state = 'uncertain')`,
    failed: sql`(o.state in ('failed', 'uncertain') and o.state = 'failed')`,
    held: sql`o.state = 'held'`,
  };
  const found = some.map(
    (one) => sql`select o.case_id from outbox o where o.case_id is not null and ${wanted[one]}
      and not exists (select from outbox again where again.repeats = o.id and again.state = 'delivered')`,
  );
  // As one list of ids: several conditions with `or` would look at every case of the county.
  return sql`${cases.id} = any(array(${sql.join(found, sql` union all `)}))`;
}

function ofRule(wanted: string): SQL {
  const slash = wanted.indexOf("/");
  return sql`(${lastOf("version")} = ${wanted.slice(0, slash)} and ${lastOf("rule")} = ${wanted.slice(slash + 1)})`;
}

import { type SQL, sql } from "drizzle-orm";
import { cases } from "../../../db/schema/cases.ts";
import { LOOKED } from "../../domain/case/claims.ts";
import type { Reach, Refuser, ResidentClaim, Sayer, Verdict } from "../../domain/figures/facts.ts";

/** A resident who says nothing for so long after a case was closed as solved is silent, where no clock of the verdict was set with it. */
const SILENT_DAYS = 14;

/** The last moment at which the resident of a row of `cases` is waited for, by the clock that was set when it was closed; null where none was. */
const verdictDueAt = sql`(select k.due_at from case_clocks k where k.case_id = ${cases.id} and k.kind = 'confirm'
  and k.started_at >= ${cases.closedAt} order by k.started_at desc limit 1)`;

const isDone = sql`e.type = 'closed' and e.details ->> 'outcome' = 'solved'`;
/** A station's reception day or an answer of the library was given, and nobody was told. */
const isAtOnce = sql`e.type = 'closed' and e.details ->> 'how' ~ '^(answers|calendar):'`;
const isGood = sql`e.type = 'rated' and (e.details ->> 'rating')::int >= 4`;
/** Whether it is solved is asked apart from how satisfied somebody is; before it was, the rating said both. */
const isYes = sql`e.type = 'rated' and coalesce(e.details ->> 'claim' = 'confirmed', (e.details ->> 'rating')::int >= 4)`;
/** The condition that by an event `e` a resident opened a case again for it is not done; to put right what they had said is another thing. */
export const isReopenedAsNotDone = sql`(e.type = 'reopened' and e.by = 'resident' and e.details ->> 'why' is null)`;
const isNo = sql`(e.type = 'rated' and coalesce(e.details ->> 'claim' = 'denied', (e.details ->> 'rating')::int <= 2))
  or ${isReopenedAsNotDone}`;
const isUnits = sql`((${isDone} and e.details ->> 'claim' = 'unit') or (e.type = 'unit_reported' and e.details ->> 'result' = 'done'))`;
const hasLooked = sql`coalesce(e.details ->> 'how' in (${sql.raw(LOOKED.map((how) => `'${how}'`).join(", "))}), false)`;
const isChecked = sql`((${isDone} and (e.details ->> 'claim' = 'deputy' or ${hasLooked}))
  or (e.type = 'checked' and e.details ->> 'result' = 'fixed' and ${hasLooked}))`;
/** The condition that an event `e` is a call that reached the resident; one to somebody who joined the case tells its resident nothing. */
export const isToldByCall = sql`(e.type = 'phoned' and e.details ->> 'result' = 'reached' and e.details ->> 'to' = 'resident')`;
const isPersons = sql`(e.by like 'deputy:%' or e.by like 'office%')`;

/**
 * The events of a row of `cases` as one row of facts, to be named `f`: when somebody had it first, when its resident first heard from
 * a person, what was claimed of it and by whom.
 */
export const eventFacts = sql`(
  select opened_at, handed_at, word_at, closed is not null as was_closed, done is not null as said_done,
    unit_done is not null as unit_said, deputy_done is not null as deputy_checked, own_done is not null as deputy_closed,
    (yes > done or resident_done is not null) is true as agrees, (no > done) is true as disagrees,
    (resident_done = closed) is true as is_residents_word, is_returned,
    case closed when closed_by_service then 'service' when closed_by_deputy then 'deputy' when closed_by_office then 'office' end as closed_by,
    case when at_once is null then null when refused_at_once > at_once then 'refused' else 'stood' end as at_once,
    case rated when good then 'satisfied' when bad then 'unsatisfied' end as verdict
  from (
    select min(e.at) as opened_at,
      min(e.at) filter (where e.type in ('assigned', 'left_to_office')) as handed_at,
      min(e.at) filter (where (e.type in ('replied', 'referred', 'closed') and ${isPersons}) or ${isToldByCall}) as word_at,
      max(e.seq) filter (where e.type = 'closed') as closed,
      max(e.seq) filter (where e.type = 'closed' and e.by = 'service') as closed_by_service,
      max(e.seq) filter (where e.type = 'closed' and e.by like 'deputy:%') as closed_by_deputy,
      max(e.seq) filter (where e.type = 'closed' and e.by like 'office%') as closed_by_office,
      min(e.seq) filter (where ${isDone}) as done,
      max(e.seq) filter (where ${isUnits}) as unit_done,
      max(e.seq) filter (where ${isChecked}) as deputy_done,
      max(e.seq) filter (where ${isDone} and e.details ->> 'claim' = 'resident') as resident_done,
      max(e.seq) filter (where ${isDone} and e.by like 'deputy:%' and not ${hasLooked}) as own_done,
      max(e.seq) filter (where ${isYes}) as yes,
      max(e.seq) filter (where ${isGood}) as good,
      max(e.seq) filter (where ${isNo}) as no,
      min(e.seq) filter (where ${isAtOnce}) as at_once,
      max(e.seq) filter (where ${isReopenedAsNotDone}) as refused_at_once,
      max(e.seq) filter (where e.type = 'rated') as rated,
      max(e.seq) filter (where e.type = 'rated' and (e.details ->> 'rating')::int <= 2) as bad,
      coalesce(bool_or(e.type in ('returned', 'placed_by_hand')), false) as is_returned
    from case_events e where e.case_id = ${cases.id}) events)`;

/** The condition on `f` that the resident has said nothing since the case was closed as solved, until the time for it was over. */
export function isSilent({ today, timeZone }: { readonly today: string; readonly timeZone: string }): SQL {
  return sql`(${cases.outcome} = 'solved' and ${cases.rating} is null and not f.is_residents_word
    and coalesce((${verdictDueAt} at time zone ${timeZone})::date,
      (${cases.closedAt} at time zone ${timeZone})::date + ${sql.raw(String(SILENT_DAYS))}) < ${today}::date) is true`;
}

/** The one who refused a row of `cases` as not in scope, from `f`; null where nobody did. */
export const refusedBy = sql`(case when ${cases.outcome} = 'not_in_scope' then f.closed_by end)`;

/** The condition on `f` that somebody corrected where a row of `cases` was sent. */
export const isCorrected = sql`(${cases.movedAt} is not null or f.is_returned)`;

/** The way of the last decision of a row of `cases`; null before any. */
export const lastWay = sql`coalesce(${lastOf("way")}, ${lastOf("rule")})`;

/** A field of the last decision of a row of `cases`. */
export function lastOf(field: "way" | "rule" | "version"): SQL {
  return sql`(select d.decision ->> ${sql.raw(`'${field}'`)} from decisions d where d.case_id = ${cases.id} order by d.at desc, d.id desc limit 1)`;
}

/** The time within which the first answer of a person reached the resident of a row of `cases`; null where nobody has answered. */
export const reached = sql`(
  select case when first.ended is null then 'not-yet' when first.ended - first.begun <= interval '1 hour' then 'hour'
    when first.ended - first.begun <= interval '48 hours' then 'two-days' else 'later' end
  from (
    select o.created_at as begun, case when o.state = 'delivered' then o.settled_at
      else (select min(again.settled_at) from outbox again where again.repeats = o.id and again.state = 'delivered') end as ended
    from outbox o where o.case_id = ${cases.id} and o.kind in ('reply', 'closure') and o.deputy_id is null
    order by o.seq limit 1) first)`;

const SAID: Readonly<Record<Sayer, SQL>> = {
  unit: sql`f.unit_said`,
  deputy: sql`f.deputy_checked`,
  "deputy-closed": sql`f.deputy_closed`,
};

/** The condition that a row of `cases` was closed as solved on the word of one of these. */
export function wasSaidDoneBy(some: readonly Sayer[]): SQL {
  return hasFact(any(some.map((one) => SAID[one])));
}

/** The condition that the resident of a row of `cases` answered its closing in one of these ways. */
export function hasClaim(some: readonly ResidentClaim[], day: Parameters<typeof isSilent>[0]): SQL {
  const claims = { agree: sql`f.agrees`, disagree: sql`f.disagrees`, silent: isSilent(day) };
  return hasFact(any(some.map((one) => claims[one])));
}

/** The condition that one of these refused a row of `cases` as not in scope. */
export function wasRefusedBy(some: readonly Refuser[]): SQL {
  return sql`(${cases.outcome} = 'not_in_scope' and ${hasFact(sql`f.closed_by = any(${texts(some)})`)})`;
}

/** The condition that the last verdict on a row of `cases` is one of these. */
export function hasVerdict(some: readonly Verdict[]): SQL {
  return hasFact(sql`f.verdict = any(${texts(some)})`);
}

/**
 * The condition that words of a row of `cases` hint at a danger to life, of which nobody has made one: its resident was told whom to
 * call, in one line beside the ordinary answer.
 */
export const hintsAtDanger = sql`(not ${cases.priority} and ${cases.id} in (
  select i.case_id from understandings u join inbox i on i.seq = u.inbox_seq where u.danger = 'line' and i.case_id is not null))`;

/** The condition that the first answer of a person reached the resident of a row of `cases` so. */
export function wasReached(some: readonly Reach[]): SQL {
  return sql`${reached} = any(${texts(some)})`;
}

/** The condition that a row of `cases` was corrected later, or was not. */
export function wasCorrected(yes: boolean): SQL {
  const corrected = hasFact(isCorrected);
  return yes ? corrected : sql`not ${corrected}`;
}

/** The condition that a row of `cases` belongs to a topic, by its events: it joined one last, and did not leave. */
export const isInTopic: SQL = sql`(coalesce((select e.type = 'joined' from case_events e where e.case_id = ${cases.id}
  and (e.type = 'left' or (e.type = 'joined' and e.details ? 'topic')) order by e.seq desc limit 1), false))`;

/**
 * The facts that the topic of a row of `cases` tells, as one row, to be named `t`: when it began and was first answered or closed for all, and
 * whether the case was its first, and the first of its resident; all null or false for a case in no topic.
 */
export const topicFacts: SQL = sql`(
  select t.opened_at, (select min(a.at) from acts a where a.subject = 'topic' and a.subject_id = t.id and a.type in ('answered', 'closed')) as answered_at,
    l.id is not null and not exists (select from consequence_links o where o.to_id = l.to_id and o.ended_at is null
      and (o.at, o.id) < (l.at, l.id)) as is_first,
    l.id is not null and not exists (select from consequence_links o join cases c on c.id = o.from_id where o.to_id = l.to_id and o.ended_at is null
      and (o.at, o.id) < (l.at, l.id) and c.conversation_id = ${cases.conversationId}) as is_first_of_person
  from (select 1) one
    left join consequence_links l on l.from_id = ${cases.id} and l.from_kind = 'case' and l.to_kind = 'topic' and l.ended_at is null
    left join topics t on t.id = l.to_id)`;

function hasFact(condition: SQL): SQL {
  return sql`exists (select from ${eventFacts} f where ${condition})`;
}

function any(conditions: readonly SQL[]): SQL {
  return sql`(${sql.join([...conditions], sql` or `)})`;
}

function texts(some: readonly string[]): SQL {
  return sql`${sql.param([...some])}::text[]`;
}

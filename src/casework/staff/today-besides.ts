import { and, count, eq, isNull, min, ne, type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { holdsOn, notEnded } from "../../../db/in-force.ts";
import { cases } from "../../../db/schema/cases.ts";
import { rulesets } from "../../../db/schema/rulesets.ts";
import { users } from "../../../db/schema/users.ts";
import { addDays } from "../../domain/calendar/days.ts";
import { MOST_MISSED_DAYS } from "../../domain/case/desk.ts";
import { readRuleset } from "../../domain/rules/ruleset.ts";
import type { Caller } from "../access/caller.ts";
import { isUnheard, unheardSince } from "../beside/unheard.ts";
import { UNSEAL_MS } from "../cases/led.ts";
import { countsAsOrdinary, countsAsSealed, visibleTo } from "../cases/visible-to.ts";
import { wasToldAgain } from "../delivery/tell-again.ts";
import { isWithPartner } from "../handovers/waiting.ts";
import type { ListDay } from "./case-conditions.ts";

/** The sections of Today that are no lists of cases. */
export type OtherSection =
  | "grids-without-person"
  | "grids-by-phone"
  | "rulesets-to-review"
  | "rules-expiring"
  | "clock-rules-to-review"
  | "answers-to-review"
  | "sealed-readings"
  | "audit"
  | "readings"
  | "staff-changes"
  | "seen-by-nobody"
  | "failed-sends"
  | "stuck-messages"
  | "phone-tasks"
  | "calls-given-up"
  | "units-waiting"
  | "topics-offered"
  | "partner-failures"
  | "petition-notices"
  | "recordings-unheard"
  | "unseal-proposals";

/** A number of things that wait, with the moment since which the first of them does. */
export type Counted = { readonly count: number; readonly oldestAt: string | null };

type About = ListDay & { readonly caller: Caller; readonly now: Date };

const SOON_DAYS = 31;
const DAY_MS = 86_400_000;
const READINGS_DAYS = 30;
const CHANGES_DAYS = 30;
/** More originals than this are unusual for one person and day. */
const USUAL_ORIGINALS = 30;

/** Counts what waits besides cases. */
export async function besides(tx: Transaction, section: OtherSection, about: About): Promise<Counted> {
  switch (section) {
    case "grids-without-person":
      return counted(tx, sql`grids g where not ${hasPerson(about.today, sql``)}`, sql`null`);
    case "grids-by-phone":
      return counted(
        tx,
        sql`grids g where ${hasPerson(about.today, sql``)} and not ${hasPerson(about.today, sql`and exists (select from conversations k where k.deputy_id = d.id)`)}`,
        sql`null`,
      );
    case "rulesets-to-review":
      return toReview(tx, about.caller);
    case "rules-expiring":
      return expiring(tx, about.today);
    case "clock-rules-to-review":
      return counted(
        tx,
        sql`clock_proposals p where p.state = 'waiting' and p.author_id <> ${about.caller.id}`,
        sql`p.proposed_at`,
      );
    case "answers-to-review":
      return counted(
        tx,
        sql`answers w where (w.state = 'draft' or (w.state = 'in-force' and w.out_since is not null))
          and w.author_id is distinct from ${about.caller.id}`,
        sql`coalesce(w.out_since, w.written_at)`,
      );
    case "sealed-readings":
      return counted(
        tx,
        sql`readings r where r.what = 'sealed' and r.at > ${ago(about.now, READINGS_DAYS)}`,
        sql`r.at`,
      );
    case "readings":
      return counted(
        tx,
        sql`(select min(r.at) as at from readings r where r.what = 'original' and r.at > ${ago(about.now, READINGS_DAYS)}
          group by r.caller_id, (r.at at time zone ${about.timeZone})::date having count(*) > ${USUAL_ORIGINALS}) days`,
        sql`days.at`,
      );
    case "staff-changes":
      return counted(tx, sql`staff_changes s where s.at > ${ago(about.now, CHANGES_DAYS)}`, sql`s.at`);
    case "seen-by-nobody":
      return seenByNobody(tx, about);
    case "audit":
      return counted(tx, sql`checkups u where not u.is_good`, sql`u.at`);
    case "failed-sends":
      return counted(
        tx,
        sql`outbox left join ${cases} on ${cases.id} = outbox.case_id
          where outbox.state in ('failed', 'uncertain') and outbox.settled_at > ${ago(about.now, 1)} and not ${wasToldAgain}
            and (${cases.id} is null or not ${countsAsSealed})`,
        sql`outbox.settled_at`,
      );
    case "phone-tasks":
      return counted(
        tx,
        sql`phone_tasks t join ${cases} on ${cases.id} = t.case_id
          where t.done_at is null and coalesce(t.again_on, ${about.today}::date) <= ${about.today}::date
            and ${visibleTo(about.caller, about.today)} and ${countsAsOrdinary}
            ${about.caller.role === "station" ? sql`and t.missed_days < ${MOST_MISSED_DAYS}` : sql``}`,
        sql`t.made_at`,
      );
    case "calls-given-up":
      return counted(
        tx,
        sql`phone_tasks t join ${cases} on ${cases.id} = t.case_id
          where t.done_at is null and t.missed_days >= ${MOST_MISSED_DAYS} and ${visibleTo(about.caller, about.today)}
            and ${countsAsOrdinary}`,
        sql`t.made_at`,
      );
    case "units-waiting":
      return counted(
        tx,
        sql`handovers h join ${cases} on ${cases.id} = h.case_id and ${cases.unitId} = h.unit_id join units u on u.id = h.unit_id
          where ${cases.closedAt} is null and ${countsAsOrdinary} and ${visibleTo(about.caller, about.today)}
            and ((h.state = 'waiting' and not ${isWithPartner(sql`h.id`)}) or (h.state in ('sent', 'accepted') and (h.asked_until is not null or h.due_on < ${about.today}::date))
              or (h.state in ('sent', 'accepted', 'reported') and not ${notEnded(sql`u.until_on`, about.today)}))`,
        sql`h.opened_at`,
      );
    case "topics-offered":
      return counted(tx, sql`topics t where t.state = 'offered'`, sql`t.opened_at`);
    case "partner-failures":
      return counted(
        tx,
        sql`partner_messages m join handovers h on h.id = m.handover_id join ${cases} on ${cases.id} = h.case_id
          where m.state = 'failed' and ${countsAsOrdinary} and ${visibleTo(about.caller, about.today)}`,
        sql`m.made_at`,
      );
    case "petition-notices":
      return counted(
        tx,
        sql`${cases} join case_clocks k on k.case_id = ${cases.id} and k.kind = 'petition_notice' and k.state <> 'void'
          where ${cases.petition} and ${countsAsOrdinary} and ${visibleTo(about.caller, about.today)}
            and not exists (select from petition_notices n where n.case_id = ${cases.id})`,
        sql`k.started_at`,
      );
    case "recordings-unheard":
      return counted(
        tx,
        sql`${cases} where ${isUnheard(about.now)} and ${countsAsOrdinary} and ${visibleTo(about.caller, about.today)}`,
        unheardSince,
      );
    case "unseal-proposals":
      return counted(
        tx,
        sql`unseal_proposals u join ${cases} on ${cases.id} = u.case_id
          where u.caller_id <> ${about.caller.id} and u.at > ${ago(about.now, UNSEAL_MS / DAY_MS)}
            and ${cases.sealed} and ${visibleTo(about.caller, about.today)}`,
        sql`u.at`,
      );
    case "stuck-messages":
      return counted(tx, sql`inbox i where i.processed_at is null and i.stuck_at is not null`, sql`i.received_at`);
  }
}

async function counted(tx: Transaction, from: SQL, since: SQL): Promise<Counted> {
  const [row] = await tx.execute<{ count: number; oldest: string | null }>(
    sql`select count(*)::int as count, min(${since})::text as oldest from ${from}`,
  );
  return { count: row?.count ?? 0, oldestAt: row?.oldest == null ? null : new Date(row.oldest).toISOString() };
}

/** The condition that somebody in office answers for a grid `g`, or for its station. @param more of the deputy `d` */
function hasPerson(today: string, more: SQL): SQL {
  return sql`exists (select from assignments w join deputies d on d.id = w.deputy_id
    where (w.grid_id = g.id or w.station_id = g.station_id) and ${holdsOn(sql`w`, today)} and ${notEnded(sql`d.until_on`, today)} ${more})`;
}

/** Nobody reviews what they wrote. */
async function toReview(tx: Transaction, { role, name }: Caller): Promise<Counted> {
  const others = role === "reviewer" ? ne(rulesets.author, name) : undefined;
  const [row] = await tx
    .select({ count: count(), oldest: min(rulesets.submittedAt) })
    .from(rulesets)
    .where(and(eq(rulesets.state, "in-review"), others));
  return { count: row?.count ?? 0, oldestAt: row?.oldest?.toISOString() ?? null };
}

/** Open sealed cases that exist for nobody of the office, so that no one there works on them: how many, and nothing more. */
async function seenByNobody(tx: Transaction, { caller, today }: About): Promise<Counted> {
  const office = await tx
    .select({ id: users.id, deputyId: users.deputyId })
    .from(users)
    .where(and(eq(users.role, "office"), isNull(users.endedAt)));
  const unseen = office.map(
    (one) => sql`not ${visibleTo({ ...one, role: "office", stations: caller.stations }, today)}`,
  );
  const all = sql.join([sql`${cases.sealed}`, sql`${cases.closedAt} is null`, ...unseen], sql` and `);
  return counted(tx, sql`${cases} where ${all}`, sql`null`);
}

async function expiring(tx: Transaction, today: string): Promise<Counted> {
  const [row] = await tx.select({ content: rulesets.content }).from(rulesets).where(eq(rulesets.state, "published"));
  const read = row === undefined ? null : readRuleset(row.content);
  if (read === null || !read.ok) return { count: 0, oldestAt: null };
  const until = addDays(today, SOON_DAYS);
  const soon = read.ruleset.rules.filter(({ expires }) => expires !== null && expires <= until);
  return { count: soon.length, oldestAt: null };
}

function ago(now: Date, days: number): SQL {
  return sql`${new Date(now.getTime() - days * DAY_MS).toISOString()}::timestamptz`;
}

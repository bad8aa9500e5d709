import { sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { notEnded } from "../../../db/in-force.ts";
import { cases } from "../../../db/schema/cases.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import { moveCase } from "../actions/hand-over.ts";
import { lastDecision, returnedBy } from "../cases/decisions.ts";
import { lastWay } from "../cases/facts.ts";
import { isLed } from "../cases/led.ts";
import { lockCase } from "../cases/load.ts";
import { isRehearsed } from "../cases/rehearsed.ts";
import { matterOf } from "../routing/ask-rules.ts";
import { findResponsible } from "../routing/responsible.ts";
import { whereaboutsBefore } from "../routing/whereabouts.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { openTurn } from "../turn/open-turn.ts";
import { finishTurn, type Turn } from "../turn/turn.ts";

/** Cases that go back in one round; the next round goes on. */
const AT_ONCE = 100;

/**
 * Gives cases to the first deputy who is back that went to the office only because everybody who answers there was away, oldest first.
 * What the office has begun by hand stays with it.
 *
 * @returns the conversations that now have something to deliver
 */
export async function giveToReturned(runtime: Runtime, jurisdictionId: string): Promise<string[]> {
  const now = runtime.now();
  const waiting = await runtime.database.inCounty(jurisdictionId, (tx) =>
    casesThatWait(tx, now, dayIn(now, runtime.timeZone)),
  );
  const told: string[] = [];
  for (const { id, conversationId } of waiting) {
    const toDeliver = await runtime.database.inCounty(jurisdictionId, async (tx) => {
      const turn = await openTurn(runtime, tx, conversationId);
      if (turn === null) return [];
      await giveOne(turn, id);
      await finishTurn(turn);
      return turn.toDeliver;
    });
    told.push(...toDeliver);
  }
  return told;
}

async function casesThatWait(tx: Transaction, now: Date, today: string) {
  const at = now.toISOString();
  return tx.execute<{ id: string; conversationId: string }>(sql`
    select ${cases.id} as id, ${cases.conversationId} as "conversationId" from ${cases}
    where ${cases.state} = 'triage' and ${cases.deputyId} is null and ${cases.unitId} is null and ${cases.movedAt} is null
      and not ${cases.sealed} and not ${isRehearsed} and not ${isLed} and ${lastWay} = 'office'
      and exists (select from (select d.decision from decisions d where d.case_id = ${cases.id} order by d.at desc, d.id desc limit 1) last
        cross join lateral jsonb_array_elements(last.decision -> 'passedOver') passed
        join deputies p on p.jurisdiction_id = ${cases.jurisdictionId} and p.code = passed ->> 'deputy'
        where passed ->> 'why' = 'away' and ${notEnded(sql`p.until_on`, today)} and not exists (select from absences b
          where b.deputy_id = p.id and b.from_at <= ${at}::timestamptz and b.until_at > ${at}::timestamptz))
    order by ${cases.receivedAt}, ${cases.number} limit ${AT_ONCE}`);
}

/** Looks again at what may have changed since the case was found. */
async function giveOne(turn: Turn, caseId: string): Promise<void> {
  const subject = await lockCase(turn, caseId);
  const isWaiting = subject.state === "triage" && subject.deputyId === null && subject.movedAt === null;
  const before = await lastDecision(turn, subject);
  if (!isWaiting || subject.sealed || before === null) return;
  const responsible = await findResponsible(turn, whereaboutsBefore(before.facts), {
    filed: subject,
    barred: await returnedBy(turn.tx, subject.id),
    matter: matterOf(turn, subject),
  });
  if (responsible.deputyId !== null) await moveCase(turn, subject, responsible);
}

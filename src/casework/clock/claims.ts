import { and, asc, eq, isNull, lt, not, type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { type CaseRecord, cases } from "../../../db/schema/cases.ts";
import { handovers } from "../../../db/schema/ledger.ts";
import { addDays } from "../../domain/calendar/days.ts";
import { dayIn, dueDate } from "../../domain/calendar/deadline.ts";
import { boundWordingOf } from "../../domain/wording/bound.ts";
import { isLed } from "../cases/led.ts";
import { lockCase } from "../cases/load.ts";
import { record } from "../cases/record.ts";
import { DEFAULTS, readCounty } from "../county/settings.ts";
import { passUnitsWord } from "../handovers/units-word.ts";
import { tellDeputy } from "../outbox/tell.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { openTurn } from "../turn/open-turn.ts";
import { finishTurn, type Turn } from "../turn/turn.ts";

/** After so many working days a resident is told of a unit's report that its deputy has not checked. */
const CHECK_WITHIN = 2;
const AT_ONCE = 100;

/** The moment at which the unit of a row of `cases` reported last. */
const reportedAt = sql`(select max(a.at) from acts a where a.subject_id = ${handovers.id} and a.type = 'reported')`;

/** The condition that nobody has told the resident anything since the unit reported, nor checked it. */
const isUnchecked = sql`not exists (select from case_events e where e.case_id = ${cases.id}
  and e.seq > (select max(r.seq) from case_events r where r.case_id = ${cases.id} and r.type = 'unit_reported')
  and (e.type in ('replied', 'checked') or (e.type = 'message_added' and e.details -> 'kinds' ? 'unit-word')))`;

/**
 * Tells residents what a unit says of its work where the deputy has not checked it in time, as the unit's word and no more.
 *
 * @returns the conversations that now have something to deliver
 */
export async function tellUnchecked(runtime: Runtime, jurisdictionId: string): Promise<string[]> {
  const { timeZone } = runtime;
  const today = dayIn(runtime.now(), timeZone);
  const found = await runtime.database.inCounty(jurisdictionId, async (tx) => {
    const { settings } = await readCounty(tx);
    const { holidays } = { ...DEFAULTS, ...settings };
    const rows = await reported(tx, sql`${reportedAt} < ${addDays(today, 1 - CHECK_WITHIN)}::timestamptz`);
    return rows.filter(({ at }) => dueDate(dayIn(at, timeZone), CHECK_WITHIN, holidays).day < today);
  });
  return each(runtime, jurisdictionId, found, async (turn, subject) => {
    const [still] = await reported(turn.tx, eq(cases.id, subject.id));
    const unit = still === undefined ? null : await passUnitsWord(turn, subject);
    if (unit === null) return;
    record(turn, subject, "message_added", "service", { kinds: ["unit-word"] });
    if (subject.deputyId === null) return;
    await tellDeputy(turn, subject.deputyId, (_, locale) => ({
      kind: "deputy-news",
      subject,
      words: boundWordingOf(locale).unitWordTold({ number: subject.number, unit }),
    }));
  });
}

/** Settles as silent the closed cases whose residents were asked whether they are solved, and have not said a word in time. */
export async function settleSilent(runtime: Runtime, jurisdictionId: string): Promise<void> {
  const today = dayIn(runtime.now(), runtime.timeZone);
  const found = await runtime.database.inCounty(jurisdictionId, (tx) =>
    tx
      .select({ id: cases.id, conversationId: cases.conversationId })
      .from(cases)
      .where(lt(cases.verdictUntil, today))
      .orderBy(asc(cases.verdictUntil))
      .limit(AT_ONCE),
  );
  await each(runtime, jurisdictionId, found, async (turn, subject) => {
    if (subject.verdictUntil === null || subject.closedAt === null) return;
    record(turn, subject, "settled", "service", { claim: "silent" }, { verdictUntil: null });
  });
}

/** The open cases whose unit has reported and nobody has checked or passed on what it says, oldest first. */
async function reported(tx: Transaction, which: SQL) {
  const rows = await tx
    .select({
      id: cases.id,
      conversationId: cases.conversationId,
      at: sql<Date>`${reportedAt}`.mapWith(handovers.openedAt),
    })
    .from(handovers)
    .innerJoin(cases, and(eq(cases.id, handovers.caseId), eq(cases.unitId, handovers.unitId)))
    .where(
      and(
        eq(handovers.state, "reported"),
        isNull(cases.closedAt),
        eq(cases.sealed, false),
        not(isLed),
        isUnchecked,
        which,
      ),
    )
    .orderBy(asc(reportedAt))
    .limit(AT_ONCE);
  return rows;
}

/** Does something with each of these cases, one transaction each, from the conversation of its resident. */
async function each(
  runtime: Runtime,
  jurisdictionId: string,
  found: readonly { readonly id: string; readonly conversationId: string }[],
  change: (turn: Turn, subject: CaseRecord) => Promise<void>,
): Promise<string[]> {
  const told: string[] = [];
  for (const { id, conversationId } of found) {
    const toDeliver = await runtime.database.inCounty(jurisdictionId, async (tx) => {
      const turn = await openTurn(runtime, tx, conversationId);
      if (turn === null) return [];
      await change(turn, await lockCase(turn, id));
      await finishTurn(turn);
      return turn.toDeliver;
    });
    told.push(...toDeliver);
  }
  return told;
}

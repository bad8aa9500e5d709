import { and, eq, lt, max, not } from "drizzle-orm";
import { type CaseRecord, caseEvents, cases } from "../../../db/schema/cases.ts";
import { stations } from "../../../db/schema/places.ts";
import { dayIn, workingDaysBetween } from "../../domain/calendar/deadline.ts";
import { type Due, dueOf } from "../../domain/calendar/due.ts";
import type { CountyTime } from "../../domain/calendar/office-hours.ts";
import { dueAfter } from "../../domain/clocks/due-moment.ts";
import { stationWordingOf } from "../../domain/wording/stations.ts";
import { chatsOfStation } from "../bindings/roles.ts";
import { deputyLines, holderOf, noticeOf } from "../cases/describe.ts";
import { isLed } from "../cases/led.ts";
import { lockCase } from "../cases/load.ts";
import { phoneDeputy } from "../cases/phone-tasks.ts";
import { record } from "../cases/record.ts";
import { countsAsOrdinary } from "../cases/visible-to.ts";
import { tellConversation, tellResident } from "../outbox/tell.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { openTurn } from "../turn/open-turn.ts";
import { finishTurn, type Turn } from "../turn/turn.ts";
import { unanswered } from "./due-cases.ts";

/** After how many working days without an answer each step is taken: the station, the office, its leader. */
const STEPS = [1, 3, 8] as const;
/** Within how many working days a resident is promised an answer at each step; after the last nobody promises any more. */
const PROMISED = [1, 3] as const;

/**
 * Takes the next step for each case that nobody answered in time, one step a day and case: its station and then the office are
 * asked to see to it, its resident is told so; at last its leaders hear of it. Whoever has it keeps it.
 *
 * @returns the conversations that now have something to deliver
 */
export async function escalateLate(runtime: Runtime, jurisdictionId: string, time: CountyTime): Promise<string[]> {
  const { database } = runtime;
  const today = dayIn(runtime.now(), time.timeZone);
  const late = await database.inCounty(jurisdictionId, (tx) => unanswered(tx, lt(cases.escalation, STEPS.length)));
  const told: string[] = [];
  for (const one of late) {
    if (!isDue(one, one.dueAt, today, time)) continue;
    const toDeliver = await database.inCounty(jurisdictionId, async (tx) => {
      const turn = await openTurn(runtime, tx, one.conversationId);
      if (turn === null) return [];
      await takeStep(turn, one.id, time);
      await finishTurn(turn);
      return turn.toDeliver;
    });
    told.push(...toDeliver);
  }
  return told;
}

function isDue(
  { escalation }: Pick<CaseRecord, "escalation">,
  dueAt: Date,
  today: string,
  { holidays, timeZone }: CountyTime,
): boolean {
  const after = STEPS[escalation];
  return after !== undefined && workingDaysBetween(dayIn(dueAt, timeZone), today, holidays) >= after;
}

/** Looks again at what may have changed since the case was found. */
async function takeStep(turn: Turn, caseId: string, time: CountyTime): Promise<void> {
  const subject = await lockCase(turn, caseId);
  const [late] = await unanswered(turn.tx, eq(cases.id, caseId));
  if (late === undefined || !isDue(subject, late.dueAt, turn.today, time)) return;
  const isEscalation = and(eq(caseEvents.caseId, caseId), eq(caseEvents.type, "escalated"));
  const [last] = await turn.tx
    .select({ at: max(caseEvents.at) })
    .from(caseEvents)
    .where(isEscalation);
  if (last?.at != null && dayIn(last.at, time.timeZone) === turn.today) return;
  const step = subject.escalation + 1;
  const station = step === 1 ? await askStation(turn, subject) : null;
  const to = step === STEPS.length ? "leader" : station === null ? "office" : "station";
  record(turn, subject, "escalated", "service", { step, to }, { escalation: step });
  const days = PROMISED[step - 1];
  if (days === undefined) return;
  const holder = await holderOf(turn, subject);
  const promised: Due = dueOf(dueAfter(turn.now, { amount: days, unit: "working_days" }, time));
  const { number } = subject;
  await tellResident(turn, subject, (wording) => ({
    kind: "courtesy",
    mustKnow: true,
    words:
      step === 1
        ? wording.lateForResident({ number, dueOn: dueOf(subject), station, promised })
        : wording.stillLateForResident({ number, promised }),
    isAnswer: true,
    notice: noticeOf(subject, holder),
  }));
}

/**
 * Asks the station to ring the deputy up.
 * @returns the name of the station; null where no deputy has the case, or no station may know of it
 */
async function askStation(turn: Turn, subject: CaseRecord): Promise<string | null> {
  const { tx, now } = turn;
  const { id, stationId, deputyId } = subject;
  if (stationId === null || deputyId === null) return null;
  const isOwn = and(eq(cases.id, id), countsAsOrdinary, not(isLed));
  const [found] = await tx
    .select({ name: stations.name, code: stations.code })
    .from(cases)
    .innerJoin(stations, eq(stations.id, cases.stationId))
    .where(isOwn);
  if (found === undefined) return null;
  await phoneDeputy(tx, subject, { why: "deputy-late", now });
  await tellStation(turn, subject, found.code);
  return found.name;
}

/** Tells whoever speaks for the station in chat which case is late, and of whom; never who told it. */
async function tellStation(turn: Turn, subject: CaseRecord, station: string): Promise<void> {
  const [line] = await deputyLines(turn, [subject]);
  const deputy = (await holderOf(turn, subject))?.deputy ?? null;
  if (line === undefined || deputy === null) return;
  for (const { id, locale } of await chatsOfStation(turn, station)) {
    const words = stationWordingOf(locale).late({ ...line, deputy });
    tellConversation(turn, id, { kind: "handover", subject, words, isAnswer: true });
  }
}

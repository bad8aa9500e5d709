import { desc, eq, isNull, sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Transaction } from "../../../db/database.ts";
import { type CaseRecord, cases } from "../../../db/schema/cases.ts";
import { dutyShifts, dutyTellings } from "../../../db/schema/users.ts";
import { wordingOf } from "../../domain/wording/wording.ts";
import { deputyLines, holderOf, noticeOf } from "../cases/describe.ts";
import { isRehearsed } from "../cases/rehearsed.ts";
import { countsAsOrdinary } from "../cases/visible-to.ts";
import { tellStaff } from "../outbox/tell.ts";
import type { Turn } from "../turn/turn.ts";
import { chatOfStaff, onDutyOn } from "./on-duty.ts";

/**
 * Tells whoever is on duty of an urgent case: first somebody of its station, or of the office where the station has nobody; when nobody
 * has said yet that they see to it, all of these. A sealed case is the office's alone, and told without a word of it.
 *
 * @returns how many were told
 */
export async function tellDuty(turn: Turn, subject: CaseRecord): Promise<number> {
  const { tx, today, now, jurisdictionId } = turn;
  const [found] = await tx
    .select({ isOrdinary: sql<boolean>`${countsAsOrdinary}`, isRehearsed: sql<boolean>`${isRehearsed}` })
    .from(cases)
    .where(eq(cases.id, subject.id));
  if (found === undefined || found.isRehearsed) return 0;
  const isOrdinary = found.isOrdinary && !subject.sealed;
  const isForStation = isOrdinary && subject.stationId !== null;
  const ofStation = isForStation ? await onDutyOn(tx, today, eq(dutyShifts.stationId, subject.stationId ?? "")) : [];
  const isAgain = (await lastTelling(tx, subject.id)) !== null;
  const ofOffice = ofStation.length === 0 || isAgain ? await onDutyOn(tx, today, isNull(dutyShifts.stationId)) : [];
  const people = [...new Map([...ofStation, ...ofOffice].map((one) => [one.userId, one])).values()];
  const [line] = isOrdinary ? await deputyLines(turn, [subject]) : [];
  const holder = isOrdinary ? await holderOf(turn, subject) : null;
  const { number } = subject;
  for (const { userId } of people) {
    const chat = await chatOfStaff(tx, userId);
    const outboxId = chat === null ? null : newId();
    if (chat !== null && outboxId !== null) {
      const words = wordingOf(chat.locale).urgentToDuty({
        number,
        line: line ?? null,
        deputy: holder?.deputy ?? null,
        isAgain,
      });
      const notice = noticeOf({ ...subject, ...(isOrdinary ? {} : { sealed: true }) }, holder);
      tellStaff(turn, chat.id, {
        id: outboxId,
        kind: "duty",
        subject: null,
        words,
        isAnswer: true,
        mustKnow: true,
        notice,
      });
    }
    turn.writes.insert(dutyTellings, { id: newId(), jurisdictionId, caseId: subject.id, userId, outboxId, at: now });
  }
  return people.length;
}

/** The moment when somebody on duty was told of a case last; null where nobody was. */
export async function lastTelling(tx: Transaction, caseId: string): Promise<Date | null> {
  const [last] = await tx
    .select({ at: dutyTellings.at })
    .from(dutyTellings)
    .where(eq(dutyTellings.caseId, caseId))
    .orderBy(desc(dutyTellings.at))
    .limit(1);
  return last?.at ?? null;
}

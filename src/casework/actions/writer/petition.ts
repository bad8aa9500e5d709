import type { CaseRecord } from "../../../../db/schema/cases.ts";
import { type Due, dueOf } from "../../../domain/calendar/due.ts";
import type { PetitionOffice } from "../../../domain/wording/writer.ts";
import { setPetitionClock } from "../../cases/clocks.ts";
import { record } from "../../cases/record.ts";
import { tellResident } from "../../outbox/tell.ts";
import { type Turn, wordingFor } from "../../turn/turn.ts";

/**
 * Notes that an open case is a petition (信访工作条例 art. 22, 23): the office owes a notice to whom it belongs, by a clock that never stands
 * still. An accusation stays on its own way (art. 30).
 *
 * @returns what its resident is told of that way; null where there is nothing to say, or it was said before
 */
export function notePetition(turn: Turn, subject: CaseRecord): string | null {
  const noticeBy = mark(turn, subject, "resident");
  return noticeBy === null ? null : wordingFor(turn).petitionRoute({ office: officeOf(turn), noticeBy });
}

/** Notes for the office that a case is a petition, and tells its resident of that way. */
export async function tellOfPetition(turn: Turn, subject: CaseRecord): Promise<void> {
  const noticeBy = mark(turn, subject, "office");
  if (noticeBy === null) return;
  await tellResident(turn, subject, (wording) => ({
    kind: "receipt",
    words: wording.petitionRoute({ office: officeOf(turn), noticeBy }),
    isAnswer: true,
  }));
}

function mark(turn: Turn, subject: CaseRecord, by: "resident" | "office"): Due | null {
  if (subject.petition || subject.sealed || subject.closedAt !== null) return null;
  record(turn, subject, "petition", by, { petition: true }, { petition: true });
  return dueOf(setPetitionClock(turn, subject));
}

function officeOf({ county }: Turn): PetitionOffice | null {
  return county.settings.petitionOffice ?? null;
}

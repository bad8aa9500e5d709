import type { CaseRecord } from "../../../../db/schema/cases.ts";
import { record } from "../../cases/record.ts";
import type { Turn } from "../../turn/turn.ts";

/** Notes that no child wrote a case after all; what was not kept of it stays gone. */
export function unmarkMinor(turn: Turn, subject: CaseRecord): void {
  record(turn, subject, "marked_minor", "office", { minor: false }, { minor: false });
}

/** Notes that a case is no petition after all: nobody waits for a notice any more. */
export function unmarkPetition(turn: Turn, subject: CaseRecord): void {
  record(turn, subject, "petition", "office", { petition: false }, { petition: false });
}

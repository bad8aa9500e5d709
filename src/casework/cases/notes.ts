import { v7 as newId } from "uuid";
import type { CaseRecord } from "../../../db/schema/cases.ts";
import { caseNotes } from "../../../db/schema/console.ts";
import type { Turn } from "../turn/turn.ts";
import { record } from "./record.ts";
import { keyPurpose } from "./thread.ts";

/**
 * Writes a note on a case, sealed at once under the case's key. It has a table of its own and is no part of the thread, so that it can
 * never reach a resident.
 *
 * @param note.author as events name it
 * @param note.event what else it tells: that its deputy was there
 */
export function writeNote(
  turn: Turn,
  subject: CaseRecord,
  note: {
    readonly by: string;
    readonly author: string;
    readonly text: string;
    readonly event?: "noted" | "visited";
  },
): string {
  const id = newId();
  const { jurisdictionId, now } = turn;
  const { by, author, text, event = "noted" } = note;
  const sealedNote = turn.runtime.vault.unwrap(subject.keyWrapped, keyPurpose(jurisdictionId)).seal(text);
  record(turn, subject, event, author, {});
  turn.writes.insert(caseNotes, { id, jurisdictionId, caseId: subject.id, note: sealedNote, by, at: now });
  return id;
}

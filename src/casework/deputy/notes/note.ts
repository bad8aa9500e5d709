import type { CaseRecord } from "../../../../db/schema/cases.ts";
import { boundWordingOf } from "../../../domain/wording/bound.ts";
import { writeNote } from "../../cases/notes.ts";
import type { Turn } from "../../turn/turn.ts";
import { answerDeputy } from "../answer.ts";
import { deputyOf } from "../case-commands.ts";

/** Keeps a deputy's note on a case, for them and the office; one of a visit says also that they were there. */
export async function noteAsDeputy(
  turn: Turn,
  subject: CaseRecord,
  text: string,
  event: "noted" | "visited",
): Promise<void> {
  const { name, by } = await deputyOf(turn);
  writeNote(turn, subject, { by: name, author: by, text, event });
  const { number } = subject;
  const wording = boundWordingOf(turn.conversation.locale);
  answerDeputy(turn, event === "visited" ? wording.visitTaken({ number }) : wording.noteTaken({ number }));
}

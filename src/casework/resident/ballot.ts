import { anonymousWords } from "../routing/anonymous-words.ts";
import type { Said } from "../turn/said.ts";
import type { Turn } from "../turn/turn.ts";
import { accusingOf } from "./accusation.ts";
import { settled, understand } from "./understand.ts";

/**
 * The words on which another model may vote before they take effect, without names, numbers and places; null where a resident
 * would not be asked about them. Nothing is written, said or decided here.
 */
export async function ballotOf(turn: Turn, said: Pick<Said, "seq" | "text">): Promise<string | null> {
  const { question } = turn.conversation.dialog;
  // What is not understood after one question is for a person.
  if (question?.kind === "which-act") return null;
  const { meaning, isForOfficeFirst } = await understand(turn, said);
  if (meaning.kind !== "unsure" || isForOfficeFirst) return null;
  if ((await accusingOf(turn, said.text)).kind !== "none") return null;
  return (await settled(turn, said, meaning)).kind === "unsure" ? nameless(turn, said.text) : null;
}

/** Words as they may leave this process. */
async function nameless(turn: Turn, text: string): Promise<string> {
  const known = { atlas: await turn.lookups.atlas(), deputies: await turn.lookups.deputyNames() };
  return anonymousWords(known, text);
}

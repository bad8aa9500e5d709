import { asksReceptionDay } from "../../../domain/receptions/asked.ts";
import { keepsCalendar } from "../../county/receptions.ts";
import type { Outcome } from "../../turn/outcome.ts";
import type { Said } from "../../turn/said.ts";
import type { Turn } from "../../turn/turn.ts";
import { openNew } from "../open-new.ts";
import { askedAtOnce } from "./library.ts";

/**
 * Receives a question for the next day on which deputies receive people, as a matter of its own whatever was said just before: it is
 * answered at once, or its township is asked for, or it goes to whoever answers there.
 *
 * @returns null for other words, and where the county keeps no calendar of such days
 */
export async function receiveReceptionQuestion(turn: Turn, said: Said): Promise<Outcome | null> {
  if (!asksReceptionDay(said.text)) return null;
  if ((await askedAtOnce(turn, [said], said.text))?.kind !== "reception" || !(await keepsCalendar(turn.tx)))
    return null;
  return { kind: "case", caseId: (await openNew(turn, said)).id };
}

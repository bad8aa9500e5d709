import type { CaseRecord } from "../../../db/schema/cases.ts";
import { tellWhoHasIt } from "../actions/hand-over.ts";
import { placeCase } from "../actions/place-case.ts";
import { ledBy } from "../cases/led.ts";
import type { Responsible } from "../routing/responsible.ts";
import { hasEnded, NOWHERE } from "../routing/whereabouts.ts";
import type { Turn } from "../turn/turn.ts";
import { type Refused, refused } from "./refusal.ts";

/** Places an open case in a grid that the office names; the rules stay in force, and say who has it there. */
export async function placeByHand(
  turn: Turn,
  subject: CaseRecord,
  grid: string,
): Promise<{ readonly ok: true; readonly responsible: Responsible } | Refused> {
  const { place } = await turn.lookups.peopleAt({ grid, station: null });
  if (place === undefined || (await hasEnded(turn, grid))) return refused(`There is no grid ${grid}.`);
  const before = subject.deputyId;
  const responsible = await placeCase(turn, subject, { ...NOWHERE, grid, by: "office" });
  if (responsible.deputyId !== before) await tellWhoHasIt(turn, await ledBy(turn, subject), responsible.holder);
  return { ok: true, responsible };
}

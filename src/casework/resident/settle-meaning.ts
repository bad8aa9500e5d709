import type { ResidentMeaning } from "../../domain/dialog/understand-resident.ts";
import { ownCases } from "../cases/load.ts";
import { isInBurst } from "../cases/own-cases.ts";
import { placeInWords } from "../routing/find-place.ts";
import type { Said } from "../turn/said.ts";
import type { Turn } from "../turn/turn.ts";

/**
 * A meaning in the light of what only the turn knows: whoever names a place of this county says something of it, and whoever goes
 * on within a minute is not asked whether they do.
 */
export async function settled(
  turn: Turn,
  said: Pick<Said, "text">,
  meaning: ResidentMeaning,
): Promise<ResidentMeaning> {
  const { question } = turn.conversation.dialog;
  // What was asked about, and now its place: together they are a matter.
  const mayBePlace =
    meaning.kind === "follow-up" && question?.kind === "which-act" && question.options.includes("matter");
  if (!mayBePlace && !["unsure", "spam", "no-verdict", "nothing-yet"].includes(meaning.kind)) return meaning;
  const { namesPlace, namedGrid } = await placeInWords(turn, said.text);
  if (mayBePlace) return namesPlace ? { kind: "matter" } : meaning;
  if (meaning.kind === "no-verdict") {
    const closed = (await ownCases(turn)).find((one) => question?.kind === "rating" && one.number === question.case);
    return namesPlace && namedGrid !== closed?.gridCode ? { kind: "matter" } : meaning;
  }
  const goesOn = (await ownCases(turn)).some((one) => one.closedAt === null && isInBurst(turn, one));
  const isAsked = meaning.kind === "unsure" && !meaning.options.includes("matter");
  return (namesPlace || (goesOn && meaning.kind === "unsure")) && !isAsked ? { kind: "matter" } : meaning;
}

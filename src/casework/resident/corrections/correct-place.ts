import type { CaseRecord } from "../../../../db/schema/cases.ts";
import { correctedPlace, deniedPlace, soundsLikePlace, wrongPlace } from "../../../domain/place/correction.ts";
import { joinCase } from "../../actions/add-words.ts";
import { askAnotherPlace } from "../../actions/ask-where.ts";
import { ownCases } from "../../cases/load.ts";
import { caseSpokenOf } from "../../cases/own-cases.ts";
import { waits } from "../../inbox/words.ts";
import { gridsInWords, placeInWords } from "../../routing/find-place.ts";
import type { Outcome } from "../../turn/outcome.ts";
import type { Said } from "../../turn/said.ts";
import type { Turn } from "../../turn/turn.ts";
import { joinWithPlace } from "../follow-up.ts";
import { askWhichCase } from "../which-case.ts";

/**
 * Receives words that put right the place of an open case: of the only one, of the one that lies where they say that it
 * does not, or of the one that was spoken of just now; where several may be meant, its resident is asked.
 *
 * @returns null where they correct nothing
 */
export async function receiveCorrection(turn: Turn, said: Said): Promise<Outcome | null> {
  const place = correctedPlace(said.text);
  const open = (await ownCases(turn)).filter((one) => one.closedAt === null && !one.sealed);
  if (place === null) return receiveDenial(turn, said, open);
  const meant = (await caseAt(turn, open, wrongPlace(said.text))) ?? (await caseSpokenOf(turn));
  if (meant !== null) {
    await joinWithPlace(turn, meant, said, { quietly: false });
    return { kind: "case", caseId: meant.id };
  }
  if (open.length === 0 || !(soundsLikePlace(place) || (await placeInWords(turn, place)).namesPlace)) return null;
  await askWhichCase(turn, "follow-up", open, [waits(said)]);
  return { kind: "answer" };
}

/** Where the right place is not said, its resident is asked for it. */
async function receiveDenial(turn: Turn, said: Said, open: readonly CaseRecord[]): Promise<Outcome | null> {
  const denied = await caseAt(turn, open, deniedPlace(said.text));
  if (denied === null) return null;
  await joinCase(turn, denied, [said], { quietly: true });
  askAnotherPlace(turn, denied);
  return { kind: "case", caseId: denied.id };
}

/** The only open case at a place that its resident says is wrong. */
async function caseAt(turn: Turn, open: readonly CaseRecord[], wrong: string | null): Promise<CaseRecord | null> {
  if (wrong === null) return null;
  const grids = await gridsInWords(turn, wrong);
  const [only, another] = open.filter((one) => one.gridCode !== null && grids.includes(one.gridCode));
  return only !== undefined && another === undefined ? only : null;
}

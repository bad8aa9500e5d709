import type { CaseRecord } from "../../../db/schema/cases.ts";
import type { Position } from "../../domain/messages/message.ts";
import { isPlaceAlone } from "../../domain/place/answer-words.ts";
import { correctedPlace, soundsLikePlace } from "../../domain/place/correction.ts";
import type { PlaceFinding } from "../../domain/place/finding.ts";
import { namesSaid } from "../../domain/place/mentions.ts";
import { mask } from "../../domain/text/mask.ts";
import { clauses } from "../../domain/text/words.ts";
import { joinCase, keepWords } from "../actions/add-words.ts";
import { askAnotherPlace, askWhere } from "../actions/ask-where.ts";
import { placeCase } from "../actions/place-case.ts";
import { caseWithoutPlace, caseWithoutWorkplace, isPlaceGuessed } from "../cases/own-cases.ts";
import { record } from "../cases/record.ts";
import { CORRECTION, threadOf } from "../cases/thread.ts";
import { findPlaceWithoutScene, NO_PLACE, placeInWords } from "../routing/find-place.ts";
import { NOWHERE, type Whereabouts, whereaboutsOf } from "../routing/whereabouts.ts";
import type { Said } from "../turn/said.ts";
import type { Turn } from "../turn/turn.ts";

/** Adds words to an open case; a place in them replaces one that was only guessed, or that its resident corrects. */
export async function joinWithPlace(
  turn: Turn,
  subject: CaseRecord,
  said: Said,
  options: { readonly quietly: boolean; readonly position?: Position },
): Promise<void> {
  const corrected = subject.sealed ? null : correctedPlace(said.text);
  const mayMove = corrected !== null || (await isPlaceGuessed(turn, subject));
  const finding = mayMove ? await placeFor(turn, corrected ?? said.text, options.position) : NO_PLACE;
  if (corrected !== null && finding.kind === "ask" && finding.why !== "nothing") {
    await keepWords(turn, subject, [said], CORRECTION);
    askWhere(turn, subject, finding, { turn: 1 });
    return;
  }
  const moves = await elsewhere(turn, subject, finding);
  if (corrected !== null && finding.kind === "ask" && soundsLikePlace(corrected)) {
    await joinCase(turn, subject, [said], { quietly: true });
    askAnotherPlace(turn, subject);
    return;
  }
  if (moves === null) {
    await joinCase(turn, subject, [said], options);
    return;
  }
  if (corrected === null) {
    await keepWords(turn, subject, [said]);
    await placeCase(turn, subject, moves);
    return;
  }
  await keepWords(turn, subject, [said], CORRECTION);
  record(turn, subject, "corrected", "resident", { about: "place" });
  await placeCase(turn, subject, moves, { isCorrected: true });
}

/**
 * Takes a place that is said alone as the workplace of the case that is placed at its resident's home only because none
 * was known; null where there is no such case.
 */
export async function joinWithWorkplace(turn: Turn, said: Said): Promise<CaseRecord | null> {
  const finding = await placeFor(turn, said.text, undefined);
  if (finding.kind !== "grid" || finding.by !== "name") return null;
  if (!isPlaceAlone(said.text, namesSaid(finding.evidence))) return null;
  const subject = await caseWithoutWorkplace(turn);
  if (subject === null || finding.grid === subject.gridCode) return null;
  await keepWords(turn, subject, [said]);
  await placeCase(turn, subject, { ...NOWHERE, grid: finding.grid, by: "answer", evidence: finding.evidence });
  return subject;
}

/**
 * Takes a place that is told at last, alone or in words that name no matter of their own, as that of the case which the office has
 * because its resident was asked in vain; null where there is no such case, or the place is still in doubt.
 */
export async function joinWithPlaceAtLast(
  turn: Turn,
  said: Said,
  told: { readonly isVague: boolean; readonly position?: Position },
): Promise<CaseRecord | null> {
  const subject = await caseWithoutPlace(turn);
  if (subject === null) return null;
  const where = await whereaboutsOf(turn, await placeFor(turn, said.text, told.position));
  if (where === null || where.grid === null) return null;
  const isAlone = told.position !== undefined || isPlaceAlone(said.text, namesSaid(where.evidence));
  if (!isAlone && !told.isVague) return null;
  await keepWords(turn, subject, [said]);
  await placeCase(turn, subject, { ...where, by: told.position === undefined ? "answer" : where.by });
  return subject;
}

/**
 * Whether these words repeat what the resident said in this case: they are kept then, and nobody is told a second time.
 */
export async function isRepeat(turn: Turn, subject: CaseRecord, said: Said): Promise<boolean> {
  const words = essence(mask(said.text));
  if (words === "") return false;
  const thread = await threadOf(turn, subject);
  if (!thread.some((line) => line.party === "resident" && essence(line.text) === words)) return false;
  await keepWords(turn, subject, [said]);
  return true;
}

async function placeFor(turn: Turn, text: string, position: Position | undefined): Promise<PlaceFinding> {
  if (position === undefined && !(await placeInWords(turn, text)).namesPlace) return NO_PLACE;
  return findPlaceWithoutScene(turn, { texts: [text], position: position ?? null });
}

/** The place that was found, when it is known and another one than the case's own. */
async function elsewhere(turn: Turn, subject: CaseRecord, finding: PlaceFinding): Promise<Whereabouts | null> {
  if (finding.kind === "grid" && finding.by === "home") return null;
  const where = (await whereaboutsOf(turn, finding)) ?? NOWHERE;
  return where.grid === null || where.grid === subject.gridCode ? null : where;
}

function essence(text: string): string {
  return clauses(text).join("");
}

import type { CaseRecord } from "../../../db/schema/cases.ts";
import type { Position } from "../../domain/messages/message.ts";
import { isPlaceAlone } from "../../domain/place/answer-words.ts";
import { correctedPlace, soundsLikePlace } from "../../domain/place/correction.ts";
import type { PlaceFinding } from "../../domain/place/finding.ts";
import { mask } from "../../domain/text/mask.ts";
import { clauses } from "../../domain/text/words.ts";
import { joinCase, keepWords } from "../actions/add-words.ts";
import { askAnotherPlace, askWhere } from "../actions/ask-where.ts";
import { placeCase } from "../actions/place-case.ts";
import { caseWithoutWorkplace, isPlaceGuessed } from "../cases/own-cases.ts";
import { threadOf } from "../cases/thread.ts";
import { findPlace, NO_PLACE, placeInWords } from "../routing/find-place.ts";
import { NOWHERE, type Whereabouts, whereaboutsOf } from "../routing/whereabouts.ts";
import type { Said } from "../turn/said.ts";
import type { Sitting } from "../turn/turn.ts";

/** Adds words to an open case; where only a guess placed it, or its resident corrects the place, theirs counts more. */
export async function joinWithPlace(
  sitting: Sitting,
  subject: CaseRecord,
  said: Said,
  options: { readonly quietly: boolean; readonly position?: Position },
): Promise<void> {
  const corrected = subject.sealed ? null : correctedPlace(said.text);
  const mayMove = corrected !== null || (await isPlaceGuessed(sitting, subject));
  const finding = mayMove ? await placeFor(sitting, corrected ?? said.text, options.position) : NO_PLACE;
  if (corrected !== null && finding.kind === "ask" && finding.why !== "nothing") {
    keepWords(sitting, subject, [said]);
    askWhere(sitting, subject, finding, { turn: 1 });
    return;
  }
  const moves = await elsewhere(sitting, subject, finding);
  if (corrected !== null && finding.kind === "ask" && soundsLikePlace(corrected)) {
    await joinCase(sitting, subject, [said], { quietly: true });
    askAnotherPlace(sitting, subject);
    return;
  }
  if (moves === null) {
    await joinCase(sitting, subject, [said], options);
    return;
  }
  keepWords(sitting, subject, [said]);
  await placeCase(sitting, subject, moves);
}

/** Takes a place that is said alone for where they worked whose case stands at home only because that was not known. */
export async function joinWithWorkplace(sitting: Sitting, said: Said): Promise<CaseRecord | null> {
  const finding = await placeFor(sitting, said.text, undefined);
  if (finding.kind !== "grid" || finding.by !== "name") return null;
  if (!isPlaceAlone(said.text, finding.evidence.split("、"))) return null;
  const subject = await caseWithoutWorkplace(sitting);
  if (subject === null || finding.grid === subject.gridCode) return null;
  keepWords(sitting, subject, [said]);
  await placeCase(sitting, subject, { ...NOWHERE, grid: finding.grid, by: "answer", evidence: finding.evidence });
  return subject;
}

/** Whether somebody sent the same words a moment ago: kept, but nobody is told a second time. */
export async function isRepeat(sitting: Sitting, subject: CaseRecord, said: Said): Promise<boolean> {
  const words = essence(mask(said.text));
  if (words === "") return false;
  const thread = await threadOf(sitting, subject);
  if (!thread.some((line) => line.party === "resident" && essence(line.text) === words)) return false;
  keepWords(sitting, subject, [said]);
  return true;
}

async function placeFor(sitting: Sitting, text: string, position: Position | undefined): Promise<PlaceFinding> {
  if (position === undefined && !(await placeInWords(sitting, text)).namesPlace) return NO_PLACE;
  return findPlace(sitting, { texts: [text], position: position ?? null });
}

/** The place that was found, when it is known and another one than the case's own. */
async function elsewhere(sitting: Sitting, subject: CaseRecord, finding: PlaceFinding): Promise<Whereabouts | null> {
  if (finding.kind === "grid" && finding.by === "home") return null;
  const where = (await whereaboutsOf(sitting, finding)) ?? NOWHERE;
  return where.grid === null || where.grid === subject.gridCode ? null : where;
}

function essence(text: string): string {
  return clauses(text).join("");
}

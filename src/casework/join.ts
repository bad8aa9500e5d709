import type { Position } from "../domain/message.ts";
import { correctedPlace } from "../domain/place-correction.ts";
import { mask } from "../domain/privacy.ts";
import { clauses } from "../domain/words.ts";
import { NOWHERE } from "./assign.ts";
import { threadOf } from "./describe.ts";
import { joinCase, keepWords } from "./follow.ts";
import type { Said } from "./open.ts";
import { isPlaceGuessed } from "./own-cases.ts";
import { findPlace, placeCase, placeInWords, whereaboutsOf } from "./place.ts";
import type { CaseRecord, Sitting } from "./sitting.ts";

/** Adds words to an open case; where only a guess placed it, or its resident corrects the place, theirs counts more. */
export async function joinWithPlace(
  sitting: Sitting,
  subject: CaseRecord,
  said: Said,
  options: { readonly quietly: boolean; readonly position?: Position },
): Promise<void> {
  const corrected = subject.sealed ? null : correctedPlace(said.text);
  const mayMove = corrected !== null || (await isPlaceGuessed(sitting, subject));
  const moves = mayMove && (await placeFor(sitting, subject, corrected ?? said.text, options.position));
  if (!moves) {
    await joinCase(sitting, subject, [said], options);
    return;
  }
  keepWords(sitting, subject, [said]);
  await placeCase(sitting, subject, moves);
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

async function placeFor(sitting: Sitting, subject: CaseRecord, text: string, position: Position | undefined) {
  if (position === undefined && !(await placeInWords(sitting, text)).namesPlace) return null;
  const finding = await findPlace(sitting, { texts: [text], position: position ?? null });
  if (finding.kind === "grid" && finding.by === "home") return null;
  const where = (await whereaboutsOf(sitting, finding)) ?? NOWHERE;
  return where.grid === null || where.grid === subject.gridCode ? null : where;
}

function essence(text: string): string {
  return clauses(text).join("");
}

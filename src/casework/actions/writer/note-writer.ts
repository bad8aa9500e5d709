import type { CaseRecord } from "../../../../db/schema/cases.ts";
import { NO_SIGNS, type WriterSigns, writerSigns } from "../../../domain/writer/signs.ts";
import { ownCases } from "../../cases/load.ts";
import { tell } from "../../outbox/tell.ts";
import { type Said, wordsOf } from "../../turn/said.ts";
import { type Turn, wordingFor } from "../../turn/turn.ts";
import { careForMinor, markMinor, refuseShown } from "./minor.ts";
import { notePetition } from "./petition.ts";
import { markUnnamed } from "./unnamed.ts";

/** The signs of their writer that messages have. @param whole the message that they are a part of, where they are one of its matters */
export function signsOf(turn: Turn, said: readonly Said[], whole?: string): WriterSigns {
  const own = writerSigns(wordsOf(said), turn.reader);
  if (whole === undefined) return own;
  const { isMinor, isUnnamed } = writerSigns(whole, turn.reader);
  return { ...own, isMinor: own.isMinor || isMinor, isUnnamed: own.isUnnamed || isUnnamed };
}

/** For so long a child who said so is the one who goes on writing, unless somebody grown up says that they do. */
const SAME_CHILD_MS = 24 * 3_600_000;

/** The signs of their writer that the words of a new case have, also by what the same person said of themselves of late. */
export async function signsOfNew(turn: Turn, said: readonly Said[], whole?: string): Promise<WriterSigns> {
  const signs = signsOf(turn, said, whole);
  if (signs.isMinor || signs.isGrownUp) return signs;
  const isLate = ({ lastSpokenAt }: CaseRecord) => turn.now.getTime() - lastSpokenAt.getTime() > SAME_CHILD_MS;
  return { ...signs, isMinor: (await ownCases(turn)).some((one) => one.minor && !isLate(one)) };
}

/**
 * Notes what further words of its resident say of their writer, before the words are added to the case: that they are a child, that they
 * want to stay unnamed. What a child shows is not kept, and of one who stays unnamed nothing shown is passed on.
 */
export async function noteWriter(turn: Turn, subject: CaseRecord, said: readonly Said[]): Promise<void> {
  const signs = said.length === 0 ? NO_SIGNS : signsOf(turn, said);
  if (signs.isMinor && !subject.minor) {
    await markMinor(turn, subject, "words");
    careForMinor(turn, subject);
  }
  if (signs.isUnnamed && !subject.unnamed) await markUnnamed(turn, subject);
  await tellOfShown(turn, subject, said);
}

async function tellOfShown(turn: Turn, subject: CaseRecord, said: readonly Said[]): Promise<void> {
  const { number } = subject;
  const wording = wordingFor(turn);
  if (subject.minor && (await refuseShown(turn, said))) {
    tell(turn, { kind: "courtesy", mustKnow: true, subject, words: wording.minorMedia({ number }) });
  } else if (subject.unnamed && said.some(({ mediaId }) => mediaId !== null)) {
    tell(turn, { kind: "status", mustKnow: true, subject: null, words: wording.unnamedMedia({ number }) });
  }
}

/** Notes further words of an open case that are a petition, and tells its resident of that way. */
export function notePetitionIn(turn: Turn, subject: CaseRecord, said: readonly Said[]): void {
  const words = subject.petition || !signsOf(turn, said).isPetition ? null : notePetition(turn, subject);
  if (words !== null) tell(turn, { kind: "courtesy", mustKnow: true, subject, words });
}

import type { Reader } from "../understanding/reader.ts";
import { isByGrownUp, isByMinor } from "./minor.ts";
import { isPetition } from "./petition.ts";
import { asksToStayUnnamed } from "./unnamed.ts";

/** The signs of its writer that a text has: a minor or surely none, who wants to stay unnamed, who goes the way of petitions. */
export type WriterSigns = {
  readonly isMinor: boolean;
  readonly isGrownUp: boolean;
  readonly isUnnamed: boolean;
  readonly isPetition: boolean;
};

/** The signs of a text that says nothing of its writer. */
export const NO_SIGNS: WriterSigns = { isMinor: false, isGrownUp: false, isUnnamed: false, isPetition: false };

/** The signs of its writer that a text has, by grammar and by what the model learned. */
export function writerSigns(text: string, reader: Reader): WriterSigns {
  if (text === "") return NO_SIGNS;
  const { heads, acts } = reader.read(text);
  return {
    isMinor: isByMinor(text, heads.minor),
    isGrownUp: isByGrownUp(text),
    isUnnamed: asksToStayUnnamed(text, heads.anonymity),
    isPetition: isPetition(text, acts.petition),
  };
}

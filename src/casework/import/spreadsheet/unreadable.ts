import { type Fault, faultOf } from "../../../domain/wording/mistakes/values.ts";

/** What spreadsheets write where a formula failed, in any of its languages: #N/A, #REF!, #VALUE!, #NAME?, #####, Err:502. */
const ERRORS =
  /#(?:n\/?[av]|ref|value|wert|div\/0|name|num|zahl|null|spill|calc|field|blocked|connect|busy|unknown|getting_data|python|external|timeout)\b[!?]?/i;
const TOO_NARROW = /^#{2,}$/;
const LIBRE_OFFICE = /^err:\d{3}$/i;

/** What programs write for nothing at all. */
const NOTHING = /^(?:null|\(null\)|<null>|undefined|nan|n\/a|\\n|\[object object\])$/i;

/** 1.38E+10: digits are gone that nobody can bring back. */
const ROUNDED = /^-?\d(?:\.\d+)?e[+-]\d{1,3}$/i;

/** Signs that stand where a character was lost in a conversion. */
const LOST = /\uFFFD|锟斤拷|^[?？]+$/;

/**
 * The fault of a text that is no value.
 *
 * @returns null for a text that may be a value
 */
export function unreadableText(text: string): Fault | null {
  const said = text.normalize("NFKC").trim();
  if (said === "") return null;
  if (ERRORS.test(said) || LIBRE_OFFICE.test(said)) return faultOf("error-value", { said: short(said) });
  if (TOO_NARROW.test(said)) return faultOf("too-narrow", { said: short(said) });
  if (said.startsWith("=")) return faultOf("formula", { said: short(said) });
  if (NOTHING.test(said) || said === "None") return faultOf("nothing-word", { said });
  if (ROUNDED.test(said)) return faultOf("made-number", { said });
  if (LOST.test(said)) return faultOf("lost-signs", { said: short(said) });
  return null;
}

function short(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

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
 * The error in a text that is no value, as the end of a sentence that begins with the column.
 *
 * @returns null for a text that may be a value
 */
export function unreadableText(text: string): string | null {
  const said = text.normalize("NFKC").trim();
  if (said === "") return null;
  if (ERRORS.test(said) || LIBRE_OFFICE.test(said))
    return `is the error “${short(said)}”: mend the formula, or write the value`;
  if (TOO_NARROW.test(said)) return `is “${short(said)}”, a value in too narrow a column: write the value`;
  if (said.startsWith("=")) return `is the formula “${short(said)}” and not its value: write the value`;
  if (NOTHING.test(said) || said === "None")
    return `is “${said}”, which a program writes for nothing: leave the cell empty for none`;
  if (ROUNDED.test(said)) return `was turned into the number ${said}: format the column as text and write it again`;
  if (LOST.test(said)) return `is “${short(said)}”, in which characters were lost: write it again`;
  return null;
}

function short(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

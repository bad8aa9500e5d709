import { PatternList } from "../patterns/pattern-list.ts";
import { clauses, hasSeveralClauses, normalise, remembering } from "../text/words.ts";

/** The office as it is written by ear, in letters, or with something put between its signs. */
const DEPUTY =
  /代[^\p{L}\p{N},。;!?]{1,3}表|(?<![手块只电水])[戴带袋呆贷][^\p{L}\p{N},。;!?]{0,2}表(?![走带盘])|代[裱婊標标飚]|(?<![a-z])d[aà]i ?bi[aǎ]o(?![a-z])|代biao|dai表/gu;
const STATION_HEAD = /站[^\p{L}\p{N},。;!?]{1,3}长|[战占暂]长|(?<![a-z])zhan ?zhang(?![a-z])/gu;

const OFFICES = new PatternList([
  { pattern: DEPUTY, office: "代表" },
  { pattern: STATION_HEAD, office: "站长" },
]);

/** Signs of writing one by one with something between them: 收.红.包 */
const ONE_BY_ONE = /\p{Script=Han}(?:[^\p{L}\p{N}]{1,3}\p{Script=Han}(?!\p{Script=Han})){3,}/gu;
const BETWEEN_SIGNS = /(?<=\p{Script=Han})[^\p{L}\p{N},。;!?]+(?=\p{Script=Han})/gu;

/** A text in the form in which offices are looked for: normalised, small letters, 代表 and 站长 however they are spelt. */
export const plainly = remembering((text) => {
  const together = normalise(text)
    .toLowerCase()
    .replace(ONE_BY_ONE, (apart) => apart.replace(/[^\p{L}\p{N}]/gu, ""));
  return OFFICES.replaceAll(together, ({ office }) => office);
});

/**
 * A text without blanks and marks between Chinese characters, for writers who separate them: 收 了红 包.
 * @param said as {@link plainly} gives it
 */
export function joinedUp(said: string): string {
  return said.replace(BETWEEN_SIGNS, "");
}

/** Whether a text has several clauses, or an office in it is respelt: something may hide in it. */
export function mayHide(text: string): boolean {
  return hasSeveralClauses(text) || plainly(text) !== normalise(text).toLowerCase();
}

/** Parts of a text with fewer signs tell nothing by themselves. */
const SHORTEST_PART = 5;

/** A text in its plain form, that without marks between its signs, and its clauses: in one of them stands what somebody hides. */
export function partsOf(text: string): readonly string[] {
  const said = plainly(text);
  return [said, joinedUp(said), ...clauses(said).filter((clause) => clause.length >= SHORTEST_PART)];
}

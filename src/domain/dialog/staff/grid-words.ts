import { afterWord } from "../../text/words.ts";
import { countsOn, ownWords } from "../typed-numbers.ts";

const ON_SITE = ["现场", "on site"] as const;

/** A number that ends where it ends: "3", "3号", "2026-000033". */
const TYPED = /^[\s:：]*(?:第|编号)?\s*#?\s*(20\d{2}-\d{6}|\d{1,6})\s*(?:号件?)?(?=$|[\s\p{P}])/u;

/** A note of what a grid worker found on the spot: the number of the case as typed, and their words; empty where they are missing. */
export type SiteNote = { readonly number: string; readonly text: string };

/**
 * The note of somebody who looked at a case on the spot (现场); null for a resident's sentence.
 *
 * The word counts with the number of a case right behind it. Where no case of their grid has that number, words behind it are a
 * sentence ("现场 12 个人"), and a number alone is a slip that is told to be one.
 * @param isOwn whether a number, as typed, is that of a case of their grid
 */
export function siteNoteIn(text: string, isOwn: (typed: string) => boolean): SiteNote | null {
  const found = afterWord(text, ON_SITE);
  if (found === null) return null;
  const said = found.rest.normalize("NFKC");
  // "on site12" is no word.
  if (found.word === "on site" && !/^[\s:]/.test(said)) return null;
  const [whole, typed] = TYPED.exec(said) ?? [];
  if (whole === undefined || typed === undefined) return null;
  const rest = ownWords(found.rest.slice(whole.length)).trim();
  const isMeant = rest === "" || typed.includes("-") || (!countsOn(rest) && isOwn(typed));
  return isMeant ? { number: typed, text: rest } : null;
}

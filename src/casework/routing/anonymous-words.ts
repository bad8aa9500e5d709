import type { Atlas } from "../../domain/place/atlas.ts";
import { placeNamesIn } from "../../domain/place/name-index.ts";
import { nearNamesIn } from "../../domain/place/near-names.ts";
import { type NameList, namesIn, replaceNames } from "../../domain/text/names.ts";
import { normalise } from "../../domain/text/words.ts";
import { anonymous } from "../../domain/understanding/vote.ts";

/** The names that a county knows: its places, and its deputies. */
export type KnownNames = { readonly atlas: Pick<Atlas, "nameIndex">; readonly deputies: NameList };

/** The words of somebody without names, numbers and places, as far as they can be known for such. */
export function anonymousWords({ atlas: { nameIndex }, deputies }: KnownNames, text: string): string {
  const named = [...new Set(namesIn(text, deputies).map(({ key }) => key))];
  const plain = normalise(replaceNames(text, named, "代表"));
  const said = plain.toLowerCase();
  const places = placeNamesIn(nameIndex, said);
  return anonymous(plain, [...places, ...nearNamesIn(nameIndex, said, places).map(({ hit }) => hit)]);
}

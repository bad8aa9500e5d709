import { type Folded, fold } from "./folded.ts";
import { maskAccounts } from "./mask-accounts.ts";
import { maskAddresses } from "./mask-addresses.ts";
import { maskIllness } from "./mask-illness.ts";
import { maskNames } from "./mask-names.ts";
import { maskNumbers } from "./mask-numbers.ts";
import { remembering } from "./words.ts";

/** Each hides one kind of what is private in a text. */
const KINDS: readonly ((folded: Folded) => string)[] = [
  maskNames,
  maskIllness,
  maskNumbers,
  maskAccounts,
  maskAddresses,
];

/** What masking one thing uncovers (digits beside digits) is masked in the next round; two are enough in practice. */
const ROUNDS = 8;

/**
 * The working copy of a text: what a deputy may read of what a resident wrote.
 *
 * ID numbers, telephones, bank cards, plates, houses and rooms, e-mail addresses, chat ids, illnesses, and the names that
 * people label as theirs or their family's are masked, in whatever spelling; the village, the building and its entrance
 * stay, for they are needed to find the place. Case numbers, days, service lines and amounts stay. Matching is blind to
 * width, dashes and invisible marks (protocols.md 7); what is not masked stays as it was written. Masking twice changes
 * nothing.
 */
export const mask = remembering((text) => {
  let masked = fold(text);
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = masked.text;
    for (const hideIn of KINDS) {
      const next = hideIn(masked);
      if (next !== masked.text) masked = fold(next);
    }
    if (masked.text === before) break;
  }
  return masked.text;
});

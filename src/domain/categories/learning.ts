import { type CategoryModel, categorise, type LearnedWords, NO_CATEGORY } from "./model.ts";

/** A correction by staff: a message and the topic it belongs to, null for no topic. */
export type Correction = { readonly text: string; readonly category: string | null };

/** The result of learning from corrections; shares are of the held-back ones, 0 to 1, and 0 where there is none. */
export type Learning = {
  readonly learnedFrom: number;
  readonly measuredOn: number;
  readonly accuracyBefore: number;
  readonly accuracyAfter: number;
  readonly takesEffect: boolean;
  readonly words: LearnedWords;
};

/** The fewest held-back corrections on which a better figure is more than chance. */
export const ENOUGH_HELD_BACK = 20;
/** One correction of so many is held back. */
const HELD_BACK_EVERY = 4;
/** A word that fewer corrections have could tell who wrote, and tells little about the topic. */
const ENOUGH_TEXTS = 2;

/**
 * Whether a correction is held back from learning, for measuring.
 *
 * @param hash keyed, of the case: the same case stays on the same side, and nobody can choose it
 */
export function isHeldBack(hash: string): boolean {
  let sum = 0;
  for (const sign of hash) sum = (sum * 31 + (sign.codePointAt(0) ?? 0)) % 1_000_003;
  return sum % HELD_BACK_EVERY === 0;
}

/**
 * Learns from corrections and measures on those held back what that changes.
 *
 * It takes effect only when it is not worse than what holds now, on at least {@link ENOUGH_HELD_BACK} of them.
 * @param before the model that holds now
 * @param build the model of the same catalogue with these learned words
 * @param certain below which confidence the county takes no topic
 */
export function learn(
  { learnFrom, heldBack }: { readonly learnFrom: readonly Correction[]; readonly heldBack: readonly Correction[] },
  before: CategoryModel,
  build: (words: LearnedWords) => CategoryModel,
  certain?: number,
): Learning {
  const words = wordsOf(learnFrom, before);
  const accuracyBefore = accuracyOn(before, heldBack, certain);
  const accuracyAfter = accuracyOn(build(words), heldBack, certain);
  return {
    learnedFrom: learnFrom.length,
    measuredOn: heldBack.length,
    accuracyBefore,
    accuracyAfter,
    takesEffect: heldBack.length >= ENOUGH_HELD_BACK && accuracyAfter >= accuracyBefore,
    words,
  };
}

/** The share of corrections that a model places as staff did; 0 where there is none. */
function accuracyOn(model: CategoryModel, corrections: readonly Correction[], certain?: number): number {
  if (corrections.length === 0) return 0;
  const right = corrections.filter(({ text, category }) => categorise(model, text, certain).category === category);
  return right.length / corrections.length;
}

function wordsOf(corrections: readonly Correction[], { features }: CategoryModel): LearnedWords {
  const words = new Map<string, Map<string, number>>();
  for (const { text, category } of corrections) {
    const code = category ?? NO_CATEGORY;
    for (const word of features(text)) {
      const times = words.get(word) ?? new Map<string, number>();
      times.set(code, (times.get(code) ?? 0) + 1);
      words.set(word, times);
    }
  }
  const kept = [...words].filter(([, times]) => sumOf(times) >= ENOUGH_TEXTS);
  return Object.fromEntries(kept.map(([word, times]) => [word, Object.fromEntries(times)]));
}

function sumOf(times: ReadonlyMap<string, number>): number {
  return [...times.values()].reduce((sum, number) => sum + number, 0);
}

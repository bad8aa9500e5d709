import { saysSomething } from "../categories/model.ts";

/** A past matter with its words, topic, township and holder, of which a rule may be suggested. */
export type HeldMatter = {
  readonly number: string;
  readonly text: string;
  /** The words of the text, as the categories cut it. */
  readonly words: ReadonlySet<string>;
  readonly category: string | null;
  readonly township: string | null;
  /** Who has it: a deputy's code, `unit:CODE` or `office`. */
  readonly holder: string;
  /** Whether a person brought it there. */
  readonly isMoved: boolean;
};

/** A suggested rule: its condition, and the past matters that it would have taken. */
export type Suggestion = {
  /** JSONLogic over the variables of rules. */
  readonly when: unknown;
  /** Matters that a person moved the same way and that it takes, the first one with them. */
  readonly right: readonly string[];
  /** Matters that others kept and that it would take too. */
  readonly wrong: readonly string[];
};

const MOST_WORDS = 60;

/**
 * Suggests a condition for what a person moved by hand: the one that takes most of what was moved the same way, and
 * least of what others kept. Words come before the topic, for a clerk sees at once what they look for.
 *
 * @returns null when no word or topic of it tells it from what others kept
 */
export function suggestRule(moved: HeldMatter, past: readonly HeldMatter[]): Suggestion | null {
  const others = past.filter((one) => one.number !== moved.number);
  const alike = [moved, ...others.filter((one) => one.isMoved && one.holder === moved.holder)];
  const kept = others.filter((one) => one.holder !== moved.holder);
  const judged = conditionsOf(moved).map(({ when, holds }) => ({
    when,
    right: alike.filter(holds).map((one) => one.number),
    wrong: kept.filter(holds).map((one) => one.number),
  }));
  const useful = judged.filter(({ right, wrong }) => wrong.length < right.length);
  const best = useful.reduce<Suggestion | null>(
    (first, one) => (first === null || isBetter(one, first) ? one : first),
    null,
  );
  return best;
}

/** The matters whose words are most like those of one, most alike first; rare words count most. */
export function mostAlike(matter: HeldMatter, past: readonly HeldMatter[], most: number): HeldMatter[] {
  const others = past.filter((one) => one.number !== matter.number);
  const having = new Map<string, number>();
  for (const { words } of others) for (const word of words) having.set(word, (having.get(word) ?? 0) + 1);
  const weight = (word: string) => Math.log((others.length + 1) / ((having.get(word) ?? 0) + 1));
  const score = ({ words }: HeldMatter) => {
    const shared = [...words].filter((word) => matter.words.has(word)).reduce((sum, word) => sum + weight(word), 0);
    return shared / Math.sqrt(Math.max(words.size, 1));
  };
  return others
    .map((one) => ({ one, score: score(one) }))
    .filter(({ score: points }) => points > 0)
    .sort((a, b) => b.score - a.score || (a.one.number < b.one.number ? 1 : -1))
    .slice(0, most)
    .map(({ one }) => one);
}

type Candidate = { readonly when: unknown; readonly holds: (matter: HeldMatter) => boolean };

/** Each word of the matter, its topic, and both of them within its township; the simplest first. */
function conditionsOf({ words, category, township }: HeldMatter): Candidate[] {
  const long = [...words].filter((word) => saysSomething(word) && /\p{Script=Han}|[a-z]{3}/u.test(word));
  const simple: Candidate[] = [
    ...long
      .sort((a, b) => b.length - a.length || (a < b ? -1 : 1))
      .slice(0, MOST_WORDS)
      .map(saying),
    ...(category === null ? [] : [ofCategory(category)]),
  ];
  if (township === null) return simple;
  const here = { "==": [{ var: "grid.township" }, township] };
  const local = simple.map(
    ({ when, holds }): Candidate => ({
      when: { and: [when, here] },
      holds: (matter) => matter.township === township && holds(matter),
    }),
  );
  return [...simple, ...local];
}

function saying(word: string): Candidate {
  return { when: { in: [word, { var: "text" }] }, holds: ({ text }) => text.toLowerCase().includes(word) };
}

function ofCategory(category: string): Candidate {
  return { when: { "==": [{ var: "category" }, category] }, holds: (matter) => matter.category === category };
}

/** Fewer wrong for each right one; then more right ones. Of equals the earlier stays. */
function isBetter(a: Suggestion, b: Suggestion): boolean {
  const share = ({ right, wrong }: Suggestion) => wrong.length / right.length;
  return share(a) < share(b) || (share(a) === share(b) && a.right.length > b.right.length);
}

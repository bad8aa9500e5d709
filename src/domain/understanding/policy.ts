import { costOf, OPENS, QUESTION_COST, REFERS } from "./costs.ts";
import { ACTS, type Act, DANGER_KINDS, type DangerKind } from "./meaning.ts";
import type { Reading } from "./model.ts";

/** The state of a conversation that the meaning of words depends on. */
export type Context = {
  /** The person was asked whether a closed case is solved, and has not said. */
  readonly verdictOpen: boolean;
  /** Whether the person was asked where their matter is, and has not said. */
  readonly whereOpen: boolean;
  /** How many of the person's cases are open. */
  readonly open: number;
  /** How many of the person's cases were closed in the last two weeks. */
  readonly settledLately: number;
};

/**
 * The signs that lists of words find, each one vote: `hard` where words of one reading name a danger at hand; signs alone decide
 * nothing but that a person looks.
 */
export type Signs = {
  readonly hardDanger: boolean;
  readonly danger: boolean;
  readonly accusation: boolean;
};

/** The thresholds of the tiers, fitted on the authors of the dev split. */
export type Thresholds = {
  /** A card from this probability on; a sign needs less, a line less still. */
  readonly card: number;
  readonly cardWithSign: number;
  readonly line: number;
  readonly sealed: number;
  readonly sealedWithSign: number;
  readonly officeFirst: number;
  readonly officeFirstWithSign: number;
  readonly tellsOn: number;
};

/** A decision about what is to be done with words, before it is known which case they belong to. */
export type Decision = {
  /** Null where the costs of every act are above that of a question. */
  readonly act: Act | null;
  /** The acts that a question would offer, likeliest first. */
  readonly likely: readonly Act[];
  /** `card`: the numbers to call and urgent; `line`: one line of advice, recorded with the decision. */
  readonly danger: "card" | "line" | null;
  /** The kinds of danger, likeliest first; empty where the words only hint at one. */
  readonly kinds: readonly DangerKind[];
  /** `sealed`: for the office alone; `office-first`: the office reads it before any deputy does. */
  readonly accusation: "sealed" | "office-first" | null;
  /** The probability that something new is said, of whatever kind. */
  readonly opens: number;
  /** `plain`: certainly something new that reproaches nobody; `vague`: hardly a matter of their own. */
  readonly newness: "plain" | "vague" | null;
  /** Whether the words name a matter of their own. */
  readonly isOwnMatter: boolean;
  /** The probability of the act that was taken, or of the likeliest. */
  readonly probability: number;
};

/** The share from which the model takes a yes-or-no question as answered with yes. */
export const YES = 0.45;
/** What the state of the conversation makes of the odds of an act. */
const WITHOUT_CASE = 0.05;
const ASKED_VERDICT = 4;
const NOT_ASKED_VERDICT = 0.5;

/** Decides what is to be done with words by the expected costs of each act, and the tiers of danger and accusation. */
export function decide(reading: Reading, signs: Signs, context: Context, thresholds: Thresholds): Decision {
  const shares = sharesIn(reading, context);
  const shareOf = (act: Act) => shares[ACTS.indexOf(act)] ?? 0;
  const { act: cheapest, cost } = cheapestOf(shares);
  const act = cost <= QUESTION_COST ? cheapest : null;
  const likeliest = OPENS.includes(cheapest) ? OPENS.reduce((a, b) => (shareOf(b) > shareOf(a) ? b : a)) : cheapest;
  const opens = OPENS.reduce((sum, one) => sum + shareOf(one), 0);
  const likely = likeliestOf(shares);
  const danger = dangerTier(reading, signs, thresholds);
  return {
    act: act === null ? null : likeliest,
    likely,
    danger,
    kinds: danger === null ? [] : kindsIn(reading),
    accusation: accusationTier(reading, signs, thresholds),
    opens,
    newness: newnessOf(reading, opens),
    isOwnMatter: reading.heads["own-matter"] >= YES,
    probability: shareOf(act === null ? (likely[0] ?? "matter") : likeliest),
  };
}

/** Below, above and above this share words are vague, plainly new, and reproach somebody. */
const VAGUE = 0.3;
const PLAIN = 0.8;
const REPROACHING = 0.05;

function newnessOf({ heads }: Reading, opens: number): Decision["newness"] {
  const own = heads["own-matter"];
  if (own < VAGUE) return "vague";
  return own >= PLAIN && opens >= PLAIN && heads.accuses < REPROACHING ? "plain" : null;
}

/** A text of fewer signs is short, and a probability from here on leaves hardly a doubt. */
const FEW_SIGNS = 9;
const HARDLY_A_DOUBT = 0.85;

/**
 * The reading of a text that has no sign of danger: few words are a danger only where the model has hardly a doubt, and a place
 * alone is none.
 */
export function calmed(reading: Reading, text: string, isPlaceAlone = false): Reading {
  const { danger } = reading.heads;
  if (isPlaceAlone) return { ...reading, heads: { ...reading.heads, danger: 0 } };
  if (text.length >= FEW_SIGNS || danger >= HARDLY_A_DOUBT) return reading;
  return { ...reading, heads: { ...reading.heads, danger: danger / 2 } };
}

/** Acts in their order, each with what decides about it here. */
const TRAITS = ACTS.map((act) => ({
  act,
  refers: REFERS.includes(act),
  isVerdict: act === "denies-fixed" || act === "confirms-fixed",
}));

/** Whether the person has a case of which words may speak. */
export function hasCaseIn({ verdictOpen, open, settledLately }: Context): boolean {
  return verdictOpen || open > 0 || settledLately > 0;
}

/**
 * The probabilities of the acts, in their order, in the state of the conversation: nobody asks after a case that they do not
 * have.
 */
function sharesIn({ acts }: Reading, context: Context): Float64Array {
  const { verdictOpen } = context;
  const hasCase = hasCaseIn(context);
  const verdict = verdictOpen ? ASKED_VERDICT : NOT_ASKED_VERDICT;
  const shares = new Float64Array(ACTS.length);
  let whole = 0;
  let index = 0;
  for (const { act, refers, isVerdict } of TRAITS) {
    const share = acts[act] * (!hasCase && refers ? WITHOUT_CASE : 1) * (isVerdict ? verdict : 1);
    shares[index] = share;
    whole += share;
    index += 1;
  }
  for (let at = 0; at < shares.length; at += 1) shares[at] = (shares[at] ?? 0) / whole;
  return shares;
}

/** The three likeliest acts, likeliest first; of those alike the one that comes first. */
function likeliestOf(shares: Float64Array): Act[] {
  const likeliest: number[] = [];
  for (let index = 0; index < shares.length; index += 1) {
    let place = likeliest.length;
    while (place > 0 && (shares[likeliest[place - 1] ?? 0] ?? 0) < (shares[index] ?? 0)) place -= 1;
    if (place < 3) likeliest.splice(place, 0, index);
    if (likeliest.length > 3) likeliest.pop();
  }
  return likeliest.map((index) => ACTS[index] as Act);
}

/** What each act costs, by the act that was meant, both in the order of the acts. */
const COSTS = ACTS.map((done) => Float64Array.from(ACTS, (meant) => costOf(done, meant)));

/** The act that costs least in expectation, and what it costs. */
function cheapestOf(shares: Float64Array): { readonly act: Act; readonly cost: number } {
  let least = 0;
  let cost = Infinity;
  for (let done = 0; done < COSTS.length; done += 1) {
    const costs = COSTS[done] as Float64Array;
    let sum = 0;
    for (let meant = 0; meant < shares.length; meant += 1) sum += (shares[meant] ?? 0) * (costs[meant] ?? 0);
    if (sum < cost) {
      least = done;
      cost = sum;
    }
  }
  return { act: ACTS[least] ?? "matter", cost };
}

/** Nothing lowers a hard sign; whatever raises the probability never lowers the tier. */
function dangerTier({ heads }: Reading, signs: Signs, at: Thresholds): Decision["danger"] {
  const probability = heads.danger;
  if (signs.hardDanger || probability >= at.card || (signs.danger && probability >= at.cardWithSign)) return "card";
  return signs.danger || probability >= at.line ? "line" : null;
}

function kindsIn({ heads }: Reading): DangerKind[] {
  const likely = DANGER_KINDS.filter((kind) => heads[kind] >= YES / 2);
  return likely.toSorted((a, b) => heads[b] - heads[a]);
}

/** Words with which nobody is reproached: beside them a list's sign says nothing. */
const NO_REPROACH: readonly Act[] = ["thanks", "greeting", "service-question", "status", "inquiry", "why"];

/** The probability of an accusation from which a higher one decides nothing else of words that have its sign. */
export function mostThatCounts(reading: Pick<Reading, "acts">, at: Thresholds): number {
  return Math.max(REPROACHING, sealedFrom(reading, at));
}

/** The probability from which words that have the sign of an accusation are sealed. */
function sealedFrom({ acts }: Pick<Reading, "acts">, at: Thresholds): number {
  return NO_REPROACH.some((act) => acts[act] >= YES) ? at.sealed : Math.min(at.sealed, at.sealedWithSign);
}

function accusationTier({ heads, acts }: Reading, signs: Signs, at: Thresholds): Decision["accusation"] {
  const { accuses } = heads;
  const hasSign = signs.accusation && !NO_REPROACH.some((act) => acts[act] >= YES);
  if (accuses >= (signs.accusation ? sealedFrom({ acts }, at) : at.sealed)) return "sealed";
  const isSigned = hasSign && accuses >= at.officeFirstWithSign;
  return isSigned || accuses >= at.officeFirst || heads["tells-on"] >= at.tellsOn ? "office-first" : null;
}

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

/** The thresholds of the tiers, fitted on the author of the dev split. */
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
const YES = 0.45;
/** What the state of the conversation makes of the odds of an act. */
const WITHOUT_CASE = 0.05;
const ASKED_VERDICT = 4;
const NOT_ASKED_VERDICT = 0.5;

/** Decides what is to be done with words by the expected costs of each act, and the tiers of danger and accusation. */
export function decide(reading: Reading, signs: Signs, context: Context, thresholds: Thresholds): Decision {
  const shares = sharesIn(reading, context);
  const ranked = ACTS.toSorted((a, b) => shares[b] - shares[a]);
  const costs = ACTS.map((act) => ({ act, cost: expectedCost(act, shares) }));
  const cheapest = costs.reduce((least, one) => (one.cost < least.cost ? one : least));
  const act = cheapest.cost <= QUESTION_COST ? cheapest.act : null;
  const likeliest = OPENS.includes(cheapest.act)
    ? OPENS.reduce((a, b) => (shares[b] > shares[a] ? b : a))
    : cheapest.act;
  const opens = OPENS.reduce((sum, one) => sum + shares[one], 0);
  const danger = dangerTier(reading, signs, thresholds);
  return {
    act: act === null ? null : likeliest,
    likely: ranked.slice(0, 3),
    danger,
    kinds: danger === null ? [] : kindsIn(reading),
    accusation: accusationTier(reading, signs, thresholds),
    opens,
    newness: newnessOf(reading, opens),
    isOwnMatter: reading.heads["own-matter"] >= YES,
    probability: act === null ? shares[ranked[0] ?? "matter"] : shares[likeliest],
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

/** The reading of a text that has no sign of danger: few words are a danger only where the model has hardly a doubt. */
export function calmed(reading: Reading, text: string): Reading {
  const { danger } = reading.heads;
  if (text.length >= FEW_SIGNS || danger >= HARDLY_A_DOUBT) return reading;
  return { ...reading, heads: { ...reading.heads, danger: danger / 2 } };
}

/** The probabilities of the acts in the state of the conversation: nobody asks after a case that they do not have. */
function sharesIn({ acts }: Reading, { verdictOpen, open, settledLately }: Context): Record<Act, number> {
  const hasCase = verdictOpen || open > 0 || settledLately > 0;
  const weighed = ACTS.map((act) => {
    const isVerdict = act === "denies-fixed" || act === "confirms-fixed";
    const factor = !hasCase && REFERS.includes(act) ? WITHOUT_CASE : 1;
    if (!isVerdict) return acts[act] * factor;
    return acts[act] * factor * (verdictOpen ? ASKED_VERDICT : NOT_ASKED_VERDICT);
  });
  const whole = weighed.reduce((sum, one) => sum + one, 0);
  return Object.fromEntries(ACTS.map((act, index) => [act, (weighed[index] ?? 0) / whole])) as Record<Act, number>;
}

/** What each act costs, by the act that was meant, both in the order of the acts. */
const COSTS = ACTS.map((done) => ACTS.map((meant) => costOf(done, meant)));

function expectedCost(done: Act, shares: Record<Act, number>): number {
  const costs = COSTS[ACTS.indexOf(done)] ?? [];
  let sum = 0;
  for (let index = 0; index < ACTS.length; index += 1) sum += shares[ACTS[index] as Act] * (costs[index] ?? 0);
  return sum;
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

function accusationTier({ heads, acts }: Reading, signs: Signs, at: Thresholds): Decision["accusation"] {
  const { accuses } = heads;
  const hasSign = signs.accusation && !NO_REPROACH.some((act) => acts[act] >= YES);
  if (accuses >= at.sealed || (hasSign && accuses >= at.sealedWithSign)) return "sealed";
  const isSigned = hasSign && accuses >= at.officeFirstWithSign;
  return isSigned || accuses >= at.officeFirst || heads["tells-on"] >= at.tellsOn ? "office-first" : null;
}

import { accusesDeputy, accusesOfBetrayal, complainsOfDeputy } from "../accusation/accusation.ts";
import { mayHide, partsOf } from "../accusation/spelling.ts";
import { refusedAnswerIn } from "../answers/refused.ts";
import { type EmergencyTopic, emergencyTopics, hardDanger } from "../danger/emergency.ts";
import { putTogetherIn } from "../matters/put-together.ts";
import { isBarePlace } from "../place/bare-place.ts";
import { correctedPlace, soundsLikePlace } from "../place/correction.ts";
import { replaceNames } from "../text/names.ts";
import { mayTurnOnSign, withHidden } from "../understanding/accusation-sign.ts";
import type { Act } from "../understanding/meaning.ts";
import { type Context, calmed, type Decision, decide, hasCaseIn } from "../understanding/policy.ts";
import type { Reader } from "../understanding/reader.ts";
import { decidedBy, raise, type Vote, type VoteUse, voteUse } from "../understanding/vote.ts";
import { correctionIn, mayCorrect } from "../writer/correction.ts";
import { type Answer, answerTo } from "./answers.ts";
import { courtesyIn, saysItIsNew } from "./courtesy.ts";
import type { Why } from "./resident/why.ts";
import { type ResidentCommand, residentCommand } from "./resident-commands.ts";
import { isServiceQuestion, type ServiceQuestion, serviceQuestion } from "./service-questions.ts";
import type { DialogState } from "./state.ts";

/** The meaning of a resident's text, before it is known to which case it belongs. */
export type ResidentMeaning =
  /** `isExact`: the word itself was typed, and nothing beside it. */
  | {
      readonly kind: "command";
      readonly command: ResidentCommand;
      readonly number: string | null;
      readonly isExact: boolean;
    }
  /** Two of their cases are one: their numbers as typed, null where they were left out. */
  | { readonly kind: "put-together"; readonly number: string | null; readonly into: string | null }
  /** An answer to the open question: the index of its choice, from 0. */
  | { readonly kind: "choice"; readonly index: number }
  /** A bare number that the open question does not offer. */
  | { readonly kind: "choice-out-of-range" }
  /** It was answered at once, and they say that this is not what they asked: the number of its case. */
  | { readonly kind: "refuses-answer"; readonly number: string }
  | { readonly kind: "rating"; readonly satisfied: boolean; readonly comment: string; readonly isDone?: true }
  /** A verdict is asked for, and these words give none. */
  | { readonly kind: "no-verdict" }
  /** Life is in danger; `accuses` when an official is accused in the same words: the case is sealed then. */
  | { readonly kind: "emergency"; readonly topics: readonly EmergencyTopic[]; readonly accuses: boolean }
  /** Accuses an official: sealed, for the county office alone. */
  | { readonly kind: "accusation" }
  /** Claims to be a deputy or asks for people's data. */
  | { readonly kind: "identity-claim" }
  | { readonly kind: "thanks" }
  | { readonly kind: "spam" }
  /** Says nothing yet: a greeting, an announcement, an empty text. */
  | { readonly kind: "nothing-yet" }
  /** Asks how the service works, and is answered at once. */
  | { readonly kind: "service-question"; readonly about: ServiceQuestion }
  | { readonly kind: "follow-up" }
  /** Puts right what its writer said before; of which case is for the caller to find. */
  | { readonly kind: "correction" }
  | { readonly kind: "matter" }
  /** May mean several things; a question offers these. */
  | { readonly kind: "unsure"; readonly options: readonly Act[] };

/** A text that is understood: its meaning, what a person must see to, and why. */
export type Understood = {
  readonly meaning: ResidentMeaning;
  /** Danger is only hinted at: one line of advice beside the ordinary answer. */
  readonly hintsAtDanger: boolean;
  /** The office reads it before any deputy does. */
  readonly isForOfficeFirst: boolean;
  readonly newness: Decision["newness"];
  /** What became of another model's vote; null where there was none. */
  readonly vote: VoteUse | null;
  readonly why: Why;
};

/** The situation in which a text is read. */
export type Situation = {
  readonly state: DialogState;
  /** For how long an open question may still be answered. */
  readonly now: Date;
  /** Names of deputies that the text has. */
  readonly deputies?: readonly string[];
  /** The person's cases, as far as they change what words mean. */
  readonly context: Context;
  /** What another model says of words that would be asked about; it never lowers a tier. */
  readonly vote?: Vote | null;
};

/**
 * The meaning of a resident's text: danger of one reading first, then grammar (commands, numbers, choices), then the
 * tiers of danger and accusation, then what costs least if it is wrong; words are never an instruction to the service.
 */
export function understandResident(text: string, situation: Situation, reader: Reader): Understood {
  const { state, now, deputies = [], context, vote = null } = situation;
  const listed = emergencyTopics(text);
  const plain = replaceNames(text, deputies, "代表");
  const read = reader.read(plain);
  const reading = listed.length > 0 ? read : calmed(read, plain, isBarePlace(plain));
  const accusation = mayTurnOnSign(read, mayHide(text), reader) && accusesDeputy(text, deputies);
  const signs = { hardDanger: hardDanger(text), danger: listed.length > 0, accusation };
  const own = decide(
    signs.accusation ? withHidden(reading, plain, partsOf(plain), reader) : reading,
    signs,
    context,
    reader.thresholds,
  );
  const decision = vote === null ? own : raise(own, vote);
  const done = (meaning: ResidentMeaning, rule: Why["rule"]): Understood => {
    const use = vote && voteUse(own, decision, rule);
    // A verdict without another word says nothing of anybody.
    const isBare = meaning.kind === "rating" && meaning.comment === "";
    return {
      meaning,
      hintsAtDanger: decision.danger === "line" && !TELLS_NOTHING.has(meaning.kind) && !context.whereOpen,
      isForOfficeFirst: !isBare && (decision.accusation === "office-first" || complainsOfDeputy(plain)),
      newness: decision.newness,
      vote: use,
      why: whyOf(decision, use === "raised" ? "vote" : rule, signs, reader, plain),
    };
  };
  const topics = topicsOf(listed, decision);
  const accuses = decision.accusation === "sealed";
  if (signs.hardDanger) return done({ kind: "emergency", topics, accuses }, "hard-danger");
  const together = putTogetherIn(text);
  if (together !== null) return done({ kind: "put-together", ...together }, "grammar");
  const command = residentCommand(text);
  if (command !== null) return done({ kind: "command", ...command, isExact: true }, "grammar");
  if (decision.danger === "card") return done({ kind: "emergency", topics, accuses }, "danger");
  const asksForPeople = () => decision.act === "identity-claim" && !accusesOfBetrayal(text, deputies);
  if (accuses && !asksForPeople()) return done({ kind: "accusation" }, "accusation");
  const answer = answerTo(text, state.question, now);
  const refused = refusedAnswerIn(text, state.answered ?? [], now);
  if (refused !== null && (refused.isNamed || answer === null))
    return done({ kind: "refuses-answer", number: refused.number }, "grammar");
  if (answer !== null) return done(weighed(answer, decision, reader), "grammar");
  const place = context.open > 0 ? correctedPlace(text) : null;
  const corrects = hasCaseIn(context) && correctionIn(text)?.isPlain === true;
  if (place !== null && (!corrects || soundsLikePlace(place))) return done({ kind: "follow-up" }, "grammar");
  if (corrects) return done({ kind: "correction" }, "grammar");
  const courtesy = courtesyIn(text);
  if (courtesy !== null) return done({ kind: courtesy }, "grammar");
  if (saysItIsNew(text)) return done({ kind: "matter" }, "grammar");
  if (decision.accusation === null && isServiceQuestion(text, reading))
    return done({ kind: "service-question", about: serviceQuestion(text) }, "grammar");
  const meaning = meaningOf(text, decision, context);
  const voted = vote !== null && meaning.kind === "unsure" ? decidedBy(vote, meaning.options) : null;
  if (voted !== null) return done({ kind: voted === "matter" ? "matter" : "follow-up" }, "vote");
  return done(meaning, ruleOf(meaning, decision));
}

/** Meanings of words that are an answer or a command and tell of nothing, whatever they look like. */
const TELLS_NOTHING: ReadonlySet<ResidentMeaning["kind"]> = new Set([
  "command",
  "put-together",
  "choice",
  "choice-out-of-range",
]);

/** So probably a comment denies what the word before it said, or goes on as if nothing were solved; so improbably it praises at all. */
const TAKEN_BACK = 0.5;
const DOUBTED = 0.35;
const HARDLY_PRAISING = 0.1;

/** Praise that a comment takes back is no praise: “满意得很呢，修完更漏了”; where it does not praise too, the verdict stays open. */
function weighed(answer: Answer, { likely }: Decision, reader: Reader): ResidentMeaning {
  if (answer.kind !== "rating" || answer.comment === "" || !answer.satisfied) return answer;
  const { acts } = reader.read(answer.comment);
  const denied = acts["denies-fixed"];
  if (likely[0] === "denies-fixed" || denied >= TAKEN_BACK) return { ...answer, satisfied: false };
  const isDoubted = denied + acts.urge + acts.adds >= DOUBTED;
  const isPraised = acts["confirms-fixed"] + acts.thanks + acts.greeting >= HARDLY_PRAISING;
  return isDoubted || !isPraised ? { kind: "no-verdict" } : answer;
}

function meaningOf(text: string, decision: Decision, context: Context): ResidentMeaning {
  const { act, isOwnMatter, opens } = decision;
  const hasCase = hasCaseIn(context);
  /** Words that go on with something: with no case to go on with they are a matter, for somebody must read them. */
  const goesOn = (): ResidentMeaning => {
    if (context.whereOpen || !hasCase) return { kind: "matter" };
    return context.verdictOpen ? { kind: "no-verdict" } : { kind: "follow-up" };
  };
  const mayBeNew = hasCase && !context.whereOpen && (isOwnMatter || opens >= POSSIBLY_NEW);
  const command = (name: ResidentCommand): ResidentMeaning => ({
    kind: "command",
    command: name,
    number: null,
    isExact: false,
  });
  switch (act) {
    case null:
      return doubt(decision, context, goesOn);
    case "matter":
    case "inquiry":
    case "suggestion":
    case "petition":
      if (isOwnMatter || opens >= SURELY_NEW || !hasCase) return { kind: "matter" };
      return context.verdictOpen ? NEW_OR_OLD : goesOn();
    case "denies-fixed":
      if (context.verdictOpen) return { kind: "rating", satisfied: false, comment: text.trim() };
      return mayBeNew ? NEW_OR_OLD : goesOn();
    case "confirms-fixed":
      if (context.verdictOpen) return { kind: "rating", satisfied: true, comment: text.trim() };
      return context.open > 0 ? { kind: "unsure", options: ["withdraw", "adds"] } : { kind: "thanks" };
    case "adds":
    case "corrects-text": {
      if (mayBeNew) return NEW_OR_OLD;
      const corrects = act !== "adds" && hasCase && !context.verdictOpen && !context.whereOpen && mayCorrect(text);
      return corrects ? { kind: "correction" } : goesOn();
    }
    case "relocate":
      return hasCase ? { kind: "follow-up" } : goesOn();
    case "urge":
      return context.open > 0 ? command("remind") : goesOn();
    case "withdraw":
      // What was meant as a sigh must not end a case: nothing is withdrawn without a yes.
      return context.open > 0 ? { kind: "unsure", options: ["withdraw", "adds"] } : command("withdraw");
    case "why":
    case "my-data":
      return context.whereOpen ? goesOn() : command(act);
    case "status":
      return command(act);
    case "delete-my-data":
      return { kind: "unsure", options: ["delete-my-data", "matter"] };
    case "service-question":
      if (context.whereOpen) return goesOn();
      return { kind: "service-question", about: serviceQuestion(text) };
    case "greeting":
      return context.whereOpen ? goesOn() : { kind: "nothing-yet" };
    default:
      return { kind: act };
  }
}

/** Asks whether something is new, or goes on with what was said before. */
const NEW_OR_OLD: ResidentMeaning = { kind: "unsure", options: ["matter", "adds"] };
/** Whoever has no case, and says something new at least so probably, is not asked: a needless case costs less than a lost one. */
const PROBABLY_NEW = 0.35;
/** So probably new, words that seem to go on with something are asked about. */
const POSSIBLY_NEW = 0.28;
/** So probably new, words are a matter of their own although they hardly name it: “行道树倒了”. */
const SURELY_NEW = 0.9;

/** What is done where every act may be wrong: a verdict stays open, everything else is asked. */
function doubt(decision: Decision, context: Context, goesOn: () => ResidentMeaning): ResidentMeaning {
  const { likely, isOwnMatter, opens } = decision;
  if (context.whereOpen) return goesOn();
  if (context.verdictOpen) return isOwnMatter || opens >= PROBABLY_NEW ? NEW_OR_OLD : goesOn();
  if (context.open > 0 && likely[0] === "withdraw") return { kind: "unsure", options: ["withdraw", "adds"] };
  if (context.open > 0 || context.settledLately > 0) return NEW_OR_OLD;
  return isOwnMatter || opens >= PROBABLY_NEW
    ? { kind: "matter" }
    : { kind: "unsure", options: ["matter", "status", "service-question"] };
}

function ruleOf(meaning: ResidentMeaning, { act }: Decision): Why["rule"] {
  if (meaning.kind === "unsure") return "question";
  return meaning.kind === act || meaning.kind === "command" || meaning.kind === "rating" ? "costs" : "context";
}

/** What the card speaks of: what the words name, else what the model finds likeliest, else whoever is hurt. */
function topicsOf(listed: readonly EmergencyTopic[], { kinds }: Decision): readonly EmergencyTopic[] {
  if (listed.length > 0) return listed;
  return kinds.length > 0 ? kinds.slice(0, 2) : ["medical"];
}

function whyOf(
  { act, likely, probability, danger, accusation }: Decision,
  rule: Why["rule"],
  signs: { readonly hardDanger: boolean; readonly danger: boolean; readonly accusation: boolean },
  reader: Reader,
  text: string,
): Why {
  const likeliest = likely[0] ?? act ?? "matter";
  const found = [
    ...(signs.hardDanger ? (["hard-danger"] as const) : []),
    ...(signs.danger ? (["danger"] as const) : []),
    ...(signs.accusation ? (["accusation"] as const) : []),
  ];
  const answer = rule === "danger" ? "danger" : rule === "accusation" ? "accuses" : (act ?? likeliest);
  return {
    rule,
    act,
    likeliest,
    probability,
    danger,
    accusation,
    signs: found,
    weights: reader.name,
    because: () => reader.reasonsFor(text, answer),
  };
}

import { mask } from "../text/mask.ts";
import { DOUBLE_SURNAMES, SURNAMES } from "../text/name-signs.ts";
import { normalise } from "../text/words.ts";
import { costOf, JOINS, OPENS } from "./costs.ts";
import { ACTS, type Act } from "./meaning.ts";
import type { Decision } from "./policy.ts";

/** The degrees in which another model may be sure that words speak of something. */
export const DEGREES = ["no", "maybe", "yes"] as const;
/** One of those degrees. */
type Degree = (typeof DEGREES)[number];

/** The vote of another model on words that would be asked about: one voice beside ours, never a decision by itself. */
export type Vote = { readonly act: Act; readonly danger: Degree; readonly accuses: Degree };

/** The use that was made of a vote: it answered in place of the question, it raised a tier, or nothing came of it. */
export type VoteUse = "decided" | "raised" | "unused";

/** The JSON schema of a vote, in which the other model must answer. */
export const VOTE_SCHEMA = {
  type: "object",
  properties: {
    act: { type: "string", enum: [...ACTS] },
    danger: { type: "string", enum: [...DEGREES] },
    accuses: { type: "string", enum: [...DEGREES] },
  },
  required: ["act", "danger", "accuses"],
  additionalProperties: false,
} as const;

/** A mistake that costs more than this is not risked on another model's word. */
const HIGHEST_COST = 2.5;

const DANGER = [null, "line", "card"] as const;
const ACCUSATION = [null, "office-first", "sealed"] as const;

/** Reads a vote; null where a text is anything but exactly what the schema says. */
export function readVote(text: string): Vote | null {
  const value = parsed(text);
  if (typeof value !== "object" || value === null || Object.keys(value).length !== VOTE_SCHEMA.required.length) {
    return null;
  }
  const { act, danger, accuses } = value as Record<string, unknown>;
  return isOneOf(ACTS, act) && isOneOf(DEGREES, danger) && isOneOf(DEGREES, accuses) ? { act, danger, accuses } : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isOneOf<T extends string>(all: readonly T[], one: unknown): one is T {
  return all.some((known) => known === one);
}

/** A decision with the tiers that a vote asks for, where they are higher; no vote makes one lower. */
export function raise(decision: Decision, vote: Vote): Decision {
  return {
    ...decision,
    danger: higher(DANGER, decision.danger, DANGER[DEGREES.indexOf(vote.danger)] ?? null),
    accusation: higher(ACCUSATION, decision.accusation, ACCUSATION[DEGREES.indexOf(vote.accuses)] ?? null),
  };
}

/** Tells what became of a vote, from the decision without and with it and what decided in the end. */
export function voteUse(own: Decision, raised: Decision, rule: string): VoteUse {
  if (own.danger !== raised.danger || own.accusation !== raised.accusation) return "raised";
  return rule === "vote" ? "decided" : "unused";
}

function higher<T>(tiers: readonly T[], one: T, other: T): T {
  return tiers.indexOf(other) > tiers.indexOf(one) ? other : one;
}

/** The choice of a question that a vote speaks for; null where it speaks for none of them. */
export function choiceOf({ act }: Vote, options: readonly Act[]): Act | null {
  const choice = OPENS.includes(act) ? "matter" : JOINS.includes(act) ? "adds" : act;
  return options.includes(choice) ? choice : null;
}

/**
 * The choice that a vote may make in the place of whoever would be asked: one after which a person reads the words, and which
 * does little harm whichever of the other choices was meant. Null: the question is asked.
 */
export function decidedBy(vote: Vote, options: readonly Act[]): "matter" | "adds" | null {
  const choice = choiceOf(vote, options);
  if (choice !== "matter" && choice !== "adds") return null;
  return options.every((meant) => costOf(choice, meant) <= HIGHEST_COST) ? choice : null;
}

/** Only the beginning of a long text is told. */
const TOLD_LENGTH = 500;
const PLACE = "某地";
const NUMBER = "某";

const LINK = /(?:https?|weixin):\/\/[^\s<>"，。]{1,300}|www\.[^\s<>"，。]{1,300}/giu;
/** What cannot be told apart from somebody's id: letters of other scripts with digits among them. */
const ID = /(?=[\p{Script=Latin}_.-]*\p{N})[\p{Script=Latin}\p{N}_.-]{2,}/gu;
const NUMERALS =
  /[\p{N}*]+|[〇零一二三四五六七八九十百]{2,}|[一二三四五六七八九十](?=[号號栋棟幢座层層楼樓组組队隊社单單室户戶期])/gu;
const TITLE =
  "书记|主任|镇长|乡长|村长|县长|区长|市长|局长|所长|处长|科长|站长|院长|校长|队长|组长|会长|经理|老板|老师|医生|大夫|律师|警官|支书|委员|代表|师傅|先生|女士|大爷|大妈|阿姨|叔叔?|嫂子?|哥|姐";
const TITLED = new RegExp(
  `(?:${DOUBLE_SURNAMES}|[${[...SURNAMES].join("")}])\\p{Script=Han}{0,2}?(?=(?:副?(?:${TITLE})))`,
  "gu",
);
/** Up to four signs before the end of a name of a place, none of them a little word. */
const PLACE_NAME =
  /[^\P{Script=Han}的地得了着过是在不被把给有没就都也还又再我你您他她它们这那个和与跟去来到从向对为因要会能说看走住进回本全各农老每哪咱家]{1,4}(?:村|庄|屯|镇|乡|街道|社区|小区|花园|家园|公寓|新城|大道|胡同)/gu;
/** These end so many other words that the word before them must look like a name. */
const PLACE_END = /(?:苑|巷|路)$/u;
/** Words before the end of a name of a place that are no part of a name. */
const NO_NAME =
  /^(?:我们|你们|他们|咱们|大家|这个|那个|整个|整条|这条|那条|隔壁|门口|公路|马路|道路|铁路|修路|走路|一路|半路)/u;

const SEGMENTER = new Intl.Segmenter("zh", { granularity: "word" });

/**
 * A text as a model outside of this process may read it: masked, without numbers, links, ids, and names of people and places as
 * far as they can be known for such.
 *
 * @param hidden what else is a name of somebody or of a place, each with its beginning and end in the normalised text
 */
export function anonymous(
  text: string,
  hidden: readonly { readonly from: number; readonly to: number }[] = [],
): string {
  const said = withoutSpans(normalise(text), hidden);
  const masked = mask(said).replace(LINK, "链接").replace(TITLED, "某");
  return withoutPlaces(masked).replace(ID, NUMBER).replace(NUMERALS, NUMBER).slice(0, TOLD_LENGTH);
}

function withoutSpans(text: string, spans: readonly { readonly from: number; readonly to: number }[]): string {
  let result = "";
  let done = 0;
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    if (to <= done) continue;
    result += from > done ? `${text.slice(done, from)}${PLACE}` : PLACE;
    done = to;
  }
  return result + text.slice(done);
}

/** Names of places that the county's map does not have: whatever stands right before “村”, “小区” or “路”. */
function withoutPlaces(text: string): string {
  const words = Array.from(SEGMENTER.segment(text.replace(PLACE_NAME, PLACE)), ({ segment }) => segment);
  return words
    .map((word, index) => {
      const before = words[index - 1] ?? "";
      const after = words[index + 1] ?? "";
      if (PLACE_END.test(after) && after.replace(PLACE_END, "") === "" && isName(word)) return "";
      if (!PLACE_END.test(word) || NO_NAME.test(word)) return word;
      if (word.replace(PLACE_END, "") === "") return isName(before) ? PLACE : word;
      return PLACE;
    })
    .join("");
}

function isName(word: string): boolean {
  return /^\p{Script=Han}{2,4}$/u.test(word) && !NO_NAME.test(word);
}

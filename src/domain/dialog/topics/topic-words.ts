import { afterWord, bareWords } from "../../text/words.ts";

/** The meaning of a deputy's words about a topic; `number` is as said: digits without zeros. */
export type TopicMeaning =
  | { readonly kind: "list" }
  | { readonly kind: "show"; readonly number: string }
  | { readonly kind: "join" | "apart"; readonly number: string }
  | { readonly kind: "answer" | "close"; readonly number: string; readonly text: string };

const TOPIC = String.raw`(?:主[题題]|topic)\s*(?:第|no\.?)?\s*(?:t-20\d{2}-)?0*(\d{1,4})\s*号?`;
const SHOWN = new RegExp(String.raw`^(?:看|查看|show)?\s*${TOPIC}$`, "u");
const JOINED = new RegExp(String.raw`^${TOPIC}\s*[,，:：]?\s*(?:合|合并|合办|合在一起|一起办?|join|together)$`, "u");
const APART = new RegExp(String.raw`^${TOPIC}\s*[,，:：]?\s*(?:不合|不合并|分开办?|不是一件(?:事)?|apart)$`, "u");
const ANSWERED = new RegExp(String.raw`^[\s\p{P}]*${TOPIC}[\s,，:：。]*`, "iu");
const LIST = /^(?:看|查看)?主[题題](?:列表)?$|^topics$/;

const VERBS = {
  回复: "answer",
  回覆: "answer",
  答复: "answer",
  reply: "answer",
  answer: "answer",
  办结: "close",
  结案: "close",
  close: "close",
} as const;
const WORDS = Object.keys(VERBS) as (keyof typeof VERBS)[];

/**
 * Reads a deputy's words about a topic: `主题`, `主题 3`, `主题 3 合`, `回复 主题3 …`, `主题3 回复 …`; null for anything else, also where the
 * word stands in a sentence.
 */
export function topicWordsIn(text: string): TopicMeaning | null {
  const said = bareWords(text);
  if (LIST.test(said)) return { kind: "list" };
  for (const [kind, pattern] of [
    ["show", SHOWN],
    ["join", JOINED],
    ["apart", APART],
  ] as const) {
    const number = pattern.exec(said)?.[1];
    if (number !== undefined) return { kind, number };
  }
  return spoken(text);
}

function spoken(text: string): TopicMeaning | null {
  const first = afterWord(text, WORDS);
  if (first !== null) {
    const of = ANSWERED.exec(first.rest);
    if (of?.[1] === undefined) return null;
    return { kind: VERBS[first.word], number: of[1], text: first.rest.slice(of[0].length).trim() };
  }
  const of = ANSWERED.exec(text);
  const verb = of?.[1] === undefined ? null : afterWord(text.slice(of[0].length), WORDS);
  if (of?.[1] === undefined || verb === null) return null;
  return { kind: VERBS[verb.word], number: of[1], text: verb.rest.replace(/^[\s,，:：]+/u, "").trim() };
}

/** Whether a deputy's words choose everybody of a topic (`true`) or one alone (`false`); null where they say something else. */
export function allOrOneIn(text: string): boolean | null {
  const said = bareWords(text);
  if (/^(?:选|第)?1(?:个)?$|^(?:答复)?(?:\d{1,4}个人|所有人|全部|大家|都(?:答复|发))$|^all$/.test(said)) return true;
  if (/^(?:选|第)?2(?:个)?$|^只(?:答复|给|发)?(?:这一?位|这一?个|他|她)$|^only this one$/.test(said)) return false;
  return null;
}

/** A matter that a resident joins, as typed: a case by its number, or a topic. */
export type Seconded = { readonly case: string } | { readonly topic: string };

const SECONDED =
  /^(?:我)?(?:附议|附議|也附议|me too|second)\s*(?:编号|第|no\.?)?\s*(20\d{2}-\d{6}|\d{1,6})\s*号?(?:件)?$/;
const SECONDED_TOPIC = new RegExp(String.raw`^(?:我)?(?:附议|附議|也附议|me too|second)\s*${TOPIC}$`, "u");

/** Reads what a resident joins: `附议 31`, `附议 主题3`; null for anything else. */
export function secondedIn(text: string): Seconded | null {
  const said = bareWords(text);
  const number = SECONDED.exec(said)?.[1];
  if (number !== undefined) return { case: number };
  const topic = SECONDED_TOPIC.exec(said)?.[1];
  return topic === undefined ? null : { topic };
}

/** Whether a resident's words say that they want to hear no more of what others tell too. */
export function wantsNoNews(text: string): boolean {
  return /^(?:以后)?(?:不用|别|不要|不必)(?:再)?(?:告诉|通知)我了?$|^no more news$/.test(bareWords(text));
}

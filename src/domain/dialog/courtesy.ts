import { bareWords, clauses, firstClause } from "../text/words.ts";

const NOD = /^(?:嗯+|哦+|噢+|好的?|好吧|好嘞|行吧?|收到|知道了|明白了?|了解了?|可以|没事了?|ok+|okay|yes)$/;

/** Whether a text only says that its writer has read what they were told. */
export function isNod(text: string): boolean {
  return NOD.test(bareWords(text));
}

const SALUTATION =
  /^(?:(?:请问|那个|喂)*(?:你|您|大家|各位|领导|代表|书记|主任|同志|老师|\p{Script=Han}代表)*(?:们)?(?:早上|上午|中午|下午|晚上)?[好安][啊呀]?(?:在吗)?|(?:请问)?(?:在|有人)(?:吗|么|不|没|不在)?(?:在吗)?|喂+|hi|hello|hey)$/u;

const THANKS =
  /^(?:谢谢|感谢|多谢|谢了|辛苦了?|thanks?|thank ?you)(?:你们?|您|啊|了|呀|大家|\p{Script=Han}{0,3}(?:代表|书记|主任|领导))*$/u;

const THANKED = /^(?:谢|感|多|辛|thank)/;

/** The courtesy that a text is and nothing else: thanks, or a greeting, a call, a nod; null where it says more. */
export function courtesyIn(text: string): "thanks" | "nothing-yet" | null {
  if (THANKED.test(bareWords(text)) && THANKS.test(clauses(text).join(""))) return "thanks";
  return isSalutation(text) || isNod(text) ? "nothing-yet" : null;
}

/** Whether a text only greets or calls, or has no word at all. */
function isSalutation(text: string): boolean {
  if (!SALUTATION.test(firstClause(text))) return clauses(text).length === 0;
  const parts = clauses(text);
  return parts.every((part) => SALUTATION.test(part));
}

/** The first clause of a text, with what ends it. */
const FIRST_CLAUSE = /^\s*([^,，、。.!！?？;；:：~～\s]{1,16})[,，、。.!！?？;；:：~～\s]+(?=\S)/u;

/** A text without the greetings at its beginning, unless it is nothing but greetings. */
export function withoutGreeting(text: string): string {
  const [whole, first] = FIRST_CLAUSE.exec(text) ?? [];
  if (whole === undefined || first === undefined || clauses(first).length === 0 || !isSalutation(first)) return text;
  return withoutGreeting(text.slice(whole.length));
}

const NEW =
  /^(?:还有|再|对了|顺便|哦)?[\s\p{P}]*(?:说)?(?:另外?|又|再|还有)?(?:一?个)?(?:新(?:的)?(?:问题|事情?|情况)|(?:另外?|别的|其他|还有)(?:一)?(?:件|个)(?:别的)?(?:事情?|问题|情况))[\s\p{P}]*(?=\S)/u;

/** Whether a text says at its beginning that it is about something else: “另外一件事：…”. */
export function saysItIsNew(text: string): boolean {
  return NEW.test(bareWords(text));
}

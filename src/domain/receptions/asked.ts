import { clauses, normalise } from "../text/words.ts";

/** The day itself, by the name that lists give it. */
const DAY_NAME =
  /(?:下|[上这本])(?:一)?[次回](?:的)?接待|接待(?:日|时间|活动|安排)|接访(?:日|时间)|reception days?|open days?/;
/** A deputy who receives, or is at the station. */
const RECEIVING =
  /代表[^,。?!]{0,12}(?:接待|接访|坐班|值班|值守|当班|在(?:联络)?(?:站|家站|点)|来站|进站|到站|下来)|(?:联络站|站里|站上)[^,。?!]{0,8}(?:接待|接访|有代表|代表在)|(?:deput\w+|representatives?)[^,.?!]{0,30}(?:at the station|receiv|in office)/;
/** The name of the day, and nothing else: what a menu sends, and who is short of words. */
const NAME_ALONE = /^(?:代表|联络站|站里)?的?接待(?:日|时间)(?:安排|表)?$/;
/** What asks for a day or a time. */
const WHEN =
  /哪(?:一)?[天日]|几[号日点月]|(?:什么|啥|什)(?:时候|时间|日子)|多会儿?|几时|何时|下(?:一)?(?:次|回)|最近(?:的|一次)|近期|[这本下](?:个)?(?:月|周|星期|礼拜)|时间|日期|安排|\b(?:when|what (?:day|time)|which day|next|schedule)\b/;

/**
 * Whether words that ask ask for the day on which deputies receive people at their station. That they ask, and nothing else, is for
 * the model to say.
 */
export function asksReceptionDay(text: string): boolean {
  const said = normalise(text).toLowerCase();
  if (clauses(text).some((clause) => NAME_ALONE.test(clause))) return true;
  if (!WHEN.test(said)) return false;
  return DAY_NAME.test(said) || RECEIVING.test(said);
}

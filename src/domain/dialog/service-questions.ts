import { normalise } from "../text/words.ts";

/** A question about the service itself; `general` where none of the others is plain. */
export type ServiceQuestion =
  | "anonymity"
  | "cost"
  | "who-is-deputy"
  | "meet"
  | "contact"
  | "by-voice"
  | "how-long"
  | "robot"
  | "who-reads"
  | "scope"
  | "general";

/** The words by which each is told apart, once a text is known to ask of the service; the first that fits decides. */
const WORDS: readonly (readonly [ServiceQuestion, RegExp])[] = [
  ["anonymity", /匿名|实名|泄露|泄漏|保密|隐私|不(?:让|想|会)[^,。]{0,6}(?:知道|晓得)|透露|报复|anonym|confidential/],
  ["cost", /收费|要钱|花钱|免费|多少钱|交钱|费用|\b(?:cost|fee|charge|free)\b/],
  ["by-voice", /打字|语音|不识字|不会写|拍照|照片|图片|视频|voice|photo/],
  ["meet", /接待|当面|见(?:代表|面|一面|到)|约|上门|坐班|值班|来家里|meet|visit/],
  ["contact", /电话|地址|在哪(?:里|儿|个)?|怎么走|几点|上班|开门|号码|微信号|phone|address|where|open/],
  [
    "who-is-deputy",
    /(?:谁|哪(?:个|位|些)|姓什么|叫什么|哪一位)[^,。]{0,6}代表|代表[^,。]{0,8}(?:谁|哪(?:个|位)|姓什么|叫什么|名字)|who is (?:my|our) deputy/,
  ],
  ["robot", /机器人|真人|人工|自动(?:回复|的)|骗子|官方|真的假的|是真的吗|robot|human|real/],
  ["who-reads", /谁(?:能|会|可以)?(?:看|收|处理|回)|看得?到|哪些人|who (?:reads|sees)/],
  ["how-long", /多久|几天|多长时间|什么时候(?:能)?(?:回|答|办)|啥时候(?:能)?(?:回|答|办)|how long|when/],
  ["scope", /管(?:不管|什么|啥|哪些|得|吗)|能(?:不能)?(?:反映|说|管|办|问)|什么事|哪些事|租|外地|户口|替|父母|几件/],
];

/** The question that a text asks of the service, once it is known to ask of it. */
export function serviceQuestion(text: string): ServiceQuestion {
  const said = normalise(text).toLowerCase();
  return WORDS.find(([, words]) => words.test(said))?.[0] ?? "general";
}

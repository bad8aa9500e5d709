import { type Folded, hide, type Span, withDigits } from "./folded.ts";

/** A kind of private signs: how it looks with Chinese numerals as digits, and which part is hidden; null where it is none. */
type Private = {
  /** What it cannot be without: sooner looked for than the pattern. */
  readonly needs: RegExp;
  readonly pattern: RegExp;
  readonly hidden: (match: RegExpExecArray) => readonly [number, number] | null;
};

const PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼滬雲遼魯蘇贛晉陝閩貴";
/** What people put between the signs of a number. */
const BETWEEN = "[^\\p{L}\\p{N}*\\n]{0,3}";
const IS = "[是为叫就:号號码碼=：(（「【\\s、,，~-]{0,4}";

const behind = (match: RegExpExecArray, part: string | undefined): readonly [number, number] | null =>
  part === undefined ? null : [match[0].length - part.length, match[0].length];

const KINDS: readonly Private[] = [
  {
    needs: /[A-Za-z]/,
    pattern: new RegExp(
      `[${PROVINCES}]${BETWEEN}[A-HJ-Za-hj-z](?=[^\\p{L}\\p{N}*\\n]{0,3}[0-9A-Za-z])((?:${BETWEEN}[0-9A-Za-z]){5,6}|${BETWEEN}(?:[0-9A-Za-z]${BETWEEN}){4}[学警挂港澳超])(?![A-Za-z0-9])`,
      "gu",
    ),
    hidden: (match) => ((match[1] ?? "").replace(/\D/g, "").length < 2 ? null : behind(match, match[1])),
  },
  {
    needs: /@|\(at|\[at|艾特|#[A-Za-z]/,
    pattern:
      /(?<![0-9A-Za-z*])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63} ?(?:@|\(at\)|\[at\]|艾特|#(?=[A-Za-z]{2,12}\.)) ?[A-Za-z0-9-]{1,63}(?: ?(?:\.|点|\(dot\)|\[dot\]) ?[A-Za-z0-9-]{1,63}){1,8}/g,
    hidden: ([match]) => [0, match.search(/ ?(?:@|\(at\)|\[at\]|艾特|#)/)],
  },
  {
    needs: /信|[vVwW]/,
    // A WeChat id begins with a letter, or is a number of somebody's.
    pattern: new RegExp(
      `(?:(?:微信|[vV薇威徽维]信|微 信)[号號]?${IS}|(?<![A-Za-z])(?:加?[vV]|[wW][xX]|[vV][xX]|[wW]e[cC]hat|[wW]ei ?[xX]in)(?: ?(?:id|ID|号|號))?[是为：: ]{1,4})([A-Za-z0-9][A-Za-z0-9_-]{4,19})(?![A-Za-z0-9_-]|[元块万笔次])`,
      "g",
    ),
    hidden: (match) => behind(match, match[1]),
  },
  {
    needs: /[qQ] ?[qQ]|扣扣|球球|企鹅/,
    pattern: new RegExp(
      `(?:(?<![A-Za-z])[qQ] ?[qQ]|扣扣|球球|企鹅)(?:群|邮箱)?${IS}([1-9](?:${BETWEEN}[0-9]){4,10})(?![0-9])`,
      "gu",
    ),
    hidden: (match) => behind(match, match[1]),
  },
  {
    needs: /抖音|快手|小红书|微博|陌陌|支付宝|探探|钉钉|飞书|elegram|hats|kype/,
    pattern:
      /(?:抖音|快手|小红书|微博|陌陌|支付宝|探探|钉钉|飞书|[Tt]elegram|[Ww]hats[Aa]pp|[Ss]kype)(?:账号|帐号|号|ID|id)?[是为：: ]{1,4}([A-Za-z0-9][A-Za-z0-9._-]{4,24})(?![A-Za-z0-9_-]|[元块万笔次])/g,
    hidden: (match) => behind(match, match[1]),
  },
  {
    needs: /[证照卡折号码]|assport|ccount/,
    pattern: new RegExp(
      `(?:(?:身份证|护照|通行证|居住证|军官证|驾驶证|驾照|社保卡|医保卡|残疾证|房产证|银行卡|储蓄卡|信用卡|存折|[Pp]assport)(?:号码?|號碼?)?|(?:证件|社保|医保|卡|账|帐|户|学|工|病历|住院|门诊|准考证|电表|水表|燃气表|[Pp]assport|[Aa]ccount)(?:号码?|號碼?|编号|No\\.?| no\\.?| number))${IS}([A-Za-z]{0,3}[0-9](?:${BETWEEN}[0-9A-Za-z]){4,24})(?![0-9])`,
      "gu",
    ),
    hidden: (match) => {
      const number = match[1] ?? "";
      const places = [...number].flatMap((sign, at) => (/[0-9A-Za-z]/.test(sign) ? [at] : []));
      const shown = places[places.length - Math.min(4, Math.floor(places.length / 4))] ?? number.length;
      const from = match[0].length - number.length;
      return number.includes("*") ? null : [from, from + shown];
    },
  },
];

/** Hides plates, e-mail addresses, the ids of chats, and numbers that people name as those of a card, a pass or an account. */
export function maskAccounts(folded: Folded): string {
  const searched = withDigits(folded.seen);
  if (!/[0-9@#A-Za-z]/.test(searched)) return folded.text;
  const spans = KINDS.filter(({ needs }) => needs.test(searched)).flatMap(({ pattern, hidden }) => [
    ...spansOf(searched, pattern, hidden),
  ]);
  return spans.length === 0 ? folded.text : hide(folded, spans);
}

function* spansOf(searched: string, pattern: RegExp, hidden: Private["hidden"]): Generator<Span> {
  for (const match of searched.matchAll(pattern)) {
    const part = hidden(match);
    if (part !== null && part[1] > part[0]) yield { from: match.index + part[0], to: match.index + part[1] };
  }
}

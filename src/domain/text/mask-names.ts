import { type Folded, hide, type Span } from "./folded.ts";
import {
  type Name,
  nameAfterDoubt,
  nameAmongWords,
  nameAsCalled,
  nameInField,
  nameInList,
  nameOfRelative,
  type Words,
} from "./name-after.ts";

/** How the name behind a label is read: from what follows, and the words that it consists of. */
type Read = (rest: string, words: Words) => Name | null;

/** Words that label a name. Of a match, the first group that there is tells how the name behind it is read. */
type Label = { readonly pattern: RegExp; readonly reads: readonly Read[] };

const FIELD =
  "姓名|名字|全名|真名|实名|大名|署名|落款|签名|签字人?|小名|外号|绰号|网名|昵称|称呼|联系人|反映人|反应人|举报人|投诉人|申请人|求助人|报修人|报案人|信访人|上访人|来访人|诉求人|发起人|提议人|当事人|经办人|委托人|代理人|监护人|证明人|证人|见证人|户主|房主|患者|病人|家长|学生|收件人|联名(?:人|村民|群众|业主|居民|户|者)?|联系人姓名|联络人|连络人|聯絡人|聯繫人|反映人姓名|簽名|反映者|来信人|写信人|留言人|署名人";
const RELATIVE =
  "老婆|老公|丈夫|妻子|媳妇|爱人|对象|儿子|女儿|闺女|姑娘|孙子|孙女|外孙女|外孙|儿媳妇?|女婿|爸爸|妈妈|爸|妈|父亲|母亲|爹|娘|爷爷|奶奶|姥爷|姥姥|外公|外婆|公公|婆婆|岳父|岳母|丈母娘|哥哥?|弟弟?|姐姐?|妹妹?|叔叔?|伯伯?|姑姑|姑妈|舅舅|姨妈|侄子|侄女|外甥女|外甥|老伴|孩子|小孩|娃|宝宝|邻居|隔壁|对门|同学|朋友|同事|室友|工友|家属|老伴儿|老头子|老太太|老太婆|那口子";
const SIGNED = "此致[ ，,\\n]{0,4}敬礼[!！。 \\n]{0,4}|敬上[:： ]{1,2}";

const LABELS: readonly Label[] = [
  {
    pattern: new RegExp(
      `(?:${FIELD})(?:姓名)?(?:([ \\n]{0,3}(?:[:=]|[是为叫有][:：]?)[ \\n]{0,3})|([ \\n]{1,3})|())|(?:${SIGNED})()`,
      "gu",
    ),
    reads: [
      (rest, words) => nameInField(rest) ?? nameAfterDoubt(rest, words),
      (rest, words) => nameInList(rest, false) ?? nameAfterDoubt(rest, words),
      nameAmongWords,
      nameAfterDoubt,
    ],
  },
  {
    pattern:
      /(?:我|本人|俺|咱|(?:我的?)?名字|我名)(?:(?:就?叫做?|名叫)([ :是叫,，]{0,2})|(?<=本人)([ :,，]{0,2}))|(?:我们?是|我系|俺们?是|我乃|在下|这里是)([ :,，]{0,2})/gu,
    reads: [nameAsCalled, nameAfterDoubt, nameAfterDoubt],
  },
  {
    pattern: new RegExp(
      `(?:${RELATIVE}|他|她)(?:的?(?:名字|大名|小名)?(?:叫做?|名叫|是叫)([ :,，]{0,2})|((?<![他她])(?:是|[:,，])?[ ]?))`,
      "gu",
    ),
    reads: [nameAsCalled, nameOfRelative],
  },
  {
    // 我是柳东村村民张三, 请联系王小丽.
    pattern:
      /(?:(?:我们?|本人|俺们?)(?:是|系|乃)[\p{Script=Han}0-9]{1,14}?(?:村民|居民|业主|住户|租户|商户|职工|员工|社员|群众|学生|户主|的)|(?:请|可)?(?:联系|联络)(?!人|方式|电话)|打给|(?:请|可以?|就)找|找我)()[ :,，]{0,2}/gu,
    reads: [nameAmongWords],
  },
  { pattern: /姓[\p{Script=Han}]{1,2}[ ,，]{0,2}名(?:字?叫|为|是)?()/gu, reads: [givenName] },
];

/** The given name of somebody who has said the family name: 姓张名大千. */
function givenName(rest: string): Name | null {
  const given = /^[\p{Script=Han}]{1,2}(?=$|\P{Script=Han}|的|住|家|今年|电话)/u.exec(rest)?.[0];
  return given === undefined || /^字/.test(given) ? null : { skipped: 0, length: given.length, shown: "某" };
}

const IN_LIST = /^(?:( ?[、/&;；和与及跟] ?)|( ?[,，] ?| +))/u;
const MOST_IN_LIST = 60;

const ENGLISH: readonly RegExp[] = [
  /\b(?:my name is|my name's|i am called|i'm called|call me(?! (?:please|back|at|on|when|if|now|any|later)\b)|name ?[:=]|signed[:,]?|contact(?: person)?[:=]|yours(?: sincerely| truly)?,) {0,2}(?<name>[\p{L}'’-]{2,20}(?: (?!and\b|i\b|from\b|of\b|the\b|in\b|at\b)[\p{L}'’.-]{1,20}){0,2})/dgiu,
  /\b(?:I am|I'm|This is|this is) (?<name>[A-Z][a-z'’-]{1,20}(?: [A-Z][a-z'’-]{1,20}){1,2})(?=[,.;:!]|$|\n| and\b| from\b| of\b| in\b)/dgu,
];

/**
 * Hides names that people label as such: their own, those of their family, and those of a list (联名人：…).
 *
 * Whatever stands behind a plain label needs no known family name. Where the words before it may mean something else, a
 * doubtful name stays.
 */
export function maskNames(folded: Folded): string {
  const { seen } = folded;
  const words = wordsIn(seen);
  const spans: Span[] = [];
  for (const { pattern, reads } of LABELS) {
    for (const { 0: label, index, ...groups } of seen.matchAll(pattern)) {
      const read = reads.find((_one, at) => groups[at + 1] !== undefined);
      if (read !== undefined) spans.push(...namesFrom(seen, index + label.length, read, words));
    }
  }
  for (const pattern of /[A-Za-z]/.test(seen) ? ENGLISH : []) {
    for (const { indices } of seen.matchAll(pattern)) {
      const [from, to] = indices?.groups?.name ?? [0, 0];
      if (to > from) spans.push({ from, to, shown: "***" });
    }
  }
  return spans.length === 0 ? folded.text : hide(folded, spans);
}

/** As much of a text as is read for one name. */
const LONGEST = 60;

/** The name that begins here, and those that follow it in a list. */
function* namesFrom(
  seen: string,
  begin: number,
  read: Read,
  words: (at: number) => readonly string[],
): Generator<Span> {
  let at = begin;
  let name = read(seen.slice(at, at + LONGEST), () => words(at));
  for (let count = 0; name !== null && count < MOST_IN_LIST; count += 1) {
    const from = at + name.skipped;
    at = from + name.length;
    if (!/某$/.test(seen.slice(from, at))) yield { from, to: at, shown: name.shown };
    const between = IN_LIST.exec(seen.slice(at, at + 4));
    if (between === null) return;
    at += between[0].length;
    name = nameInList(seen.slice(at, at + LONGEST), between[1] !== undefined);
  }
}

const SEGMENTER = new Intl.Segmenter("zh", { granularity: "word" });

/** The words that begin at a place of a text, which is taken apart when first asked; within a word, those of the rest alone. */
function wordsIn(seen: string): (at: number) => readonly string[] {
  let begins: Map<number, number> | null = null;
  const segments: string[] = [];
  return (at) => {
    if (begins === null) {
      begins = new Map();
      for (const { segment, index } of SEGMENTER.segment(seen)) {
        begins.set(index, segments.length);
        segments.push(segment);
      }
    }
    const first = begins.get(at);
    if (first !== undefined) return segments.slice(first, first + 3);
    return Array.from(SEGMENTER.segment(seen.slice(at, at + 8)), ({ segment }) => segment);
  };
}

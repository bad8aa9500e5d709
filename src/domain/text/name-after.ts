import { DOT, DOUBLE_SURNAMES, SURNAMES, TRANSCRIBED } from "./name-signs.ts";

/** A name found at the beginning of a text: its position, its length, and the form in which it is shown. */
export type Name = { readonly skipped: number; readonly length: number; readonly shown: string };

/** A function that gives the words of a text from where a name would begin. */
export type Words = () => readonly string[];

const HAN = "\\p{Script=Han}";
const HAN_RUN = new RegExp(`^${HAN}+(?: ?${DOT} ?${HAN}+)*`, "u");
const WITH_DOT = new RegExp(`^${HAN}{1,8}(?: ?${DOT} ?${HAN}{1,10}){1,4}`, "u");
/** Letters of other scripts, up to the next mark. */
const LETTERS = new RegExp(`^(?!${HAN})\\p{L}(?:(?!${HAN})[\\p{L}\\p{M}'’ .·•・\u0f0b\u0f0c-]){0,39}`, "u");
const DOUBLE = new RegExp(`^(?:${DOUBLE_SURNAMES})(?=${HAN})`, "u");

/** How people go on after a name without a mark. */
const GOES_ON =
  "我(?:家|们|是|的|叫|住|想|要)|家住|住在|住|今年|现年|男|女|电话|手机|身份证|联系|来自|家在|地址|反映|反应|投诉|举报|是[我柳一本这那村镇县市小居村农]|等(?=[0-9一二三四五六七八九十几]|人|户|$)|的[电手身住]|代表(?:村|大家|全)";
const ENDS = new RegExp(`^(?=$|[^${HAN}]|${GOES_ON})`.replace("[^\\p{Script=Han}]", "\\P{Script=Han}"), "u");
const CUT = new RegExp(`(?<=.{2})(?:${GOES_ON})`, "u");
const LISTED_ON = /(?<=^.{2,4})[和与及跟]/u;
/** How people go on after a name that they have introduced. */
const FOLLOWS =
  /^(?=$|\P{Script=Han}|是|家|住|在|今年|男|女|电话|手机|身份证|来自|想|要|有|反映|反应|和|的(?!人)|现|我|因|从|被|请|于|这|村|户|年|给|代|向|跟|已|一家|电|手|身|今|来|投诉|举报|您|你|人在|老家|说|也|就|得|等)/u;
/** Titles and places behind "我是" that are no names: 王代表, 柳东村的, 高中生. */
const NO_NAME = new RegExp(
  `^${HAN}{0,3}(?:代表|主任|书记|老师|医生|师傅|阿姨|叔叔|大爷|大妈|先生|女士|小姐|村|镇|县|乡|市|区|街|路|组|家园|小区|花园|学校|小学|中学|大学|学生|员|工|户|农民|业主|居民|老板|经理|人大|党员|军人|老人|人(?=$|\\P{Script=Han}))`,
  "u",
);
/** Behind the label of a field that nobody filled. */
const NOT_SAID =
  /^(?:无|没有|没|匿名|保密|不便|不方便|不想|略|同上|同前|不详|未知|待定|免|我|本人|自己|你|您|他|她|请|如|见)/u;
/** Whom and what people call when they say 我叫. */
const CALLED =
  /^(?:外卖|快递|滴滴|出租|救护|物业|师傅|维修|电工|水电|开锁|搬家|保安|保洁|警察|城管|医生|护士|代表|书记|主任|村长|领导|老板|经理|房东|邻居|家人|家里|老公|老婆|儿子|女儿|闺女|孩子|爸爸?|妈妈?|爷爷|奶奶|哥哥|姐姐|弟弟|妹妹|朋友|同事|大家|老师)/u;
const NOT_CALLED = /^[了过人车他她它你您不没来苦好屈停板嚣卖醒价号]/u;
const FUNCTION_WORDS = /[了过的吗吧呢啊着来去不没也都就把给他她你您我这那谁什怎人修说打]/u;
/** Fields and places, where another name might stand. */
const NO_ITEM =
  /^(?:电话|手机|地址|住址|身份|证件|时间|日期|反映|反应|内容|事项|问题|诉求|情况|性别|年龄|单位|职业|联系|以上|特此|请|望|我|你|您|村民|居民|业主|群众|大家|全体|等)|(?:村|镇|乡|县|市|区|路|街|巷|组|号|楼|院|社区|小区|家园|花园|苑|里|屯|庄|寨|桥|河|学校|小学|中学|医院|公司|工地|月|日|年)$/u;
const NO_FAMILY_NAME = new Set("向于和应常时全曾过同别连越");
const AFTER_FAMILY_NAME = /^(?:代表|主任|书记|老师|医生|师傅|阿姨|叔叔|大爷|大妈|先生|女士|小姐|总|局|科|处|队|家|姓)/u;
/** With these a family name is a common word after all: 江边, 张嘴, 马路. */
const NO_GIVEN = new Set("边嘴路不口门手脚");
const SMALL = new Set("在是的了和住家被去来有没上下说把给跟让叫也都不还又要想因从到就每天今昨明得病，,。");

/** What is shown for a name: the family name, where there plainly is one. */
function shownFor(name: string): string {
  if (!new RegExp(`^${HAN}+$`, "u").test(name)) return new RegExp(HAN, "u").test(name) ? "某某" : "***";
  const double = DOUBLE.exec(name)?.[0];
  if (double !== undefined && name.length <= 4) return `${double}某`;
  return name.length <= 3 ? `${name.slice(0, 1)}某` : "某某";
}

const named = (name: string, skipped = 0): Name => ({ skipped, length: name.length, shown: shownFor(name) });

/** The name in a field that is labelled as one (姓名：…): everything up to the next mark. */
export function nameInField(rest: string): Name | null {
  if (NOT_SAID.test(rest)) return null;
  const letters = LETTERS.exec(rest)?.[0].trimEnd();
  if (letters !== undefined) return named(letters);
  const run = HAN_RUN.exec(rest)?.[0] ?? "";
  const whole = run.slice(0, CUT.exec(run)?.index ?? run.length);
  const place = /^.{0,12}(?:村|镇|乡|组|社区|小区|家园|花园|屯|寨|号楼|单元|街道)(?=.{2,4}$)/u.exec(whole)?.[0] ?? "";
  const name = whole.slice(place.length);
  if (name.length < 2) return null;
  if (name.length <= 6 || WITH_DOT.test(name)) return named(name, place.length);
  return introduced(name) ?? named(name.slice(0, name.length <= 15 ? name.length : 4), place.length);
}

/** The next name of a list; `isPlain` where only names are listed so, as with 、. */
export function nameInList(rest: string, isPlain: boolean): Name | null {
  const dotted = WITH_DOT.exec(rest)?.[0];
  if (dotted !== undefined) return named(dotted);
  const letters = isPlain ? LETTERS.exec(rest)?.[0].trimEnd() : undefined;
  if (letters !== undefined) return named(letters);
  const run = HAN_RUN.exec(rest)?.[0] ?? "";
  const name = run.slice(0, LISTED_ON.exec(run)?.index ?? CUT.exec(run)?.index ?? run.length);
  if (name.length < 2 || NO_ITEM.test(name) || NOT_SAID.test(name)) return null;
  if (transcribed(name) === name.length && name.length >= 3) return named(name);
  const most = DOUBLE.test(name) ? 4 : 3;
  if (isPlain) return name.length <= 4 && !FUNCTION_WORDS.test(name) ? named(name) : null;
  return name.length <= most && (DOUBLE.test(name) || SURNAMES.has(name.charAt(0))) ? named(name) : null;
}

/** The name behind 我叫, which also means "I called". */
export function nameAsCalled(rest: string): Name | null {
  if (CALLED.test(rest)) return null;
  const dotted = WITH_DOT.exec(rest)?.[0];
  if (dotted !== undefined) return named(dotted.slice(0, CUT.exec(dotted)?.index ?? dotted.length));
  const plain = introduced(rest);
  if (plain !== null) return plain;
  const letters = LETTERS.exec(rest)?.[0].trimEnd();
  if (letters !== undefined) return /^(?:didi|uber|taxi|110|ok)/i.test(letters) ? null : named(letters);
  if (NOT_CALLED.test(rest)) return null;
  const foreign = foreignName(rest);
  if (foreign !== null) return foreign;
  const run = HAN_RUN.exec(rest)?.[0] ?? "";
  const name = run.slice(0, CUT.exec(run)?.index ?? run.length);
  return name.length >= 2 && name.length <= 4 && !FUNCTION_WORDS.test(name) ? named(name) : null;
}

/** The name behind words that mostly introduce something else: 我是, 本人. */
export function nameAfterDoubt(rest: string, words: Words): Name | null {
  return doubtful(rest, (name) => name.length >= 3 && words()[0] === name);
}

/** The name where a common word of two signs is as likely: 学生安全. */
export function nameAmongWords(rest: string, words: Words): Name | null {
  return doubtful(rest, (name) => words()[0] === name);
}

function doubtful(rest: string, isWord: (name: string) => boolean): Name | null {
  const foreign = foreignName(rest);
  if (foreign !== null && ENDS.test(rest.slice(foreign.length))) return foreign;
  if (NO_NAME.test(rest)) return null;
  return withFamilyName(rest, (name, after) => ENDS.test(after) && !isWord(name));
}

/** The name right behind a word for a relative: 我老婆王翠花. */
export function nameOfRelative(rest: string, words: Words): Name | null {
  const foreign = foreignName(rest);
  if (foreign !== null && (/^.{1,8}[·•・‧]/u.test(rest) || goesOn(rest.slice(foreign.length)))) return foreign;
  const double = DOUBLE.exec(rest)?.[0] ?? "";
  if (double === "" && !(SURNAMES.has(rest.charAt(0)) && isFamilyName(words()[0]))) return null;
  const family = double === "" ? rest.slice(0, 1) : double;
  const after = rest.slice(family.length);
  if (AFTER_FAMILY_NAME.test(after)) return null;
  const [given = "", next = ""] = double === "" ? words().slice(1) : [...after];
  if (!new RegExp(`^${HAN}{1,2}$`, "u").test(given) || SMALL.has(given) || NO_GIVEN.has(given.charAt(0))) return null;
  const more = given.length === 1 && new RegExp(`^${HAN}$`, "u").test(next) && !SMALL.has(next) ? next : "";
  return named(`${family}${given}${more}`);
}

function goesOn(after: string): boolean {
  return FOLLOWS.test(after) || SMALL.has(after.charAt(0));
}

/** A name of a known family name, where a word follows with which people go on. */
function introduced(rest: string): Name | null {
  return withFamilyName(rest, (_name, after) => FOLLOWS.test(after));
}

function withFamilyName(rest: string, isOne: (name: string, after: string) => boolean): Name | null {
  const family = DOUBLE.exec(rest)?.[0] ?? (SURNAMES.has(rest.slice(0, 1)) ? rest.slice(0, 1) : "");
  if (family === "") return null;
  for (const given of [1, 2]) {
    const length = family.length + given;
    const name = rest.slice(0, length);
    if (name.length === length && new RegExp(`^${HAN}+$`, "u").test(name) && isOne(name, rest.slice(length))) {
      return named(name);
    }
  }
  return null;
}

/** A name with a dot, or one in the signs of other languages. */
function foreignName(rest: string): Name | null {
  const dotted = WITH_DOT.exec(rest)?.[0];
  if (dotted !== undefined) return named(dotted.slice(0, CUT.exec(dotted)?.index ?? dotted.length));
  const length = transcribed(rest);
  return length >= 3 ? named(rest.slice(0, length)) : null;
}

/** How many signs of other languages' names a text begins with; no more than a name has. */
function transcribed(text: string): number {
  let length = 0;
  while (length < 12 && TRANSCRIBED.has(text.charAt(length))) length += 1;
  return length;
}

/** Whether a word is a family name, and not the first half of a common word. */
function isFamilyName(word: string | undefined): boolean {
  return word !== undefined && word.length === 1 && SURNAMES.has(word) && !NO_FAMILY_NAME.has(word);
}

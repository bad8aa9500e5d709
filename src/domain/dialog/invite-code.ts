import { type Folded, fold, hide, type Span } from "../text/folded.ts";

/** The signs of invite codes, without what is mistaken for something else on paper or in a chat: 0 O, 1 I L, 2 Z, 5 S, 8 B, U V. */
const SIGNS = "ACDEFGHJKMNPQRTWXY34679";
const SIGNS_IN_CODE = 8;

/** A code that somebody typed, and where it stands in what they wrote. */
export type TypedCode = {
  /** Capitals and digits alone. */
  readonly code: string;
  /** Its place in the folded text. */
  readonly span: Span;
  /** Whether it stands in one piece. */
  readonly isWhole: boolean;
  /** Whether a word right before it says that it is a code. */
  readonly isNamed: boolean;
};

const SIGN = `[${SIGNS}]`;
const GAP = String.raw`[\s\-_.·/、,，]{1,3}`;
/** In one piece, in two, in pairs, or sign by sign. */
const SHAPES = [
  `${SIGN}{${SIGNS_IN_CODE}}`,
  ...Array.from({ length: SIGNS_IN_CODE - 1 }, (_, at) => `${SIGN}{${at + 1}}${GAP}${SIGN}{${SIGNS_IN_CODE - at - 1}}`),
  `(?:${SIGN}{2}${GAP}){3}${SIGN}{2}`,
  `(?:${SIGN}${GAP}){7}${SIGN}`,
];
const SHAPED = new RegExp(`(?<![0-9a-z])(?=(${SHAPES.join("|")})(?![0-9a-z]))`, "gi");

const MARKS = String.raw`[\s\p{P}\p{S}]{0,8}`;
const RUN = String.raw`[0-9a-z](?:[0-9a-z]|[\s-](?=[0-9a-z])){2,14}[0-9a-z]`;
/** “邀请码：…”, “my code is …”: what follows is meant as a code, whatever signs it has; in English, where words follow too, with a digit. */
const NAMED = [
  `(?:(?:邀请|绑定|激活|验证|认证|注册)码|邀请代码|(?<![号编维条扫])的码)${MARKS}(?:就?是|为)?${MARKS}(${RUN})(?![0-9a-z])`,
  `\\b(?:invit\\w*|bind\\w*|my|the)[\\s-]*code${MARKS}(?:is\\b)?${MARKS}((?=[a-z\\s-]{0,12}[0-9])${RUN})(?![0-9a-z])`,
].map((pattern) => new RegExp(pattern, "giu"));

const ABOUT_CODES =
  /邀请|绑定|关联|激活码|认证码|注册码|(?<![号编维条扫])的码(?!头)|^码|(?<![号编维条扫])码[是为:：\s]|\binvit|\bbind|\blink|\bcode\b/i;

/** What people write around a code that tells nothing more. */
const AROUND =
  /(?:我是|本人是?)?\p{Script=Han}{0,6}?(?:人大)?代表\p{Script=Han}{0,4}|(?:邀请|绑定|激活|验证|认证|注册)?(?:代)?码|邀请|绑定|绑|关联|收到|发给|给我|你们|我们|工作机构|办公室|帮忙|帮|一下|谢谢|多谢|麻烦|您好|你好|早上好|下午好|老师|同志|为什么|怎么|没有|不了|不对|不行|[我您你请要想是的了吗呢吧啊这那个用不能行给发在来新这里]|\b(?:hello|hi|dear|my|the|a|an|is|it|this|here|that|invit\w*|code|bind\w*|link\w*|me|please|pls|thanks?|you|deputy|i|am|i'm|to|want|got|received|does|not|work\w*|doesn't)\b/giu;

/** More signs than these beside a code and what people write around it are a matter of their own. */
const MOST_AROUND = 3;

/**
 * Draws an invite code, of which each has a letter and a digit, so that hardly a word or a number of another kind looks like one.
 *
 * @param draw gives a whole number from 0 up to, not including, the one it is given
 */
export function drawCode(draw: (below: number) => number): string {
  for (;;) {
    const code = Array.from({ length: SIGNS_IN_CODE }, () => SIGNS[draw(SIGNS.length)]).join("");
    if (isMixed(code)) return code;
  }
}

/** A code as it is kept: capitals and digits at half width, without blanks, dashes and other marks. */
export function canonicalCode(typed: string): string {
  return fold(typed)
    .seen.replace(/[^0-9a-z]/gi, "")
    .toUpperCase();
}

/**
 * The possible invite codes in a text, at most one at each place: what has the shape of one, in any width and with any
 * gaps, or is called one.
 */
export function codesIn(text: string): readonly TypedCode[] {
  const { seen } = fold(text);
  const named = NAMED.flatMap((pattern) => [...seen.matchAll(pattern)]).map((match) => {
    const [whole, typed = ""] = match;
    const to = match.index + whole.length;
    return typedCode(typed, { from: to - typed.length, to }, true);
  });
  const shaped = [...seen.matchAll(SHAPED)]
    .map((match) => typedCode(match[1] ?? "", { from: match.index, to: match.index + (match[1] ?? "").length }, false))
    .filter(({ code }) => isMixed(code));
  // What has a code's shape is taken as it stands; beside it, what is called a code.
  return [
    ...shaped.map((one) => ({ ...one, isNamed: named.some((other) => overlap(one, other)) })),
    ...named.filter((one) => !shaped.some((other) => overlap(one, other))),
  ].toSorted((one, other) => one.span.from - other.span.from);
}

/** A text with these codes hidden behind stars. */
export function withoutCodes(text: string, codes: readonly TypedCode[]): string {
  return hide(
    fold(text),
    codes.map(({ span }) => span),
  );
}

/** The relation of words to the codes in them. */
export type AroundCodes = {
  /** Whether the codes are meant as invite codes: the words say so, or a code is all there is. */
  readonly areMeant: boolean;
  /** Whether the words tell nothing besides. */
  readonly isAll: boolean;
  /** How many signs the whole text has. */
  readonly length: number;
};

/** Tells what stands around codes in a text. @param codes not empty */
export function aroundCodes(text: string, codes: readonly TypedCode[]): AroundCodes {
  const folded = fold(text);
  const rest = restOf(folded, codes);
  const left = rest.replace(AROUND, "").replace(/[^\p{L}\p{N}]/gu, "");
  const isBare = left === "" && codes.some(({ isWhole }) => isWhole);
  return {
    areMeant: isBare || codes.some(({ isNamed }) => isNamed) || ABOUT_CODES.test(rest),
    isAll: left.length <= MOST_AROUND,
    length: folded.seen.trim().length,
  };
}

function restOf({ seen }: Folded, codes: readonly TypedCode[]): string {
  let rest = "";
  let done = 0;
  for (const { span } of codes) {
    if (span.from >= done) rest += `${seen.slice(done, span.from)} `;
    done = Math.max(done, span.to);
  }
  return (rest + seen.slice(done)).trim();
}

function typedCode(typed: string, span: Span, isNamed: boolean): TypedCode {
  return { code: canonicalCode(typed), span, isWhole: /^[0-9a-z]+$/i.test(typed), isNamed };
}

function isMixed(code: string): boolean {
  return /[A-Z]/.test(code) && /[0-9]/.test(code);
}

function overlap({ span: one }: TypedCode, { span: other }: TypedCode): boolean {
  return one.from < other.to && other.from < one.to;
}

const TRIAL_WORDS = /^(?:试用码?|trial)\s*[:：]?\s*(\d{8})$/i;

/** The code with which somebody of the staff makes their own chat one that tries the service; null in other words. */
export function trialCodeIn(said: string): string | null {
  return TRIAL_WORDS.exec(said.normalize("NFKC").trim())?.[1] ?? null;
}

import { bareWords, normalise } from "../../text/words.ts";

/** The longest sentence that a deputy can keep, in signs. */
export const LONGEST_PHRASE = 200;

/** The most sentences that a deputy can keep. */
export const MOST_PHRASES = 20;

/** A kept sentence as it is typed: the place in the deputy's own list, or in that of the county (县1). */
export type PhraseTyped = { readonly of: "own" | "county"; readonly place: number };

/** The meaning of words about kept sentences (常用语): list them, keep one, drop one, use one for a case. */
export type PhraseMeaning =
  | { readonly kind: "phrases" }
  /** `text` is empty where it was left out. */
  | { readonly kind: "phrase-keep"; readonly text: string }
  | { readonly kind: "phrase-drop"; readonly phrase: PhraseTyped | null }
  | { readonly kind: "phrase-use"; readonly phrase: PhraseTyped; readonly number: string | null };

const LIST =
  /^(?:看一?下?|查看|显示|列出)?(?:我的|全部|所有)?(?:常用语|常用回复|快捷回复)(?:列表|清单)?$|^(?:my )?(?:quick replies|phrases)$/;
const KEEP =
  /^\s*(?:(?:请|帮我|把)?(?:存|保存|添加|新增|增加|加)(?:一?[条个句])?常用语|(?:keep|save|add) (?:a )?phrase\b)/iu;
/** What makes "存常用语" part of a sentence: "存常用语的地方在哪里", "添加常用语失败". */
const OF_KEEPING = /^(?:的|了|在|怎么|如何|吗|呢|有|是|时|后|前|功能|失败|不|满|上限|列表|到|最多|这)/u;
const DROP =
  /^(?:删|删除|删掉|去掉)(?:第)?(?:常用语|常用回复)[\s:：第]*(县?)(\d{1,2})?(?:条|句|个|号)?(?:吧|了)?$|^(?:drop|delete) phrase ?(c?)(\d{1,2})?$/u;
const CASE = String.raw`(?:第|编号|no\.?|#)?\s*((?:p-)?20\d{2}-\d{6}|\d{1,6})\s*(?:号件?)?`;
const USE = new RegExp(
  `^(?:用|使用|发)\\s*(?:常用语)?\\s*(?:第)?\\s*(县?)(\\d{1,2})(?:条|句)?(?:常用语)?(?:(?:\\s*[,，、]\\s*|\\s+|\\s*(?:给|回|回复|答复|到)\\s*)${CASE})?$` +
    `|^use (?:phrase )?(c?)(\\d{1,2})(?:(?: for| on|,)? ${CASE})?$`,
  "u",
);

/** The meaning of a deputy's words about sentences that they keep; null where they are about something else. */
export function phraseIn(text: string): PhraseMeaning | null {
  const said = bareWords(text);
  if (LIST.test(said)) return { kind: "phrases" };
  const [kept] = KEEP.exec(text) ?? [];
  if (kept !== undefined) {
    const rest = text.slice(kept.length);
    if (OF_KEEPING.test(normalise(rest)) || /[?？]\s*$/u.test(rest)) return null;
    return { kind: "phrase-keep", text: rest.replace(/^[\s:：,，、]+/u, "").trim() };
  }
  const dropped = DROP.exec(said);
  if (dropped !== null)
    return { kind: "phrase-drop", phrase: typed(dropped[1] || dropped[3], dropped[2] ?? dropped[4]) };
  const used = USE.exec(said);
  const phrase = used === null ? null : typed(used[1] || used[4], used[2] ?? used[5]);
  if (used === null || phrase === null) return null;
  return { kind: "phrase-use", phrase, number: (used[3] ?? used[6])?.toUpperCase() ?? null };
}

function typed(county: string | undefined, place: string | undefined): PhraseTyped | null {
  if (place === undefined || Number(place) === 0) return null;
  return { of: county ? "county" : "own", place: Number(place) };
}

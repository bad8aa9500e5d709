import { bareWords } from "../text/words.ts";

/** What somebody wants put together: a case, and the one that it belongs to; null for what they left out. */
type PutTogether = { readonly number: string | null; readonly into: string | null };

const NUMBER = String.raw`(?:第|编号|单号|no\.?|number|case)?\s*#?\s*((?:20\d{2}-)?\d{1,6})\s*(?:号件?|件)?`;
const WISH = String.raw`(?:请|麻烦|帮我|帮忙|我要|please)?\s*`;
const TO = String.raw`\s*(?:并?[到进入至]|和|跟|与|、|,|，|into|to|with|and)\s*`;
const PATTERNS: readonly RegExp[] = [
  new RegExp(`^${WISH}(?:合并|合在?一起|并|merge|join)\\s*${NUMBER}${TO}${NUMBER}\\s*(?:吧|里|了)?$`),
  new RegExp(`^${WISH}(?:把|将)?\\s*${NUMBER}${TO}${NUMBER}\\s*(?:合并|合在?一起|是(?:同)?一件事?)(?:吧|了)?$`),
  /^(?:请|麻烦|帮我|都|please)?\s*(?:合并|合在?一起|(?:其实)?都?是(?:同)?一件事|merge(?: them)?)\s*(?:吧|了)?$/,
];

/** Finds what a text asks to be put together; null for a text that asks no such thing. */
export function putTogetherIn(text: string): PutTogether | null {
  const said = bareWords(text);
  for (const pattern of PATTERNS) {
    const match = pattern.exec(said);
    if (match !== null) return { number: match[1] ?? null, into: match[2] ?? null };
  }
  return null;
}

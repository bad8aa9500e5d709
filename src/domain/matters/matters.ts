import type { Reader } from "../understanding/reader.ts";
import { cutsOf, type CutKind } from "./cuts.ts";

/** The matters of one message: what is said before them, and each one's words; one where it is not sure that there are several. */
export type Matters = { readonly intro: string; readonly matters: readonly string[] };

/** So probably each part must be a matter of its own, the more probable the surer the whole has several. */
const SURE: Readonly<Record<CutKind, { readonly whole: number; readonly part: number; readonly alone: number }>> = {
  list: { whole: 0.15, part: 0.3, alone: 0.6 },
  word: { whole: 0.1, part: 0.6, alone: 0.9 },
  pause: { whole: 0.5, part: 0.7, alone: 2 },
  clause: { whole: 0.5, part: 0.7, alone: 2 },
};
const SHORTEST = 3;
/** So probably the whole tells of a danger, or is one petition or proposal whose points belong together. */
const DANGEROUS = 0.3;
const ONE_WHOLE = 0.4;


export function mattersIn(text: string, reader: Reader): Matters {
  const { acts, heads } = reader.read(text);
  if (heads.danger >= DANGEROUS || acts.petition + acts.suggestion + acts.greeting >= ONE_WHOLE) return { intro: "", matters: [text] };
  const whole = heads.several;
  for (const { kind, intro, parts, said } of cutsOf(text)) {
    const { whole: likely, part: enough, alone } = SURE[kind];
    const least = whole >= likely ? enough : alone;
    const matters = joined(parts, (part) => part.length >= SHORTEST && ownMatter(part, reader) >= least);
    if (matters.length >= 2 && (said === null || said === matters.length)) return { intro, matters };
  }
  return { intro: "", matters: [text] };
}

function ownMatter(part: string, reader: Reader): number {
  const { acts, heads } = reader.read(part);
  return Math.max(heads["own-matter"], acts.inquiry, acts.suggestion);
}

function joined(parts: readonly string[], isMatter: (part: string) => boolean): string[] {
  const matters: string[] = [];
  let before = "";
  for (const part of parts) {
    if (isMatter(part)) {
      matters.push(before === "" ? part : `${before} ${part}`);
      before = "";
    } else if (matters.length > 0) matters.push(`${matters.pop()} ${part}`);
    else before = before === "" ? part : `${before} ${part}`;
  }
  return matters;
}

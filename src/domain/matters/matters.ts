import type { Reader } from "../understanding/reader.ts";
import { type CutKind, cutsOf } from "./cuts.ts";

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

/** What tells the parts of a text apart: a reader of residents' words, and what a part is about, null where that is not sure. */
export type Telling = { readonly reader: Reader; readonly topicOf: (part: string) => string | null };

export function mattersIn(text: string, { reader, topicOf }: Telling): Matters {
  const { acts, heads } = reader.read(text);
  if (heads.danger >= DANGEROUS || acts.petition + acts.suggestion + acts.greeting >= ONE_WHOLE)
    return { intro: "", matters: [text] };
  const whole = heads.several;
  for (const { kind, intro, parts, said } of cutsOf(text)) {
    const { whole: likely, part: enough, alone } = SURE[kind];
    const least = whole >= likely ? enough : alone;
    const matters = joined(parts, (part) => part.length >= SHORTEST && ownMatter(part, reader) >= least);
    if (matters.length >= 2 && (said === null || said === matters.length)) return { intro, matters };
  }
  for (const { kind, parts, said } of cutsOf(text)) {
    if (kind !== "clause") continue;
    const least = said === null ? 0.35 : 0.05;
    if (whole < least) continue;
    const groups = byTopic(parts, topicOf);
    if (groups.length === (said ?? 2) && groups.every((part) => ownMatter(part, reader) >= 0.6))
      return { intro: "", matters: groups };
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

/** The parts put together by what they are about: another matter begins where a part is about something else. */
function byTopic(parts: readonly string[], topicOf: Telling["topicOf"]): string[] {
  const groups: { topic: string | null; words: string }[] = [];
  for (const part of parts) {
    const topic = topicOf(part);
    const last = groups.at(-1);
    if (last === undefined || (topic !== null && last.topic !== null && topic !== last.topic))
      groups.push({ topic, words: part });
    else groups[groups.length - 1] = { topic: last.topic ?? topic, words: `${last.words} ${part}` };
  }
  return groups.map(({ words }) => words);
}

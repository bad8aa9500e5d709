import type { NameHit } from "./name-index.ts";

/** Before a name that is denied: 不是柳东村. */
const DENIED = /(?:(?<!是)不是|不在|并非|没在|而非)(?:说|指|讲|问|反映)?的?(?:在|是)?$/u;
/** Before a name where somebody was before. */
const BEFORE = /(?:原先|原来|以前|之前|从前|过去|曾经|本来|老家)(?:是|住)?(?:在|是)?$/u;
const FROM = /(?:从|由|自)$/u;
/** After a name that somebody left. */
const LEFT = /^[^\p{P}\s]{0,2}(?:搬|迁)(?:过|出|回|到|来|走|去)/u;
/** Before a name where somebody is now, after another one. */
const MOVED_TO = /(?:搬|迁|转|挪|换|嫁|调|改)[^\p{P}\s]{0,4}?(?:到|来|去|进|至|在|回|往)(?:了|的)?$/u;
const NOW = /(?:现在|如今|目前|眼下|后来)(?:是|住|搬)?(?:在|到)?$/u;
/** Before and after a name by which somebody says who they are. */
const SELF = /(?:^|[\p{P}\s])(?:我|我们|俺|俺们|咱|咱们|本人)(?:家)?(?:是|住|家住|住在|来自|户口在)$/u;
const AFTER_SELF = /^(?:的|人|村民|居民|业主|住户|老百姓|群众|一?名|一?个)*(?:$|[\p{P}\s])/u;
/** What stands between the parts of one expression: 柳河镇的柳东村. */
const TOGETHER = /^[的\s]?$/u;

/** The names that tell where a matter lies; `isAside` where they tell first of all of who is speaking. */
type Meant = { readonly hits: readonly NameHit[]; readonly isAside: boolean };

/**
 * The names in a text that tell where a matter lies: without those that are denied, or left behind by somebody who moved;
 * also without those that tell who is speaking, or where it was before, as long as another name is there.
 *
 * @param text normalised, small letters
 * @param hits in the order of the text
 */
export function meantIn(text: string, hits: readonly NameHit[]): Meant {
  const all = grouped(text, hits);
  const groups = all.filter((group) => {
    const { before, after } = sidesOf(text, group);
    return !DENIED.test(before) && !(FROM.test(before) && LEFT.test(after) && all.length === 1);
  });
  const sides = groups.map((group) => sidesOf(text, group));
  const target = sides.findLastIndex(({ before }) => MOVED_TO.test(before) || NOW.test(before));
  const left = groups.filter((_, at) => {
    const { before, after } = sides[at] ?? { before: "", after: "" };
    if (BEFORE.test(before)) return false;
    if (at < target && (FROM.test(before) || MOVED_TO.test(sides[at + 1]?.before ?? ""))) return false;
    return !(SELF.test(before) && AFTER_SELF.test(after));
  });
  return { hits: (left.length === 0 ? groups : left).flat(), isAside: left.length === 0 };
}

function grouped(text: string, hits: readonly NameHit[]): NameHit[][] {
  const groups: NameHit[][] = [];
  for (const hit of hits) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group !== undefined && last !== undefined && TOGETHER.test(text.slice(last.to, hit.from))) group.push(hit);
    else groups.push([hit]);
  }
  return groups;
}

function sidesOf(text: string, group: readonly NameHit[]): { readonly before: string; readonly after: string } {
  return { before: text.slice(0, group[0]?.from), after: text.slice(group.at(-1)?.to) };
}

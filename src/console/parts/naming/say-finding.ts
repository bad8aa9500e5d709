import type { PlacedFinding } from "../../../domain/rules/finding-place.ts";
import type { Words } from "../../words/zh-CN.ts";

/** The name of a rule as people know it, by its id. */
type RuleName = (id: string) => string;

type Found = Pick<PlacedFinding, "kind" | "text">;
type Sayer = (parts: readonly string[], words: Words["findings"], nameOf: RuleName) => string;

/** The sentences of the check, which it says in English, each with how the console says it. */
const SENTENCES: readonly (readonly [Found["kind"], RegExp, Sayer])[] = [
  ["duplicate", /^it says again what (\S+) says/, ([id = ""], words, nameOf) => words.again(nameOf(id))],
  ["duplicate", /^it contradicts (\S+),/, ([id = ""], words, nameOf) => words.contradicts(nameOf(id))],
  ["shadowed", /^no message can meet/, (_, words) => words.impossible],
  ["shadowed", /^no message was found that meets/, (_, words) => words.impossibleMaybe],
  [
    "shadowed",
    /^nothing ever reaches it \(proven\): before it (.+?)(?: and (\d+) more)? takes? all/,
    ([ids = "", more], words, nameOf) => words.covered(listed(ids, more, words, nameOf)),
  ],
  [
    "shadowed",
    /^no message was found that reaches it .+?: before it, (.+?)(?: and (\d+) more)? took/,
    ([ids = "", more], words, nameOf) => words.coveredMaybe(listed(ids, more, words, nameOf)),
  ],
  ["unknown-target", /there is no deputy (.+)$/, ([code = ""], words) => words.noDeputy(code)],
  [
    "unknown-target",
    /the term of deputy (.+) ended on (.+)$/,
    ([code = "", day = ""], words) => words.termEnded(code, day),
  ],
  ["unknown-target", /there is no group (.+)$/, ([code = ""], words) => words.noGroup(code)],
  ["unknown-target", /nobody of group (.+) is in office$/, ([code = ""], words) => words.emptyGroup(code)],
  ["unknown-target", /there is no station (.+)$/, ([code = ""], words) => words.noStation(code)],
  ["unknown-target", /no deputy in office serves at station (.+)$/, ([code = ""], words) => words.emptyStation(code)],
  ["unknown-target", /there is no unit (.+)$/, ([code = ""], words) => words.noUnit(code)],
  ["expired", /^its last day was (\S+): (.+) renews it/, ([day = "", owner = ""], words) => words.expired(day, owner)],
  [
    "overload",
    /^deputy (\S+) \((.*)\) would get (\d+) of the last (\d+) matters, (.+?), where (.+?) is the most/,
    ([code = "", name = "", count = "", total = "", share = "", most = ""], words) =>
      words.overload(name === "" ? code : name, count, total, share.replace(" ", ""), most.replace(" ", "")),
  ],
  [
    "loop",
    /^from (\S+) on they stand in for each other in a circle: (.+)$/,
    ([day = "", people = ""], words) => words.circle(day, people),
  ],
  [
    "gap",
    /from (?:at least )?(\d+) grids? \(([^)]*)\)/,
    ([count = "", grids = ""], words) => words.gap(count, grids.replace(/ and \d+ more/, "…")),
  ],
  ["invalid", /another rule has this id/, (_, { invalid }) => invalid.twice],
  ["invalid", /must have 1 to 64 letters/, (_, { invalid }) => invalid.id],
  ["invalid", /must be a day such as/, (_, { invalid }) => invalid.day],
  ["invalid", /must be exactly one of grid/, (_, { invalid }) => invalid.target],
  ["invalid", /\.when: is missing/, (_, { invalid }) => invalid.missing],
  ["invalid", /there is no variable (.+?): there are/, ([name = ""], { invalid }) => invalid.variable(name)],
  ["invalid", /: (.+?) is not understood: there are/, ([name = ""], { invalid }) => invalid.operator(name)],
  ["invalid", /looks for an empty word/, (_, { invalid }) => invalid.emptyWord],
  ["invalid", /is nested more than/, (_, { invalid }) => invalid.deep],
  ["invalid", /needs at least one condition/, (_, { invalid }) => invalid.emptyGroup],
  ["invalid", /Unrecognized keys?: (.+)$/, ([key = ""], { invalid }) => invalid.unknownKey(key)],
];

/** Says what a check found in the language of the page, with rules by their names; by its kind alone where the sentence is a new one. */
export function sayFinding({ kind, text }: Found, { findings }: Words, nameOf: RuleName = (id) => id): string {
  for (const [of, pattern, say] of SENTENCES) {
    const found = of === kind ? pattern.exec(text) : null;
    if (found !== null) return say(found.slice(1), findings, nameOf);
  }
  return findings.other[kind];
}

function listed(ids: string, more: string | undefined, words: Words["findings"], nameOf: RuleName): string {
  const names = ids.split(", ").map((id) => nameOf(id));
  return words.listed(names.join("、"), more === undefined ? 0 : names.length + Number(more));
}

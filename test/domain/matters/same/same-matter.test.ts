import { describe, expect, it } from "vitest";
import { signIn } from "../../../../src/domain/categories/trouble-signs.ts";
import {
  gatherAlike,
  isPasted,
  isSameMatter,
  type Mark,
  type MarkedMatter,
  sketchOf,
} from "../../../../src/domain/matters/same-matter.ts";
import { spotsIn } from "../../../../src/domain/place/spots.ts";
import type { Told } from "./told.ts";
import { FIRST } from "./told-first.ts";
import { SECOND } from "./told-second.ts";

/** The pairs that are judged: those of one matter, and as many of neighbours that are not the same, the nearest first. */
const PAIRS_OF_EACH_KIND = 100;

/** The names of estates, as the lists of a county have them. */
const NAMES = ["锦绣家园", "翠湖花园", "东关新村", "阳光小区", "幸福里"];

type Said = MarkedMatter & { readonly matter: string; readonly text: string };
type Pair = readonly [Said, Said];

const marked = (told: readonly Told[]): Said[] =>
  told.flatMap(({ matter, grid, said }) =>
    said.map((text) => ({
      matter,
      text,
      grid,
      pastedFrom: null,
      sign: signIn(text)?.code ?? `none-${text}`,
      spots: spotsIn(text, NAMES),
    })),
  );

function pairsOf(told: readonly Told[], most: number) {
  const all = marked(told);
  const pairs = all.flatMap((one, at): Pair[] => all.slice(at + 1).map((other) => [one, other]));
  const same = pairs.filter(([one, other]) => one.matter === other.matter).slice(0, most);
  const near = pairs
    .filter(([one, other]) => one.matter !== other.matter && one.grid === other.grid)
    .toSorted((a, b) => sharedSigns(b) - sharedSigns(a))
    .slice(0, 2 * most - same.length);
  return { same, near };
}

/** How many different signs both texts have: the more, the nearer they look. */
function sharedSigns([one, other]: Pair): number {
  const signs = new Set(one.text);
  return [...new Set(other.text)].filter((sign) => signs.has(sign)).length;
}

const share = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;

function judge(told: readonly Told[], most: number) {
  const { same, near } = pairsOf(told, most);
  const missed = same.filter(([one, other]) => !isSameMatter(one, other));
  const wrong = near.filter(([one, other]) => isSameMatter(one, other));
  return { same, near, missed, wrong };
}

describe("200 labelled pairs of what people said", () => {
  const halves = [judge(FIRST, PAIRS_OF_EACH_KIND / 2), judge(SECOND, PAIRS_OF_EACH_KIND / 2)];
  it("are told apart: of those that are not one matter at most one in a hundred is joined, of the others seven in ten", () => {
    for (const [at, { same, near, missed, wrong }] of halves.entries()) {
      const found = same.length - missed.length;
      process.stdout.write(
        `pairs ${at === 0 ? "by which the signs were written" : "held back"}: found ${found} of ${same.length} (${share(found, same.length)}), wrongly joined ${wrong.length} of ${near.length} (${share(wrong.length, near.length)})\n`,
      );
    }
    const sum = (of: (half: (typeof halves)[number]) => number) => halves.reduce((all, half) => all + of(half), 0);
    expect(sum(({ same, near }) => same.length + near.length)).toBeGreaterThanOrEqual(2 * PAIRS_OF_EACH_KIND);
    const wrong = sum((half) => half.wrong.length) / sum((half) => half.near.length);
    const found = 1 - sum((half) => half.missed.length) / sum((half) => half.same.length);
    expect(wrong).toBeLessThanOrEqual(0.01);
    expect(found).toBeGreaterThanOrEqual(0.7);
  });
});

const HOUR = 3_600_000;
const AT = new Date("2026-03-02T00:00:00Z");
const mark = (text: string, person: string, hours = 0, deputy: string | null = "D001"): Mark => ({
  number: person,
  person,
  deputy,
  sign: signIn(text)?.code ?? "none",
  grid: "G01",
  spots: spotsIn(text),
  pastedFrom: null,
  at: new Date(AT.getTime() + hours * HOUR),
});

describe("marks of cases", () => {
  it("of three people about one matter are gathered, of two are not, nor of one who says it three times", () => {
    const two = [mark("锦绣家园停水了", "a"), mark("锦绣家园没水", "b", 1)];
    expect(gatherAlike(two)).toEqual([]);
    expect(gatherAlike([...two, mark("锦绣家园又停水", "b", 2)])).toEqual([]);
    const [found] = gatherAlike([...two, mark("水停了，啥时候来", "c", 3)]);
    expect(found).toMatchObject({ people: 3, isSure: false });
    expect(found?.marks.map(({ number }) => number)).toEqual(["a", "b", "c"]);
  });

  it("are sure from five people within a day on, and not where they are spread over a week", () => {
    const people = ["a", "b", "c", "d", "e"];
    expect(gatherAlike(people.map((one, at) => mark("停电了", one, at)))).toMatchObject([{ isSure: true, people: 5 }]);
    expect(gatherAlike(people.map((one, at) => mark("停电了", one, 25 * at)))).toMatchObject([{ isSure: false }]);
  });

  it("are not gathered across two deputies; one that fits two estates belongs to neither", () => {
    const one = ["a", "b", "c"].map((person) => mark("锦绣家园停水", person));
    const other = ["d", "e", "f"].map((person) => mark("翠湖花园停水", person));
    const found = gatherAlike([...one, ...other, mark("停水了", "g")]);
    expect(found.map(({ marks }) => marks.map(({ number }) => number))).toEqual([
      ["a", "b", "c"],
      ["d", "e", "f"],
    ]);
    expect(gatherAlike(["a", "b", "c"].map((person, at) => mark("停水", person, 0, at === 0 ? null : "D001")))).toEqual(
      [],
    );
  });
});

describe("a pasted text", () => {
  const text = "坚决反对在我们小区门口建设垃圾中转站，臭气扰民，影响孩子健康，请代表把我们的意见带上去";
  it("is found with a few words changed, and is not where only the matter is the same", () => {
    expect(isPasted(text, `${text}！柳东村三组王家`)).toBe(true);
    expect(isPasted(text, "我们不想要小区门口的垃圾中转站，太臭了，小孩受不了，希望代表帮我们说说话，谢谢你们了")).toBe(
      false,
    );
    expect(isPasted("停水了", "停水了")).toBe(false);
  });

  it("is found where it is short and the same letter for letter, and not where it is short and alike", () => {
    expect(isPasted("坚决反对在东关建垃圾中转站！", "坚决反对在东关建垃圾中转站")).toBe(true);
    expect(isPasted("坚决反对在东关建垃圾中转站！", "坚决反对在东关建垃圾中转站啊")).toBe(false);
    expect(sketchOf("坚决反对在东关建垃圾中转站！")).toEqual(sketchOf("坚决反对在东关建垃圾中转站"));
  });
});

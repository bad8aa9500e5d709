import { describe, expect, it } from "vitest";
import { readCorpus } from "../../../src/commands/understand/corpus-folder.ts";
import { DANGER_KINDS } from "../../../src/domain/understanding/meaning.ts";
import type { CorpusRow } from "../../../src/domain/understanding/training/corpus.ts";
import { nearDoublesIn } from "../../../src/domain/understanding/training/corpus-faults.ts";

const FOLDER = new URL("../../understanding/corpus", import.meta.url).pathname;
const { rows } = await readCorpus(FOLDER);
const row = (id: string, text: string, split: CorpusRow["split"]): CorpusRow => ({
  id,
  text,
  split,
  context: {},
  act: "matter",
  marks: [],
  also: [],
  author: split,
  situation: "",
});

describe("the corpus", () => {
  it("has each id once", () => {
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  });

  it("has each author in one split, two whom nobody reads among them", () => {
    const splits = Map.groupBy(rows, ({ author }) => author);
    const mixed = [...splits].filter(([, theirs]) => new Set(theirs.map(({ split }) => split)).size > 1);
    expect(mixed.map(([author]) => author)).toEqual([]);
    const test = new Set(rows.flatMap(({ split, author }) => (split === "test" ? [author] : [])));
    expect(test.size).toBe(2);
  });

  it("names every danger by a kind that the model knows", () => {
    const kinds = new Set(rows.flatMap(({ marks }) => marks).filter((mark) => mark.startsWith("danger:")));
    expect([...kinds].sort()).toEqual(DANGER_KINDS.map((kind) => `danger:${kind}`).sort());
  });

  it("has nothing to learn from that is nearly what is counted on", { timeout: 120_000 }, () => {
    expect(nearDoublesIn(rows)).toEqual([]);
  });
});

describe("a near double", () => {
  it.each([
    ["only marks differ", "村口的小桥塌了一半,大家绕路走", "村口的小桥塌了一半。大家绕路走!", true],
    [
      "one sign is added to a long text",
      "河边的护栏被货车撞断好几天了没人修",
      "河边的护栏被货车撞断好几天了没人修呢",
      true,
    ],
    ["half of it is other words", "河边的护栏被货车撞断好几天了", "河边的护栏去年就锈得不成样子", false],
    ["both are short and differ by a sign", "灯坏了", "门坏了", false],
  ])("is found where %s", (_, one, other, isNear) => {
    const found = nearDoublesIn([row("t1", one, "train"), row("x1", other, "test"), row("t2", "别的事情", "train")]);
    expect(found).toEqual(isNear ? [{ train: "t1", held: "x1" }] : []);
  });
});

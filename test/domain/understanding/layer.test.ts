import { describe, expect, it } from "vitest";
import { openReader } from "../../../src/casework/runtime/open-reader.ts";
import { understandResident } from "../../../src/domain/dialog/understand-resident.ts";
import { compare, refusalsOf, standingOn } from "../../../src/domain/measuring/compare.ts";
import { featuresOf } from "../../../src/domain/understanding/features.ts";
import { decodeLayer, encodeLayer } from "../../../src/domain/understanding/local/layer-file.ts";
import { type Lesson, learnLayer } from "../../../src/domain/understanding/local/learn-layer.ts";
import { ACTS, HEADS } from "../../../src/domain/understanding/meaning.ts";
import { type Layer, OUTPUTS } from "../../../src/domain/understanding/model.ts";
import { prepare } from "../../../src/domain/understanding/prepare.ts";
import type { CorpusRow } from "../../../src/domain/understanding/training/corpus.ts";

const reader = openReader();
/** Words of a dialect that no author of the corpus writes. */
const WORDS = ["飒利", "倍儿飒利", "飒利得很"];
const lesson = (person: string, text: string, act: Lesson["act"] = "thanks", marks: string[] = []): Lesson => ({
  person,
  text,
  act,
  marks,
});
const people = (count: number, from = 0) => Array.from({ length: count }, (_, index) => `p${from + index}`);
const thanks = (count: number) =>
  people(count).map((person, index) =>
    lesson(person, `这事办得飒利${WORDS[index % 3]}${"甲乙丙丁戊己庚辛"[index % 8]}`),
  );

/** A layer that says the same of each feature of a text. */
function layerOf(text: string, weightOf: (output: number) => number): Layer {
  const hashes = featuresOf(prepare(text)).toSorted();
  const weights = Float32Array.from({ length: hashes.length * OUTPUTS }, (_, at) => weightOf(at % OUTPUTS));
  return { hashes, weights };
}
const head = (name: (typeof HEADS)[number]) => ACTS.length + HEADS.indexOf(name);

describe("a layer", () => {
  it("is added to what the weights say, and only where its features are", () => {
    const layered = reader.withLayer(
      layerOf("飒利", (output) => (output === ACTS.indexOf("thanks") ? 1 : 0)),
      7,
    );
    expect(layered.name).toBe(`${reader.name}+7`);
    expect(layered.read("飒利").acts.thanks).toBeGreaterThan(reader.read("飒利").acts.thanks);
    expect(layered.read("路灯坏了").heads).toEqual(reader.read("路灯坏了").heads);
    const because = layered.reasonsFor("飒利", "thanks");
    expect(because[0]).toMatchObject({ sign: expect.stringMatching(/飒|利/), ofLayer: expect.any(Number) });
  });

  it("without a feature says nothing else than the weights alone", () => {
    const empty = reader.withLayer({ hashes: new Uint32Array(), weights: new Float32Array() }, 1);
    for (const text of ["路灯坏了", "厨房煤气漏了", "x", "", "谢谢代表".repeat(400)]) {
      expect(empty.read(text)).toEqual(reader.read(text));
      expect(empty.reasonsFor(text, "matter")).toEqual(reader.reasonsFor(text, "matter"));
    }
  });

  it("comes out of its bytes as it went in; what is none is refused", () => {
    const layer = layerOf("飒利", (output) => output / 8 - 2);
    const bytes = encodeLayer(layer);
    expect(decodeLayer(bytes)).toEqual(layer);
    expect(() => decodeLayer(bytes.subarray(0, bytes.length - 1))).toThrow("cut off");
    expect(() => decodeLayer(new Uint8Array(4))).toThrow("no layer");
  });
});

describe("learning", () => {
  it("takes words as five people say they are meant, the same each time", () => {
    const learned = learnLayer(thanks(8), reader, true);
    const layered = reader.withLayer(learned!.layer, 1);
    expect(learned).toMatchObject({ rows: 8, people: 8 });
    expect(layered.read("办得飒利").acts.thanks).toBeGreaterThan(reader.read("办得飒利").acts.thanks + 0.1);
    expect(learnLayer(thanks(8), reader, true)).toEqual(learned);
  });

  it("keeps only features from the words of five people", () => {
    const learned = learnLayer([...thanks(5), lesson("p9", "独此一家"), lesson("p9", "独此一家")], reader, true);
    const own = new Set(featuresOf(prepare("独此一家")));
    const shared = new Set(featuresOf(prepare("飒利")));
    const known = [...learned!.layer.hashes];
    expect(known.some((hash) => shared.has(hash))).toBe(true);
    expect(known.filter((hash) => own.has(hash) && !shared.has(hash) && hash !== lengthOf("独此一家"))).toEqual([]);
    expect(learnLayer(thanks(4), reader, true)).toBeNull();
  });

  it("counts five rows of one person who says a sentence 500 times, and of them alone nothing", () => {
    const again = Array.from({ length: 500 }, () => lesson("loud", "灯又灭了真飒利"));
    expect(learnLayer(again, reader, true)).toBeNull();
    const [loud, five] = [again, again.slice(0, 5)].map((rows) => learnLayer([...rows, ...thanks(6)], reader, true));
    expect(loud).toEqual(five);
    expect(loud).toMatchObject({ rows: 11, people: 7 });
  });

  it("keeps at most 2,000 features", () => {
    const signs = Array.from({ length: 900 }, (_, index) => String.fromCharCode(0x4e00 + index * 7)).join("");
    const long = [signs.slice(0, 450), signs.slice(450)];
    const rows = long.flatMap((text) => people(6).map((person) => lesson(person, text)));
    const learned = learnLayer(rows, reader, true);
    expect(learned!.layer.hashes).toHaveLength(2_000);
    expect(learned!.layer.hashes).toEqual(learned!.layer.hashes.toSorted());
  });

  it("leaves dangers and accusations alone unless it may soften them", () => {
    const rows = people(6).flatMap((person) => [
      lesson(person, "厨房煤气味", "greeting"),
      lesson(person, "煤气味大", "greeting"),
    ]);
    const read = (maySoften: boolean) =>
      reader.withLayer(learnLayer(rows, reader, maySoften)!.layer, 1).read("厨房煤气味");
    expect(read(false).heads.danger).toBe(reader.read("厨房煤气味").heads.danger);
    expect(read(true).heads.danger).toBeLessThan(reader.read("厨房煤气味").heads.danger);
  });
});

describe("measuring", () => {
  const row = (text: string, act: CorpusRow["act"], ...marks: string[]): CorpusRow => ({
    ...{ id: text, text, context: {}, act, marks, also: [], author: "t", split: "dev", situation: "M1" },
  });
  const ROWS = [
    row("厨房里一股很浓的煤气味,头都晕了", "matter", "danger:gas"),
    row("村支书收了包工头的钱,工程全给他", "matter", "accuses-official"),
    row("我们楼的电梯停了四天,老人下不来", "matter"),
  ];
  const standing = (one: typeof reader) =>
    standingOn(ROWS, (text, situation) => understandResident(text, situation, one));

  it("refuses a poisoned layer by which a danger or an accusation would be lost", () => {
    const deaf = (text: string, name: "danger" | "accuses") =>
      reader.withLayer(
        layerOf(text, (output) => (output === head(name) ? -30 : 0)),
        1,
      );
    const lost = compare(standing(reader), standing(deaf("一股很浓的煤气味头都晕了", "danger")));
    expect([lost.dangersLost, lost.accusationsLost]).toEqual([1, 0]);
    expect(refusalsOf(lost)[0]).toBe("1 true danger of the frozen sentences would be lost.");
    const other = compare(standing(reader), standing(deaf("村支书收了包工头的钱", "accuses")));
    expect([other.dangersLost, other.accusationsLost]).toEqual([0, 1]);
  });

  it("refuses one by which a floor would be lost, and takes one by which nothing is", () => {
    const thankful = reader.withLayer(
      layerOf("我们楼的电梯停了四天老人下不来", (output) => (output === ACTS.indexOf("thanks") ? 30 : 0)),
      1,
    );
    const found = compare(standing(reader), standing(thankful));
    expect(found.floorsLost).toContain("lost");
    expect(refusalsOf(found)).toContain('The floor "lost" held before and would hold no longer.');
    const same = compare(standing(reader), standing(reader));
    expect(same).toMatchObject({ texts: 3, dangersLost: 0, accusationsLost: 0, floorsLost: [] });
    expect(refusalsOf(same)).toEqual([]);
  });
});

/** The one feature of a text that tells only how long it is. */
function lengthOf(text: string): number {
  const other = new Set(featuresOf(prepare([...text].map((_, index) => "阿伯仓曹"[index]).join(""))));
  return [...featuresOf(prepare(text))].find((hash) => other.has(hash)) ?? -1;
}

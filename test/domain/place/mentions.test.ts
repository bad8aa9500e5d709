import { describe, expect, test } from "vitest";
import { type Atlas, buildAtlas } from "../../../src/domain/place/atlas.ts";
import { locate } from "../../../src/domain/place/locate.ts";

/** An invented county with the names that people get wrong. */
const atlas = buildAtlas({
  grids: [
    ["G1", "河湾村", "青石镇", "河湾村", "桃源里"],
    ["G2", "河沿村", "青石镇", "河沿村", ""],
    ["G3", "北门网格", "城北街道", "北门社区", "梧桐苑一期;香樟花园东区"],
    ["G4", "花市网格", "城北街道", "花市社区", "梧桐苑二期;香樟花园西区;惠民小区"],
    ["G5", "书院网格", "城北街道", "书院社区", "云锦家园;南关"],
    ["G6", "石埠村", "东桥乡", "石埠村", "沙岭水库大坝"],
    ["G7", "临江网格", "城北街道", "临江社区", "听涛苑三期"],
  ].map(([code = "", name = "", township = "", community = "", aliases = ""]) => ({
    ...{ code, name, township, community, station: null, shape: null },
    aliases: aliases.split(";"),
  })),
  places: [],
  stations: [],
});
const say = (text: string, of: Atlas = atlas) =>
  locate(of, { scene: null, position: null, texts: [text], homeGrid: null });
const asked = (text: string) => {
  const finding = say(text);
  return finding.kind === "ask" ? { why: finding.why, labels: finding.choices.map((choice) => choice.label) } : finding;
};

describe("the parts of an estate", () => {
  test.each([
    ["梧桐苑的垃圾没人收", ["梧桐苑一期", "梧桐苑二期"]],
    ["香樟花园停车位被占", ["香樟花园东区", "香樟花园西区"]],
  ])("are offered where only the whole is named: %s", (text, names) => {
    const finding = asked(text);
    expect(finding).toMatchObject({ why: "part-of-estate" });
    expect("labels" in finding && finding.labels).toEqual(names.map((name) => expect.stringContaining(name)));
  });

  test("are found where one is named, in digits too", () => {
    expect(say("梧桐苑二期的垃圾")).toMatchObject({ kind: "grid", grid: "G4" });
    expect(say("梧桐苑2期的垃圾")).toMatchObject({ kind: "grid", grid: "G4" });
    expect(say("香樟花园西区没路灯")).toMatchObject({ kind: "grid", grid: "G4" });
  });

  test("are no question where there is only one", () => {
    expect(say("听涛苑漏水")).toMatchObject({ kind: "grid", grid: "G7" });
  });
});

describe("a name that is almost written as the county has it", () => {
  test.each([
    ["云景家园停电了", "G5", "云景家园(云锦家园)"],
    ["云锦佳园停电了", "G5", "云锦佳园(云锦家园)"],
    ["何湾村的桥断了", "G1", "何湾村(河湾村)"],
    ["石部村没有路灯", "G6", "石部村(石埠村)"],
    ["沙铃水库大坝漏水", "G6", "沙铃水库大坝(沙岭水库大坝)"],
  ])("is taken for it where it sounds the same: %s", (text, grid, evidence) => {
    expect(say(text)).toMatchObject({ kind: "grid", grid, by: "name", evidence });
  });

  test.each([
    ["云绵家园停电了", "云锦家园"],
    ["云锦花园停电了", "云锦家园"],
    ["沙岭水库大堤漏水", "沙岭水库大坝"],
  ])("is offered where it does not: %s", (text, name) => {
    expect(asked(text)).toMatchObject({ why: "near-name", labels: [expect.stringContaining(name), ""] });
  });

  test.each([
    ["a word of the language", "居民小区没有路灯"],
    ["a part told apart by its name", "香樟花园南区停水"],
    ["a name of two signs", "难关重重"],
    ["a name of three signs that sounds otherwise", "河滩村停水"],
    ["a sentence", "那里的喝完村里人都病了"],
  ])("is not found in %s: %s", (_, text) => {
    expect(asked(text)).toMatchObject({ why: expect.not.stringMatching("near-name") });
    expect(say(text).kind).toBe("ask");
  });

  test("gives way to a name that is written right, and to the township that is said with it", () => {
    expect(say("石埠村,不在云景家园")).toMatchObject({ grid: "G6" });
    expect(say("城北街道云景家园")).toMatchObject({ grid: "G5" });
    expect(asked("东桥乡云景家园")).toMatchObject({ kind: "grid", grid: "G6" });
  });
});

describe("several places in one text", () => {
  test.each(["河湾村和石埠村都没路灯", "从河湾村到河沿村的路塌了", "云锦家园、石埠村、河沿村都停水了"])(
    "are asked about as such: %s",
    (text) => {
      expect(asked(text)).toMatchObject({ why: "several-places" });
    },
  );

  test.each([
    ["我从石埠村搬到云锦家园了,电梯老坏", "G5"],
    ["我家由河湾村迁到了河沿村 户口没迁", "G2"],
    ["以前住云锦家园,现在住河沿村,门口没路灯", "G2"],
    ["嫁到石埠村了,原来是河湾村的", "G6"],
    ["不是河湾村,是河沿村的水渠堵了", "G2"],
    ["我是石埠村的,云锦家园门口的路塌了", "G5"],
    ["我们是青石镇河湾村村民,石埠村的坝漏水", "G6"],
  ])("are one where the others are left, denied, or said of oneself: %s", (text, grid) => {
    expect(say(text)).toMatchObject({ kind: "grid", grid });
  });

  test("are none where the only one is denied or left", () => {
    expect(asked("不是石埠村,路灯坏了")).toMatchObject({ why: "nothing" });
    expect(asked("我从石埠村搬过来的,楼道没灯")).toMatchObject({ why: "nothing" });
    expect(say("是不是石埠村也停水")).toMatchObject({ grid: "G6" });
  });

  test("keep the only one, whatever is said of it", () => {
    expect(say("我是石埠村的,路灯坏了")).toMatchObject({ grid: "G6" });
    expect(say("原来在云锦家园那个垃圾站太臭")).toMatchObject({ grid: "G5" });
    expect(say("我从河湾村走路去上班,路上没灯")).toMatchObject({ grid: "G1" });
  });
});

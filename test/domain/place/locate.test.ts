import { describe, expect, test } from "vitest";
import { type Atlas, buildAtlas, sketchOf } from "../../../src/domain/place/atlas.ts";
import type { GridFacts, PlaceChoice, PlaceClues } from "../../../src/domain/place/finding.ts";
import { gridOfAnswer, locate, narrow } from "../../../src/domain/place/locate.ts";
import { atlasOf } from "../../county/atlas.ts";
import { positionIn } from "../../county/county.ts";
import { QINGHE } from "../../county/qinghe.ts";

const qinghe = atlasOf(QINGHE);
const nothing: PlaceClues = { scene: null, position: null, texts: [], homeGrid: null };
const say = (...texts: string[]) => locate(qinghe, { ...nothing, texts });
const labels = (choices: readonly PlaceChoice[]) => choices.map((choice) => choice.label);

describe("the words name a place", () => {
  test.each([
    ["柳河镇柳东村三组村口到小学那段路灯坏了6盏,晚上接孩子看不见", "柳东-3"],
    ["打了八遍电话没人管!!!东关街道锦绣家园3号楼电梯停了五天", "东关-1"],
    ["柳河大桥东头路灯不亮", "柳东-3"],
    ["柳 东 村\n三 组停水", "柳东-3"],
    ["柳东村​三组停水😀", "柳东-3"],
    ["😀😀锦绣家园👨‍👩‍👧电梯", "东关-1"],
    ["at the no.2  middle school gate", "城关-2"],
    ["ＮＯ．２ Middle School", "城关-2"],
    ["东关人民公园的灯", "东关-2"],
    ["人民公园靠北大街那个门", "城关-1"],
    ["城关镇人民公园", "城关-1"],
    ["南坡乡停电了", "南坡-1"],
    ["柳西村停水", "柳西-1"],
  ])("%s -> %s", (text, grid) => {
    expect(say(text)).toMatchObject({ kind: "grid", grid, by: "name" });
  });

  test("the evidence holds the names that were found", () => {
    expect(say("柳河镇,柳东村三组")).toMatchObject({ evidence: "柳河镇、柳东村三组" });
  });

  test("texts are read together, but no name spans two of them", () => {
    expect(say("人民公园坏了", "在城关镇")).toMatchObject({ kind: "grid", grid: "城关-1" });
    expect(say("柳河", "大桥").kind).toBe("ask");
  });

  test("a latin word or a number is never cut", () => {
    const atlas = buildAtlas({
      grids: [grid({ code: "A", name: "三组" }), grid({ code: "B", name: "Park" })],
      places: [],
      stations: [],
    });
    const tell = (text: string) => locate(atlas, { ...nothing, texts: [text] });
    expect(tell("十三组停水")).toMatchObject({ kind: "ask", why: "nothing" });
    expect(tell("三组停水")).toMatchObject({ kind: "grid", grid: "A" });
    expect(tell("no parking")).toMatchObject({ kind: "ask", why: "nothing" });
    expect(tell("in the park")).toMatchObject({ kind: "grid", grid: "B" });
  });

  test("names with characters of regular expressions are only names", () => {
    const atlas = buildAtlas({
      grids: [grid({ code: "A", name: "A.*(栋)[1]+" }), grid({ code: "B", name: "$^\\d栋" })],
      places: [],
      stations: [],
    });
    expect(locate(atlas, { ...nothing, texts: ["在A.*(栋)[1]+门口"] })).toMatchObject({ grid: "A" });
    expect(locate(atlas, { ...nothing, texts: ["$^\\d栋漏水"] })).toMatchObject({ grid: "B" });
    expect(locate(atlas, { ...nothing, texts: ["AAAA栋1"] }).kind).toBe("ask");
  });
});

describe("a doubt becomes a question", () => {
  test("a name in two grids", () => {
    const finding = say("人民公园的椅子坏了");
    expect(finding).toMatchObject({ kind: "ask", why: "name-in-several" });
    expect(finding).toMatchObject({ choices: [{ grid: "城关-1" }, { grid: "东关-2" }] });
  });

  test("a name in two grids, the one near home first", () => {
    const finding = locate(qinghe, { ...nothing, texts: ["人民公园的椅子坏了"], homeGrid: "东关-1" });
    expect(finding).toMatchObject({ kind: "ask", choices: [{ grid: "东关-2" }, { grid: "城关-1" }] });
  });

  test("two different grids in one text", () => {
    expect(say("从柳东村一组到柳东村三组的路")).toMatchObject({
      kind: "ask",
      why: "several-places",
      choices: [{ grid: "柳东-1" }, { grid: "柳东-3" }],
    });
  });

  test("a township that does not hold the named grid", () => {
    expect(say("柳河镇锦绣家园")).toMatchObject({
      kind: "ask",
      choices: [{ grid: "东关-1" }, { township: "柳河镇" }],
    });
  });

  test("two townships", () => {
    expect(say("城关镇和柳河镇交界那座桥,护栏断了")).toEqual({
      kind: "ask",
      why: "several-places",
      choices: [
        { label: "城关镇", township: "城关镇" },
        { label: "柳河镇", township: "柳河镇" },
      ],
    });
  });

  test("a township alone offers its grids, a community alone offers its own", () => {
    const township = say("柳河镇停水");
    expect(township).toMatchObject({ kind: "ask", why: "township-only" });
    expect(township.kind === "ask" && labels(township.choices)).toEqual([
      "柳河镇柳东村一组",
      "柳河镇柳东村二组",
      "柳河镇柳东村三组",
      "柳河镇柳西村一组",
    ]);
    const community = say("柳东村停水");
    expect(community.kind === "ask" && labels(community.choices)).toHaveLength(3);
  });

  test("nothing at all offers the townships; the only grid of one is told as that grid", () => {
    expect(say("你们管不管啊")).toEqual({
      kind: "ask",
      why: "nothing",
      choices: [
        { label: "柳河镇", township: "柳河镇" },
        { label: "城关镇", township: "城关镇" },
        { label: "东关街道", township: "东关街道" },
        { label: "南坡乡", grid: "南坡-1" },
      ],
    });
  });

  test("more than four grids become their townships, or their communities", () => {
    const atlas = buildAtlas({
      grids: ["甲镇", "乙镇", "丙镇"].flatMap((township) =>
        ["一村", "二村"].map((community) =>
          grid({
            code: `${township}${community}`,
            name: `${community}委会`,
            township,
            community,
            aliases: ["老年活动室"],
          }),
        ),
      ),
      places: [],
      stations: [],
    });
    const finding = locate(atlas, { ...nothing, texts: ["老年活动室漏雨"] });
    expect(finding).toMatchObject({ kind: "ask", why: "name-in-several" });
    expect(finding.kind === "ask" && labels(finding.choices)).toEqual(["甲镇", "乙镇", "丙镇"]);
  });

  test("too many grids in a township become its communities, and no list is longer than twelve", () => {
    const many = (communities: number, each: number) =>
      buildAtlas({
        grids: Array.from({ length: communities * each }, (_, index) =>
          grid({
            code: `G${index}`,
            name: `${index}号片`,
            township: "甲镇",
            community: `第${index % communities}社区`,
          }),
        ),
        places: [],
        stations: [],
      });
    const ask = (atlas: Atlas) => locate(atlas, { ...nothing, texts: ["甲镇"] });
    expect(ask(many(5, 3))).toMatchObject({ why: "township-only", choices: { length: 5 } });
    const within = { township: "甲镇" };
    expect(ask(many(13, 2))).toMatchObject({ why: "township-only", choices: { length: 0 }, within });
    const asked = ask(many(5, 3));
    const [first] = asked.kind === "ask" ? asked.choices : [];
    expect(first).toEqual({ label: "甲镇第0社区", township: "甲镇", community: "第0社区" });
    expect(narrow(many(5, 3), first as { township: string })).toMatchObject({ kind: "ask", choices: { length: 3 } });
  });
});

describe("other clues", () => {
  test("a position comes before the words", () => {
    const position = positionIn(QINGHE, "柳西-1");
    expect(locate(qinghe, { ...nothing, position, texts: ["锦绣家园"] })).toMatchObject({
      kind: "grid",
      grid: "柳西-1",
      by: "position",
    });
  });

  test("the home grid counts only when the words name no place", () => {
    const tell = (text: string, homeGrid = "城关-1") => locate(qinghe, { ...nothing, texts: [text], homeGrid });
    expect(tell("路灯坏了")).toMatchObject({ kind: "grid", grid: "城关-1", by: "home" });
    expect(tell("锦绣家园路灯坏了")).toMatchObject({ kind: "grid", grid: "东关-1", by: "name" });
    expect(tell("柳河镇路灯坏了")).toMatchObject({ kind: "ask", why: "township-only" });
    expect(tell("路灯坏了", "gone")).toMatchObject({ kind: "ask", why: "nothing" });
  });

  test("a shortened township is a hint that only the home grid in it confirms", () => {
    const tell = (homeGrid: string | null) =>
      locate(qinghe, { ...nothing, texts: ["坚决反对在东关建垃圾中转站!"], homeGrid });
    expect(tell("东关-1")).toMatchObject({ kind: "grid", grid: "东关-1", by: "home" });
    expect(tell("城关-1")).toMatchObject({ kind: "ask", why: "township-only" });
    expect(tell(null)).toMatchObject({ kind: "ask", why: "township-only" });
  });

  test("an empty atlas asks without choices", () => {
    const empty = buildAtlas({ grids: [], places: [{ name: "某桥", grid: "X" }], stations: [] });
    const clues = { ...nothing, texts: ["某桥"], position: { latitude: 36, longitude: 119 }, homeGrid: "X" };
    expect(locate(empty, clues)).toEqual({ kind: "ask", why: "nothing", choices: [] });
  });
});

describe("the second turn", () => {
  test("a chosen township asks for its grids, or is its only grid", () => {
    expect(narrow(qinghe, { township: "东关街道" })).toMatchObject({ kind: "ask", choices: { length: 2 } });
    expect(narrow(qinghe, { township: "南坡乡" })).toMatchObject({ kind: "grid", grid: "南坡-1", by: "name" });
    expect(narrow(qinghe, { township: "北山镇" })).toMatchObject({ kind: "ask", why: "nothing" });
  });

  test("what was said before counts within the chosen township", () => {
    expect(narrow(qinghe, { township: "东关街道" }, ["人民公园"])).toMatchObject({ kind: "grid", grid: "东关-2" });
    expect(narrow(qinghe, { township: "柳河镇" }, ["人民公园"])).toMatchObject({ kind: "ask", choices: { length: 4 } });
  });

  test("a choice stands for a grid, or for none yet", () => {
    expect(gridOfAnswer(qinghe, { label: "", grid: "柳东-3" })).toBe("柳东-3");
    expect(gridOfAnswer(qinghe, { label: "", grid: "gone" })).toBeNull();
    expect(gridOfAnswer(qinghe, { label: "", township: "南坡乡" })).toBe("南坡-1");
    expect(gridOfAnswer(qinghe, { label: "", township: "柳河镇" })).toBeNull();
    expect(gridOfAnswer(qinghe, { label: "", township: "柳河镇", community: "柳西村" })).toBe("柳西-1");
  });

  test("a grid is told with its township and community, and nothing twice", () => {
    expect(sketchOf(qinghe, "城关-1")).toEqual({
      code: "城关-1",
      name: "北大街网格",
      township: "城关镇",
      community: "北大街社区",
      station: "ST02",
      label: "城关镇北大街社区北大街网格",
    });
    expect(sketchOf(qinghe, "柳东-3")?.label).toBe("柳河镇柳东村三组");
    expect(sketchOf(qinghe, "gone")).toBeNull();
  });
});

function grid(facts: Partial<GridFacts> & { code: string; name: string }): GridFacts {
  return { township: "城关镇", community: "", station: null, aliases: [], shape: null, ...facts };
}

import { describe, expect, test } from "vitest";
import type { PlaceClues } from "../../../src/domain/place/finding.ts";
import { locate } from "../../../src/domain/place/locate.ts";
import { atlasOf } from "../../county/atlas.ts";
import { positionIn } from "../../county/county.ts";
import { QINGHE } from "../../county/qinghe.ts";

const qinghe = atlasOf(QINGHE);
const nothing: PlaceClues = { scene: null, position: null, texts: [], homeGrid: null };

describe("a scanned code", () => {
  const scan = (kind: "grid" | "station" | "deputy", code: string, text: string, grids: string[] = []) =>
    locate(qinghe, {
      ...nothing,
      texts: [text],
      homeGrid: "城关-1",
      scene: { kind, code, ...(kind === "deputy" && { name: "吴敏", grids }) },
    });

  test("places what names no place, before the home", () => {
    expect(scan("grid", "柳西-1", "路灯坏了")).toEqual({
      kind: "grid",
      grid: "柳西-1",
      by: "scene",
      evidence: "g:柳西-1",
    });
    expect(scan("station", "ST02", "路灯坏了")).toMatchObject({ kind: "station", station: "ST02", by: "scene" });
    expect(scan("deputy", "D006", "路灯坏了")).toMatchObject({ kind: "deputy", deputy: "D006", by: "scene" });
    expect(scan("grid", "gone", "路灯坏了")).toMatchObject({ kind: "grid", grid: "城关-1", by: "home" });
  });

  test.each([
    ["grid", "柳西-1", "柳河大桥的栏杆松了", "柳东-3"],
    ["grid", "柳西-1", "南坡村的水渠堵了", "南坡-1"],
    ["station", "ST02", "东关菜市场没人扫", "东关-2"],
    ["deputy", "D006", "第二小学门口太堵", "城关-2"],
    ["grid", "gone", "锦绣家园停水", "东关-1"],
    ["station", "gone", "锦绣家园停水", "东关-1"],
  ] as const)("%s %s gives way to words that plainly name another place: %s", (kind, code, text, grid) => {
    expect(scan(kind, code, text, ["东关-1"])).toMatchObject({ kind: "grid", grid, by: "name" });
  });

  test("is made more exact by words that name a part of it", () => {
    expect(scan("grid", "柳东-2", "柳东村的井水发黄")).toMatchObject({ grid: "柳东-2", by: "scene" });
    expect(scan("grid", "城关-1", "人民公园的厕所")).toMatchObject({ grid: "城关-1", by: "scene" });
    expect(scan("station", "ST03", "锦绣家园停水")).toMatchObject({ kind: "grid", grid: "东关-1", by: "scene" });
    expect(scan("deputy", "D005", "菜市场网格停水", ["东关-1", "东关-2"])).toMatchObject({
      kind: "deputy",
      deputy: "D005",
      grid: "东关-2",
    });
  });

  test("is offered beside what the words may mean", () => {
    expect(scan("grid", "柳西-1", "人民公园的厕所太脏")).toMatchObject({
      why: "scanned-or-named",
      choices: [{ grid: "柳西-1" }, { grid: "城关-1" }, { grid: "东关-2" }],
    });
    expect(scan("station", "ST03", "柳河镇停水")).toMatchObject({
      why: "scanned-or-named",
      choices: [{ label: "东关街道代表联络站", scanned: { kind: "station", code: "ST03" } }, {}, {}, {}, {}],
    });
    expect(scan("deputy", "D006", "南坡的路塌了", ["东关-1"])).toMatchObject({
      why: "scanned-or-named",
      choices: [{ label: "吴敏", scanned: { kind: "deputy", code: "D006" } }, { label: "南坡乡南坡村一组" }],
    });
  });

  test("is offered beside the place that tells who is speaking, and stays where that was left", () => {
    expect(scan("grid", "柳西-1", "我是锦绣家园的,路灯坏了")).toMatchObject({
      choices: [{ grid: "柳西-1" }, { grid: "东关-1" }],
    });
    expect(scan("grid", "柳西-1", "我从锦绣家园搬过来的,路灯坏了")).toMatchObject({ grid: "柳西-1", by: "scene" });
    expect(scan("grid", "柳西-1", "老汽车站或者柳河大桥那边的灯")).toMatchObject({
      choices: [{ grid: "柳西-1" }, { label: expect.stringContaining("老汽车站") }, {}],
    });
  });

  test("gives way to a position, but for one outside of the county", () => {
    const scene = { kind: "grid", code: "城关-1" } as const;
    const here = positionIn(QINGHE, "柳西-1");
    expect(locate(qinghe, { ...nothing, scene, position: here })).toMatchObject({ grid: "柳西-1", by: "position" });
    const away = { latitude: 30, longitude: 110 };
    expect(locate(qinghe, { ...nothing, scene, position: away })).toMatchObject({ grid: "城关-1", by: "scene" });
  });
});

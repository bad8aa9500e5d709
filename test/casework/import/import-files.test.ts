import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import writeXlsx from "write-excel-file/node";
import { assignments, deputies } from "../../../db/schema/people.ts";
import { grids, stations } from "../../../db/schema/places.ts";
import { createAtlasStore } from "../../../src/casework/county/atlas-store.ts";
import { phonePurpose } from "../../../src/casework/county/phone-purpose.ts";
import { sketchOf } from "../../../src/domain/place/atlas.ts";
import { locate } from "../../../src/domain/place/locate.ts";
import { BAISHI } from "../../county/baishi.ts";
import { positionIn, writeFixture } from "../../county/county.ts";
import { QINGHE } from "../../county/qinghe.ts";
import {
  base,
  COUNT,
  countsOf,
  county,
  errorsOf,
  folder,
  importPaths,
  importTexts,
  rows,
  serial,
  setNow,
  withCounties,
} from "./importing.ts";

withCounties();

describe("a county's files", () => {
  test("are all there afterwards, the phones sealed, the shapes in GCJ-02", async () => {
    await writeFixture(QINGHE, folder);
    expect(countsOf(await importPaths([folder]))).toEqual({
      stations: { ...COUNT, added: 4 },
      grids: { ...COUNT, added: 10 },
      deputies: { ...COUNT, added: 11 },
      units: { ...COUNT, added: 3 },
      places: { ...COUNT, added: 7 },
      receptions: COUNT,
      assignments: { ...COUNT, added: 22 },
    });
    const [deputy] = await rows((tx) => tx.select().from(deputies).orderBy(deputies.code).limit(1));
    expect(deputy).toMatchObject({ code: "D001", name: "李秀兰", level: "township", untilOn: "2031-12-31" });
    expect(Buffer.from(deputy!.phone!).includes("10000000001")).toBe(false);
    expect(base.vault.open(deputy!.phone!, phonePurpose("deputies", county))).toBe("10000000001");
    const store = createAtlasStore();
    const atlas = await rows((tx) => store.of(tx, county, "2026-11-24"));
    const position = positionIn(QINGHE, "柳东-3");
    expect(locate(atlas, { scene: null, position, texts: [], homeGrid: null })).toMatchObject({ grid: "柳东-3" });
    expect(sketchOf(atlas, "柳东-3")).toMatchObject({ label: "柳河镇柳东村三组", station: "ST01" });
  });

  test("a second time change nothing, and not one row is written", async () => {
    await writeFixture(QINGHE, folder);
    await importPaths([folder]);
    const written = () =>
      rows((tx) => Promise.all([grids, stations, deputies, assignments].map((table) => tx.$count(table)))).then(
        async (counts) => ({
          counts,
          versions: await rows((tx) => tx.execute("select xmin::text, ctid::text, code from grids order by code")),
        }),
      );
    const before = await written();
    setNow(new Date("2026-11-25T02:00:00Z"));
    expect(countsOf(await importPaths([folder]))).toEqual({
      stations: { ...COUNT, unchanged: 4 },
      grids: { ...COUNT, unchanged: 10 },
      deputies: { ...COUNT, unchanged: 11 },
      units: { ...COUNT, unchanged: 3 },
      places: { ...COUNT, unchanged: 7 },
      receptions: COUNT,
      assignments: { ...COUNT, unchanged: 22 },
    });
    expect(await written()).toEqual(before);
  });

  test("of another county with Chinese headers and the same codes stay apart", async () => {
    const other = await base.county(`other-${serial}`);
    await writeFixture(BAISHI, folder);
    expect(countsOf(await importPaths([folder], {}, other))).toMatchObject({
      deputies: { added: 7 },
      grids: { added: 8 },
    });
    expect(await rows((tx) => tx.$count(grids))).toBe(0);
    expect(await rows((tx) => tx.$count(grids), other)).toBe(8);
  });

  test("with --dry-run are counted and not written", async () => {
    await writeFixture(QINGHE, folder);
    expect(countsOf(await importPaths([folder], { dryRun: true }))).toMatchObject({ grids: { added: 10 } });
    expect(await rows((tx) => tx.$count(grids))).toBe(0);
  });

  test("report how far the writing is", async () => {
    await writeFixture(QINGHE, folder);
    const seen: [number, number][] = [];
    await importPaths([folder], { onProgress: (done, total) => seen.push([done, total]) });
    expect(seen.at(-1)).toEqual([57, 57]);
  });
});

describe("a changed list", () => {
  const list = (row: string) => ({ "deputies.csv": `code,name,level,grids,phone\n${row}\n` });
  beforeEach(async () => {
    await importTexts({ "grids.csv": "code,name,township,aliases\nG1,一组,甲镇,老桥\nG2,二组,甲镇,\nG3,三组,甲镇,\n" });
    await importTexts(list("D1,李四,township,G1;G2:backup,10000000001"));
  });
  const assigned = () =>
    rows((tx) =>
      tx
        .select({ role: assignments.role, from: assignments.fromOn, until: assignments.untilOn })
        .from(assignments)
        .orderBy(assignments.fromOn, assignments.role),
    );

  test("ends the assignment that is gone and begins the new one", async () => {
    setNow(new Date("2026-12-01T20:00:00Z"));
    const result = await importTexts(list("D1,李四,township,G1;G3,10000000001"));
    expect(countsOf(result)).toMatchObject({
      deputies: { unchanged: 1 },
      assignments: { added: 1, unchanged: 1, ended: 1 },
    });
    expect(await assigned()).toEqual([
      { role: "backup", from: "2026-11-20", until: "2026-12-01" },
      { role: "primary", from: "2026-11-20", until: null },
      { role: "primary", from: "2026-12-02", until: null },
    ]);
  });

  test("that gives another role ends the old assignment", async () => {
    setNow(new Date("2026-12-01T02:00:00Z"));
    const result = await importTexts(list("D1,李四,township,G1;G2,10000000001"));
    expect(countsOf(result)).toMatchObject({ assignments: { added: 1, unchanged: 1, ended: 1 } });
  });

  test("changes the row itself and keeps its id", async () => {
    const ids = () => rows((tx) => tx.select({ id: deputies.id, name: deputies.name }).from(deputies));
    const [before] = await ids();
    const result = await importTexts(list("D1,李思,township,G1;G2:backup,10000000002"));
    expect(countsOf(result)).toMatchObject({ deputies: { changed: 1, added: 0 }, assignments: { unchanged: 2 } });
    expect(await ids()).toEqual([{ id: before!.id, name: "李思" }]);
  });

  test("without a column leaves what is known, with an empty cell empties it", async () => {
    await importTexts({ "grids.csv": "code,name\nG1,第一组\n", "deputies.csv": "code,name,level\nD1,李四,township\n" });
    const first = () =>
      rows((tx) => tx.select({ name: grids.name, aliases: grids.aliases }).from(grids).orderBy(grids.code).limit(1));
    expect(await first()).toEqual([{ name: "第一组", aliases: ["老桥"] }]);
    expect((await assigned()).every(({ until }) => until === null)).toBe(true);
    await importTexts({ "grids.csv": "code,name,aliases\nG1,第一组,\n" });
    expect(await first()).toEqual([{ name: "第一组", aliases: [] }]);
  });

  test("is seen by an atlas that was loaded before", async () => {
    const store = createAtlasStore();
    expect(sketchOf(await rows((tx) => store.of(tx, county, "2026-11-24")), "G1")?.name).toBe("一组");
    await importTexts({ "grids.csv": "code,name\nG1,第一组\n" });
    await expect
      .poll(async () => sketchOf(await rows((tx) => store.of(tx, county, "2026-11-24")), "G1")?.name, {
        timeout: 60_000,
      })
      .toBe("第一组");
    await importTexts({ "grids.csv": "code,name\nG1,头组\n" });
    store.forget(county);
    expect(sketchOf(await rows((tx) => store.of(tx, county, "2026-11-24")), "G1")?.name).toBe("头组");
  });
});

describe("spreadsheets", () => {
  test("GB18030 and UTF-8 with a mark, empty rows and trailing spaces", async () => {
    const gb = Buffer.concat([
      Buffer.from("code,name,township\n007,", "ascii"),
      Buffer.from([0xd2, 0xbb, 0xd7, 0xe9]),
      Buffer.from(" ,T \n,,\n\n"),
    ]);
    expect(countsOf(await importTexts({ "grids.csv": gb }))).toMatchObject({ grids: { added: 1 } });
    expect(
      await rows((tx) => tx.select({ code: grids.code, name: grids.name, township: grids.township }).from(grids)),
    ).toEqual([{ code: "007", name: "一组", township: "T" }]);
    expect(countsOf(await importTexts({ "grids.csv": "\uFEFF编号,名称,乡镇\r\n007,一组,T\r\n" }))).toMatchObject({
      grids: { unchanged: 1 },
    });
  });

  test("a workbook with one sheet of each kind", async () => {
    const path = join(folder, "青禾县.xlsx");
    await writeXlsx([
      { sheet: "网格", data: [["编号", "名称", "乡镇"], ["001", "一组", "甲镇"], [], [102, "二组", "甲镇"]] },
      {
        sheet: "代表",
        data: [
          ["编号", "姓名", "级别", "电话", "网格", "任期至"],
          [
            "D1",
            "李四",
            "乡",
            13800000001,
            "001;102:备",
            { value: new Date("2031-12-31"), type: Date, format: "yyyy-mm-dd" },
          ],
        ],
      },
      { sheet: "Sheet3", data: [] },
    ]).toFile(path);
    expect(countsOf(await importPaths([path]))).toMatchObject({ grids: { added: 2 }, assignments: { added: 2 } });
    expect((await rows((tx) => tx.select({ code: grids.code }).from(grids))).map(({ code }) => code).sort()).toEqual([
      "001",
      "102",
    ]);
    const [deputy] = await rows((tx) => tx.select().from(deputies));
    expect(deputy?.untilOn).toBe("2031-12-31");
    expect(base.vault.open(deputy!.phone!, phonePurpose("deputies", county))).toBe("13800000001");
  });

  test("what Excel made dates and fractions of is told with sheet and row", async () => {
    const path = join(folder, "book.xlsx");
    const day = { value: new Date("2026-01-03"), type: Date, format: "yyyy-mm-dd" };
    await writeXlsx([
      { sheet: "网格", data: [["编号", "名称", "乡镇"], [day, "一组", "甲镇"], [], [1.5, "二组", "甲镇"]] },
    ]).toFile(path);
    expect(errorsOf(await importPaths([path]))).toEqual([
      "book.xlsx[网格]:2: code was turned into the date 2026-01-03: format the column as text and write it again",
      "book.xlsx[网格]:4: code was turned into the number 1.5: format the column as text and write it again",
    ]);
  });

  test("shapes may follow in a file of their own", async () => {
    await importTexts({ "grids.csv": "code,name,township\nG1,一组,甲镇\n" });
    const ring = [
      [119.4, 36],
      [119.41, 36],
      [119.41, 36.01],
      [119.4, 36],
    ];
    const text = feature({ type: "Polygon", coordinates: [ring] });
    expect(countsOf(await importTexts({ "shapes.geojson": text }, { coordinates: "gcj02" }))).toMatchObject({
      grids: { changed: 1 },
    });
    expect(await rows((tx) => tx.select({ shape: grids.shape, name: grids.name }).from(grids))).toEqual([
      { name: "一组", shape: [[ring]] },
    ]);
  });
});

function feature(geometry: unknown): string {
  return JSON.stringify({
    type: "FeatureCollection",
    features: [{ type: "Feature", properties: { code: "G1" }, geometry }],
  });
}

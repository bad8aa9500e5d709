import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import writeXlsx from "write-excel-file/node";
import { grids } from "../../db/schema/places.ts";
import { createVault } from "../../db/vault.ts";
import type { Caller } from "../../src/casework/access/caller.ts";
import { listCounties } from "../../src/casework/county/counties.ts";
import { listImports } from "../../src/casework/errand-kinds/import-history.ts";
import { undoImport } from "../../src/casework/import/undo/undo-import.ts";
import { writeFixture } from "../county/county.ts";
import { QINGHE } from "../county/qinghe.ts";
import { SECRET, type TestDatabase, testDatabase } from "../database.ts";
import { type CommandLine, commandLine } from "./liaison.ts";

let db: TestDatabase;
let shell: CommandLine;
beforeEach(async () => {
  db = await testDatabase({ counties: [] });
  shell = await commandLine(db.url);
});
afterEach(async () => {
  await shell.close();
  await db.close();
});

const write = (name: string, content: string | Uint8Array) => writeFile(join(shell.folder, name), content);
const gridCodes = async () => {
  const [county] = await listCounties(db.database);
  const rows = await db.database.inCounty(county!.id, (tx) => tx.select({ code: grids.code }).from(grids));
  return rows.map((row) => row.code).sort();
};

const GB18030 = Buffer.concat([
  Buffer.from([0xb1, 0xe0, 0xba, 0xc5]),
  Buffer.from(","),
  Buffer.from([0xc3, 0xfb, 0xb3, 0xc6]),
  Buffer.from(","),
  Buffer.from([0xcf, 0xe7, 0xd5, 0xf2]),
  Buffer.from("\r\nG1,"),
  Buffer.from([0xd2, 0xbb, 0xd7, 0xe9]),
  Buffer.from(",T\r\n"),
]);

describe("liaison import", () => {
  it("takes a county's folder, says what was added, and changes nothing the second time", async () => {
    await writeFixture(QINGHE, join(shell.folder, "county"));
    const first = await shell.liaison("import", "county");
    expect(first).toMatchObject({ status: 0, err: "" });
    expect(first.out).toContain("grids: 10 added, 0 changed, 0 unchanged");
    expect(first.out).toContain("deputies: 11 added");
    const second = await shell.liaison("import", "county");
    expect(second).toMatchObject({ status: 0, err: "" });
    expect(second.out).toContain("grids: 0 added, 0 changed, 10 unchanged, 0 ended");
    expect(second.out).not.toMatch(/[1-9]\d* (added|changed|ended)/);
  });

  it("keeps what it wrote for a day, so that the console can undo it, and nothing where nothing changed", async () => {
    await writeFixture(QINGHE, join(shell.folder, "county"));
    const { out } = await shell.liaison("import", "county", "--by", "林晓");
    expect(out).toContain("The console can undo this for 24 hours");
    const [county] = await listCounties(db.database);
    const done = () =>
      db.database.inCounty(county!.id, async (tx) => {
        const caller: Caller = {
          ...{ kind: "person", id: randomUUID(), name: "林晓", role: "office", jurisdictionId: county!.id },
          ...{ stations: [], deputyId: null, confirmedAt: null },
        };
        return listImports(tx, caller, new Date());
      });
    const [first] = await done();
    expect(first).toMatchObject({ by: "林晓", undoes: null, cannotUndo: null });
    expect(first!.files).toEqual(expect.arrayContaining(["grids.geojson", "deputies.csv"]));
    expect(first!.rows).toBeGreaterThan(30);
    expect((await shell.liaison("import", "county")).out).not.toContain("undo");
    expect(await done()).toHaveLength(1);
    await db.database.inCounty(county!.id, async (tx) => {
      const undone = await undoImport({ tx, vault: createVault(SECRET), jurisdictionId: county!.id }, first!.id, {
        today: "2026-11-24",
      });
      expect(undone.left).toEqual([]);
    });
    expect(await gridCodes()).toEqual([]);
    await shell.liaison("import", "county", "--dry-run");
    expect(await done()).toHaveLength(1);
  });

  it("names what is wrong from the top of a file to its end, whatever kind of fault it is", async () => {
    await write("deputies.csv", "code,name,level,grids\nD1,甲,乡,G9\nD2,,乡,\nD1,乙,乡,G8\n,丙,村,\n");
    const { status, err } = await shell.liaison("import", "deputies.csv");
    expect(status).toBe(1);
    const rows = [...err.matchAll(/^deputies\.csv:(\d+): /gm)].map(([, row]) => Number(row));
    expect(rows).toEqual([2, 3, 4, 4, 5, 5]);
  });

  it.each([
    ["UTF-8", Buffer.from("code,name,township\nG1,一组,T\n")],
    ["UTF-8 with a mark", Buffer.from("\uFEFF编号,名称,乡镇\r\nG1,一组,T\r\n")],
    ["GB18030", GB18030],
  ])("takes a CSV file in %s", async (_encoding, content) => {
    await write("网格.csv", content);
    expect(await shell.liaison("import", "网格.csv")).toMatchObject({ status: 0, err: "" });
    expect(await gridCodes()).toEqual(["G1"]);
  });

  it("takes a workbook and GeoJSON together", async () => {
    await writeXlsx([
      {
        sheet: "联络站",
        data: [
          ["编号", "名称", "乡镇"],
          ["S1", "一站", "T"],
        ],
      },
      {
        sheet: "网格",
        data: [
          ["编号", "名称", "乡镇", "联络站"],
          ["G1", "一组", "T", "S1"],
        ],
      },
    ]).toFile(join(shell.folder, "县.xlsx"));
    const ring = [
      [119, 36],
      [119.01, 36],
      [119.01, 36.01],
      [119, 36],
    ];
    const properties = { code: "G2", name: "二组", township: "T", station: "S1" };
    const feature = { type: "Feature", properties, geometry: { type: "Polygon", coordinates: [ring] } };
    await write("grids.geojson", JSON.stringify({ type: "FeatureCollection", features: [feature] }));
    const ended = await shell.liaison("import", "县.xlsx", "grids.geojson", "--coordinates", "gcj02");
    expect(ended).toMatchObject({ status: 0, err: "" });
    expect(await gridCodes()).toEqual(["G1", "G2"]);
  });

  it("prints every error at once as file:row, and changes nothing", async () => {
    await write("grids.csv", "code,name,township,station\nG1,一组,T,\n,二组,T,\nG1,三组,T,\nG4,四组,T,S9\n");
    await write("deputies.csv", "code,name,level,grids\nD1,甲,村,\nD2,乙,乡,G8\n");
    const { status, out, err } = await shell.liaison("import", "grids.csv", "deputies.csv");
    expect([status, out]).toEqual([1, ""]);
    const lines = err.trimEnd().split("\n");
    expect(lines.at(-1)).toBe(`Nothing was imported: ${lines.length - 1} errors.`);
    const places = lines.slice(0, -1).map((line) => line.match(/^\w+\.csv:\d+(?=: \S)/)?.[0]);
    expect(new Set(places)).toEqual(
      new Set(["grids.csv:3", "grids.csv:4", "grids.csv:5", "deputies.csv:2", "deputies.csv:3"]),
    );
    expect(await gridCodes()).toEqual([]);
  });

  it("only checks and counts with --dry-run", async () => {
    await write("grids.csv", "code,name,township\nG1,一组,T\n");
    const checked = await shell.liaison("import", "grids.csv", "--dry-run");
    expect(checked).toMatchObject({ status: 0, err: "Only checked; nothing was written.\n" });
    expect(checked.out).toContain("grids: 1 added");
    expect(await gridCodes()).toEqual([]);
    await write("grids.csv", "code,name,township\nG1,,T\n");
    const wrong = await shell.liaison("import", "grids.csv", "--dry-run");
    expect(wrong).toMatchObject({ status: 1, out: "", err: expect.stringMatching(/^grids\.csv:2: /) });
  });

  it("says how much it takes away, and with --dry-run from whom", async () => {
    await write("grids.csv", "code,name,township,aliases\nG1,一组,T,老桥;新桥\nG2,二组,T,\n");
    await write("deputies.csv", "code,name,level,grids\nD1,甲,乡,G1;G2:backup\n");
    const first = await shell.liaison("import", "grids.csv", "deputies.csv");
    expect(first.out).not.toContain("taken away");
    await write("grids.csv", "code,name,township,aliases\nG1,一组,T,\n");
    await write("deputies.csv", "code,name,level,grids\nD1,甲,乡,\n");
    const checked = await shell.liaison("import", "grids.csv", "deputies.csv", "--dry-run");
    expect(checked.out).toContain(
      [
        "taken away: 2 aliases, 2 assignments",
        "  grids.csv:2: G1 一组: aliases 老桥",
        "  grids.csv:2: G1 一组: aliases 新桥",
        "  deputies.csv:2: D1 甲: assignments grid G1 (primary)",
        "  deputies.csv:2: D1 甲: assignments grid G2 (backup)",
      ].join("\n"),
    );
    const done = await shell.liaison("import", "grids.csv", "deputies.csv");
    expect(done.out).toMatch(/^taken away: 2 aliases, 2 assignments$/m);
    expect(done.out).not.toContain("老桥");
  });

  it("names what it left out on the other stream, so that the counts stay alone", async () => {
    await write("grids.csv", "网格一览表,,,\n序号,code,name,township\n1,G1,一组,T\n合计,1,,\n");
    const { status, out, err } = await shell.liaison("import", "grids.csv");
    expect(status).toBe(0);
    expect(out).toContain("grids: 1 added");
    expect(out).not.toContain("合计");
    expect(err.trimEnd().split("\n")).toEqual([
      "grids.csv:1: “网格一览表” stands above the columns and was not read",
      "grids.csv:4: is a sum (合计) and was not read",
      "grids.csv: not read, for they are for whoever looks at the list: 序号",
    ]);
  });

  it("says plainly that a path is not there", async () => {
    const { status, out, err } = await shell.liaison("import", "gone.csv");
    expect([status, out]).toEqual([1, ""]);
    expect(err).toMatch(/gone\.csv.*cannot be read/);
    expect(err).not.toMatch(/\n\s+at /);
  });

  it("is used wrongly without a path or with an unknown datum", async () => {
    expect(await shell.liaison("import")).toMatchObject({ status: 2, out: "" });
    expect(await shell.liaison("import", "x.csv", "--coordinates", "mars")).toMatchObject({
      status: 2,
      out: "",
      err: expect.stringContaining("wgs84, gcj02, bd09"),
    });
  });
});

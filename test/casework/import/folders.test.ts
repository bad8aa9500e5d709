import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import { sayListNote } from "../../../src/domain/wording/mistakes/list-notes.ts";
import { countsOf, errorsOf, folder, importPaths, withCounties } from "./importing.ts";

withCounties();

const put = (...names: string[]) => Promise.all(names.map((name) => writeFile(join(folder, name), "x")));

describe("a folder", () => {
  test.each([
    ["代表.xls", "save it as .xlsx"],
    ["联络站.et", "save it as .xlsx"],
    ["Book1.ods", "save it as .xlsx"],
    ["单位.numbers", "save it as .xlsx"],
    ["list.XLSM", "save it as .xlsx"],
    ["grids.json", "save it as .xlsx, or as .geojson if it is a map"],
    ["代表名单.txt", "save it as .xlsx, or as CSV UTF-8"],
    ["areas.kml", "save it as .geojson"],
    ["places.tsv", "save it as CSV UTF-8"],
    ["网格.zip", "unpack it"],
    ["人大代表.pdf", "only .csv, .xlsx and .geojson are"],
    ["网格.docx", "only .csv, .xlsx and .geojson are"],
    ["网格", "only .csv, .xlsx and .geojson are"],
  ])("with a list that is not read, %s, is not imported without it", async (name, todo) => {
    await writeFile(join(folder, "stations.csv"), "code,name,township\nS1,一站,甲镇\n");
    await put(name);
    expect(errorsOf(await importPaths([folder]))).toEqual([`${name}:1: was not read: ${todo}`]);
  });

  it("with other files is imported, and they are named but for those that lie about everywhere", async () => {
    await writeFile(join(folder, "stations.csv"), "code,name,township\nS1,一站,甲镇\n");
    await put(".DS_Store", "~$stations.xlsx", "README.md", "readme", "desktop.ini", "Thumbs.db", "stations.csv~");
    await put("照片.jpg", "通知.docx", "上报.zip", "settings.json");
    await mkdir(join(folder, "2025"));
    const result = await importPaths([folder]);
    expect(countsOf(result)).toMatchObject({ stations: { added: 1 } });
    expect(result.notes.map(sayListNote)).toEqual([
      "2025: is a folder inside this one and was not read: name it too if it holds lists",
      "settings.json: was not read: save it as .xlsx, or as .geojson if it is a map",
      "上报.zip: was not read: unpack it",
      "照片.jpg: was not read: only .csv, .xlsx and .geojson are",
      "通知.docx: was not read: only .csv, .xlsx and .geojson are",
    ]);
  });

  it("that ends like a file is still a folder", async () => {
    await mkdir(join(folder, "网格.csv"));
    await mkdir(join(folder, "单位.numbers"));
    expect(errorsOf(await importPaths([folder]))).toEqual([
      "单位.numbers:1: was not read: save it as .xlsx",
      expect.stringContaining("网格.csv:1: is a folder inside this one"),
    ]);
  });

  it("of nothing but other files names them", async () => {
    await put("扫描件.pdf");
    const result = await importPaths([folder]);
    expect(errorsOf(result)).toEqual([`${folder}: holds no .csv, .xlsx or .geojson file`]);
    expect(result.notes.map(sayListNote)).toEqual(["扫描件.pdf: was not read: only .csv, .xlsx and .geojson are"]);
  });
});

it("a file of another kind is told what to save it as", async () => {
  await put("代表.xls");
  expect(errorsOf(await importPaths([join(folder, "代表.xls")]))[0]).toMatch(/give a folder.*; save it as \.xlsx$/);
});

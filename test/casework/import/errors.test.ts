import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { grids } from "../../../db/schema/places.ts";
import { countsOf, errorsOf, folder, importPaths, importTexts, rows, withCounties } from "./importing.ts";

withCounties();

describe("wrong files", () => {
  test("are told all at once, with the row as a person sees it, and nothing is written", async () => {
    const result = await importTexts({
      "grids.csv": `code,name,township,station,colour
G1,一组,甲镇,S9,red

G1,二组,甲镇,,
1月3日,三组,甲镇,,
G4,,甲镇,,
`,
      "deputies.csv": `code,name,level,until,grids,phone
D1,李四,village,2031-02-30,G1;G4;G9,无
D2,"王
五",乡,,G1:chief,
`,
      "stations.csv": `code,name,township,longitude,latitude
S1,甲站,甲镇,36.0,119.4
S2,乙站,甲镇,119.4,
S3,丙站,甲镇,10,20
`,
      "places.csv": "name,grid\n老桥,G1\n老桥,G1\n新桥,G8\n",
      "units.csv": "name,phone\n住建局,10000000001\n",
    });
    expect(errorsOf(result).toSorted()).toEqual(
      [
        "grids.csv:1: the column “colour” is not known (code 编号, name 名称, township 乡镇, community 社区, station 联络站, aliases 别名)",
        "grids.csv:2: station: there is no station S9",
        "grids.csv:4: G1 is already in grids.csv:2",
        "grids.csv:5: code was turned into the date 1月3日: format the column as text and write it again",
        "grids.csv:6: name is empty",
        "deputies.csv:2: level “village” is no level: write township 乡, county 县, city 市, provincial 省 or national 全国",
        "deputies.csv:2: until “2031-02-30” is no day: write it as 2031-12-31",
        "deputies.csv:2: phone “无” is no phone number",
        "deputies.csv:2: grids: there is no grid G9",
        "deputies.csv:3: grids “G1:chief” is not understood: write G1 or G1:backup",
        "stations.csv:2: the position has longitude and latitude swapped (36, 119.4): longitude comes first",
        "stations.csv:3: longitude and latitude: one of both is missing",
        "stations.csv:4: the position lies outside China (10, 20): longitude and latitude in degrees are wanted",
        "places.csv:3: 老桥 G1 is already in places.csv:2",
        "places.csv:4: grid: there is no grid G8",
        "units.csv:1: the column code is missing (code 编号, name 名称, phone 电话, categories 类别, aliases 简称)",
      ].toSorted(),
    );
    expect(await rows((tx) => tx.$count(grids))).toBe(0);
  });

  test("refer to what is nowhere, but not to a row that has an error of its own", async () => {
    const result = await importTexts({
      "grids.csv": "code,name,township,station\nG1,一组,甲镇,S9\nG4,,甲镇,\n",
      "deputies.csv": "code,name,level,stations,grids\nD1,李四,乡,S8,G1;G4;G9\n",
      "places.csv": "name,grid\n老桥,G7\n",
    });
    expect(errorsOf(result)).toEqual([
      "grids.csv:2: station: there is no station S9",
      "grids.csv:3: name is empty",
      "deputies.csv:2: stations: there is no station S8",
      "deputies.csv:2: grids: there is no grid G9",
      "places.csv:2: grid: there is no grid G7",
    ]);
  });

  test("are told of a row that is wrong in itself too: what it refers to, and whether it comes twice", async () => {
    const result = await importTexts({
      "grids.csv": "code,name,township,station\nG1,,甲镇,S9\nG1,一组,甲镇,\n",
      "deputies.csv": "code,name,level,stations,grids\nD1,李四,村,S8,G9\nD1,王五,乡,S7:x,G8\n",
      "places.csv": "name,grid\n,G7\n",
    });
    expect(errorsOf(result).toSorted()).toEqual(
      [
        "grids.csv:2: name is empty",
        "grids.csv:2: station: there is no station S9",
        "grids.csv:3: G1 is already in grids.csv:2",
        "deputies.csv:2: level “村” is no level: write township 乡, county 县, city 市, provincial 省 or national 全国",
        "deputies.csv:2: stations: there is no station S8",
        "deputies.csv:2: grids: there is no grid G9",
        "deputies.csv:3: stations “S7:x” is not understood: write G1 or G1:backup",
        "deputies.csv:3: grids: there is no grid G8",
        "deputies.csv:3: D1 is already in deputies.csv:2",
        "places.csv:2: name is empty",
      ].toSorted(),
    );
  });

  test("may refer to what the county has already", async () => {
    await importTexts({ "grids.csv": "code,name,township\nG1,一组,甲镇\n" });
    expect(countsOf(await importTexts({ "places.csv": "name,grid\n老桥,G1\n" }))).toMatchObject({
      places: { added: 1 },
    });
  });

  test("that speak of new rows need their names", async () => {
    expect(errorsOf(await importTexts({ "grids.csv": "code,aliases\nG1,老桥\n" }))).toEqual([
      "grids.csv:2: G1 is new, and there is no column name",
      "grids.csv:2: G1 is new, and there is no column township",
    ]);
  });

  test.each([
    ["a path that is not there", "gone.csv", null, "cannot be read (ENOENT)"],
    ["a file of another kind", "notes.txt", "hello", "give a folder, or a .csv, .xlsx or .geojson file"],
    ["a quote that is not closed", "grids.csv", 'code,name\nG1,"一组\n', "grids.csv:2: is no valid CSV"],
    ["nothing in it", "grids.csv", "", "grids.csv:1: holds no table"],
    ["UTF-16", "grids.csv", Uint8Array.of(0xff, 0xfe, 0x63, 0), "neither UTF-8 nor GB18030"],
    ["no kind", "Book1.csv", "code,name\nG1,一组\n", "it cannot be told what this table holds"],
    ["no workbook", "grids.xlsx", "PK no zip", "cannot be read as .xlsx"],
    ["no GeoJSON", "grids.geojson", '{"type":"Topology"}', "is no GeoJSON FeatureCollection"],
    ["no JSON", "grids.geojson", "{", "is no GeoJSON FeatureCollection"],
    [
      "a value beside the table",
      "grids.csv",
      "code,name,township,\nG1,一组,甲镇,?\n",
      "grids.csv:2: has a value in a column",
    ],
    ["a column twice", "grids.csv", "code,name,名称\nG1,一组,一组\n", "the column “名称” is there twice"],
    [
      "a bad shape",
      "grids.geojson",
      feature({ type: "Point", coordinates: [1, 2] }),
      "grids.geojson:1: the shape has no Polygon",
    ],
  ])("%s", async (_, name, content, expected) => {
    const result = content === null ? await importPaths([join(folder, name)]) : await importTexts({ [name]: content });
    expect(errorsOf(result).join("\n")).toContain(expected);
  });

  test("a folder without any file", async () => {
    expect(errorsOf(await importPaths([folder]))[0]).toContain("holds no .csv, .xlsx or .geojson file");
  });
});

function feature(geometry: unknown): string {
  return JSON.stringify({
    type: "FeatureCollection",
    features: [{ type: "Feature", properties: { code: "G1" }, geometry }],
  });
}

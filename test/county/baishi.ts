import { drawGrids, type FixtureCounty } from "./county.ts";

const { corners, geojson } = drawGrids(
  [120.6, 35.4],
  [
    {
      code: "石桥-1",
      name: "石桥村一组",
      township: "石桥镇",
      community: "石桥村",
      station: "ST01",
      aliases: "",
      at: [0, 0],
    },
    {
      code: "石桥-2",
      name: "石桥村二组",
      township: "石桥镇",
      community: "石桥村",
      station: "ST01",
      aliases: "",
      at: [1, 0],
    },
    {
      code: "石桥-3",
      name: "下河村一组",
      township: "石桥镇",
      community: "下河村",
      station: "ST01",
      aliases: "",
      at: [2, 0],
    },
    {
      code: "东关-1",
      name: "白石东关网格",
      township: "白石街道",
      community: "东关社区",
      station: "ST02",
      aliases: "锦绣家园",
      at: [0, 1],
    },
    {
      code: "白石-2",
      name: "书院网格",
      township: "白石街道",
      community: "书院社区",
      station: "ST02",
      aliases: "书院路",
      at: [1, 1],
    },
    {
      code: "白石-3",
      name: "码头网格",
      township: "白石街道",
      community: "码头社区",
      station: "ST02",
      aliases: "",
      at: [2, 1],
    },
    {
      code: "枣林-1",
      name: "枣林村一组",
      township: "枣林乡",
      community: "枣林村",
      station: "ST03",
      aliases: "",
      at: [0, 2],
    },
    {
      code: "枣林-2",
      name: "枣林村二组",
      township: "枣林乡",
      community: "枣林村",
      station: "ST03",
      aliases: "",
      at: [1, 2],
    },
  ],
);

/**
 * 白石县, another county in the same database.
 *
 * Some codes and names are those of 青禾县 on purpose (东关-1, ST01, D001, 锦绣家园): whoever mixes the counties up is
 * caught. 石桥-3 has nobody, but its station has; 枣林-2 has nobody and its station ST03 neither. 农贸市场 lies in 白石-2
 * and in 白石-3.
 */
export const BAISHI: FixtureCounty = {
  code: "baishi",
  name: "白石县",
  corners,
  files: {
    "grids.geojson": geojson,
    "stations.csv": `编号,名称,乡镇,地址,电话,经度,纬度
ST01,石桥镇代表联络站,石桥镇,石桥镇政府一楼,10000001101,120.615,35.405
ST02,白石街道代表联络站,白石街道,书院路8号,10000001102,120.615,35.415
ST03,枣林乡代表联络站,枣林乡,枣林村委会,,120.605,35.425
`,
    "deputies.csv": `编号,姓名,级别,选区,电话,联络站,网格,小组,任期至
D001,何秋生,乡,石桥第一选区,10000001001,ST01,石桥-1;石桥-2:backup,,2031-12-31
D002,吕红霞,县,石桥第二选区,10000001002,ST01,石桥-1,,2031-12-31
D003,施大海,乡,白石第一选区,10000001003,ST02,东关-1;白石-2,,2031-12-31
D004,张玉珍,县,白石第二选区,10000001004,ST02,东关-1,,2031-12-31
D005,孔令波,市,白石选区,10000001005,ST02,白石-3,,2031-12-31
D006,曹月娥,乡,石桥第三选区,10000001006,ST01,石桥-2,,2031-12-31
D007,严世杰,乡,枣林第一选区,10000001007,,枣林-1,,2031-12-31
`,
    "units.csv": `编号,名称,电话,类别
U01,住房和城乡建设局,10000001201,物业;道路
`,
    "places.csv": `名称,网格
石桥,石桥-1
农贸市场,白石-2
农贸市场,白石-3
`,
  },
};

import { drawGrids, type FixtureCounty } from "./county.ts";

const { corners, geojson } = drawGrids(
  [119.4, 36.0],
  [
    {
      code: "柳东-1",
      name: "柳东村一组",
      township: "柳河镇",
      community: "柳东村",
      station: "ST01",
      aliases: "",
      at: [0, 0],
    },
    {
      code: "柳东-2",
      name: "柳东村二组",
      township: "柳河镇",
      community: "柳东村",
      station: "ST01",
      aliases: "",
      at: [1, 0],
    },
    {
      code: "柳东-3",
      name: "柳东村三组",
      township: "柳河镇",
      community: "柳东村",
      station: "ST01",
      aliases: "柳东小学",
      at: [2, 0],
    },
    {
      code: "柳西-1",
      name: "柳西村一组",
      township: "柳河镇",
      community: "柳西村",
      station: "ST01",
      aliases: "",
      at: [0, 1],
    },
    {
      code: "城关-1",
      name: "北大街网格",
      township: "城关镇",
      community: "北大街社区",
      station: "ST02",
      aliases: "北大街;老汽车站",
      at: [3, 0],
    },
    {
      code: "城关-2",
      name: "南大街网格",
      township: "城关镇",
      community: "南大街社区",
      station: "ST02",
      aliases: "南大街",
      at: [3, 1],
    },
    {
      code: "城关-3",
      name: "西关网格",
      township: "城关镇",
      community: "西关社区",
      station: "ST02",
      aliases: "",
      at: [2, 1],
    },
    {
      code: "东关-1",
      name: "锦绣家园网格",
      township: "东关街道",
      community: "锦绣社区",
      station: "ST03",
      aliases: "锦绣家园;锦绣家园小区",
      at: [4, 0],
    },
    {
      code: "东关-2",
      name: "菜市场网格",
      township: "东关街道",
      community: "东关社区",
      station: "ST03",
      aliases: "东关菜市场",
      at: [4, 1],
    },
    {
      code: "南坡-1",
      name: "南坡村一组",
      township: "南坡乡",
      community: "南坡村",
      station: "ST04",
      aliases: "",
      at: [1, 1],
    },
  ],
);

/**
 * 青禾县, the county of the samples in the reference.
 *
 * 柳东-3 has deputies of two levels (D001 before D002), 东关-1 of three. 城关-3 has nobody, but its station has; 南坡-1
 * and its station ST04 have nobody. The term of D011 is over. 人民公园 lies in 城关-1 and in 东关-2, the two phases of 梧桐苑
 * in 城关-2 and in 东关-2.
 */
export const QINGHE: FixtureCounty = {
  code: "qinghe",
  name: "青禾县",
  corners,
  files: {
    "grids.geojson": geojson,
    "stations.csv": `code,name,township,address,phone,longitude,latitude
ST01,柳河镇代表联络站,柳河镇,柳河镇文化广场东侧,10000000101,119.415,36.005
ST02,城关镇代表联络站,城关镇,北大街1号,10000000102,119.435,36.005
ST03,东关街道代表联络站,东关街道,东关社区服务中心二楼,10000000103,119.445,36.012
ST04,南坡乡代表联络站,南坡乡,南坡村委会,,119.415,36.015
`,
    "deputies.csv": `code,name,level,district,phone,stations,grids,groups,until
D001,李秀兰,township,柳河镇第三选区,10000000001,ST01,柳东-3;柳东-2,,2031-12-31
D002,王建国,county,柳河第一选区,10000000002,ST01,柳东-3:backup;柳西-1,农业组,2031-12-31
D003,赵德明,township,柳河镇第一选区,10000000003,ST01,柳东-1,,2031-12-31
D004,孙丽华,county,东关第二选区,10000000004,ST03,东关-1,物业组,2031-12-31
D005,周志强,township,东关第一选区,10000000005,ST03,东关-1:backup;东关-2,,2031-12-31
D006,吴敏,city,青禾选区,10000000006,ST03,东关-1,,2031-12-31
D007,郑永年,provincial,青禾选区,10000000007,ST02,,,2031-12-31
D008,冯春梅,national,青禾选区,10000000008,,柳东-3,,2031-12-31
D009,陈国庆,county,城关第一选区,10000000009,ST02,城关-1;城关-2,,2031-12-31
D010,褚小燕,township,城关镇第二选区,10000000010,,城关-1,物业组,2031-12-31
D011,卫东升,township,柳河镇第四选区,10000000011,,柳西-1,,2024-12-31
`,
    "units.csv": `code,name,phone,categories
U01,住房和城乡建设局,10000000201,物业;道路
U02,农业农村局,10000000202,农业
U03,民政局,,低保;养老
`,
    "places.csv": `name,grid
柳河大桥,柳东-3
第二小学,城关-2
No.2 Middle School,城关-2
人民公园,城关-1
人民公园,东关-2
梧桐苑一期,城关-2
梧桐苑二期,东关-2
`,
  },
};

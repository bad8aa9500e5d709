import type { Community } from "./areas.ts";
import type { Cell } from "./map.ts";
import { estateNames, numeral } from "./names.ts";
import type { Random } from "./random.ts";
import type { PracticeGrid, PracticePlace } from "./types.ts";

/** A community with the grids that were made of its cells. */
export type GriddedCommunity = Community & { readonly grids: readonly PracticeGrid[] };

/** Makes named grids from the cells of every community: 柳东村三组 in a village, 锦绣家园网格 in the town. */
export function nameGrids(
  cells: readonly Cell[],
  communities: readonly Community[],
  stationOf: (community: Community) => string,
  random: Random,
): GriddedCommunity[] {
  const estate = estateNames(random);
  return communities.map((community) => {
    const { township, stem, isTown } = community;
    const grids = community.cells.map((cell, index) => {
      const number = index + 1;
      const name = isTown ? townGrid(community, number, estate) : villageGrid(stem, number);
      const ring = cells[cell]?.ring ?? [];
      const place = { township, community: communityName(community), station: stationOf(community) };
      return { code: `${stem}-${number}`, ...name, ...place, ring };
    });
    return { ...community, grids };
  });
}

/** The name of a community: its stem with 社区 in the town, with 村 elsewhere. */
export function communityName({ stem, isTown }: Pick<Community, "stem" | "isTown">): string {
  return `${stem}${isTown ? "社区" : "村"}`;
}

type Named = Pick<PracticeGrid, "name" | "aliases">;

/** People write the number of the group in either way, and leave out the 村. */
function villageGrid(stem: string, number: number): Named {
  const aliases = [`${stem}村${number}组`, `${stem}${numeral(number)}组`];
  if (stem === "柳东" && number === 3) aliases.push("柳东小学", "柳东村口");
  if (number === 1) aliases.push(`${stem}村委会`);
  return { name: `${stem}村${numeral(number)}组`, aliases };
}

function townGrid({ stem, township }: Community, number: number, estate: () => string): Named {
  if (number === 1 && stem === "北大街") return { name: "老汽车站网格", aliases: ["老汽车站", "汽车站家属院"] };
  const name = number === 1 && stem === "锦绣" ? "锦绣家园" : estate();
  const office = number === 2 ? [`${stem}社区居委会`] : [];
  const market = number === 2 && stem === "锦绣" ? [`${township.slice(0, 2)}菜市场`] : [];
  return {
    name: `${name}网格`,
    aliases: [name, ...(/(园|苑)$/.test(name) ? [`${name}小区`] : []), ...office, ...market],
  };
}

/** What every township has one of. */
const COMMON = ["中心小学", "中学", "卫生院", "敬老院", "大集", "农贸市场", "文化广场", "派出所", "大桥", "老供销社"];
/** What lies on a border, so that two grids have it. */
const SHARED = ["水库", "河滨公园"];
/** Names that several townships have: only the township tells which is meant. */
const REPEATED = ["关帝庙", "老粮站", "龙王庙", "烈士陵园", "三孔桥"];
const VILLAGE_PLACES = ["桥", "大集", "小学", "水塘", "文化大院", "扬水站"];

/** The named places of the county: markets, bridges, schools; some names stand for two grids, as in every county. */
export function namePlaces(communities: readonly GriddedCommunity[], random: Random): PracticePlace[] {
  const places: PracticePlace[] = [];
  const put = (name: string, grid: PracticeGrid | undefined) => {
    if (grid === undefined || places.some((place) => place.name === name && place.grid === grid.code)) return;
    places.push({ name, grid: grid.code });
  };
  for (const [township, own] of Map.groupBy(communities, (community) => community.township)) {
    const short = township.replace(/(街道|镇|乡)$/u, "");
    const somewhere = () => anyOf(anyOf(own, random)?.grids ?? [], random);
    for (const common of COMMON) if (`${short}${common}` !== "柳河大桥") put(`${short}${common}`, somewhere());
    for (const shared of SHARED) {
      const [one, other] = random.shuffled(own.find(({ grids }) => grids.length > 3)?.grids ?? []);
      put(`${short}${shared}`, one);
      put(`${short}${shared}`, other);
    }
    for (const repeated of random.shuffled(REPEATED).slice(0, 2)) put(repeated, somewhere());
  }
  const named = (stem: string) => communities.find((community) => community.stem === stem)?.grids ?? [];
  put("柳河大桥", named("柳东")[2]);
  put("柳河小学", named("柳东")[1]);
  for (const name of ["第二小学", "第二中学", "No.2 Middle School"]) put(name, named("北大街")[2]);
  put("人民公园", named("北大街")[1]);
  put("人民公园", named("锦绣")[2]);
  for (const { stem, isTown, grids } of communities) {
    if (stem === "柳东" || isTown || random.number() > 0.6) continue;
    for (const kind of random.shuffled(VILLAGE_PLACES).slice(0, 2)) put(`${stem}${kind}`, anyOf(grids, random));
  }
  return places;
}

function anyOf<T>(items: readonly T[], random: Random): T | undefined {
  return items[random.whole(0, Math.max(0, items.length - 1))];
}

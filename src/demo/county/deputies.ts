import type { GriddedCommunity } from "./grids.ts";
import { GROUPS, numeral, personNames } from "./names.ts";
import type { Random } from "./random.ts";
import type { PracticeDeputy, PracticeGrid, PracticePost, PracticeStation } from "./types.ts";

type Level = PracticeDeputy["level"];
type Seat = {
  readonly level: Level;
  readonly district: string;
  readonly stations: readonly string[];
  readonly grids: readonly PracticePost[];
};

/** Shares of the levels among all deputies of a county; the townships have the rest. */
const SHARE = { county: 0.235, city: 0.04, provincial: 0.005 } as const;
const NATIONAL = 2;
/** Of the county's deputies, those who are the nearest in the streets of the town, where there are no townships' ones. */
const GRIDS_PER_STREET_DEPUTY = 2.3;
const VACANT = 0.04;
const TERM_ENDS = "2031-12-31";
const SAMPLES = ["柳东", "锦绣", "北大街"];

/**
 * Assigns a number of deputies to the grids: in every township those of its own congress, each for a grid or two and as
 * backup for the next, in the streets the county's; above them deputies of the higher levels for a few grids each.
 */
export function assignDeputies(
  communities: readonly GriddedCommunity[],
  stations: readonly PracticeStation[],
  count: number,
  random: Random,
): PracticeDeputy[] {
  const counts = countLevels(count);
  const emptyStation = stations.findLast(({ name, township }) => name !== `${township}代表联络站`)?.code;
  const manned = communities.filter(
    ({ stem, grids }) => SAMPLES.includes(stem) || (grids[0]?.station !== emptyStation && random.number() > VACANT),
  );
  const townships = [...Map.groupBy(manned, ({ township }) => township)].map(([township, own]) => ({
    township,
    isStreet: township.endsWith("街道"),
    grids: own.flatMap(({ grids }) => grids),
  }));
  const streets = townships.filter(({ isStreet }) => isStreet);
  const rural = townships.filter(({ isStreet }) => !isStreet);
  const inStreets = Math.round(gridsIn(streets) / GRIDS_PER_STREET_DEPUTY);
  const street = Math.min(inStreets, counts.county);
  const all = townships.flatMap(({ grids }) => grids);
  const seats = [
    ...spread(rural, counts.township, (township, own, number) => ({
      ...nearestSeat(own),
      level: "township",
      district: `${township}第${numeral(number)}选区`,
    })),
    ...spread(streets, street, (township, own, number) => ({
      ...nearestSeat(own),
      level: "county",
      district: `${shortOf(township)}第${numeral(number)}选区`,
    })),
    ...spread(rural, counts.county - street, (township, own, number) => ({
      ...followingSeat(own.own),
      level: "county",
      district: `${shortOf(township)}第${numeral(number)}选区`,
    })),
    ...higher("city", counts.city, 3, all, random),
    ...higher("provincial", counts.provincial, 1, all, random),
    ...higher(
      "national",
      NATIONAL,
      1,
      all.filter(({ code }) => code === "柳东-3"),
      random,
    ),
  ];
  return sworn(seats, random);
}

function countLevels(count: number): Record<"township" | "county" | "city" | "provincial", number> {
  const share = (part: number) => Math.max(1, Math.round(count * part));
  const [county, city, provincial] = [share(SHARE.county), share(SHARE.city), share(SHARE.provincial)];
  return { township: count - county - city - provincial - NATIONAL, county, city, provincial };
}

type Ward = { readonly own: readonly PracticeGrid[]; readonly next: PracticeGrid | undefined };

/** Cuts the grids of the townships into so many wards, in proportion; a ward has neighbouring grids. */
function spread(
  townships: readonly { readonly township: string; readonly grids: readonly PracticeGrid[] }[],
  seats: number,
  seat: (township: string, ward: Ward, number: number) => Seat,
): Seat[] {
  const total = gridsIn(townships);
  let before = 0;
  return townships.flatMap(({ township, grids }) => {
    const from = Math.round((before / total) * seats);
    before += grids.length;
    const own = Math.round((before / total) * seats) - from;
    return Array.from({ length: own }, (_, index) => {
      const start = Math.floor((index * grids.length) / own);
      const end = Math.max(start + 1, Math.floor(((index + 1) * grids.length) / own));
      return seat(township, { own: grids.slice(start, end), next: grids[end] }, index + 1);
    });
  });
}

function nearestSeat({ own, next }: Ward): Pick<Seat, "stations" | "grids"> {
  const last = own.at(-1);
  const standsIn = next !== undefined && next.community === last?.community ? [backup(next)] : [];
  return { stations: stationsOf(own.slice(0, 1)), grids: [...own.map(primary), ...standsIn] };
}

function followingSeat(own: readonly PracticeGrid[]): Pick<Seat, "stations" | "grids"> {
  const [first, ...others] = own;
  return { stations: stationsOf(own.slice(0, 1)), grids: first ? [primary(first), ...others.map(backup)] : [] };
}

function higher(
  level: Level,
  seats: number,
  gridsEach: number,
  among: readonly PracticeGrid[],
  random: Random,
): Seat[] {
  return Array.from({ length: seats }, (_, index) => {
    const start = random.whole(0, Math.max(0, among.length - gridsEach));
    const own = among.slice(start, start + gridsEach);
    const isAtLarge = level === "national" && index > 0;
    const grids = isAtLarge ? [] : own.map(primary);
    return { level, district: "青禾选区", stations: level === "national" ? [] : stationsOf(own.slice(0, 1)), grids };
  });
}

/** The manual's samples speak of 李代表 in 柳东村 and 王代表 at 锦绣家园. */
function sworn(seats: readonly Seat[], random: Random): PracticeDeputy[] {
  const draw = personNames(random);
  const nearest = (grid: string) => seats.find(({ grids }) => grids.some((post) => post.grid === grid));
  const known = new Map([
    [nearest("柳东-3"), "李秀兰"],
    [nearest("锦绣-1"), "王建国"],
  ]);
  return seats.map((seat, index) => ({
    ...seat,
    code: `D${String(index + 1).padStart(4, "0")}`,
    name: known.get(seat) ?? draw(),
    phone: `100001${String(index + 1).padStart(5, "0")}`,
    groups: random.number() < 0.3 ? [random.pick(GROUPS)] : [],
    until: TERM_ENDS,
  }));
}

function gridsIn(townships: readonly { readonly grids: readonly unknown[] }[]): number {
  return townships.reduce((sum, { grids }) => sum + grids.length, 0);
}

function stationsOf(grids: readonly PracticeGrid[]): string[] {
  return grids.map(({ station }) => station);
}

function shortOf(township: string): string {
  return township.replace(/(街道|镇|乡)$/u, "");
}

function primary({ code }: PracticeGrid): PracticePost {
  return { grid: code, role: "primary" };
}

function backup({ code }: PracticeGrid): PracticePost {
  return { grid: code, role: "backup" };
}

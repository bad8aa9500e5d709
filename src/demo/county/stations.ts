import type { Community } from "./areas.ts";
import { communityName } from "./grids.ts";
import type { Cell } from "./map.ts";
import type { Random } from "./random.ts";
import type { PracticeStation } from "./types.ts";

/**
 * Places the stations: every township has one at its seat, larger ones have more, and a community belongs to the
 * nearest.
 */
export function placeStations(
  cells: readonly Cell[],
  communities: readonly Community[],
  wanted: number,
  random: Random,
): { stations: PracticeStation[]; stationOf: ReadonlyMap<Community, string> } {
  const townships = [...Map.groupBy(communities, ({ township }) => township)];
  const shares = shareOut(
    wanted,
    townships.map(([, own]) => own.length),
  );
  const stations: PracticeStation[] = [];
  const stationOf = new Map<Community, string>();
  for (const [index, [township, own]] of townships.entries()) {
    const hosts = random.shuffled(own).slice(0, shares[index]);
    const codes = hosts.map((host, order) => {
      const [longitude, latitude] = middleOf(cells[host.cells[0] ?? 0]);
      const code = `ST${String(stations.length + 1).padStart(3, "0")}`;
      const [name, address] =
        order === 0
          ? [township, `${township}文化广场东侧`]
          : [communityName(host), `${township}${communityName(host)}${host.isTown ? "服务中心二楼" : "村委会"}`];
      const phone = `100002${String(stations.length + 1).padStart(5, "0")}`;
      stations.push({ code, name: `${name}代表联络站`, township, address, phone, longitude, latitude });
      return code;
    });
    for (const community of own) {
      const distances = hosts.map(({ x, y }) => Math.hypot(x - community.x, y - community.y));
      stationOf.set(community, codes[distances.indexOf(Math.min(...distances))] ?? "");
    }
  }
  return { stations, stationOf };
}

/** Shares out so many in proportion to the weights, one at least to each; the sum is exact. */
function shareOut(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const spare = Math.max(0, total - weights.length);
  let before = 0;
  return weights.map((weight) => {
    const from = Math.round((before / sum) * spare);
    before += weight;
    return 1 + Math.round((before / sum) * spare) - from;
  });
}

function middleOf(cell: Cell | undefined): readonly [number, number] {
  const corners = cell?.ring.slice(1) ?? [];
  const mean = (axis: 0 | 1) => corners.reduce((sum, corner) => sum + corner[axis], 0) / corners.length;
  return [Number(mean(0).toFixed(6)), Number(mean(1).toFixed(6))];
}

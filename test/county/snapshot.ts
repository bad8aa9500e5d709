import type { CountySnapshot, SnapshotDeputy, SnapshotGrid } from "../../src/domain/rule-trials/county-snapshot.ts";

/** A deputy of a snapshot, present and in office where nothing else is said. */
export function snapshotDeputy(code: string, change: Partial<SnapshotDeputy> = {}): SnapshotDeputy {
  return {
    ...{ code, name: `代表${code}`, level: "county", untilOn: null, groups: [] },
    ...{ openCases: 0, awayUntil: null, substitute: null, hasChat: true },
    ...change,
  };
}

/** A grid of a snapshot, in township T1 and without a station where nothing else is said. */
export function snapshotGrid(code: string, change: Partial<SnapshotGrid> = {}): SnapshotGrid {
  return { code, name: `${code}网格`, township: "T1", community: "C1", station: null, ...change };
}

/** A county on 2026-11-24 with nothing in it but what is said. */
export function snapshot(change: Partial<CountySnapshot> = {}): CountySnapshot {
  return {
    on: "2026-11-24",
    ...{ deputies: [], posts: [], grids: [], stations: [], groups: [], units: [], categories: [], handovers: [] },
    channels: ["wechat-official"],
    ...change,
  };
}

import { v7 as newId } from "uuid";
import type { Post } from "./cells.ts";
import type { AssignmentRow } from "./known.ts";
import type { DeputyRecord } from "./records.ts";

/**
 * The changes of assignments by an import: those that begin today, and those that end yesterday; none is deleted, so
 * that past decisions can be explained.
 */
export type AssignmentPlan = {
  readonly begin: readonly AssignmentRow[];
  readonly end: readonly AssignmentRow[];
  readonly unchanged: number;
};

type Ids = {
  readonly jurisdictionId: string;
  readonly today: string;
  readonly deputyIds: ReadonlyMap<string, string>;
  readonly gridIds: ReadonlyMap<string, string>;
  readonly stationIds: ReadonlyMap<string, string>;
};

/**
 * Compares the grids and stations of each deputy in the files with the assignments that hold today.
 *
 * A deputy whose table has no column `grids` keeps the grids, and so with `stations`. Another role is another assignment.
 */
export function planAssignments(
  records: readonly DeputyRecord[],
  known: readonly AssignmentRow[],
  ids: Ids,
): AssignmentPlan {
  const holding = new Map<string, AssignmentRow[]>();
  for (const row of known) {
    if (row.untilOn !== null && row.untilOn < ids.today) continue;
    const ofDeputy = holding.get(row.deputyId);
    if (ofDeputy === undefined) holding.set(row.deputyId, [row]);
    else ofDeputy.push(row);
  }
  const begin: AssignmentRow[] = [];
  const end: AssignmentRow[] = [];
  let unchanged = 0;
  for (const record of records) {
    const deputyId = ids.deputyIds.get(record.code) ?? "";
    const wanted = new Map(
      [
        ...wantedRows(record.grids, ids.gridIds, "gridId", deputyId, ids),
        ...wantedRows(record.stations, ids.stationIds, "stationId", deputyId, ids),
      ].map((row) => [keyOf(row), row]),
    );
    for (const row of holding.get(deputyId) ?? []) {
      const isSpokenOf = row.gridId === null ? record.stations !== undefined : record.grids !== undefined;
      if (!isSpokenOf) continue;
      if (wanted.delete(keyOf(row))) unchanged += 1;
      else end.push(row);
    }
    begin.push(...wanted.values());
  }
  return { begin, end, unchanged };
}

function wantedRows(
  posts: readonly Post[] | undefined,
  placeIds: ReadonlyMap<string, string>,
  field: "gridId" | "stationId",
  deputyId: string,
  { jurisdictionId, today }: Ids,
): AssignmentRow[] {
  return (posts ?? []).map(({ code, role }) => ({
    id: newId(),
    jurisdictionId,
    deputyId,
    gridId: null,
    stationId: null,
    [field]: placeIds.get(code) ?? null,
    role,
    fromOn: today,
    untilOn: null,
  }));
}

function keyOf(row: AssignmentRow): string {
  return `${row.gridId ?? row.stationId} ${row.role}`;
}

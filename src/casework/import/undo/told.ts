import { isDeepStrictEqual } from "node:util";
import type { ImportChange } from "../preview/changes.ts";
import type { LeftRow } from "./plan-undo.ts";
import type { Undone } from "./undo-import.ts";
import type { PlainRow, WrittenKind } from "./written.ts";

/** A row that undoing an import leaves as it is, as people read it. */
export type UndoLeft = {
  readonly kind: WrittenKind;
  readonly code: string;
  readonly name: string;
  readonly field: string | null;
  /** Null for nothing, and for what is not shown: phones, shapes. */
  readonly wanted: string | null;
  readonly is: string | null;
  readonly why: LeftRow["why"];
};

const NOT_FIELDS: ReadonlySet<string> = new Set(["id", "jurisdictionId", "code"]);
const NOT_SHOWN: ReadonlySet<string> = new Set(["phone", "shape"]);

/** Tells what undoing an import changes, and what it leaves, by codes and names in place of ids. */
export function tellUndone({ written, left, rows }: Undone): {
  readonly changes: readonly ImportChange[];
  readonly left: readonly UndoLeft[];
} {
  const known = new Map<string, PlainRow>();
  for (const kind of ["stations", "grids", "deputies"] as const) for (const [id, row] of rows[kind]) known.set(id, row);
  for (const { id, kind, became } of written)
    if (became !== null && kind !== "places" && kind !== "receptions" && kind !== "assignments") known.set(id, became);
  const codeOf = (id: unknown) => String(known.get(String(id))?.code ?? "");
  const shown = (field: string, value: unknown): string | null => {
    if (value === null || value === undefined || value === "") return null;
    if (NOT_SHOWN.has(field)) return "…";
    if (Array.isArray(value)) return value.length === 0 ? null : value.join("; ");
    return known.has(String(value)) ? codeOf(value) : String(value);
  };
  const named = (kind: WrittenKind, row: PlainRow) =>
    kind === "assignments"
      ? { code: codeOf(row.deputyId), name: String(known.get(String(row.deputyId))?.name ?? "") }
      : kind === "places"
        ? { code: codeOf(row.gridId), name: String(row.name) }
        : kind === "receptions"
          ? { code: codeOf(row.stationId), name: `${String(row.heldOn)} ${String(row.fromTime)}` }
          : { code: String(row.code), name: String(row.name) };
  const postOf = (row: PlainRow) => ({
    field: row.gridId === null ? "station" : "grid",
    place: `${codeOf(row.gridId ?? row.stationId)} (${String(row.role)})`,
  });
  const changes = written.map(({ kind, was, became }): ImportChange => {
    const row = became ?? was ?? {};
    if (kind === "assignments") {
      const { field, place } = postOf(row);
      const isBack = became !== null && (was === null || lastDayOf(became) > lastDayOf(was));
      const sides = isBack ? { from: null, to: place } : { from: place, to: null };
      return { kind, what: isBack ? "restored" : "ended", ...named(kind, row), fields: [{ field, ...sides }] };
    }
    const what = became === null ? "removed" : was === null ? "restored" : "changed";
    const fields =
      what !== "changed"
        ? []
        : Object.keys(row)
            .filter(
              (field) => !NOT_FIELDS.has(field) && !isDeepStrictEqual(was?.[field] ?? null, became?.[field] ?? null),
            )
            .map((field) => ({ field, from: shown(field, was?.[field]), to: shown(field, became?.[field]) }))
            .filter(({ from, to }) => from !== null || to !== null);
    return { kind, what, ...named(kind, row), fields };
  });
  return {
    changes,
    left: left.map(({ kind, row, field, wanted, is, why }): UndoLeft => {
      const post = kind === "assignments" && field === null ? postOf(row) : null;
      return {
        ...{ kind, ...named(kind, row), why },
        ...(kind === "assignments" && post === null
          ? { name: `${named(kind, row).name} → ${codeOf(row.gridId ?? row.stationId)}` }
          : {}),
        ...(post === null
          ? { field, wanted: shown(field ?? "", wanted), is: shown(field ?? "", is) }
          : { field: post.field, wanted: null, is: post.place }),
      };
    }),
  };
}

/** The last day of a row, or one after all others where it has none. */
function lastDayOf({ untilOn }: PlainRow): string {
  return String(untilOn ?? "9999-12-31");
}

import { isDeepStrictEqual } from "node:util";
import { type Known, receptionKey } from "../known.ts";
import type { Plan } from "../plan.ts";
import type { TableKind } from "../tables.ts";

/** A row that an import adds or changes, or its undoing takes away or brings back, field by field. */
export type ImportChange = {
  readonly kind: TableKind | "assignments";
  readonly what: "added" | "changed" | "ended" | "removed" | "restored";
  readonly code: string;
  readonly name: string;
  /** Old and new by field; null for nothing, and for what is not shown: phones, shapes. */
  readonly fields: readonly { readonly field: string; readonly from: string | null; readonly to: string | null }[];
};

type Row = Readonly<Record<string, unknown>>;

const NOT_FIELDS: ReadonlySet<string> = new Set(["id", "jurisdictionId", "code", "headDeputyId"]);
const RECEPTION_FIELDS = ["untilTime", "place", "deputies"] as const;
const NOT_SHOWN: ReadonlySet<string> = new Set(["phone", "shape"]);

/** Lists what a plan would change, by kind, old and new beside each other. */
export function changesOf(plan: Plan, known: Known): ImportChange[] {
  const codes = new Map<string, string>();
  for (const rows of [known.stations.values(), known.grids.values(), known.deputies.values()])
    for (const { id, code } of rows) codes.set(id, code);
  for (const rows of [plan.stations, plan.grids, plan.deputies]) for (const { id, code } of rows) codes.set(id, code);
  const shown = (field: string, value: unknown): string | null => {
    if (value === null || value === undefined || value === "") return null;
    if (NOT_SHOWN.has(field)) return "…";
    if (Array.isArray(value)) return value.length === 0 ? null : value.join("; ");
    return codes.get(String(value)) ?? String(value);
  };
  const listed = (
    kind: TableKind,
    rows: readonly (Row & { readonly code: string; readonly name: string })[],
    before: ReadonlyMap<string, Row>,
  ) =>
    rows.map((row): ImportChange => {
      const was = before.get(row.code);
      const fields = Object.keys(row)
        .filter((field) => !NOT_FIELDS.has(field) && !isDeepStrictEqual(row[field], was?.[field]))
        .map((field) => ({ field, from: shown(field, was?.[field]), to: shown(field, row[field]) }))
        .filter(({ from, to }) => from !== null || to !== null);
      return { kind, what: was === undefined ? "added" : "changed", code: row.code, name: row.name, fields };
    });
  const names = new Map([...known.deputies.values(), ...plan.deputies].map(({ id, name }) => [id, name]));
  const assigned = (what: "added" | "ended", rows: Plan["assignments"]["begin"]) =>
    rows.map(({ deputyId, gridId, stationId, role }): ImportChange => {
      const place = `${codes.get(gridId ?? stationId ?? "") ?? ""} (${role})`;
      const field = gridId === null ? "station" : "grid";
      const sides = what === "added" ? { from: null, to: place } : { from: place, to: null };
      const [code, name] = [codes.get(deputyId) ?? "", names.get(deputyId) ?? ""];
      return { kind: "assignments", what, code, name, fields: [{ field, ...sides }] };
    });
  return [
    ...listed("stations", plan.stations, known.stations),
    ...listed("grids", plan.grids, known.grids),
    ...listed("deputies", plan.deputies, known.deputies),
    ...listed("units", plan.units, known.units),
    ...plan.places.map(
      ({ name, gridId }): ImportChange => ({
        ...{ kind: "places", what: "added", code: codes.get(gridId) ?? "", name, fields: [] },
      }),
    ),
    ...plan.receptions.map((row): ImportChange => {
      const was = known.receptions.get(receptionKey(row));
      const fields = RECEPTION_FIELDS.filter((field) => !isDeepStrictEqual(row[field], was?.[field])).map((field) => ({
        ...{ field, from: shown(field, was?.[field]), to: shown(field, row[field]) },
      }));
      const name = `${row.heldOn} ${row.fromTime}`;
      const what = was === undefined ? "added" : "changed";
      return { kind: "receptions", what, code: codes.get(row.stationId) ?? "", name, fields };
    }),
    ...assigned("added", plan.assignments.begin),
    ...assigned("ended", plan.assignments.end),
  ];
}

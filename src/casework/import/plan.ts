import { isDeepStrictEqual } from "node:util";
import { v7 as newId } from "uuid";
import type { Vault } from "../../../db/vault.ts";
import { placeText } from "../../domain/wording/mistakes/en.ts";
import type { ListPlace } from "../../domain/wording/mistakes/values.ts";
import { phonePurpose } from "../county/phone-purpose.ts";
import {
  type GridRow,
  type Known,
  type PlaceRow,
  type ReceptionRow,
  receptionKey,
  type StationRow,
  type StoredDeputy,
  type UnitRow,
} from "./known.ts";
import { type AssignmentPlan, planAssignments } from "./plan-assignments.ts";
import type { Records } from "./records.ts";
import { lossesOf, type TakenAway } from "./taken-away.ts";

/** The numbers of rows of a kind that an import adds, changes, leaves as they are, and ends. */
type Count = { added: number; changed: number; unchanged: number; ended: number };

const COUNTED = ["stations", "grids", "deputies", "units", "places", "receptions", "assignments"] as const;
/** The counts of an import: how many rows are new or changed, by kind. */
export type Counts = Readonly<Record<(typeof COUNTED)[number], Readonly<Count>>>;

/** The plan of an import: the rows to be written, which are new or differ. */
export type Plan = {
  readonly stations: readonly StationRow[];
  readonly grids: readonly GridRow[];
  readonly deputies: readonly StoredDeputy[];
  readonly units: readonly UnitRow[];
  readonly places: readonly PlaceRow[];
  readonly receptions: readonly ReceptionRow[];
  readonly assignments: AssignmentPlan;
  readonly counts: Counts;
  /** What the county has now and will have no more. */
  readonly takenAway: readonly TakenAway[];
};

/** The context in which an import is planned: county, vault and day. */
export type Planning = {
  readonly jurisdictionId: string;
  readonly vault: Vault;
  /** The day on which new assignments begin, YYYY-MM-DD. */
  readonly today: string;
};

/** Plans an import by comparing the files' records with the county's rows. The records must have passed every check. */
export function planImport(records: Records, known: Known, planning: Planning): Plan {
  const { jurisdictionId } = planning;
  const takenAway: TakenAway[] = [];
  const codes = codesById(known);
  const lose = (at: string, was: object, now: object) =>
    takenAway.push(...lossesOf(at, { ...was }, { ...now }, (id) => codes.get(id)));
  const phones = (kind: "stations" | "deputies" | "units") => phoneKeeper(kind, planning);

  const stationPhone = phones("stations");
  const stations = merge(
    records.stations,
    known.stations,
    lose,
    (said, was): StationRow => ({
      id: was?.id ?? newId(),
      jurisdictionId,
      code: said.code,
      name: said.name ?? was?.name ?? "",
      township: said.township ?? was?.township ?? "",
      address: said.address ?? was?.address ?? "",
      phone: stationPhone(said.phone, was?.phone),
      longitude: kept(said.longitude, was?.longitude),
      latitude: kept(said.latitude, was?.latitude),
      headDeputyId: was?.headDeputyId ?? null,
    }),
  );
  const stationIds = idsOf(known.stations, stations.rows);

  const grids = merge(
    records.grids,
    known.grids,
    lose,
    (said, was): GridRow => ({
      id: was?.id ?? newId(),
      jurisdictionId,
      code: said.code,
      name: said.name ?? was?.name ?? "",
      township: said.township ?? was?.township ?? "",
      community: said.community ?? was?.community ?? "",
      stationId: said.station === undefined ? (was?.stationId ?? null) : (stationIds.get(said.station) ?? null),
      aliases: said.aliases ?? was?.aliases ?? [],
      shape: kept(said.shape, was?.shape),
      untilOn: was?.untilOn ?? null,
    }),
  );
  const gridIds = idsOf(known.grids, grids.rows);

  const deputyPhone = phones("deputies");
  const deputies = merge(
    records.deputies,
    known.deputies,
    lose,
    (said, was): StoredDeputy => ({
      id: was?.id ?? newId(),
      jurisdictionId,
      code: said.code,
      name: said.name ?? was?.name ?? "",
      level: said.level ?? was?.level ?? "township",
      district: said.district ?? was?.district ?? "",
      phone: deputyPhone(said.phone, was?.phone),
      groups: said.groups ?? was?.groups ?? [],
      untilOn: kept(said.until, was?.untilOn),
    }),
  );
  const deputyIds = idsOf(known.deputies, deputies.rows);

  const unitPhone = phones("units");
  const units = merge(
    records.units,
    known.units,
    lose,
    (said, was): UnitRow => ({
      id: was?.id ?? newId(),
      jurisdictionId,
      code: said.code,
      name: said.name ?? was?.name ?? "",
      phone: unitPhone(said.phone, was?.phone),
      categories: said.categories ?? was?.categories ?? [],
      aliases: said.aliases ?? was?.aliases ?? [],
      untilOn: was?.untilOn ?? null,
    }),
  );

  const places = planPlaces(records, known, gridIds, jurisdictionId);
  const receptions = planReceptions(records, known, stationIds, planning);
  const assignments = planAssignments(records.deputies, known.assignments, {
    ...planning,
    deputyIds,
    gridIds,
    stationIds,
  });
  takenAway.push(...endedIn(records, assignments, codes, deputyIds));
  return {
    takenAway,
    stations: stations.rows,
    grids: grids.rows,
    deputies: deputies.rows,
    units: units.rows,
    places: places.rows,
    receptions: receptions.rows,
    assignments,
    counts: {
      stations: stations.count,
      grids: grids.count,
      deputies: deputies.count,
      units: units.count,
      places: places.count,
      receptions: receptions.count,
      assignments: {
        added: assignments.begin.length,
        changed: 0,
        unchanged: assignments.unchanged,
        ended: assignments.end.length,
      },
    },
  };
}

type Merged<Row> = { readonly rows: readonly Row[]; readonly count: Count };

function merge<Said extends { readonly at: ListPlace; readonly code: string }, Row extends object>(
  records: readonly Said[],
  known: ReadonlyMap<string, Row>,
  lose: (at: string, was: Row, now: Row) => void,
  rowOf: (said: Said, was: Row | undefined) => Row,
): Merged<Row> {
  const count: Count = { added: 0, changed: 0, unchanged: 0, ended: 0 };
  const rows = records.flatMap((said) => {
    const was = known.get(said.code);
    const row = rowOf(said, was);
    const outcome = was === undefined ? "added" : isDeepStrictEqual(row, was) ? "unchanged" : "changed";
    count[outcome] += 1;
    if (was !== undefined && outcome === "changed") lose(placeText(said.at), was, row);
    return outcome === "unchanged" ? [] : [row];
  });
  return { rows, count };
}

/** The assignments that end, named by deputy and place. */
function endedIn(
  { deputies }: Records,
  { end }: AssignmentPlan,
  codes: ReadonlyMap<string, string>,
  deputyIds: ReadonlyMap<string, string>,
): TakenAway[] {
  const records = new Map(deputies.map((record) => [deputyIds.get(record.code), record]));
  return end.flatMap(({ deputyId, gridId, stationId, role }) => {
    const record = records.get(deputyId);
    const place = codes.get(gridId ?? stationId ?? "") ?? "";
    const value = `${gridId === null ? "station" : "grid"} ${place} (${role})`;
    return record === undefined
      ? []
      : [
          {
            at: placeText(record.at),
            of: [record.code, record.name ?? ""].join(" ").trim(),
            what: "assignments",
            value,
          },
        ];
  });
}

function codesById({ stations, grids }: Known): Map<string, string> {
  return new Map([...stations.values(), ...grids.values()].map(({ id, code }) => [id, code]));
}

function planPlaces(
  records: Records,
  known: Known,
  gridIds: ReadonlyMap<string, string>,
  jurisdictionId: string,
): Merged<PlaceRow> {
  const there = new Set(known.places.map(({ name, gridId }) => `${gridId} ${name}`));
  const rows = records.places.flatMap(({ name, grid }) => {
    const gridId = gridIds.get(grid);
    return gridId === undefined || there.has(`${gridId} ${name}`)
      ? []
      : [{ id: newId(), jurisdictionId, name, gridId }];
  });
  const unchanged = records.places.length - rows.length;
  return { rows, count: { added: rows.length, changed: 0, unchanged, ended: 0 } };
}

/** A day that is in the list again has what the list says now; days that are not in it stay. */
function planReceptions(
  { receptions }: Records,
  known: Known,
  stationIds: ReadonlyMap<string, string>,
  { jurisdictionId }: Planning,
): Merged<ReceptionRow> {
  const count: Count = { added: 0, changed: 0, unchanged: 0, ended: 0 };
  const rows = receptions.flatMap(({ station, day, from, until, place, deputies }) => {
    const stationId = stationIds.get(station);
    if (stationId === undefined || day === null) return [];
    const at = { jurisdictionId, stationId, heldOn: day, fromTime: from, untilTime: until, place };
    const was = known.receptions.get(receptionKey({ ...at, deputies: [] }));
    const row = { ...at, id: was?.id ?? newId(), deputies: deputies ?? was?.deputies ?? [] };
    const outcome = was === undefined ? "added" : isDeepStrictEqual(row, was) ? "unchanged" : "changed";
    count[outcome] += 1;
    return outcome === "unchanged" ? [] : [row];
  });
  return { rows, count };
}

/** Sealing the same phone twice gives other bytes; the bytes that are there stay while they open to the same phone. */
function phoneKeeper(
  kind: "stations" | "deputies" | "units",
  { vault, jurisdictionId }: Planning,
): (said: string | null | undefined, was: Uint8Array | null | undefined) => Uint8Array | null {
  const purpose = phonePurpose(kind, jurisdictionId);
  return (said, was = null) => {
    if (said === undefined) return was;
    if (said === null) return null;
    return was !== null && vault.open(was, purpose) === said ? was : vault.seal(said, purpose);
  };
}

function kept<T>(said: T | null | undefined, was: T | null | undefined): T | null {
  return said === undefined ? (was ?? null) : said;
}

function idsOf(
  known: ReadonlyMap<string, { readonly id: string }>,
  rows: readonly { readonly code: string; readonly id: string }[],
): Map<string, string> {
  const ids = new Map<string, string>();
  for (const [code, { id }] of known) ids.set(code, id);
  for (const { code, id } of rows) ids.set(code, id);
  return ids;
}

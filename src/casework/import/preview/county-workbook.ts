import writeExcelFile from "write-excel-file/node";
import type { Transaction } from "../../../../db/database.ts";
import { readKnown } from "../known.ts";
import { defused } from "../spreadsheet/defused.ts";
import { COLUMNS, type TableKind } from "../tables.ts";

const TITLES: Readonly<Record<TableKind, string>> = {
  stations: "联络站",
  grids: "网格",
  deputies: "代表",
  units: "单位",
  places: "地名",
  receptions: "接待日",
};

/** Positions are kept in another datum than lists are mostly written in: read again they would lie elsewhere. */
const LEFT_OUT: ReadonlySet<string> = new Set(["phone", "longitude", "latitude"]);

/**
 * Writes the lists of a county as a workbook in the form in which they are imported, to be filled in or mended.
 *
 * Phones, positions and shapes are left out: an import keeps what it has no column for.
 */
export async function writeCounty(tx: Transaction, today: string): Promise<Buffer> {
  const known = await readKnown(tx);
  const stationOf = new Map([...known.stations.values()].map(({ id, code }) => [id, code]));
  const gridOf = new Map([...known.grids.values()].map(({ id, code }) => [id, code]));
  const posts = (deputyId: string, of: "gridId" | "stationId") =>
    known.assignments
      .filter((one) => one.deputyId === deputyId && one[of] !== null && holds(one, today))
      .map(
        (one) =>
          `${(of === "gridId" ? gridOf : stationOf).get(one[of] ?? "")}${one.role === "backup" ? ":backup" : ""}`,
      )
      .toSorted()
      .join(";");
  return writeExcelFile([
    sheet("stations", [...known.stations.values()], {}),
    sheet("grids", [...known.grids.values()], {
      station: ({ stationId }) => stationOf.get(stationId ?? "") ?? "",
      aliases: ({ aliases }) => aliases.join(";"),
    }),
    sheet("deputies", [...known.deputies.values()], {
      stations: ({ id }) => posts(id, "stationId"),
      grids: ({ id }) => posts(id, "gridId"),
      groups: ({ groups }) => groups.join(";"),
      until: ({ untilOn }) => untilOn ?? "",
    }),
    sheet("units", [...known.units.values()], {
      categories: ({ categories }) => categories.join(";"),
      aliases: ({ aliases }) => aliases.join(";"),
    }),
    sheet("places", known.places, { grid: ({ gridId }) => gridOf.get(gridId) ?? "" }),
    sheet(
      "receptions",
      [...known.receptions.values()].filter(({ heldOn }) => heldOn >= today),
      {
        station: ({ stationId }) => stationOf.get(stationId) ?? "",
        day: ({ heldOn }) => heldOn,
        from: ({ fromTime }) => fromTime,
        until: ({ untilTime }) => untilTime,
        deputies: ({ deputies }) => deputies.join(";"),
      },
    ),
  ]).toBuffer();
}

function sheet<Row extends object>(
  kind: TableKind,
  rows: readonly Row[],
  worded: Readonly<Record<string, (row: Row) => string>>,
) {
  const columns = Object.entries(COLUMNS[kind]).filter(([name]) => !LEFT_OUT.has(name));
  const names = columns.map(([, { headers }]) => ({ value: headers[0] ?? "", fontWeight: "bold" as const }));
  const data = rows.map((row) =>
    columns.map(([name]) => {
      const said = worded[name]?.(row) ?? String((row as Readonly<Record<string, unknown>>)[name] ?? "");
      return { value: defused(said), type: String };
    }),
  );
  return { sheet: TITLES[kind], data: [names, ...data] };
}

function holds(
  { fromOn, untilOn }: { readonly fromOn: string; readonly untilOn: string | null },
  today: string,
): boolean {
  return fromOn <= today && (untilOn === null || untilOn >= today);
}

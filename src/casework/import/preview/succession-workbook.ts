import { sql } from "drizzle-orm";
import writeExcelFile from "write-excel-file/node";
import type { Transaction } from "../../../../db/database.ts";
import { holdsOn, notEnded } from "../../../../db/in-force.ts";
import { defused } from "../spreadsheet/defused.ts";
import { SUCCESSION_COLUMNS } from "../succession-list.ts";

/** Excel takes what is typed into a cell of this format as it is: no zero is lost, no day becomes a number. */
const AS_TEXT = "@";
const HINT = "说明（不用填）";
const WIDTHS = [14, 14, 14, 14, 14, 24, 48];

/** Writes the template for who follows whom: a row for every deputy in office, to be filled in where somebody follows. */
export async function writeSuccessionTemplate(tx: Transaction, today: string): Promise<Buffer> {
  const rows = await tx.execute<{ code: string; name: string; untilOn: string | null; places: string[] }>(sql`
    select d.code, d.name, d.until_on::text as "untilOn",
      coalesce((select array_agg(coalesce(g.code, s.code) order by coalesce(g.code, s.code))
        from assignments a left join grids g on g.id = a.grid_id left join stations s on s.id = a.station_id
        where a.deputy_id = d.id and ${holdsOn(sql`a`, today)}), '{}') as places
    from deputies d where ${notEnded(sql`d.until_on`, today)} order by d.code`);
  const headers = [...Object.values(SUCCESSION_COLUMNS).map(({ headers: [name] }) => name), HINT];
  const data = rows.map(({ code, name, untilOn, places }) => {
    const hint = [
      places.length === 0 ? "现在没有网格和站" : `现在在：${places.join("；")}`,
      ...(untilOn === null ? [] : [`任期至 ${untilOn}`]),
    ].join("，");
    return [code, name, "", "", "", "", hint].map((value) => ({
      ...{ value: defused(value), type: String, format: AS_TEXT },
    }));
  });
  const head = headers.map((value) => ({ value, fontWeight: "bold" as const, format: AS_TEXT, type: String }));
  const columns = WIDTHS.map((width) => ({ width }));
  return writeExcelFile([{ sheet: "接任", data: [head, ...data], columns }]).toBuffer();
}

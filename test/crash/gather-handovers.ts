import type postgres from "postgres";
import type { HandedOver } from "./history.ts";

/** Reads the hand-overs of all counties. */
export async function gatherHandovers(sql: postgres.Sql): Promise<HandedOver[]> {
  type Row = Omit<HandedOver, "message"> & { readonly message: string | null; readonly tries: number };
  const rows = await sql<Row[]>`
    select h.id, j.code as county, c.number, h.state, m.state as message, coalesce(m.tries, 0) as tries
    from handovers h join jurisdictions j on j.jurisdiction_id = h.jurisdiction_id join cases c on c.id = h.case_id
    left join partner_messages m on m.id = h.id order by h.opened_at, h.id`;
  return rows.map(({ message, tries, ...row }) => ({
    ...row,
    message: message === null ? null : { state: message, tries },
  }));
}

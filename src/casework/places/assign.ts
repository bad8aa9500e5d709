import { sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import { notEnded } from "../../../db/in-force.ts";
import { addDays } from "../../domain/calendar/days.ts";
import { noteListChanges } from "../county/places-ledger.ts";
import { type Changing, lockSeen, type NotChanged } from "./change-row.ts";

/** An assignment that the office wants. */
export type WantedAssignment = {
  readonly deputy: string;
  readonly kind: "grid" | "station";
  readonly code: string;
  readonly role: "primary" | "backup";
  readonly from: string;
  readonly until?: string | null | undefined;
};

type Assigned = NotChanged | { readonly id: string };

/** Assigns a deputy to a grid or station from a day on; open cases stay where they are. */
export async function assign(changing: Changing, wanted: WantedAssignment): Promise<Assigned> {
  const { tx, caller, now, today } = changing;
  const { deputy, kind, code, role, from, until = null } = wanted;
  const seen = await lockSeen<{ until_on: string | null }>(changing, { kind: "deputies", key: deputy });
  if ("why" in seen) return seen;
  if (seen.was.until_on !== null && String(seen.was.until_on).slice(0, 10) < from) return { why: "left-office" };
  if (from < today) return wrong("from", "past", "An assignment begins today or later.");
  if (until !== null && until < from) return wrong("until", "before-from", "The last day is before the first.");
  const table = sql.identifier(kind === "grid" ? "grids" : "stations");
  const isThere = kind === "grid" ? notEnded(sql`y.until_on`, from) : sql`true`;
  const [place] = await tx.execute<{ id: string }>(
    sql`select y.id from ${table} y where y.code = ${code} and ${isThere}`,
  );
  if (place === undefined) return wrong("code", "unknown-code", "There is no grid or station of this code.");
  const column = sql.identifier(kind === "grid" ? "grid_id" : "station_id");
  const there = await tx.execute(sql`
    select from assignments a where a.deputy_id = ${seen.was.id} and a.${column} = ${place.id}
      and (a.until_on is null or a.until_on >= ${from}) and (${until}::date is null or a.from_on <= ${until}::date)`);
  if (there.length > 0) return { why: "taken" };
  const id = newId();
  const { jurisdictionId, name: by } = caller;
  await tx.execute(sql`
    insert into assignments (id, jurisdiction_id, deputy_id, ${column}, role, from_on, until_on)
    values (${id}, ${jurisdictionId}, ${seen.was.id}, ${place.id}, ${role}, ${from}, ${until})`);
  const after = { kind, code, role, from, until };
  const change = { what: "assignment", before: null, after };
  await noteListChanges(tx, { jurisdictionId, kind: "deputies", code: deputy }, [change], { by, at: now });
  return { id };
}

/** Ends an assignment on a day, its last one; one that has not begun by then never holds. Open cases stay where they are. */
export async function endAssignment(changing: Changing, id: string, on: string): Promise<Assigned> {
  const { tx, caller, now, today } = changing;
  const [found] = await tx.execute<{
    deputy: string;
    kind: "grid" | "station";
    code: string;
    role: string;
    from: string;
    until: string | null;
  }>(sql`
    select d.code as deputy, case when a.grid_id is null then 'station' else 'grid' end as kind,
      coalesce(g.code, s.code) as code, a.role, a.from_on::text as "from", a.until_on::text as until
    from assignments a join deputies d on d.id = a.deputy_id left join grids g on g.id = a.grid_id
      left join stations s on s.id = a.station_id where a.id = ${id}`);
  if (found === undefined) return { why: "not-here" };
  const { deputy, ...before } = found;
  const seen = await lockSeen(changing, { kind: "deputies", key: deputy });
  if ("why" in seen) return seen;
  if (before.until !== null && before.until < today) return { why: "ended" };

  const yesterday = addDays(today, -1);
  if (on < yesterday) return wrong("on", "past", "The last day is yesterday or later.");
  await tx.execute(sql`update assignments set until_on = ${on} where id = ${id}`);
  const { jurisdictionId, name: by } = caller;
  const change = { what: "assignment", before, after: { ...before, until: on } };
  await noteListChanges(tx, { jurisdictionId, kind: "deputies", code: deputy }, [change], { by, at: now });
  return { id };
}

const wrong = (at: string, code: string, text: string): NotChanged => ({
  ...{ why: "content", at: `body.${at}`, code, text },
});

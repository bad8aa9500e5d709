import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { holdsOn, notEnded } from "../../../db/in-force.ts";
import type { Vault } from "../../../db/vault.ts";
import type { Reader } from "../../domain/access/may-see.ts";
import { phonePurpose } from "../county/phone-purpose.ts";
import { type Listed, type ListWanted, narrowed, ofReader, readPage, versionOf } from "./listed.ts";

/** Somebody or something by code and name. */
type Named = { readonly code: string; readonly name: string };

/** A grid in a list of staff. */
export type GridListed = {
  readonly code: string;
  readonly name: string;
  readonly township: string;
  readonly community: string;
  readonly station: Named | null;
  readonly aliases: string[];
  readonly deputies: number;
  readonly hasShape: boolean;
  /** Its last day; null while none is known. */
  readonly untilOn: string | null;
  readonly etag: string;
};

/** The part of `g` that a list of grids shows. @param today for who serves there */
export function gridColumns(today: string): SQL {
  return sql`g.code, g.name, g.township, g.community, g.aliases, g.shape is not null as "hasShape", g.until_on::text as "untilOn",
    case when s.id is null then null else jsonb_build_object('code', s.code, 'name', s.name) end as station,
    (select count(distinct a.deputy_id)::int from assignments a join deputies d on d.id = a.deputy_id
      where (a.grid_id = g.id or a.station_id = g.station_id) and ${holdsOn(sql`a`, today)}
        and ${notEnded(sql`d.until_on`, today)}) as deputies,
    ${versionOf(sql`g`)} as etag`;
}

/** Lists the grids that exist for a reader, by code. */
export function listGrids(
  tx: Transaction,
  reader: Reader,
  wanted: ListWanted,
  today: string,
): Promise<Listed<GridListed>> {
  const columns = { code: sql`g.code`, name: sql`g.name`, township: sql`g.township`, station: sql`s.code` };
  return readPage(
    tx,
    {
      columns: gridColumns(today),
      from: sql`from grids g left join stations s on s.id = g.station_id`,
      where: [ofReader(reader, sql`g.station_id`), ...narrowed(wanted, columns)],
      order: [sql`g.code`, sql`g.code`],
    },
    wanted,
  );
}

/** A station in a list of staff; its phone is open here. */
export type StationListed = {
  readonly code: string;
  readonly name: string;
  readonly township: string;
  readonly address: string;
  readonly phone: string | null;
  readonly head: Named | null;
  readonly grids: number;
  readonly deputies: number;
  readonly etag: string;
};

/** The reader of a list that may hold phones, with what opens them. */
export type PhoneReader = { readonly reader: Reader & { readonly jurisdictionId: string }; readonly vault: Vault };

/** Lists the stations that exist for a reader, by code. */
export async function listStations(
  tx: Transaction,
  at: PhoneReader,
  wanted: ListWanted,
  today: string,
): Promise<Listed<StationListed>> {
  const columns = { code: sql`s.code`, name: sql`s.name`, township: sql`s.township`, station: sql`s.code` };
  const listed = await readPage<StationListed & Sealed>(
    tx,
    {
      columns: sql`s.code, s.name, s.township, s.address, s.phone as sealed,
        case when d.id is null then null else jsonb_build_object('code', d.code, 'name', d.name) end as head,
        (select count(*)::int from grids g where g.station_id = s.id) as grids,
        (select count(distinct a.deputy_id)::int from assignments a left join grids g on g.id = a.grid_id
          join deputies o on o.id = a.deputy_id where coalesce(a.station_id, g.station_id) = s.id
          and ${holdsOn(sql`a`, today)} and ${notEnded(sql`o.until_on`, today)}) as deputies,
        ${versionOf(sql`s`)} as etag`,
      from: sql`from stations s left join deputies d on d.id = s.head_deputy_id`,
      where: [ofReader(at.reader, sql`s.id`), ...narrowed(wanted, columns)],
      order: [sql`s.code`, sql`s.code`],
    },
    wanted,
  );
  return withPhones(listed, at, "stations");
}

/** A unit in a list of staff; its phone is open here. */
export type UnitListed = Named & {
  readonly phone: string | null;
  readonly categories: string[];
  readonly untilOn: string | null;
  readonly etag: string;
};

/** Lists the units, by code; those that ended too. */
export async function listUnits(tx: Transaction, at: PhoneReader, wanted: ListWanted): Promise<Listed<UnitListed>> {
  const listed = await readPage<UnitListed & Sealed>(
    tx,
    {
      columns: sql`u.code, u.name, u.phone as sealed, u.categories, u.until_on::text as "untilOn", ${versionOf(sql`u`)} as etag`,
      from: sql`from units u`,
      where: narrowed(wanted, { code: sql`u.code`, name: sql`u.name` }),
      order: [sql`u.code`, sql`u.code`],
    },
    wanted,
  );
  return withPhones(listed, at, "units");
}

/** A group of deputies in a list of staff. */
export type GroupListed = Named & { readonly lead: Named | null; readonly members: number; readonly etag: string };

/** Lists the groups of deputies, by code. */
export function listGroups(tx: Transaction, wanted: ListWanted, today: string): Promise<Listed<GroupListed>> {
  return readPage(
    tx,
    {
      columns: sql`x.code, x.name,
        case when d.id is null then null else jsonb_build_object('code', d.code, 'name', d.name) end as lead,
        (select count(*)::int from deputies m where m.groups @> array[x.code] and ${notEnded(sql`m.until_on`, today)}) as members,
        ${versionOf(sql`x`)} as etag`,
      from: sql`from sector_groups x left join deputies d on d.id = x.lead_deputy_id`,
      where: narrowed(wanted, { code: sql`x.code`, name: sql`x.name` }),
      order: [sql`x.code`, sql`x.code`],
    },
    wanted,
  );
}

/** A further name of a grid in a list of staff. */
export type PlaceListed = {
  readonly id: string;
  readonly name: string;
  readonly grid: Named & { readonly township: string };
  readonly etag: string;
};

/** Lists the other names of the grids that exist for a reader, by name. */
export function listPlaces(tx: Transaction, reader: Reader, wanted: ListWanted): Promise<Listed<PlaceListed>> {
  const columns = { code: sql`g.code`, name: sql`p.name`, township: sql`g.township`, station: sql`s.code` };
  return readPage(
    tx,
    {
      columns: sql`p.id, p.name, ${versionOf(sql`p`)} as etag,
        jsonb_build_object('code', g.code, 'name', g.name, 'township', g.township) as grid`,
      from: sql`from places p join grids g on g.id = p.grid_id left join stations s on s.id = g.station_id`,
      where: [ofReader(reader, sql`g.station_id`), ...narrowed(wanted, columns)],
      order: [sql`p.name`, sql`p.id::text`],
    },
    wanted,
  );
}

type Sealed = { readonly sealed: Uint8Array | null };

/** Opens the phones, for whoever sees them. */
function withPhones<T extends Sealed>(
  { items, ...listed }: Listed<T>,
  { reader, vault }: PhoneReader,
  kind: "stations" | "units",
): Listed<Omit<T, "sealed"> & { readonly phone: string | null }> {
  const seesPhones = reader.role !== "operator";
  const open = (sealed: Uint8Array | null) =>
    sealed === null || !seesPhones ? null : vault.open(Buffer.from(sealed), phonePurpose(kind, reader.jurisdictionId));
  return { ...listed, items: items.map(({ sealed, ...item }) => ({ ...item, phone: open(sealed) })) };
}

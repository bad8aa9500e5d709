import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { notEnded } from "../../../db/in-force.ts";
import type { Vault } from "../../../db/vault.ts";
import type { Reader } from "../../domain/access/may-see.ts";
import { phonePurpose } from "../county/phone-purpose.ts";
import { ofReader } from "./listed.ts";
import type { Poster } from "./poster-pages.ts";

/** The wanted posters: of the scenes that are named, of all grids of a township, or of a station and its grids. */
export type PosterWish = {
  readonly scenes?: readonly string[] | undefined;
  readonly township?: string | undefined;
  readonly station?: string | undefined;
};

/** The text of a poster as it is stored. */
export type PosterRow = Pick<Poster, "scene" | "name" | "township" | "station"> & {
  readonly address: string | null;
  readonly phone: Uint8Array | null;
};

/** The rows of the wanted posters; what does not exist for the reader, or has ended by then, is not among them. @param today null for any day */
export async function posterRows(
  tx: Transaction,
  reader: Reader,
  wish: PosterWish,
  today: string | null,
): Promise<readonly PosterRow[]> {
  const { ofStations, ofGrids } = conditionsOf(wish);
  return tx.execute<PosterRow>(sql`
    select 's:' || s.code as scene, s.name, s.township, s.name as station, s.address, s.phone, 0 as kind
    from stations s where ${ofReader(reader, sql`s.id`)} and ${ofStations}
    union all select 'g:' || g.code, g.name, g.township, s.name, s.address, s.phone, 1
    from grids g left join stations s on s.id = g.station_id where ${ofReader(reader, sql`g.station_id`)} and ${ofGrids}
      and ${today === null ? sql`true` : notEnded(sql`g.until_on`, today)}
    order by kind, scene`);
}

/** The text of a poster, without its link. */
export function posterOf(row: PosterRow, vault: Vault, jurisdictionId: string): Omit<Poster, "link"> {
  const { scene, name, township, station, address, phone } = row;
  const number = phone === null ? "" : vault.open(Buffer.from(phone), phonePurpose("stations", jurisdictionId));
  const contact = [address ?? "", number === "" ? "" : `电话 ${number}`].filter((one) => one !== "").join("　");
  return { scene, name, township, station, contact };
}

function conditionsOf({ scenes, township, station }: PosterWish): { readonly ofStations: SQL; readonly ofGrids: SQL } {
  if (township !== undefined) return { ofStations: sql`false`, ofGrids: sql`g.township = ${township}` };
  if (station !== undefined) return { ofStations: sql`s.code = ${station}`, ofGrids: sql`s.code = ${station}` };
  const codes = (letter: string) =>
    sql`${sql.param((scenes ?? []).flatMap((scene) => (scene.startsWith(letter) ? [scene.slice(2)] : [])))}::text[]`;
  return { ofStations: sql`s.code = any(${codes("s:")})`, ofGrids: sql`g.code = any(${codes("g:")})` };
}

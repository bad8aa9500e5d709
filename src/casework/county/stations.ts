import { eq } from "drizzle-orm";
import { stations } from "../../../db/schema/places.ts";
import type { Vault } from "../../../db/vault.ts";
import type { StationContact } from "../../domain/wording/who-answers.ts";
import type { Moment } from "./deputies.ts";
import { phonePurpose } from "./phone-purpose.ts";

/** The address and phone of a station, as far as they were entered; its phone is the station's, nobody's own. */
export async function stationContact(
  { tx, jurisdictionId }: Moment,
  vault: Vault,
  stationId: string,
): Promise<StationContact | null> {
  const { name, address, phone } = stations;
  const [row] = await tx.select({ name, address, phone }).from(stations).where(eq(stations.id, stationId));
  if (row === undefined) return null;
  return {
    name: row.name,
    address: row.address === "" ? null : row.address,
    phone: row.phone === null ? null : vault.open(row.phone, phonePurpose("stations", jurisdictionId)),
  };
}

import type { Database } from "../../../db/database.ts";
import { jurisdictions } from "../../../db/schema/county.ts";

/** The name of a county, as its page says it. */
export async function countyName(database: Database, jurisdictionId: string): Promise<string> {
  const [row] = await database.inCounty(jurisdictionId, (tx) =>
    tx.select({ name: jurisdictions.name }).from(jurisdictions),
  );
  return row?.name ?? "";
}

import { asc } from "drizzle-orm";
import type { Database } from "../../../db/database.ts";
import { jurisdictions } from "../../../db/schema/county.ts";

/** A function that finds the county whose console a host name is; null where it is none's. */
export type CountyOfHost = (host: string) => Promise<{ readonly id: string; readonly name: string } | null>;

const KNOWN_MS = 5_000;

/**
 * Finds counties by host name: the one that has named it, or else the only one there is.
 *
 * What was read is known for five seconds.
 */
export function countyOfHost(database: Database): CountyOfHost {
  let known: { readonly atMs: number; readonly counties: ReturnType<typeof read> } | null = null;
  return async (host) => {
    if (known === null || performance.now() - known.atMs > KNOWN_MS) {
      known = { atMs: performance.now(), counties: read(database) };
    }
    const asked = known;
    const counties = await asked.counties.catch((error: unknown) => {
      if (known === asked) known = null;
      throw error;
    });
    const name = host.toLowerCase().replace(/:\d+$/, "");
    const named = counties.find(({ hosts }) => hosts.includes(name));
    return named ?? (counties.length === 1 ? (counties[0] ?? null) : null);
  };
}

function read(database: Database) {
  const { jurisdictionId, name, hosts } = jurisdictions;
  return database.inDirectory((tx) =>
    tx.select({ id: jurisdictionId, name, hosts }).from(jurisdictions).orderBy(asc(jurisdictions.code)),
  );
}

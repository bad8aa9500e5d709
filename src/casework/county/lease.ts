import { and, eq, sql } from "drizzle-orm";
import type { Database } from "../../../db/database.ts";
import { sharedValues } from "../../../db/schema/county.ts";

/**
 * Takes, or prolongs, the lease of a task that one process per county should do; by the database's clock.
 *
 * A process that dies loses it when its time is over, and one that was stopped may find that another has it: what is done in a
 * turn must do no harm when it is done twice.
 * @param name what it is about; the same in every process
 * @param holder random bytes by which this process knows its own turn again
 * @returns false when another process has it
 */
export async function takeLease(
  database: Database,
  jurisdictionId: string,
  { name, holder, ms }: { readonly name: string; readonly holder: Uint8Array; readonly ms: number },
): Promise<boolean> {
  const until = sql`clock_timestamp() + make_interval(secs => ${ms / 1000})`;
  const taken = await database.inCounty(jurisdictionId, (tx) =>
    tx
      .insert(sharedValues)
      .values({ jurisdictionId, key: `turn:${name}`, value: holder, expiresAt: until })
      .onConflictDoUpdate({
        target: [sharedValues.jurisdictionId, sharedValues.key],
        set: { value: holder, expiresAt: until },
        setWhere: sql`${sharedValues.expiresAt} < clock_timestamp() or ${sharedValues.value} = ${holder}`,
      })
      .returning({ key: sharedValues.key }),
  );
  return taken.length > 0;
}

/** Ends a lease, so that another process may take it; does nothing when another process has it. */
export async function dropLease(
  database: Database,
  jurisdictionId: string,
  { name, holder }: { readonly name: string; readonly holder: Uint8Array },
): Promise<void> {
  await database.inCounty(jurisdictionId, (tx) =>
    tx
      .delete(sharedValues)
      .where(
        and(
          eq(sharedValues.jurisdictionId, jurisdictionId),
          eq(sharedValues.key, `turn:${name}`),
          eq(sharedValues.value, holder),
        ),
      ),
  );
}

import postgres from "postgres";

/** A look at who waits for a lock in a database, as its owner sees it. */
export function lockWaits(ownerUrl: string): {
  readonly whoWaits: () => Promise<readonly object[]>;
  [Symbol.asyncDispose](): Promise<void>;
} {
  const sql = postgres(ownerUrl, { max: 1 });
  return {
    whoWaits: () => sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    [Symbol.asyncDispose]: () => sql.end(),
  };
}

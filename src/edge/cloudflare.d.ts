/** What the edge uses of the platform that it runs on: a part of its types, for the whole of them would replace Node's. */
declare module "cloudflare:workers" {
  type SqlValue = string | number | null;
  type SqlStorage = {
    exec<Row extends Record<string, SqlValue>>(
      query: string,
      ...values: readonly SqlValue[]
    ): { toArray(): Row[]; readonly rowsWritten: number };
  };
  type DurableObjectState = {
    readonly storage: {
      readonly sql: SqlStorage;
      /** All of it is written, or nothing. */
      transactionSync<T>(work: () => T): T;
      getAlarm(): Promise<number | null>;
      setAlarm(atMs: number): Promise<void>;
    };
  };
  /** An object of which there is one for each name in all the world, with a database of its own. */
  abstract class DurableObject<Env> {
    protected readonly ctx: DurableObjectState;
    protected readonly env: Env;
    constructor(ctx: DurableObjectState, env: Env);
  }
  /** Where objects of a class are found by name; what their methods take and give is copied. */
  type DurableObjectNamespace<T> = { getByName(name: string): T };
}

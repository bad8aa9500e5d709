import { once } from "node:events";
import { setImmediate as turn } from "node:timers/promises";
import type { Manifest } from "./manifest.ts";
import { type Asking, quoted, quotedColumns, type Table } from "./tables.ts";

/** A loader of rows into the empty tables of one transaction; no policy, trigger or foreign key takes effect meanwhile. */
export type Loader = {
  /** @param bytes whole rows in the text form of COPY */
  load(table: string, columns: readonly string[], bytes: Uint8Array): Promise<void>;
  /**
   * Sets the sequences, puts everything back into its place, and checks every foreign key and count.
   * @throws Error when a row is missing or belongs to nothing
   */
  finish(manifest: Pick<Manifest, "tables" | "sequences">): Promise<void>;
};

type Trigger = { readonly table: string; readonly name: string; readonly mode: "O" | "A" | "R" };
type Reference = { readonly table: string; readonly name: string };

const MODES = { O: "enable", A: "enable always", R: "enable replica" } as const;

/**
 * Creates a loader over the tables of this transaction, which holds them exclusively.
 * @param tables all that may be filled
 */
export async function createLoader(tx: Asking, tables: readonly Table[]): Promise<Loader> {
  const forced = await tx.unsafe<{ name: string }[]>(`
    select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relforcerowsecurity`);
  const triggers = await tx.unsafe<Trigger[]>(`
    select c.relname as table, t.tgname as name, t.tgenabled::text as mode
    from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where c.relnamespace = 'public'::regnamespace and not t.tgisinternal and t.tgenabled <> 'D'`);
  const references = await tx.unsafe<Reference[]>(`
    select c.relname as table, k.conname as name from pg_constraint k join pg_class c on c.oid = k.conrelid
    where c.relnamespace = 'public'::regnamespace and k.contype = 'f' and not k.condeferrable and k.conparentid = 0`);
  const alter = (table: string, change: string) => tx.unsafe(`alter table ${quoted(table)} ${change}`);

  for (const { name } of forced) await alter(name, "no force row level security");
  for (const { table, name } of triggers) await alter(table, `disable trigger ${quotedColumns([name])}`);
  for (const { table, name } of references) {
    await alter(table, `alter constraint ${quotedColumns([name])} deferrable initially deferred`);
  }

  const known = new Set(tables.map(({ name }) => name));
  return {
    async load(table, columns, bytes) {
      if (!known.has(table)) throw new Error(`The backup holds a table ${table}, which this version does not know.`);
      await copyIn(tx, `copy ${quoted(table)} (${quotedColumns(columns)}) from stdin`, bytes);
    },
    async finish({ tables: expected, sequences }) {
      await tx.unsafe("set constraints all immediate");
      for (const { table, name } of references)
        await alter(table, `alter constraint ${quotedColumns([name])} not deferrable`);
      for (const { table, name, mode } of triggers)
        await alter(table, `${MODES[mode]} trigger ${quotedColumns([name])}`);
      for (const { name, value, isCalled } of sequences) {
        await tx.unsafe("select setval($1::regclass, $2::bigint, $3::boolean)", [quoted(name), value, isCalled]);
      }
      for (const { name, rows } of expected) {
        const [counted] = await tx.unsafe<{ rows: number }[]>(`select count(*)::int as rows from ${quoted(name)}`);
        if (counted?.rows !== rows) throw new Error(`Of ${rows} rows of ${name} only ${counted?.rows ?? 0} came in.`);
      }
      for (const { name } of forced) await alter(name, "force row level security");
    },
  };
}

/**
 * The driver says nothing when the server refuses rows at their end, and would wait for ever; a statement sent behind
 * them is answered either way.
 */
async function copyIn(tx: Asking, statement: string, bytes: Uint8Array): Promise<void> {
  const into = await tx.unsafe(statement).writable();
  const failed = once(into, "error").then(([error]) => {
    throw error;
  });
  failed.catch(() => undefined);
  await Promise.race([new Promise<void>((done) => into.write(bytes, () => done())), failed]);
  into.end();
  await turn();
  await tx.unsafe("select 1");
}

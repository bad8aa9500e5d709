import { getTableColumns, getTableName, type SQL, sql } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import type { Transaction } from "./database.ts";

/**
 * The gathered writes of one transaction: each table gets one statement however many rows there are.
 *
 * Nothing is lost or seen too late by it: `send` puts all of it before whatever is said next on the same connection.
 * Whoever gathers here looks at the tables only through a transaction that sends first.
 */
export type Writes = {
  /** Adds a row; it may be changed until it is sent. What it leaves out gets the default of its column. */
  insert<T extends PgTable>(table: T, row: T["$inferInsert"]): void;
  /** Adds a row of a table whose rows join those that have the same key: see {@link Joining}. */
  join<T extends PgTable>(table: T, row: T["$inferInsert"]): void;
  /** Changes a row that is there, found by its id; the later of two changes holds. */
  update<T extends TableWithId>(table: T, id: string, changes: Partial<T["$inferInsert"]>): void;
  /** Sends a statement of its own behind everything gathered so far, without waiting for it. */
  later(write: { execute(): Promise<unknown> }): void;
  /** Sends a statement of its own, made of its text, behind everything gathered so far, without waiting for it. */
  run(statement: SQL): void;
  /** Sends what was gathered, without waiting for it. */
  send(): void;
  /** Sends the rest and waits for all; throws the first failure, to roll everything back. */
  done(): Promise<void>;
  /** A write that nobody waited for fails all that come after it: it is the cause of `error`, if there is one. */
  causeOf(error: unknown): Promise<unknown>;
};

/** The way in which rows of a table join those that have the same key, in memory and in the database. */
export type Joining = {
  readonly key: string;
  /** What the row gathered first becomes when another one joins it. */
  merge(first: Row, another: Row): Row;
  readonly onConflict: SQL;
};

type TableWithId = PgTable & { readonly id: PgColumn };
type Row = Readonly<Record<string, unknown>>;
type Changing = Record<string, unknown> & { id?: unknown };
type Waiting = { readonly added: Changing[]; readonly changed: Map<string, Changing> };

/**
 * Creates the gathered writes of a transaction.
 * @param order every table that is written to, each behind those whose rows it refers to
 * @param joined the tables among them whose rows join others
 */
export function gatherWrites(
  tx: Transaction,
  order: readonly PgTable[],
  joined: ReadonlyMap<PgTable, Joining> = new Map(),
): Writes {
  const waiting = new Map<PgTable, Waiting>(order.map((table) => [table, { added: [], changed: new Map() }]));
  const sent: Promise<unknown>[] = [];
  let isEmpty = true;

  const of = (table: PgTable): Waiting => {
    const found = waiting.get(table);
    if (found === undefined) throw new Error(`nobody said in which order ${getTableName(table)} is written`);
    isEmpty = false;
    return found;
  };
  const dispatch = (statement: { execute(): Promise<unknown> }): void => {
    const result = statement.execute();
    result.catch(() => undefined);
    sent.push(result);
  };
  const send = (): void => {
    if (isEmpty) return;
    isEmpty = true;
    for (const [table, { added, changed }] of waiting) {
      if (added.length > 0) dispatch(tx.execute(insertRows(table, added.splice(0), joined.get(table)?.onConflict)));
      for (const rows of alike(changed)) dispatch(tx.execute(updateRows(table, rows)));
      changed.clear();
    }
  };

  return {
    insert: (table, row) => void of(table).added.push({ ...row }),
    join(table, row) {
      const { added } = of(table);
      const joining = joined.get(table);
      if (joining === undefined) throw new Error(`nobody said how rows of ${getTableName(table)} join`);
      const first: Changing | undefined = added.find((one) => one[joining.key] === (row as Row)[joining.key]);
      if (first === undefined) added.push({ ...row });
      else Object.assign(first, joining.merge(first, row));
    },
    update(table, id, changes) {
      const { added, changed } = of(table);
      const known = added.find((row) => row.id === id) ?? changed.get(id) ?? { id };
      Object.assign(known, Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)));
      if (!added.includes(known)) changed.set(id, known);
    },
    later(write) {
      send();
      dispatch(write);
    },
    run(statement) {
      send();
      dispatch(tx.execute(statement));
    },
    send,
    async done() {
      send();
      await Promise.all(sent);
    },
    async causeOf(error) {
      const ends = await Promise.allSettled(sent);
      const failed = ends.find((end) => end.status === "rejected");
      return failed === undefined ? error : failed.reason;
    },
  };
}

/**
 * Adds rows that are given as one array parameter: the text of the statement is the same whatever their number, so that
 * it is prepared once.
 */
export function insertRows(table: PgTable, rows: readonly Row[], onConflict: SQL = sql``): SQL {
  const columns = columnsOf(table);
  const names = sql.raw(columns.map(({ column }) => `"${column.name}"`).join(", "));
  const given = inJson(rows, columns);
  const into = sql.raw(`"${getTableName(table)}"`);
  return sql`insert into ${into} (${names}) select ${names} from jsonb_populate_recordset(null::${into}, ${given}::jsonb) ${onConflict}`;
}

/** All of these change the same columns. */
function updateRows(table: PgTable, rows: readonly Row[]): SQL {
  const [first = {}] = rows;
  const columns = columnsOf(table).filter(({ key }) => key in first);
  const changes = columns.flatMap(({ key, column }) => (key === "id" ? [] : [`"${column.name}" = r."${column.name}"`]));
  const given = inJson(rows, columns);
  const target = sql.raw(`"${getTableName(table)}"`);
  return sql`update ${target} t set ${sql.raw(changes.join(", "))}
    from jsonb_populate_recordset(null::${target}, ${given}::jsonb) r where t.id = r.id`;
}

/** The changed rows by the columns that change in them. */
function alike(changed: ReadonlyMap<string, Row>): Iterable<Row[]> {
  return Map.groupBy(changed.values(), (row) => Object.keys(row).toSorted().join(" ")).values();
}

type Column = { readonly key: string; readonly column: PgColumn };

/** The columns that are given; the database counts the others up by itself. */
function columnsOf(table: PgTable): readonly Column[] {
  const known = columnsKnown.get(table);
  if (known !== undefined) return known;
  const columns = Object.entries(getTableColumns(table)).flatMap(([key, column]) =>
    column.generatedIdentity === undefined ? [{ key, column }] : [],
  );
  columnsKnown.set(table, columns);
  return columns;
}

const columnsKnown = new WeakMap<PgTable, readonly Column[]>();

function inJson(rows: readonly Row[], columns: readonly Column[]): string {
  return JSON.stringify(
    rows.map((row) => {
      const given: Record<string, unknown> = {};
      for (const { key, column } of columns)
        given[column.name] = asJson(row[key] === undefined ? (column.default ?? null) : row[key]);
      return given;
    }),
  );
}

/** Half a sign, which JSON would carry and the database refuse, becomes what the connection would make of it. */
function asJson(value: unknown): unknown {
  if (typeof value === "string") return value.toWellFormed();
  return value instanceof Uint8Array ? `\\x${Buffer.from(value).toString("hex")}` : value;
}

import { asc, eq, sql } from "drizzle-orm";
import type { Transaction } from "../../../../db/database.ts";
import { importWrites } from "../../../../db/schema/imports.ts";
import type { Vault } from "../../../../db/vault.ts";
import { addDays } from "../../../domain/calendar/days.ts";
import { type Known, receptionKey } from "../known.ts";
import type { Plan } from "../plan.ts";

/** A kind of list whose rows an import writes. */
export type WrittenKind = (typeof importWrites.$inferSelect)["kind"];
/** A row as JSON can hold it: its bytes are texts. */
export type PlainRow = Readonly<Record<string, unknown>>;
/** A row that an import wrote: as it was before, null where there was none, and as it became, null where it was taken away. */
export type WrittenRow = {
  readonly kind: WrittenKind;
  readonly id: string;
  readonly was: PlainRow | null;
  readonly became: PlainRow | null;
};

type Within = { readonly tx: Transaction; readonly vault: Vault; readonly jurisdictionId: string };

const BYTES = "bytes:";
const CHUNK = 2_000;

/** A row of the database as JSON can hold it. */
export function plainRow(row: object): PlainRow {
  return Object.fromEntries(
    Object.entries(row).map(([field, value]) => [
      field,
      value instanceof Uint8Array ? `${BYTES}${Buffer.from(value).toString("base64")}` : value,
    ]),
  );
}

/** A row as the database takes it. */
export function storedRow(row: PlainRow): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([field, value]) => [
      field,
      field === "phone" && typeof value === "string" ? Buffer.from(value.slice(BYTES.length), "base64") : value,
    ]),
  );
}

/** The rows that a plan writes, as they are before and after it. */
export function writtenBy(plan: Plan, known: Known, today: string): WrittenRow[] {
  const coded = <Row extends { readonly id: string; readonly code: string }>(
    kind: WrittenKind,
    rows: readonly Row[],
    before: ReadonlyMap<string, object>,
  ) =>
    rows.map((row): WrittenRow => {
      const was = before.get(row.code);
      return { kind, id: row.id, was: was === undefined ? null : plainRow(was), became: plainRow(row) };
    });
  const added = (kind: WrittenKind, rows: readonly { readonly id: string }[]) =>
    rows.map((row): WrittenRow => ({ kind, id: row.id, was: null, became: plainRow(row) }));
  const lastDay = addDays(today, -1);
  return [
    ...coded("stations", plan.stations, known.stations),
    ...coded("grids", plan.grids, known.grids),
    ...coded("deputies", plan.deputies, known.deputies),
    ...coded("units", plan.units, known.units),
    ...added("places", plan.places),
    ...plan.receptions.map((row): WrittenRow => {
      const was = known.receptions.get(receptionKey(row));
      return {
        ...{ kind: "receptions", id: row.id, became: plainRow(row) },
        was: was === undefined ? null : plainRow(was),
      };
    }),
    ...plan.assignments.end.map(
      (row): WrittenRow => ({
        ...{ kind: "assignments", id: row.id, was: plainRow(row) },
        became: plainRow({ ...row, untilOn: lastDay }),
      }),
    ),
    ...added("assignments", plan.assignments.begin),
  ];
}

/** Keeps what an import wrote, in the transaction that writes it. */
export async function keepWritten(at: Within, errandId: string, all: readonly WrittenRow[]): Promise<void> {
  const { tx, vault, jurisdictionId } = at;
  const sealed = (row: PlainRow | null) =>
    row === null ? null : Buffer.from(vault.seal(JSON.stringify(row), purposeOf(errandId))).toString("base64");
  for (let from = 0; from < all.length; from += CHUNK) {
    const rows = all
      .slice(from, from + CHUNK)
      .map(({ kind, id, was, became }) => ({ kind, id, was: sealed(was), became: sealed(became) }));
    await tx.execute(sql`
      insert into import_writes (jurisdiction_id, errand_id, kind, row_id, was, became)
      select ${jurisdictionId}::uuid, ${errandId}::uuid, r.one ->> 'kind', (r.one ->> 'id')::uuid,
        decode(r.one ->> 'was', 'base64'), decode(r.one ->> 'became', 'base64')
      from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) with ordinality as r(one, place) order by r.place`);
  }
}

/** The rows that an import wrote, in the order in which it wrote them; none of one that is older than its errand is kept. */
export async function writtenIn(
  { tx, vault }: Omit<Within, "jurisdictionId">,
  errandId: string,
): Promise<WrittenRow[]> {
  const rows = await tx
    .select()
    .from(importWrites)
    .where(eq(importWrites.errandId, errandId))
    .orderBy(asc(importWrites.seq));
  const opened = (row: Uint8Array | null): PlainRow | null =>
    row === null ? null : (JSON.parse(vault.open(row, purposeOf(errandId))) as PlainRow);
  return rows.map(({ kind, rowId, was, became }) => ({ kind, id: rowId, was: opened(was), became: opened(became) }));
}

/** Counts the rows that an import wrote. */
export async function countWritten(tx: Transaction, errandId: string): Promise<number> {
  return tx.$count(importWrites, eq(importWrites.errandId, errandId));
}

/** Whether an import or undo afterwards wrote a row that this one wrote too. */
export async function isWrittenAgain(tx: Transaction, errandId: string): Promise<boolean> {
  const rows = await tx.execute(sql`
    select from import_writes w where w.errand_id = ${errandId}::uuid and exists (
      select from import_writes later
      where later.row_id = w.row_id and later.seq > w.seq and later.errand_id <> w.errand_id) limit 1`);
  return rows.length > 0;
}

function purposeOf(errandId: string): string {
  return `import-writes:${errandId}`;
}

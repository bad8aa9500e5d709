import { type SQL, sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Transaction } from "../../../db/database.ts";
import type { Vault } from "../../../db/vault.ts";
import type { Caller } from "../access/caller.ts";
import { renewAtlas } from "../county/atlas-store.ts";
import { phonePurpose } from "../county/phone-purpose.ts";
import { type ListChange, type ListKind, latestListChanges, noteListChanges } from "../county/places-ledger.ts";
import { isPhone } from "../import/cells.ts";
import { versionOf } from "./listed.ts";

/** A member of the staff who changes a row of the lists, within the transaction of their request. */
export type Changing = {
  readonly tx: Transaction;
  readonly caller: Caller;
  readonly vault: Vault;
  readonly now: Date;
  /** Calendar day of the county. */
  readonly today: string;
  /** The version that they have seen. */
  readonly match: string;
};

/** The reason for which a row was not changed. */
export type NotChanged =
  | { readonly why: "not-here" }
  | {
      readonly why: "faster";
      readonly since: readonly { type: string; by: string; at: string }[];
      readonly etag: string;
    }
  | { readonly why: "content"; readonly at: string; readonly code: string; readonly text: string }
  | { readonly why: "taken" | "left-office" | "ended" };

/** A wanted value of a column, what it was, and what the ledger says of both; left out where they are the same. */
export type Wanted = {
  readonly column: string;
  readonly value: SQL;
  readonly change: ListChange;
};

const TABLES: Readonly<Record<ListKind, string>> = {
  grids: "grids",
  stations: "stations",
  units: "units",
  groups: "sector_groups",
  places: "places",
  deputies: "deputies",
};

/** The lists that the atlas is made of. */
const ON_MAP: readonly ListKind[] = ["grids", "stations", "places"];

/**
 * Changes a row of the lists, if it is still as the caller has seen it, and adds what changed to the ledger.
 * @param row.key its code, or its id where it has none
 * @param wantedOf the wanted values, told from the row as it is; or why they cannot be
 */
export async function changeRow<Row extends Readonly<Record<string, unknown>>>(
  changing: Changing,
  row: { readonly kind: ListKind; readonly key: string },
  wantedOf: (was: Row & { readonly id: string }) => Promise<readonly Wanted[] | NotChanged>,
): Promise<NotChanged | { readonly etag: string }> {
  const { tx, caller, now } = changing;
  const { kind, key } = row;
  const seen = await lockSeen<Row>(changing, row);
  if ("why" in seen) return seen;
  const wanted = await wantedOf(seen.was);
  if ("why" in wanted) return wanted;
  if (wanted.length === 0) return { etag: seen.etag };
  const set = sql.join(
    wanted.map(({ column, value }) => sql`${sql.identifier(column)} = ${value}`),
    sql`, `,
  );
  await tx.execute(sql`update ${sql.identifier(TABLES[kind])} set ${set} where id = ${seen.was.id}`);
  const { jurisdictionId, name: by } = caller;
  await noteListChanges(
    tx,
    { jurisdictionId, kind, code: key },
    wanted.map(({ change }) => change),
    { by, at: now },
  );
  if (ON_MAP.includes(kind)) await renewAtlas(tx, jurisdictionId, newId());
  return { etag: await etagOf(tx, kind, seen.was.id) };
}

/** Locks a row of the lists, if it is still as the caller has seen it. */
export async function lockSeen<Row extends Readonly<Record<string, unknown>>>(
  { tx, match }: Pick<Changing, "tx" | "match">,
  { kind, key }: { readonly kind: ListKind; readonly key: string },
): Promise<NotChanged | { readonly was: Row & { readonly id: string }; readonly etag: string }> {
  const by = kind === "places" ? sql`x.id::text` : sql`x.code`;
  const [was] = await tx.execute<Row & { readonly id: string }>(
    sql`select x.* from ${sql.identifier(TABLES[kind])} x where ${by} = ${key} for no key update`,
  );
  if (was === undefined) return { why: "not-here" };
  // Only now: what somebody else did while this waited is seen by a statement that begins afterwards.
  const etag = await etagOf(tx, kind, was.id);
  if (etag !== match) return { why: "faster", since: await latestListChanges(tx, kind, key), etag };
  return { was: was as Row & { readonly id: string }, etag };
}

/** The version of a row of the lists; a deputy's covers their assignments too. */
export async function etagOf(tx: Transaction, kind: ListKind, id: string): Promise<string> {
  const row =
    kind === "deputies"
      ? sql`(x::text || coalesce((select string_agg(a::text, '' order by a.id) from assignments a where a.deputy_id = x.id), ''))`
      : sql`x`;
  const [read] = await tx.execute<{ etag: string }>(
    sql`select ${versionOf(row)} as etag from ${sql.identifier(TABLES[kind])} x where x.id = ${id}`,
  );
  if (read === undefined) throw new Error("a row that was locked is not there");
  return read.etag;
}

/** A plain value that is wanted in a column; nothing where it is there already or was not asked for. */
export function wantedValue(
  column: string,
  value: string | null | undefined,
  was: unknown,
  cast: SQL = sql`::text`,
): Wanted[] {
  if (value === undefined || value === was) return [];
  return [{ column, value: sql`${value}${cast}`, change: { what: column, before: was ?? null, after: value } }];
}

/** Words that are wanted in a column that holds several, each once. */
export function wantedWords(column: string, value: readonly string[] | undefined, was: readonly string[]): Wanted[] {
  if (value === undefined) return [];
  const words = [...new Set(value)];
  if (JSON.stringify(words) === JSON.stringify(was)) return [];
  return [{ column, value: sql`${sql.param(words)}::text[]`, change: { what: column, before: was, after: words } }];
}

/** A row that is wanted by its code in a column that holds ids; in the ledger stand the codes. */
export function wantedLink(
  column: string,
  what: string,
  found: { readonly id: string; readonly code: string } | null,
  was: { readonly id: string | null; readonly code: string | null },
): Wanted[] {
  if ((found?.id ?? null) === was.id) return [];
  const value = sql`${found?.id ?? null}::uuid`;
  return [{ column, value, change: { what, before: was.code, after: found?.code ?? null } }];
}

/** A phone that is wanted, sealed; in the ledger stands only whether there was and is one. */
export function wantedPhone(
  { caller, vault }: Changing,
  kind: "stations" | "units" | "deputies",
  phone: string | null | undefined,
  was: Uint8Array | null,
): readonly Wanted[] | NotChanged {
  if (phone === undefined) return [];
  const number = phone === null || phone === "" ? null : phone;
  if (number !== null && !isPhone(number))
    return { why: "content", at: "body.phone", code: "no-phone", text: "That is no phone number." };
  const purpose = phonePurpose(kind, caller.jurisdictionId);
  if (number === (was === null ? null : vault.open(Buffer.from(was), purpose))) return [];
  const value = number === null ? sql`null` : sql`${vault.seal(number, purpose)}::bytea`;
  return [{ column: "phone", value, change: { what: "phone", before: was !== null, after: number !== null } }];
}

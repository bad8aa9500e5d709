import { and, asc, eq, gt, sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Transaction } from "../../../db/database.ts";
import { importFindings, importUploads } from "../../../db/schema/imports.ts";
import type { Vault } from "../../../db/vault.ts";

/** A file as somebody uploaded it. */
export type Upload = { readonly name: string; readonly bytes: Uint8Array };
/** The sort of a finding of a check: mistakes, changes, what these lead to. */
export type FindingWhat = (typeof importFindings.$inferSelect)["what"];
/** A finding before it is kept: of which kind, and the whole of it. */
export type ImportFinding = { readonly what: FindingWhat; readonly kind: string; readonly found: object };

type Within = { readonly tx: Transaction; readonly vault: Vault; readonly jurisdictionId: string };

const CHUNK = 2_000;

/** Keeps the files of an import, sealed, for the errand that checks them. */
export async function keepUploads(at: Within, errandId: string, uploads: readonly Upload[]): Promise<void> {
  const { tx, vault, jurisdictionId } = at;
  for (const [position, { name, bytes }] of uploads.entries()) {
    const content = vault.seal(Buffer.from(bytes).toString("base64"), purposeOf(errandId));
    await tx.insert(importUploads).values({ id: newId(), jurisdictionId, errandId, position, name, content });
  }
}

/** The files of an import, in their order. */
export async function uploadsOf({ tx, vault }: Omit<Within, "jurisdictionId">, errandId: string): Promise<Upload[]> {
  const rows = await tx
    .select()
    .from(importUploads)
    .where(eq(importUploads.errandId, errandId))
    .orderBy(asc(importUploads.position));
  return rows.map(({ name, content }) => ({
    name,
    bytes: Buffer.from(vault.open(content, purposeOf(errandId)), "base64"),
  }));
}

/** Keeps what a check found in place of what an earlier run of it found. */
export async function keepFindings(at: Within, errandId: string, all: readonly ImportFinding[]): Promise<void> {
  const { tx, vault, jurisdictionId } = at;
  await tx.delete(importFindings).where(eq(importFindings.errandId, errandId));
  for (let from = 0; from < all.length; from += CHUNK) {
    const rows = all.slice(from, from + CHUNK).map(({ what, kind, found }) => {
      const sealed = vault.seal(JSON.stringify(found), purposeOf(errandId));
      return { what, kind, found: Buffer.from(sealed).toString("base64") };
    });
    // One parameter for all rows: 50,000 of them would otherwise take longer to word than to write.
    await tx.execute(sql`
      insert into import_findings (jurisdiction_id, errand_id, what, kind, found)
      select ${jurisdictionId}::uuid, ${errandId}::uuid, r.one ->> 'what', r.one ->> 'kind', decode(r.one ->> 'found', 'base64')
      from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) with ordinality as r(one, place) order by r.place`);
  }
}

/** A page of what a check found, in its order; `next` is the place of the last one, null at the end. */
export async function findingsOf<T>(
  { tx, vault }: Omit<Within, "jurisdictionId">,
  errandId: string,
  wanted: {
    readonly what: FindingWhat;
    readonly kind?: string | undefined;
    readonly after: number;
    readonly limit: number;
  },
): Promise<{ readonly items: T[]; readonly next: string | null; readonly total: number }> {
  const { what, kind, after, limit } = wanted;
  const all = and(
    eq(importFindings.errandId, errandId),
    eq(importFindings.what, what),
    kind === undefined ? undefined : eq(importFindings.kind, kind),
  );
  const rows = await tx
    .select()
    .from(importFindings)
    .where(and(all, gt(importFindings.seq, after)))
    .orderBy(asc(importFindings.seq))
    .limit(limit + 1);
  const [counted] = await tx.select({ value: sql<number>`count(*)::int` }).from(importFindings).where(all);
  const shown = rows.slice(0, limit);
  return {
    items: shown.map(({ found }) => JSON.parse(vault.open(found, purposeOf(errandId))) as T),
    next: rows.length > limit ? String(shown.at(-1)?.seq ?? 0) : null,
    total: counted?.value ?? 0,
  };
}

function purposeOf(errandId: string): string {
  return `import:${errandId}`;
}

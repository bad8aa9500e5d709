import { desc } from "drizzle-orm";
import type { Database } from "../../../db/database.ts";
import { ledgerHeads } from "../../../db/schema/ledger.ts";
import type { Vault } from "../../../db/vault.ts";
import type { Head } from "./links.ts";

/** A noted head: what the chain of a county ended with when it was verified, signed with a key that the database does not hold. */
export type NotedHead = Head & {
  /** From 1, without gaps; so a note that was taken away leaves one. */
  readonly serial: number;
  readonly at: Date;
  readonly signature: string;
};

type Signing = { readonly database: Database; readonly vault: Vault };

const PRINTED = /^(\d{1,15}):([0-9a-f]{64}):(\d{1,15}):(\d{1,15}):([\w-]{43})$/;

const BARE = /^(\d{1,15}):([0-9a-f]{64})$/;

/** Stands in what is signed, so that a later version can cover more. */
const FORMAT = "liaison-head-1";

/**
 * Notes the head of a county's chain, which was just verified; nothing where the last note is of the same head.
 *
 * @param known how many notes there were as far as anybody remembers: one that was taken away does not lend its number
 * @returns the newest note, this one or that of the same head
 */
export async function noteHead(
  { database, vault }: Signing,
  jurisdictionId: string,
  head: Head,
  { at, known }: { readonly at: Date; readonly known: number },
): Promise<NotedHead> {
  const newest = await newestHead(database, jurisdictionId);
  if (newest !== null && newest.position === head.position && newest.hash === head.hash) return newest;
  const serial = Math.max(newest?.serial ?? 0, known) + 1;
  const unsigned = { ...head, serial, at };
  const signature = vault.sign(signedPart(unsigned), purposeOf(jurisdictionId));
  const { position, hash } = head;
  const row = { jurisdictionId, serial, position, hash: Buffer.from(hash, "hex"), notedAt: at, signature };
  // Another process that noted one at the same moment is as good.
  await database.inCounty(jurisdictionId, (tx) => tx.insert(ledgerHeads).values(row).onConflictDoNothing());
  return (await newestHead(database, jurisdictionId)) ?? { ...unsigned, signature };
}

/** The newest noted head of a county; null before the first. Nobody has checked it. */
export async function newestHead(database: Database, jurisdictionId: string): Promise<NotedHead | null> {
  const [row] = await database.inCounty(jurisdictionId, (tx) =>
    tx.select().from(ledgerHeads).orderBy(desc(ledgerHeads.serial)).limit(1),
  );
  return row === undefined ? null : notedHead(row);
}

/** A row as a noted head. */
export function notedHead({ position, hash, serial, notedAt, signature }: typeof ledgerHeads.$inferSelect): NotedHead {
  return { position, hash: Buffer.from(hash).toString("hex"), serial, at: notedAt, signature };
}

/** Whether a note was signed by this installation, for this county. */
export function isGenuine(vault: Vault, jurisdictionId: string, head: NotedHead): boolean {
  return vault.isSigned(signedPart(head), purposeOf(jurisdictionId), head.signature);
}

/** A noted head in one word, to be kept outside; {@link readPrinted} reads it. */
export function printHead({ position, hash, serial, at, signature }: NotedHead): string {
  return [position, hash, serial, at.getTime(), signature].join(":");
}

/** Reads a head that {@link printHead} printed; null when it is something else. */
export function readPrinted(text: string): NotedHead | null {
  const [, position, hash, serial, at, signature] = PRINTED.exec(text) ?? [];
  if (hash === undefined || signature === undefined) return null;
  return { position: Number(position), hash, serial: Number(serial), at: new Date(Number(at)), signature };
}

/** Reads a head that was kept elsewhere: signed, or its position and hash alone; null when it is neither. */
export function readHead(text: string): NotedHead | Head | null {
  const signed = readPrinted(text);
  if (signed !== null) return signed;
  const [, position, hash] = BARE.exec(text) ?? [];
  return hash === undefined ? null : { position: Number(position), hash };
}

function signedPart({ serial, position, hash, at }: Omit<NotedHead, "signature">): string {
  return JSON.stringify([FORMAT, serial, position, hash, at.getTime()]);
}

const purposeOf = (jurisdictionId: string) => `ledger-head:${jurisdictionId}`;

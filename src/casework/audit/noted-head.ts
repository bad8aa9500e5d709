import { desc } from "drizzle-orm";
import type { Database } from "../../../db/database.ts";
import { ledgerHeads, recordHeads } from "../../../db/schema/ledger.ts";
import type { Vault } from "../../../db/vault.ts";
import type { Head } from "./canonical.ts";

/** The two chains of a county, and where the heads of each are noted: of the events of cases, and of all other records. */
export const HEADS = { events: ledgerHeads, records: recordHeads } as const;
/** A chain of a county. */
export type Chain = keyof typeof HEADS;

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

/** Stands before a head of the chain of records, so that neither is taken for the other. */
const OF_RECORDS = "records:";

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
  { at, known, chain = "events" }: { readonly at: Date; readonly known: number; readonly chain?: Chain },
): Promise<NotedHead> {
  const newest = await newestHead(database, jurisdictionId, chain);
  if (newest !== null && newest.position === head.position && newest.hash === head.hash) return newest;
  const serial = Math.max(newest?.serial ?? 0, known) + 1;
  const unsigned = { ...head, serial, at };
  const signature = vault.sign(signedPart(unsigned), purposeOf(jurisdictionId, chain));
  const { position, hash } = head;
  const row = { jurisdictionId, serial, position, hash: Buffer.from(hash, "hex"), notedAt: at, signature };
  // Another process that noted one at the same moment is as good.
  await database.inCounty(jurisdictionId, (tx) => tx.insert(HEADS[chain]).values(row).onConflictDoNothing());
  return (await newestHead(database, jurisdictionId, chain)) ?? { ...unsigned, signature };
}

/** The newest noted head of a county's chain; null before the first. Nobody has checked it. */
export async function newestHead(
  database: Database,
  jurisdictionId: string,
  chain: Chain = "events",
): Promise<NotedHead | null> {
  const heads = HEADS[chain];
  const [row] = await database.inCounty(jurisdictionId, (tx) =>
    tx.select().from(heads).orderBy(desc(heads.serial)).limit(1),
  );
  return row === undefined ? null : notedHead(row);
}

/** A row as a noted head. */
export function notedHead({ position, hash, serial, notedAt, signature }: typeof ledgerHeads.$inferSelect): NotedHead {
  return { position, hash: Buffer.from(hash).toString("hex"), serial, at: notedAt, signature };
}

/** Whether a note was signed by this installation, for this county. */
export function isGenuine(vault: Vault, jurisdictionId: string, head: NotedHead, chain: Chain = "events"): boolean {
  return vault.isSigned(signedPart(head), purposeOf(jurisdictionId, chain), head.signature);
}

/** A noted head in one word, to be kept outside; {@link readPrinted} reads it. */
export function printHead({ position, hash, serial, at, signature }: NotedHead, chain: Chain = "events"): string {
  return (chain === "records" ? OF_RECORDS : "") + [position, hash, serial, at.getTime(), signature].join(":");
}

/** Reads a head that {@link printHead} printed; null when it is something else. */
export function readPrinted(text: string): NotedHead | null {
  const [, position, hash, serial, at, signature] = PRINTED.exec(text) ?? [];
  if (hash === undefined || signature === undefined) return null;
  return { position: Number(position), hash, serial: Number(serial), at: new Date(Number(at)), signature };
}

/** A head that was kept elsewhere, and of which chain it is; `signed` where a signature is with it. */
export type KeptHead = { readonly chain: Chain; readonly head: Head; readonly signed: NotedHead | null };

/** Reads a head that was kept elsewhere: signed, or its position and hash alone; null when it is neither. */
export function readHead(text: string): KeptHead | null {
  const chain = text.startsWith(OF_RECORDS) ? "records" : "events";
  const word = chain === "records" ? text.slice(OF_RECORDS.length) : text;
  const signed = readPrinted(word);
  if (signed !== null) return { chain, head: signed, signed };
  const [, position, hash] = BARE.exec(word) ?? [];
  return hash === undefined ? null : { chain, head: { position: Number(position), hash }, signed: null };
}

/** A chain's head as its position and hash alone, as a run prints it. */
export function bareHead({ position, hash }: Head, chain: Chain): string {
  return `${chain === "records" ? OF_RECORDS : ""}${position}:${hash}`;
}

function signedPart({ serial, position, hash, at }: Omit<NotedHead, "signature">): string {
  return JSON.stringify([FORMAT, serial, position, hash, at.getTime()]);
}

const purposeOf = (jurisdictionId: string, chain: Chain) =>
  `${chain === "events" ? "ledger" : "record"}-head:${jurisdictionId}`;

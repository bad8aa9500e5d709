import { and, eq, gt, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { sharedValues } from "../../../db/schema/county.ts";
import type { Vault } from "../../../db/vault.ts";
import type { Caller } from "../access/caller.ts";
import { findCase } from "../staff/find-case.ts";

type Doing = "reading" | "writing";

/** A person at a case, and what they do there. */
export type Present = { readonly id: string; readonly caseId: string; readonly name: string; readonly doing: Doing };

/** Whoever is silent for so long is not there any more. */
const PRESENT_MS = 30_000;
const PREFIX = "presence:";

const keyOf = (caseId: string, personId: string) => `${PREFIX}${caseId}:${personId}`;
const purposeOf = (key: string) => `shared:${key}`;

type Means = { readonly vault: Vault; readonly now: Date; readonly today: string };

/**
 * Notes that somebody is at a case for the next half minute, and gives the others who are there; null where the case is not there
 * for them. Of a sealed case nothing is noted.
 */
export async function notePresence(
  tx: Transaction,
  { vault, now, today }: Means,
  asked: { readonly caller: Caller; readonly number: string; readonly doing: Doing | "gone" },
): Promise<readonly Present[] | null> {
  const { caller, doing } = asked;
  const found = await findCase(tx, caller, asked.number, today);
  if (found === null) return null;
  if (found.isSealed) return [];
  const caseId = found.subject.id;
  const key = keyOf(caseId, caller.id);
  const { jurisdictionId } = caller;
  if (doing === "gone") await tx.delete(sharedValues).where(eq(sharedValues.key, key));
  else {
    const value = vault.seal(JSON.stringify([caller.name, doing]), purposeOf(key));
    const row = { value, expiresAt: new Date(now.getTime() + PRESENT_MS) };
    await tx
      .insert(sharedValues)
      .values({ jurisdictionId, key, ...row })
      .onConflictDoUpdate({ target: [sharedValues.jurisdictionId, sharedValues.key], set: row });
  }
  const all = await whoIsPresent(tx, { vault, now }, caseId);
  return all.filter(({ id }) => id !== caller.id);
}

/** Lists everybody who is at a case of the county now, or at this one. */
export async function whoIsPresent(
  tx: Transaction,
  { vault, now }: { readonly vault: Vault; readonly now: Date },
  caseId?: string,
): Promise<Present[]> {
  const from = caseId === undefined ? PREFIX : `${PREFIX}${caseId}:`;
  // The sign behind the colon ends the range: so the key's index serves.
  const to = `${from.slice(0, -1)};`;
  const rows = await tx
    .select({ key: sharedValues.key, value: sharedValues.value })
    .from(sharedValues)
    .where(and(sql`${sharedValues.key} >= ${from} and ${sharedValues.key} < ${to}`, gt(sharedValues.expiresAt, now)));
  return rows.map(({ key, value }) => {
    const [, ofCase = "", id = ""] = key.split(":");
    const [name, doing] = JSON.parse(vault.open(value, purposeOf(key))) as [string, Doing];
    return { id, caseId: ofCase, name, doing };
  });
}

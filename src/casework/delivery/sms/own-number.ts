import { and, desc, eq, isNotNull } from "drizzle-orm";
import type { Transaction } from "../../../../db/database.ts";
import { type CaseRecord, caseMessages } from "../../../../db/schema/cases.ts";
import { casePeople } from "../../../../db/schema/console.ts";
import type { Vault } from "../../../../db/vault.ts";
import { ownNumberIn } from "../../../domain/writer/own-number.ts";
import { keyPurpose } from "../../cases/thread.ts";

/**
 * The mobile number by which the resident of a case said that they are reached: the one that a desk took down of them, if they may be
 * called, or one that they wrote as their own; null without. It is sealed under the case's key, and is kept nowhere else.
 */
export async function ownNumberOf(tx: Transaction, vault: Vault, subject: CaseRecord): Promise<string | null> {
  const key = vault.unwrap(subject.keyWrapped, keyPurpose(subject.jurisdictionId));
  const taken = await tx
    .select({ phone: casePeople.phone, mayCall: casePeople.mayCall })
    .from(casePeople)
    .where(and(eq(casePeople.caseId, subject.id), eq(casePeople.isJoined, false)))
    .orderBy(desc(casePeople.at));
  if (taken.length > 0) {
    const phone = taken.find(({ mayCall }) => mayCall)?.phone ?? null;
    const number = phone === null ? "" : key.open(phone);
    return /^1[3-9]\d{9}$/.test(number) ? number : null;
  }
  const written = await tx
    .select({ original: caseMessages.original })
    .from(caseMessages)
    .where(
      and(eq(caseMessages.caseId, subject.id), eq(caseMessages.party, "resident"), isNotNull(caseMessages.original)),
    )
    .orderBy(desc(caseMessages.at));
  return ownNumberIn(written.flatMap(({ original }) => (original === null ? [] : [key.open(original)])));
}

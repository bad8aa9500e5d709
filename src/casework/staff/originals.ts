import { and, eq, inArray } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { caseMessages } from "../../../db/schema/cases.ts";
import { caseBars } from "../../../db/schema/console.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import type { Caller } from "../access/caller.ts";
import { keyPurpose } from "../cases/thread.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { findCase } from "./find-case.ts";
import { noteReading, PASS_MS, passFor } from "./readings.ts";

/** A person of the office who gives a reason for reading more of a case than the working copy. */
export type AskedReading = {
  readonly caller: Caller;
  readonly number: string;
  readonly reason: string;
  readonly note: string;
  readonly request: string;
};

const SHOWN_MS = 2 * 60_000;

/**
 * Opens a sealed case to somebody for ten minutes, by reason.
 * @returns until when; null where it is not, not for them, or not sealed
 */
export async function openSealed(tx: Transaction, runtime: Runtime, asked: AskedReading): Promise<Date | null> {
  const now = runtime.now();
  const found = await findCase(tx, asked.caller, asked.number, dayIn(now, runtime.timeZone));
  if (found === null || !found.isSealed) return null;
  const { caller, reason, note, request } = asked;
  await noteReading(tx, { caller, caseId: found.subject.id, now, request }, "sealed", { reason, note });
  return new Date(now.getTime() + PASS_MS);
}

/** The messages as they were written, with the moment until which they are shown; or why they are not. */
export type Originals =
  | {
      readonly ok: true;
      readonly messages: readonly { readonly id: string; readonly text: string }[];
      readonly shownUntil: Date;
    }
  | { readonly ok: false; readonly why: "not-here" | "reason-needed" | "one-at-a-time" };

/** Reads messages of a case as they were written; that is written down each time, before they leave. */
export async function readOriginals(
  tx: Transaction,
  runtime: Runtime,
  asked: AskedReading & { readonly messages: readonly string[] },
): Promise<Originals> {
  const now = runtime.now();
  const found = await findCase(tx, asked.caller, asked.number, dayIn(now, runtime.timeZone));
  if (found === null) return { ok: false, why: "not-here" };
  const { caller, reason, note, request } = asked;
  const { subject, isSealed } = found;
  const reading = { caller, caseId: subject.id, now, request };
  if (isSealed && (await passFor(tx, reading)) === null) return { ok: false, why: "reason-needed" };
  if (isSealed && asked.messages.length > 1) return { ok: false, why: "one-at-a-time" };
  const rows = await tx
    .select({ id: caseMessages.id, text: caseMessages.text, original: caseMessages.original })
    .from(caseMessages)
    .where(and(eq(caseMessages.caseId, subject.id), inArray(caseMessages.id, [...asked.messages])));
  if (rows.length < new Set(asked.messages).size) return { ok: false, why: "not-here" };
  await noteReading(tx, reading, "original", { reason, note });
  const key = runtime.vault.unwrap(subject.keyWrapped, keyPurpose(subject.jurisdictionId));
  const messages = rows.map(({ id, text, original }) => ({ id, text: original === null ? text : key.open(original) }));
  return { ok: true, messages, shownUntil: new Date(now.getTime() + SHOWN_MS) };
}

const DECLARED = "declared an interest";

/**
 * Keeps somebody of the staff from a case that is about them or somebody close, as they say themselves; from then on it does not
 * exist for them. @returns whether there is such a case for them
 */
export async function declareInterest(
  tx: Transaction,
  caller: Caller,
  asked: { readonly number: string; readonly today: string; readonly now: Date },
): Promise<boolean> {
  const found = await findCase(tx, caller, asked.number, asked.today);
  if (found === null) return false;
  const { jurisdictionId, id: personId, name: by } = caller;
  const row = { jurisdictionId, caseId: found.subject.id, personId, by, reason: DECLARED, at: asked.now };
  await tx.insert(caseBars).values(row).onConflictDoNothing();
  return true;
}

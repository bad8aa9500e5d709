import { and, desc, eq, isNotNull } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { type CaseRecord, caseMessages } from "../../../db/schema/cases.ts";
import { casePeople } from "../../../db/schema/console.ts";
import { deputies } from "../../../db/schema/people.ts";
import type { Vault } from "../../../db/vault.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import {
  type Called,
  calledBy,
  callMeant,
  isAtDesk,
  isCalled,
  isOwnCall,
  openPhoneTasks,
} from "../cases/phone-tasks.ts";
import { keyPurpose } from "../cases/thread.ts";
import { phonePurpose } from "../county/phone-purpose.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { findCase } from "../staff/find-case.ts";
import type { AskedReading } from "../staff/originals.ts";
import { noteReading, passFor } from "../staff/readings.ts";

/** Somebody who can be rung up about a case. */
type Reachable = { readonly name: string | null; readonly number: string };

/** The numbers of a case; or why they are not shown. */
type Numbers =
  | { readonly ok: true; readonly people: readonly Reachable[] }
  | { readonly ok: false; readonly why: "not-here" | "reason-needed" | "no-task" | "no-number" | "which-call" };

const MOBILE = /(?<!\d)1[3-9]\d{9}(?!\d)/g;

/** Shows the telephone numbers of a case once, for a reason; that is written down each time, before they leave. A station has those of its own calls alone. */
export async function showNumber(
  tx: Transaction,
  runtime: Runtime,
  asked: Omit<AskedReading, "note"> & { readonly note: string | null; readonly named: string | null },
): Promise<Numbers> {
  const { caller, number, reason, note, request } = asked;
  const now = runtime.now();
  const found = await findCase(tx, caller, number, dayIn(now, runtime.timeZone));
  if (found === null) return { ok: false, why: "not-here" };
  const { subject, isSealed } = found;
  const reading = { caller, caseId: subject.id, now, request };
  if (isSealed && (await passFor(tx, reading)) === null) return { ok: false, why: "reason-needed" };
  const open = await openPhoneTasks(tx, subject.id);
  const task = callMeant(open, asked.named);
  if (task === "which") return { ok: false, why: "which-call" };
  if (task === null && asked.named !== null) return { ok: false, why: "no-task" };
  if (caller.role !== "office" && (task === null || !isOwnCall(caller, subject))) return { ok: false, why: "no-task" };
  const called = task === null ? null : await calledBy(tx, task, subject);
  const people = await numbersOf(tx, runtime, subject, called);
  if (people.length === 0) return { ok: false, why: "no-number" };
  await noteReading(tx, reading, "phone", { reason, note });
  return { ok: true, people };
}

/** The numbers under which those are reached to whom a call is; written down nowhere, so that no whole one of them may be shown. */
export async function numbersToCall(
  tx: Transaction,
  runtime: Runtime,
  subject: CaseRecord,
  called: Called,
): Promise<readonly string[]> {
  return (await numbersOf(tx, runtime, subject, called)).map(({ number }) => number);
}

/** Those whom a desk took down and who may be called, of them those to whom the call is; where no desk took anybody down the number that a resident wrote last. */
async function numbersOf(
  tx: Transaction,
  { vault }: Runtime,
  subject: CaseRecord,
  called: Called | null,
): Promise<Reachable[]> {
  if (called !== null && called.deputyId !== null) return numberOfDeputy(tx, vault, called.deputyId);
  const key = vault.unwrap(subject.keyWrapped, keyPurpose(subject.jurisdictionId));
  const people = await tx
    .select({ name: casePeople.name, phone: casePeople.phone })
    .from(casePeople)
    .where(
      and(
        eq(casePeople.caseId, subject.id),
        eq(casePeople.mayCall, true),
        isNotNull(casePeople.phone),
        called === null ? undefined : isCalled(called),
      ),
    )
    .orderBy(casePeople.at);
  const known = people.flatMap(({ name, phone }) =>
    phone === null ? [] : [{ name: name === null ? null : key.open(name), number: key.open(phone) }],
  );
  if (known.length > 0) return known;
  // Whoever was taken down at a desk said there whether they may be called: a number in the words says nothing of that.
  const taken = await tx
    .select({ id: casePeople.id })
    .from(casePeople)
    .where(eq(casePeople.caseId, subject.id))
    .limit(1);
  if (taken.length > 0 || (await isAtDesk(tx, subject.conversationId))) return [];
  const written = await tx
    .select({ original: caseMessages.original })
    .from(caseMessages)
    .where(
      and(eq(caseMessages.caseId, subject.id), eq(caseMessages.party, "resident"), isNotNull(caseMessages.original)),
    )
    .orderBy(desc(caseMessages.at));
  for (const { original } of written) {
    const [number] = original === null ? [] : (key.open(original).match(MOBILE) ?? []);
    if (number !== undefined) return [{ name: null, number }];
  }
  return [];
}

async function numberOfDeputy(tx: Transaction, vault: Vault, deputyId: string): Promise<Reachable[]> {
  const [deputy] = await tx
    .select({ name: deputies.name, phone: deputies.phone, jurisdictionId: deputies.jurisdictionId })
    .from(deputies)
    .where(eq(deputies.id, deputyId));
  if (deputy === undefined || deputy.phone === null) return [];
  const { name, phone, jurisdictionId } = deputy;
  return [{ name, number: vault.open(Buffer.from(phone), phonePurpose("deputies", jurisdictionId)) }];
}

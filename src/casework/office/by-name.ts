import { and, inArray } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { type CaseRecord, cases } from "../../../db/schema/cases.ts";
import { splitCase } from "../actions/split-case.ts";
import { leaderOf } from "../cases/led.ts";
import { lockCase } from "../cases/load.ts";
import { countsAsOrdinary } from "../cases/visible-to.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { openTurn } from "../turn/open-turn.ts";
import { finishTurn } from "../turn/turn.ts";
import { mergeCases } from "./merge-cases.ts";
import { type Refused, refused } from "./refusal.ts";

/** More matters than these are no slip of the service any more. */
const MOST_PARTS = 5;

/**
 * Takes other matters out of an open, ordinary case, each into one of its own; its resident and whoever gets one are told.
 *
 * @param number of the case, whole
 * @param parts the words of each other matter
 * @param by who decides so, as the events say
 * @returns the numbers of the new cases, in the order of the parts
 */
export async function splitByName(
  runtime: Runtime,
  jurisdictionId: string,
  { number, parts, by }: { readonly number: string; readonly parts: readonly string[]; readonly by: string },
): Promise<{ readonly ok: true; readonly numbers: readonly string[] } | Refused> {
  if (parts.length === 0) return refused("There is no other matter to take out: write one in each line.");
  if (parts.length > MOST_PARTS) return refused(`Up to ${MOST_PARTS} matters are taken out of a case at a time.`);
  return runtime.database.inCounty(jurisdictionId, async (tx) => {
    const [found] = await ordinary(tx, [number]);
    if (typeof found === "string" || found === undefined) return refused(found ?? unknown(number));
    const turn = await openTurn(runtime, tx, found.conversationId, by);
    if (turn === null) throw new Error("a case has no conversation with an account");
    const subject = await lockCase(turn, found.id);
    if (subject.closedAt !== null) return refused(`Case ${number} is closed.`);
    if ((await leaderOf(turn, subject)) !== null) return refused(`Case ${number} goes with another one.`);
    const numbers: string[] = [];
    for (const words of parts) {
      const { subject: made } = await splitCase(turn, subject, { words, by: "office", party: "office" });
      numbers.push(made.number);
    }
    await finishTurn(turn);
    return { ok: true, numbers };
  });
}

/**
 * Lets an open, ordinary case go with another one, the leading.
 *
 * @param by who decides so, as the events say
 */
export async function mergeByName(
  runtime: Runtime,
  jurisdictionId: string,
  { number, into, by }: { readonly number: string; readonly into: string; readonly by: string },
): Promise<{ readonly ok: true } | Refused> {
  return runtime.database.inCounty(jurisdictionId, async (tx) => {
    const [led, leading] = await ordinary(tx, [number, into]);
    if (typeof led === "string" || led === undefined) return refused(led ?? unknown(number));
    if (typeof leading === "string" || leading === undefined) return refused(leading ?? unknown(into));
    const turn = await openTurn(runtime, tx, led.conversationId, by);
    if (turn === null) throw new Error("a case has no conversation with an account");
    const locked = new Map<string, CaseRecord>();
    for (const { id } of [led, leading].toSorted((a, b) => a.number.localeCompare(b.number)))
      locked.set(id, await lockCase(turn, id));
    const [one, other] = [locked.get(led.id) ?? led, locked.get(leading.id) ?? leading];
    if (one.closedAt !== null) return refused(`Case ${number} is closed.`);
    const merged = await mergeCases(turn, one, other);
    if (!merged.ok) return refused(merged.reason);
    await finishTurn(turn);
    return { ok: true };
  });
}

/** The cases of these numbers, each as a row, a sentence where it may be part of an accusation, or undefined where there is none. */
async function ordinary(tx: Transaction, numbers: readonly string[]): Promise<(CaseRecord | string | undefined)[]> {
  const named = inArray(cases.number, [...numbers]);
  const rows = await tx.select().from(cases).where(named);
  const free = await tx.select({ id: cases.id }).from(cases).where(and(named, countsAsOrdinary));
  return numbers.map((number) => {
    const row = rows.find((one) => one.number === number);
    if (row === undefined || (free.some(({ id }) => id === row.id) && !row.sealed)) return row;
    return `Case ${number} may be part of an accusation: it stays whole and apart (信访工作条例 art. 30).`;
  });
}

function unknown(number: string): string {
  return `There is no case ${number}; "liaison cases" lists them.`;
}

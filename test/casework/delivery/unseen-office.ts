import { asc, eq, isNotNull } from "drizzle-orm";
import { afterEach, beforeEach } from "vitest";
import type { Transaction } from "../../../db/database.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import { countWaiting } from "../../../src/casework/backlog/counts.ts";
import { listCases, viewCase } from "../../../src/casework/cases/case-view.ts";
import { type Office, openOffice } from "../office.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const AGAIN = "可能已经收到过";

export let office: Office;
/** What the platform took for somebody, whether or not it said so. */
let arrived: { to: string; text: string }[];

/** Each test has an office of its own, whose platform answers every call until it is told otherwise. */
export function withOffices(): void {
  beforeEach(async () => {
    office = await openOffice();
    arrived = [];
    answer();
  });
  afterEach(() => office.close());
}

export const inCounty = <T>(work: (tx: Transaction) => Promise<T>) =>
  office.db.database.inCounty(office.county.id, work);
export const textsTo = (person: string) => arrived.flatMap(({ to, text }) => (to === person ? [text] : []));
export const screen = (person: string) => textsTo(person).join("\n");
export const times = (person: string, words: string) => screen(person).split(words).length - 1;
export const rowsOf = (kind: string) =>
  inCounty((tx) => tx.select().from(outbox).where(eq(outbox.kind, kind)).orderBy(asc(outbox.seq)));
export const repeats = () => inCounty((tx) => tx.select().from(outbox).where(isNotNull(outbox.repeats)));
export const uncertainNow = async () =>
  (await countWaiting(office.db.database, office.county.id, office.runtime.now())).endedBadly.uncertain;

/** All calls are answered, but for the next `unseen` to one person: these end without an answer. */
export function answer(to = "", unseen = 0, arrives = false): void {
  let left = unseen;
  office.answerCalls((person, outbound) => {
    const isUnseen = person === to && left > 0;
    if (isUnseen) left -= 1;
    if (!isUnseen || arrives) arrived.push({ to: person, text: "text" in outbound ? outbound.text : "(photo)" });
    return isUnseen
      ? { outcome: "uncertain", reason: "HTTP 502 without the platform's word" }
      : { outcome: "delivered", platformId: null };
  });
}

/** The number of the newest case. */
export async function theCase(): Promise<string> {
  return (await inCounty(listCases)).at(-1)!.number;
}

/** How each message to the resident of a case ended, as `kind delivery`. */
export async function delivery(number: string): Promise<string[]> {
  const found = await inCounty((tx) => viewCase(tx, number));
  if (!found.ok) throw new Error(number);
  return found.view.messages.flatMap((one) => (one.direction === "out" ? [`${one.kind} ${one.delivery}`] : []));
}

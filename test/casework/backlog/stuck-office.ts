import { asc, eq } from "drizzle-orm";
import { afterEach, beforeEach, expect } from "vitest";
import { inbox } from "../../../db/schema/conversations.ts";
import { findStuck, intervene } from "../../../src/casework/backlog/stuck.ts";
import { findWaiting } from "../../../src/casework/backlog/waiting.ts";
import { type Office, openOffice, whoIsNext } from "../office.ts";

export let office: Office;

/** Each test has an office of its own. */
export function withOffices(): void {
  beforeEach(async () => {
    office = await openOffice();
  });
  afterEach(() => office.close());
}

export const MINUTE = 60_000;

export const inCounty = <T>(work: Parameters<typeof office.db.database.inCounty<T>>[1]) =>
  office.db.database.inCounty(office.county.id, work);
/** What is stuck: whatever waits for more than a minute. */
export const stuck = () => {
  const now = office.runtime.now().getTime();
  return findStuck(office.db.database, office.county.id, {
    waitingSince: new Date(now - MINUTE),
    settledSince: new Date(now - 1000 * MINUTE),
  });
};
export const stuckMessages = async () => (await stuck()).filter((one) => one.what === "message");
export const decide = (id: string | number, action: "retry" | "put-aside", reason: string | null = "seen to") =>
  intervene(office.db.database, office.county.id, String(id), { action, reason, by: "li", at: office.runtime.now() });
export const rowsOf = (person: string) =>
  inCounty((tx) =>
    tx
      .select()
      .from(inbox)
      .where(eq(inbox.peer, office.peer(person)))
      .orderBy(asc(inbox.seq)),
  );
/** Whom a worker would hear next; a sweep finds that somebody waits where there is anybody. */
export const peersToReceive = async () => {
  const now = office.runtime.now();
  const times = { now, unprocessedSince: new Date(now.getTime() + 1) };
  const peers = (await whoIsNext(office)).map((person) => person.peer);
  expect((await findWaiting(office.db.database, office.county.id, times)).receive !== null).toBe(peers.length > 0);
  return peers;
};

export const textsTo = (person: string) => office.sent.filter((one) => one.to === person).map((one) => one.text);

/** Makes what the person said last unreadable, as a lost key would. */
export const spoil = (seq: number) =>
  inCounty((tx) =>
    tx
      .update(inbox)
      .set({ payload: new Uint8Array(40) })
      .where(eq(inbox.seq, seq)),
  );

/** Lets three minutes pass, in which everything is tried as often as it is tried. */
export async function untilStuck(): Promise<void> {
  for (let minutes = 0; minutes < 3; minutes += 1) {
    for (let turn = 0; turn < 4; turn += 1) await office.pass(MINUTE / 4);
  }
}

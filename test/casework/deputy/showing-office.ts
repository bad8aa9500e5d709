import { asc, eq } from "drizzle-orm";
import { afterEach, beforeEach } from "vitest";
import type { Transaction } from "../../../db/database.ts";
import { caseMessages, cases } from "../../../db/schema/cases.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import { listCases } from "../../../src/casework/cases/case-view.ts";
import type { InboundContent } from "../../../src/domain/messages/message.ts";
import { type Office, openOffice } from "../office.ts";

export const PHOTO: InboundContent = { kind: "media", media: { mediaId: "p", form: "image" } };
export const FILM: InboundContent = { kind: "media", media: { mediaId: "f", form: "video" } };
export const MUMBLED: InboundContent = { kind: "media", media: { mediaId: "v", form: "voice" } };
export const POSITION: InboundContent = {
  kind: "location",
  position: { latitude: 36.005, longitude: 119.415 },
  label: "柳河镇文化广场",
};
export const LINK: InboundContent = {
  kind: "link",
  title: "换灯的通知",
  description: "",
  url: "https://example.test/lamps",
};
export const spoken = (transcript: string): InboundContent => ({
  kind: "media",
  media: { mediaId: "v", form: "voice" },
  transcript,
});

export let office: Office;

/** Each test has an office of its own. */
export function withOffices(): void {
  beforeEach(async () => {
    office = await openOffice();
  });
  afterEach(() => office.close());
}

export const inCounty = <T>(work: (tx: Transaction) => Promise<T>) =>
  office.db.database.inCounty(office.county.id, work);
export const numbers = async () => (await inCounty(listCases)).map((one) => one.number);
export const screen = (person: string) =>
  office.sent.flatMap(({ to, text }) => (to === person ? [text] : [])).join("\n");
/** The newest message to somebody, with what it offers. */
export const newest = (person: string) => {
  const found = office.sent.findLast(({ to }) => to === person);
  return found === undefined ? "" : [found.text, ...found.labels].join("\n");
};

/** What a deputy put into a case, as `direction kind`. */
export const keptWith = (number: string) =>
  inCounty(async (tx) => {
    const rows = await tx
      .select({ direction: caseMessages.direction, kind: caseMessages.kind, text: caseMessages.text })
      .from(caseMessages)
      .innerJoin(cases, eq(cases.id, caseMessages.caseId))
      .where(eq(cases.number, number))
      .orderBy(asc(caseMessages.at), asc(caseMessages.id));
    return rows
      .filter((row) => row.kind !== "text" && row.kind !== "receipt")
      .map((row) => `${row.direction} ${row.kind}`);
  });
/** How many photos were written for residents. */
export const photosForResidents = () =>
  inCounty(async (tx) => {
    const rows = await tx.select().from(outbox).where(eq(outbox.kind, "photo"));
    return rows.filter((row) => row.deputyId === null).length;
  });

/** One resident's case with D003, who is bound; its number. */
export async function oneCase(): Promise<string> {
  await office.bind("li", "D003");
  await office.say("ann", "柳东村一组路灯坏了没人修");
  return (await numbers()).at(-1)!;
}

/** Two cases, neither of which the deputy has looked at last. */
export async function twoCases(): Promise<readonly [string, string]> {
  const first = await oneCase();
  await office.say("bob", "柳东村一组的井盖丢了");
  return [first, (await numbers()).at(-1)!];
}

import { asc, eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { cases } from "../../db/schema/cases.ts";
import { conversations, inbox } from "../../db/schema/conversations.ts";
import type { CaseView } from "../../src/casework/cases/case-view.ts";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { arrived } from "../arrived.ts";
import { startService, type TestService } from "../service.ts";

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Where a message may end (see `Outcome` in src/casework/turn/outcome.ts); anything else is a message that was lost. */
const OUTCOMES = ["case", "command", "answer", "courtesy", "refused", "spam", "event", "unsupported", "quarantine"];

type County = "qinghe" | "baishi";

export let service: TestService;

/** All tests of a file have one service; whatever they do, each message must have ended after each. */
export function withService(): void {
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.close());
  afterEach(() => expectEveryMessageEnded(service));
}

/** Says some things one after the other and waits until the service has heard them and sent what is due. */
export async function say(service: TestService, phone: Phone, ...texts: string[]): Promise<void> {
  for (const text of texts) await phone.say(text);
  await service.settled();
}

/** Lets time go by, and sends what became due. */
export async function wait(service: TestService, ms: number): Promise<void> {
  service.advance(ms);
  await service.deliverDue();
}

/** Lets time go by, with all that it brings: reminders, closures, photos fetched; a question leaves after 3 s. */
export async function letPass(service: TestService, ms: number): Promise<void> {
  service.advance(ms);
  await service.passTime();
  await wait(service, 3 * SECOND);
}

/** The number of a case as people write it in chat. */
export const short = (number: string) => String(Number(number.slice(5)));

/** What arrived since `before` texts had arrived. */
export function since(phone: Phone, before: number): string {
  return arrived(phone).slice(before).join("\n");
}

/** The cases of one person, oldest first. */
export async function casesOf(service: TestService, phone: Phone): Promise<CaseView[]> {
  const county = phone.account as County;
  const numbers = await service.runtime.database.inCounty(service.jurisdiction(county), async (tx) => {
    const rows = await tx
      .select({ number: cases.number, peer: conversations.peer, account: conversations.accountId })
      .from(cases)
      .innerJoin(conversations, eq(conversations.id, cases.conversationId))
      .orderBy(asc(cases.number));
    return rows
      .filter((row) => row.peer === service.runtime.vault.blindIndex(phone.openid, row.account))
      .map((row) => row.number);
  });
  return Promise.all(numbers.map((number) => service.case(number, county)));
}

/** The only case of one person. */
export async function onlyCase(service: TestService, phone: Phone): Promise<CaseView> {
  const all = await casesOf(service, phone);
  expect(all.map((one) => one.summary)).toHaveLength(1);
  return all[0]!;
}

/** Where each message of one person ended, in order. */
export async function outcomesOf(service: TestService, phone: Phone): Promise<(string | null)[]> {
  return service.runtime.database.inCounty(service.jurisdiction(phone.account as County), async (tx) => {
    const rows = await tx.select().from(inbox).orderBy(asc(inbox.seq));
    return rows
      .filter((row) => row.peer === service.runtime.vault.blindIndex(phone.openid, row.accountId))
      .map((row) => row.outcome);
  });
}

/** Every message ended in exactly one known place, and none was put aside (quality.md, EVERY-ACCEPTED-ONCE). */
export async function expectEveryMessageEnded(service: TestService): Promise<void> {
  for (const county of ["qinghe", "baishi"] as const) {
    const rows = await service.runtime.database.inCounty(service.jurisdiction(county), (tx) => tx.select().from(inbox));
    for (const { processedAt, outcome, caseId, failure } of rows) {
      expect({ processed: processedAt !== null, outcome, failure }).toEqual({
        processed: true,
        outcome: expect.toBeOneOf(OUTCOMES),
        failure: null,
      });
      if (outcome === "case") expect(caseId).not.toBeNull();
    }
  }
}

import { and, eq, isNotNull } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { conversations, inbox } from "../../db/schema/conversations.ts";
import { auditCounty } from "../../src/casework/audit/audit-county.ts";
import { findStuck, intervene } from "../../src/casework/backlog/stuck.ts";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { arrived } from "../arrived.ts";
import { tamper } from "../casework/audit/ledger.ts";
import { startService, type TestService } from "../service.ts";
import { casesOf, MINUTE, outcomesOf, say } from "./resident.ts";

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

const change = (statement: string) => tamper(service.ownerUrl, (client) => client.unsafe(statement));
const stuck = () => {
  const since = new Date(service.runtime.now().getTime() - 30 * MINUTE);
  const times = { waitingSince: since, settledSince: since };
  return findStuck(service.runtime.database, service.jurisdiction("qinghe"), times);
};
const isAnswered = (phone: Phone, count: number) =>
  vi.waitFor(
    async () => expect((await outcomesOf(service, phone)).filter((outcome) => outcome !== null)).toHaveLength(count),
    {
      timeout: 60_000,
    },
  );

describe("a message that breaks its handler, in the whole service", () => {
  it("holds its own conversation alone, is listed, and is heard in its order after somebody mends the cause", {
    timeout: 180_000,
  }, async () => {
    const ann = service.phone("ann");
    const bob = service.phone("bob");
    await say(service, ann, "东关菜市场门口垃圾桶满了没人清");
    await change(`
      create function break_it() returns trigger language plpgsql as $$
      begin if new.text like '%毒药%' then raise exception 'broken by %', new.text; end if; return new; end $$;
      create trigger break_it before insert on case_messages for each row execute function break_it()`);
    await ann.say("垃圾桶旁边有一瓶毒药");
    await ann.say("进度");
    await vi.waitFor(async () => expect(await stuck()).toMatchObject([{ what: "message", state: "failing" }]), 60_000);
    await bob.say("锦绣家园小区电梯停了");
    await isAnswered(bob, 1);
    await change("update inbox set attempts = 5 where attempts = 1");
    service.advance(MINUTE);
    await vi.waitFor(async () => expect(await stuck()).toMatchObject([{ state: "stuck", tries: 6 }]), {
      timeout: 60_000,
    });
    expect(await outcomesOf(service, ann)).toEqual(["case", null, null]);

    await change("drop trigger break_it on case_messages");
    const id = (await stuck())[0]!.id;
    const retry = { action: "retry", reason: "mended", by: "li", at: service.runtime.now() } as const;
    expect(await intervene(service.runtime.database, service.jurisdiction("qinghe"), id, retry)).toEqual({ ok: true });
    await isAnswered(ann, 3);
    await service.settled();
    expect(await outcomesOf(service, ann)).toEqual(["case", "case", "command"]);
    expect((await casesOf(service, ann)).flatMap((one) => one.messages.map((message) => message.text))).toContain(
      "垃圾桶旁边有一瓶毒药",
    );
    expect(arrived(ann).join("\n")).toContain("进度");
    const received = await service.runtime.database.inCounty(service.jurisdiction("qinghe"), (tx) =>
      tx
        .select({ seq: inbox.seq, at: inbox.processedAt })
        .from(inbox)
        .innerJoin(conversations, and(eq(conversations.peer, inbox.peer), eq(conversations.accountId, inbox.accountId)))
        .where(isNotNull(inbox.processedAt))
        .orderBy(inbox.seq),
    );
    expect(received).toHaveLength(4);
    const county = { id: service.jurisdiction("qinghe"), code: "qinghe", name: "qinghe" };
    expect((await auditCounty(service.runtime.database, county)).findings).toEqual([]);
  });
});

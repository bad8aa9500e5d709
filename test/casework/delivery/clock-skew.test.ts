import { eq } from "drizzle-orm";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { conversations } from "../../../db/schema/conversations.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import { deliver } from "../../../src/casework/delivery/deliver.ts";
import { createInbox } from "../../../src/casework/inbox/accept.ts";
import { outboxPurpose } from "../../../src/casework/outbox/content.ts";
import { receive } from "../../../src/casework/receive/receive.ts";
import type { Runtime } from "../../../src/casework/runtime/runtime.ts";
import { inboundOf } from "../../../src/domain/messages/inbound.ts";
import { arrived } from "../../arrived.ts";
import { conversationOf } from "../../journeys/delivery.ts";
import { startService, type TestService } from "../../service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

const SKEW_MS = 15_000;

type Written = Partial<typeof outbox.$inferInsert>;

/** Somebody to whom two messages wait, written one after the other. */
async function withTwo(person: string, first: Written, second: Written = {}) {
  const phone = service.phone(person);
  await phone.say("帮助");
  await service.settled();
  const { runtime } = service;
  const jurisdictionId = service.jurisdiction("qinghe");
  const { id: conversationId } = await conversationOf(service, phone);
  await runtime.database.inCounty(jurisdictionId, async (tx) => {
    for (const [text, written] of [["先说的话", first] as const, ["后说的话", second] as const]) {
      const createdAt = runtime.now();
      await tx.insert(outbox).values({
        id: newId(),
        jurisdictionId,
        conversationId,
        kind: "reply",
        isAnswer: true,
        content: runtime.vault.seal(JSON.stringify({ text }), outboxPurpose(jurisdictionId)),
        state: "waiting",
        notBefore: createdAt,
        createdAt,
        ...written,
      });
    }
    await tx.update(conversations).set({ windowLeft: 5 }).where(eq(conversations.id, conversationId));
  });
  const before = arrived(phone).length;
  return { phone, key: { jurisdictionId, conversationId }, saidSince: () => arrived(phone).slice(before).join("\n") };
}

const ahead = (ms = SKEW_MS) => new Date(service.runtime.now().getTime() + ms);
const runtimeAhead = (): Runtime => ({ ...service.runtime, now: () => ahead() });

test("what a process wrote whose clock is ahead leaves before what another one wrote after it", async () => {
  const written = { notBefore: ahead(), createdAt: ahead() };
  const { key, saidSince } = await withTwo("ahead", written);
  await deliver(service.runtime, key);
  expect(saidSince()).toMatch(/先说的话\s+后说的话/);
});

test("what waited for its next try and is let go by such a process leaves before what is written after it", async () => {
  const { phone, key, saidSince } = await withTwo("let-go", { tries: 3, notBefore: ahead(60_000) });
  const { accountId, peer } = await conversationOf(service, phone);
  const found = await service.runtime.accounts.byId(key.jurisdictionId, accountId);
  const inbox = createInbox({ ...service.runtime, announce: () => undefined });
  await inbox.accept(found!.account, [
    inboundOf({
      sender: phone.openid,
      dedupeKey: "by-hand",
      sentAt: service.runtime.now(),
      window: { messages: 5, durationMs: 48 * 3_600_000 },
      content: { kind: "text", text: "进度" },
    }),
  ]);
  await receive(runtimeAhead(), { jurisdictionId: key.jurisdictionId, accountId, peer });
  await deliver(service.runtime, key);
  expect(saidSince()).toMatch(/先说的话\s+后说的话/);
});

test("a long text of which such a process sent a part holds what is behind it", async () => {
  const { key, saidSince } = await withTwo("in-part", { piecesSent: 1, notBefore: ahead() });
  await deliver(service.runtime, key);
  expect(saidSince()).toBe("");
});

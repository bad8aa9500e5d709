import { eq } from "drizzle-orm";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { conversations } from "../../db/schema/conversations.ts";
import { outbox } from "../../db/schema/outbox.ts";
import { deliver } from "../../src/casework/deliver.ts";
import { outboxPurpose } from "../../src/casework/tell.ts";
import { arrived, startService, type TestService } from "../service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

test("what a process wrote whose clock is ahead leaves before what another one wrote after it", async () => {
  const phone = service.phone("ahead");
  await phone.say("帮助");
  await service.settled();
  const jurisdictionId = service.jurisdiction("qinghe");
  const { house } = service;
  const before = arrived(phone).length;
  const conversationId = await house.database.inCounty(jurisdictionId, async (tx) => {
    const [conversation] = await tx.select().from(conversations).limit(1);
    const rows = ["先说的话", "后说的话"].map((text, index) => {
      const createdAt = new Date(house.now().getTime() + (index === 0 ? 15_000 : 0));
      return {
        id: newId(),
        jurisdictionId,
        conversationId: conversation!.id,
        kind: "reply",
        isAnswer: true,
        content: house.vault.seal(JSON.stringify({ text }), outboxPurpose(jurisdictionId)),
        state: "waiting" as const,
        notBefore: createdAt,
        createdAt,
      };
    });
    for (const row of rows) await tx.insert(outbox).values(row);
    await tx.update(conversations).set({ windowLeft: 5 }).where(eq(conversations.id, conversation!.id));
    return conversation!.id;
  });
  await deliver(house, { jurisdictionId, conversationId });
  expect(arrived(phone).slice(before).join("\n")).toMatch(/先说的话\s+后说的话/);
});

import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cases } from "../../../db/schema/cases.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import type { InboundContent } from "../../../src/domain/messages/message.ts";
import { type Office, openOffice } from "../office.ts";

const PHOTO: InboundContent = { kind: "media", media: { mediaId: "p", form: "image" } };

let office: Office;
beforeAll(async () => {
  office = await openOffice();
  await office.bind("deputy-D003", "D003");
});
afterAll(() => office.close());

const photos = () =>
  office.db.database.inCounty(office.county.id, (tx) => tx.select().from(outbox).where(eq(outbox.kind, "photo")));

test("a photo of a case is shown to its deputy, and none once the case is sealed", async () => {
  await office.say("moe", "柳东村一组井盖没了，怕孩子掉下去");
  await office.say("moe", PHOTO);
  expect(await photos()).toHaveLength(1);
  await office.db.database.inCounty(office.county.id, (tx) => tx.update(cases).set({ sealed: true }));
  await office.say("moe", PHOTO);
  expect(await photos()).toHaveLength(1);
});

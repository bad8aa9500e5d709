import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "../../../db/database.ts";
import { inbox, spentSignatures } from "../../../db/schema/conversations.ts";
import { createInbox } from "../../../src/casework/inbox/accept.ts";
import { forgetSpent } from "../../../src/casework/inbox/spent-signatures.ts";
import type { ChannelAccount, LooseSignature } from "../../../src/channels/channel.ts";
import { inboundOf } from "../../../src/domain/messages/inbound.ts";
import type { Inbound } from "../../../src/domain/messages/message.ts";
import { bareAccount } from "../../bare-account.ts";
import { type Office, openOffice } from "../office.ts";

let office: Office;
let database: Database;
let account: ChannelAccount;
let other: ChannelAccount;
beforeAll(async () => {
  office = await openOffice();
  ({ database } = office.runtime);
  account = await addAccount("plain-1");
  other = await addAccount("plain-2");
});
afterAll(() => office.close());

const addAccount = (name: string) => bareAccount(database, office.county.id, { channel: "wechat-official", name });

/** An inbox as another web process has it. */
const process = (over: Database = database) => {
  const { vault, now } = office.runtime;
  return createInbox({ database: over, vault, now, announce: () => undefined });
};
const says = (text: string): Inbound =>
  inboundOf({
    dedupeKey: `key of ${text}`,
    sender: "openid-1",
    sentAt: office.runtime.now(),
    content: { kind: "text", text },
  });
const refusal = { status: 403, contentType: "text/plain", body: "refused" };
const loose = (
  signature: string,
  servesFor: string,
  until: Date | null = null,
): { readonly loose: LooseSignature } => ({
  loose: { signature, servesFor, until, refusal },
});
const keysStored = () =>
  database.inCounty(office.county.id, async (tx) =>
    (await tx.select({ key: inbox.dedupeKey }).from(inbox).orderBy(inbox.seq)).map(({ key }) => key),
  );
const remembered = () =>
  database.inCounty(office.county.id, async (tx) =>
    (await tx.select().from(spentSignatures).orderBy(spentSignatures.signature)).map((row) => row.signature),
  );

describe("a signature that covers no body", () => {
  test("serves for the first request that is stored, in every process, and for its repetitions", async () => {
    const [one, two] = [process(), process()];
    expect(await one.accept(account, [says("lamp")], loose("s1", "lamp"))).toBe("stored");
    for (const web of [one, two]) {
      expect(await web.accept(account, [says("lamp")], loose("s1", "lamp"))).toBe("stored");
      expect(await web.accept(account, [says("forged")], loose("s1", "forged"))).toBe("spent");
      expect(await web.accept(account, [], loose("s1", "an echo"))).toBe("spent");
    }
    const stored = await keysStored();
    expect(stored.filter((key) => key === "key of lamp")).toHaveLength(1);
    expect(stored).not.toContain("key of forged");
  });

  test("serves for one of many that come at once, whichever it is, and harms none that come beside them", async () => {
    const webs = [process(), process(), process()];
    const bodies = Array.from({ length: 12 }, (_, index) => `rush ${index}`);
    const results = await Promise.all([
      ...bodies.map((body, index) => webs[index % 3]!.accept(account, [says(body)], loose("s2", body))),
      ...webs.map((web, index) => web.accept(account, [says(`beside ${index}`)])),
    ]);
    expect(results.slice(0, 12).filter((accepted) => accepted === "stored")).toHaveLength(1);
    expect(results.slice(12)).toEqual(["stored", "stored", "stored"]);
    const stored = await keysStored();
    const winner = bodies[results.indexOf("stored")];
    expect(stored.filter((key) => key.startsWith("key of rush"))).toEqual([`key of ${winner}`]);
    expect(stored.filter((key) => key.startsWith("key of beside"))).toHaveLength(3);
  });

  test("is not used up by a request that could not be stored", async () => {
    const failing: Database = {
      ...database,
      inCounty: (id, work) =>
        database.inCounty(id, async (tx) => {
          await work(tx);
          throw new Error("the commit failed");
        }),
    };
    await expect(process(failing).accept(account, [says("first")], loose("s3", "first"))).rejects.toThrow("commit");
    expect(await process().accept(account, [says("second")], loose("s3", "second"))).toBe("stored");
  });

  test("of one account says nothing about another's", async () => {
    expect(await process().accept(account, [says("here")], loose("s4", "here"))).toBe("stored");
    expect(await process().accept(other, [says("there")], loose("s4", "there"))).toBe("stored");
  });

  test("is stored with a keyed hash of the request, which nobody can guess from outside", async () => {
    const servesFor = "c".repeat(64);
    await process().accept(account, [says("kept")], loose("s5", servesFor));
    const rows = await database.inCounty(office.county.id, (tx) =>
      tx.select().from(spentSignatures).where(eq(spentSignatures.signature, "s5")),
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.servesFor).not.toContain(servesFor);
  });

  test("is remembered until it is too old in every reading, then forgotten", async () => {
    const at = (seconds: number) => new Date(office.runtime.now().getTime() + seconds * 1000);
    for (const [name, until] of [
      ["t1 over", at(-1)],
      ["t2 fresh", at(60)],
      ["t3 for ever", null],
    ] as const) {
      await process().accept(account, [says(name)], loose(name, name, until));
    }
    await forgetSpent(office.runtime, office.county.id);
    expect((await remembered()).filter((name) => name.startsWith("t"))).toEqual(["t2 fresh", "t3 for ever"]);
  });

  test("costs those nothing whose signature covers the body", async () => {
    const before = await remembered();
    await process().accept(account, [says("sealed")]);
    expect(await remembered()).toEqual(before);
  });
});

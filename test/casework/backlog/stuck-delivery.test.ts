import { asc, eq, isNull } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { conversations } from "../../../db/schema/conversations.ts";
import { interventions } from "../../../db/schema/ledger.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import { decide, inCounty, MINUTE, office, stuck, textsTo, untilStuck, withOffices } from "./stuck-office.ts";

withOffices();

describe("a delivery", () => {
  const deliveries = () => inCounty((tx) => tx.select().from(outbox).orderBy(asc(outbox.seq)));
  const statesOf = async () => (await deliveries()).map((row) => row.state);

  test("that the platform refuses for good stops no other, is visible with its reason, and leaves when it is retried", async () => {
    office.answerCalls((to) =>
      to === "ann"
        ? { outcome: "refused", reason: "the content is not allowed", blocks: "content" }
        : { outcome: "delivered", platformId: null },
    );
    await office.say("ann", "柳东村一组路灯坏了没人修");
    await office.say("bob", "锦绣家园小区电梯停了");
    expect(textsTo("bob").join()).toContain("2026-000002");
    const listed = (await stuck()).filter((one) => one.state === "failed");
    expect(listed.map((one) => one.reason)).toEqual(listed.map(() => "the content is not allowed"));
    office.answerCalls(() => ({ outcome: "delivered", platformId: null }));
    for (const { id } of listed) expect(await decide(id, "retry")).toEqual({ ok: true });
    await office.work();
    expect(textsTo("ann").join()).toContain("2026-000001");
    expect((await stuck()).filter((one) => one.state === "failed")).toEqual([]);
  });

  test("that was put aside is not listed any more, and stays as it is", async () => {
    office.answerCalls(() => ({ outcome: "uncertain", reason: "no answer came" }));
    await office.say("ann", "柳东村一组路灯坏了没人修");
    const [first] = await stuck();
    expect(first).toMatchObject({ what: "delivery", state: "uncertain", reason: "no answer came" });
    for (const { id } of await stuck()) expect(await decide(id, "put-aside")).toEqual({ ok: true });
    expect(await stuck()).toEqual([]);
    expect(await statesOf()).toContain("uncertain");
    expect(await inCounty((tx) => tx.select().from(interventions))).toContainEqual(
      expect.objectContaining({ what: "delivery", subject: first!.id, action: "put-aside", by: "li" }),
    );
  });

  test("that cannot be read holds those behind it while it is tried, then fails visibly and lets them go", async () => {
    office.answerCalls(() => ({ outcome: "retry", reason: "busy", afterMs: 0, scope: "message" }));
    await office.say("ann", "柳东村一组路灯坏了没人修");
    await inCounty((tx) => tx.update(outbox).set({ tries: 0, notBefore: office.runtime.now() }));
    await office.accept("ann", "进度");
    const before = await deliveries();
    const own = await inCounty((tx) =>
      tx
        .select()
        .from(conversations)
        .where(eq(conversations.peer, office.peer("ann"))),
    );
    const bad = before.filter((row) => row.conversationId === own[0]!.id).at(-1)!;
    await inCounty((tx) =>
      tx
        .update(outbox)
        .set({ content: new Uint8Array(40) })
        .where(eq(outbox.id, bad.id)),
    );
    office.answerCalls(() => ({ outcome: "delivered", platformId: null }));
    await office.work();
    expect((await deliveries()).find((row) => row.id === bad.id)).toMatchObject({ state: "waiting", tries: 1 });
    const behind = (await deliveries()).filter((row) => row.conversationId === own[0]!.id && row.seq > bad.seq);
    expect(behind.map((row) => row.state)).toEqual(behind.map(() => "waiting"));
    await untilStuck();
    expect((await deliveries()).find((row) => row.id === bad.id)).toMatchObject({ state: "failed", tries: 6 });
    expect((await deliveries()).filter((row) => row.seq > bad.seq).map((row) => row.state)).not.toContain("waiting");
    expect((await stuck()).filter((one) => one.state === "failed").map((one) => one.id)).toEqual([bad.id]);
  });

  test("of the emergency reply goes ahead of one that cannot be read", async () => {
    office.answerCalls(() => ({ outcome: "retry", reason: "busy", afterMs: 0, scope: "message" }));
    await office.say("ann", "柳东村一组路灯坏了没人修");
    await inCounty((tx) =>
      tx
        .update(outbox)
        .set({ content: new Uint8Array(40) })
        .where(isNull(outbox.deputyId)),
    );
    office.answerCalls(() => ({ outcome: "delivered", platformId: null }));
    await office.pass(MINUTE / 4);
    await office.accept("ann", "着火了快来人");
    await office.work();
    await office.work();
    expect(textsTo("ann").join()).toContain("119");
    expect(await statesOf()).toContain("waiting");
  });

  test("that arrived, or whose call is out, is refused with a sentence", async () => {
    await office.say("ann", "柳东村一组路灯坏了没人修");
    const [done] = (await deliveries()).filter((row) => row.state === "delivered");
    expect(await decide(done!.id, "retry")).toMatchObject({
      ok: false,
      reason: expect.stringContaining("is delivered"),
    });
    await inCounty((tx) => tx.update(outbox).set({ state: "sending" }).where(eq(outbox.id, done!.id)));
    expect(await decide(done!.id, "put-aside")).toMatchObject({
      ok: false,
      reason: expect.stringContaining("A call for delivery"),
    });
  });
});

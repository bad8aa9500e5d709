import { and, eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { outbox } from "../../db/schema/outbox.ts";
import { users } from "../../db/schema/users.ts";
import { readTrial, trialCode } from "../../src/casework/county/trial.ts";
import { deliver } from "../../src/casework/delivery/deliver.ts";
import { changeTrial, shownTrial, type TrialChange } from "../../src/casework/settings/trial.ts";
import { arrived, newest } from "../arrived.ts";
import { conversationOf, outgoingOf, shownOf } from "./delivery.ts";
import { onlyCase, outcomesOf, say, service, short, since, withService } from "./resident.ts";

const STAFF = "01920000-0000-7000-8000-00000000aa01";

withService();

const inQinghe = <T>(work: Parameters<typeof service.runtime.database.inCounty<T>>[1]) =>
  service.runtime.database.inCounty(service.jurisdiction("qinghe"), work);
const looked = () =>
  inQinghe((tx) =>
    shownTrial(tx, { jurisdictionId: service.jurisdiction("qinghe"), vault: service.runtime.vault, showsCodes: true }),
  );
async function change(wanted: TrialChange, seen?: string) {
  const jurisdictionId = service.jurisdiction("qinghe");
  const by = { seen: seen ?? (await looked()).etag, by: "林晓", now: service.runtime.now() };
  const done = await inQinghe((tx) => changeTrial(tx, jurisdictionId, wanted, by));
  if (done.ok)
    for (const conversationId of done.toDeliver) await deliver(service.runtime, { jurisdictionId, conversationId });
  return done;
}
const statesOf = async (phone: Parameters<typeof outgoingOf>[1]) =>
  (await outgoingOf(service, phone)).map(({ kind, state }) => `${kind} ${state}`);

describe("a county in trial", () => {
  it("holds back what is meant for whoever is not listed, says so to residents once a day, and keeps their matters", async () => {
    const deputy = await service.deputy("D001");
    const other = await service.deputy("D003");
    expect((await change({ what: "begin" })).ok).toBe(true);
    expect(await change({ what: "begin" })).toMatchObject({ ok: false, why: "is-so" });
    const [before, beforeOther] = [arrived(deputy).length, arrived(other).length];
    const phone = service.phone("early");
    await say(service, phone, "柳东村二组路灯坏了");
    const one = await onlyCase(service, phone);
    expect(one.deputy).toBe("D001");
    expect(arrived(phone).join("\n")).toMatch(/试运行，没有正式开通/);
    expect(arrived(phone).join("\n")).toContain("12345");
    expect(arrived(phone).join("\n")).not.toContain(one.number);
    expect(await shownOf(service, one.number)).toEqual(["receipt held"]);
    await say(service, phone, "还没人来修，天都黑了");
    expect(
      arrived(phone)
        .join("\n")
        .match(/没有正式开通/g),
    ).toHaveLength(1);
    expect(await outcomesOf(service, phone)).toEqual(["case", "case"]);
    expect([arrived(deputy).length, arrived(other).length]).toEqual([before, beforeOther]);
    expect((await statesOf(deputy)).filter((state) => state.startsWith("deputy-"))).toContain("deputy-case held");
    const { held } = await looked();
    expect(held.toResidents).toBeGreaterThan(0);
    expect(held.toDeputies).toBeGreaterThan(0);
  });

  it("answers a danger to life with the emergency card at once", async () => {
    const phone = service.phone("danger");
    await say(service, phone, "柳东村二组楼道里全是煤气味，有人头晕");
    expect(arrived(phone).join("\n")).toMatch(/119|120/);
    expect(await statesOf(phone)).toContain("emergency delivered");
    expect(await statesOf(phone)).toContain("receipt held");
    expect((await onlyCase(service, phone)).priority).toBe(true);
  });

  it("lets listed deputies receive and answer, and tells one who is not listed that they are not", async () => {
    const deputy = await service.deputy("D001");
    const seen = (await looked()).etag;
    expect(await change({ what: "people", deputies: ["D001", "D999"], staff: [] })).toMatchObject({
      why: "unknown-person",
      deputies: ["D999"],
    });
    expect((await change({ what: "people", deputies: ["D001"], staff: [] }, seen)).ok).toBe(true);
    expect(await change({ what: "people", deputies: [], staff: [] }, seen)).toMatchObject({ why: "faster" });
    const phone = service.phone("later");
    await say(service, phone, "柳东村二组的井盖丢了");
    const { number } = await onlyCase(service, phone);
    expect(newest(deputy)).toContain("井盖");
    await say(service, deputy, `回复 ${short(number)} 明天来换`);
    expect(newest(deputy)).toMatch(/试运行.*先不发/s);
    expect(arrived(phone).join("\n")).not.toContain("明天来换");
    expect(await shownOf(service, number)).toEqual(["receipt held", "reply held"]);
    const other = await service.deputy("D003");
    await say(service, other, "列表");
    expect(newest(other)).toContain("不在试用名单里");
  });

  it("makes the chat of somebody of the staff, by their code alone, a resident's that is answered", async () => {
    await inQinghe((tx) =>
      tx.insert(users).values({
        ...{ id: STAFF, jurisdictionId: service.jurisdiction("qinghe"), role: "office", name: "林晓" },
        ...{ emailIndex: "x", email: new Uint8Array([1]), passwordHash: "x", createdAt: service.runtime.now() },
      }),
    );
    await change({ what: "people", deputies: ["D001"], staff: [STAFF] });
    const trial = await inQinghe((tx) => readTrial(tx));
    const code = trialCode(service.runtime.vault, service.jurisdiction("qinghe"), trial, STAFF);
    expect((await looked()).staff).toMatchObject([{ name: "林晓", code, isJoined: false }]);
    const phone = service.phone("tester");
    await say(service, phone, "试用 00000000");
    expect(newest(phone)).toContain("没有正式开通");
    await say(service, phone, `试用 ${code}`);
    expect(newest(phone)).toContain("试用");
    await say(service, phone, "柳东村二组的水管漏了");
    const { number } = await onlyCase(service, phone);
    expect(newest(phone)).toContain(number);
    expect((await looked()).staff).toMatchObject([{ isJoined: true }]);
  });

  it("neither loses nor doubles what is held where a process died in between", async () => {
    const phone = service.phone("died");
    const before = arrived(phone).length;
    await say(service, phone, "柳东村二组的垃圾没人收");
    const key = {
      jurisdictionId: service.jurisdiction("qinghe"),
      conversationId: (await conversationOf(service, phone)).id,
    };
    const ofPhone = eq(outbox.conversationId, key.conversationId);
    const receipt = and(ofPhone, eq(outbox.kind, "receipt"));
    // As if the transaction that held it had never been committed, and then as if two processes took it up at once.
    await inQinghe((tx) => tx.update(outbox).set({ state: "waiting", reason: null, settledAt: null }).where(receipt));
    await Promise.all([deliver(service.runtime, key), deliver(service.runtime, key)]);
    expect((await statesOf(phone)).filter((state) => state.startsWith("receipt"))).toEqual(["receipt held"]);
    // As if it had been on its way when the trial began and its process had died: it may have arrived, and is not told again.
    await inQinghe((tx) =>
      tx.update(outbox).set({ state: "sending", leaseUntil: sql`clock_timestamp()` }).where(receipt),
    );
    await deliver(service.runtime, key);
    expect(await statesOf(phone)).toContain("receipt uncertain");
    await say(service, phone, "在吗");
    expect((await statesOf(phone)).filter((state) => state === "receipt held")).toHaveLength(1);
    expect(since(phone, before)).not.toMatch(/编号/);
  });

  it("sends nothing old when it ends, unless whoever ends it has seen how much, and wants it", async () => {
    const { held } = await looked();
    const count = held.toResidents + held.toDeputies;
    expect(await change({ what: "end", seen: count - 1, held: "send" })).toEqual({
      ok: false,
      why: "held-changed",
      count,
    });
    const phone = service.phone("later");
    const silent = service.phone("early");
    const before = [arrived(phone).length, arrived(silent).length];
    expect((await change({ what: "end", seen: count, held: "send" })).ok).toBe(true);
    await service.settled();
    expect(since(phone, before[0] ?? 0)).toContain("明天来换");
    expect(since(silent, before[1] ?? 0)).toMatch(/编号/);
    expect((await statesOf(phone)).filter((state) => state.endsWith("held"))).toEqual([]);
    const after = await looked();
    expect([after.isOn, after.held.toResidents, after.held.toDeputies]).toEqual([false, 0, 0]);
    const fresh = service.phone("open");
    await say(service, fresh, "柳东村二组的路灯又坏了");
    expect(newest(fresh)).toContain((await onlyCase(service, fresh)).number);
  });

  it("keeps all of it for ever where nothing is to be sent", async () => {
    await change({ what: "begin" });
    const phone = service.phone("kept");
    await say(service, phone, "柳东村二组的路面塌了一块");
    const { held } = await looked();
    const before = arrived(phone).length;
    expect((await change({ what: "end", seen: held.toResidents + held.toDeputies, held: "keep" })).ok).toBe(true);
    await service.deliverDue();
    await service.passTime();
    expect(arrived(phone)).toHaveLength(before);
    expect((await statesOf(phone)).filter((state) => state.startsWith("receipt"))).toEqual(["receipt held"]);
  });
});

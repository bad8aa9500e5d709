import { and, eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { caseMessages, cases } from "../../../db/schema/cases.ts";
import { conversations } from "../../../db/schema/conversations.ts";
import { handovers } from "../../../db/schema/ledger.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import { units } from "../../../db/schema/people.ts";
import { auditCounty } from "../../../src/casework/audit/audit-county.ts";
import { inviteRole } from "../../../src/casework/deputy/invite-role.ts";
import { waitingHandovers } from "../../../src/casework/handovers/waiting.ts";
import { addDays } from "../../../src/domain/calendar/days.ts";
import { dayIn } from "../../../src/domain/calendar/deadline.ts";
import { PHOTO } from "../deputy/showing-office.ts";
import { type Office, openOffice } from "../office.ts";

let office: Office;
beforeEach(async () => {
  office = await openOffice();
  await office.bind("deputy", "D001");
});
afterEach(async () => {
  expect((await auditCounty(office.db.database, office.county)).findings.map(({ text }) => text)).toEqual([]);
  await office.close();
});

const rows = <T>(work: Parameters<typeof office.db.database.inCounty<T>>[1]) =>
  office.db.database.inCounty(office.county.id, work);
const last = (person: string) => office.sent.filter(({ to }) => to === person).at(-1)?.text ?? "";
const code = (ref = "U01") => inviteRole(office.runtime, office.county.id, { role: "unit", ref });
const today = () => dayIn(office.runtime.now(), "Asia/Shanghai");

/** A case that the deputy passed on to the unit U01, and its resident. */
async function handedOver(resident = "resident", text = "柳东村三组路灯坏了"): Promise<{ id: string; short: string }> {
  await office.say(resident, text);
  const [subject] = await rows((tx) => tx.select().from(cases).where(eq(cases.summary, text)));
  const short = String(Number(subject!.number.slice(5)));
  await office.say("deputy", `转办 ${short} U01，请修`);
  return { id: subject!.id, short };
}
const photosTo = async (person: string) =>
  (
    await rows((tx) =>
      tx
        .select({ id: outbox.id })
        .from(outbox)
        .innerJoin(conversations, eq(conversations.id, outbox.conversationId))
        .where(and(eq(outbox.kind, "photo"), eq(conversations.peer, office.peer(person)))),
    )
  ).length;
const keptOfUnit = async (id: string) =>
  (await rows((tx) => tx.select().from(caseMessages).where(eq(caseMessages.caseId, id))))
    .filter(({ party, kind }) => party === "unit" && kind === "image")
    .map(({ direction }) => direction);

describe("a photo of a unit", () => {
  it("reaches the deputy and stands with the case for the office; the resident gets it only when the deputy passes it on", async () => {
    await office.say("unit", `绑定 ${await code()}`);
    const { id, short } = await handedOver();
    await office.say("unit", `接收 ${short}`);
    await office.say("unit", PHOTO);
    expect(last("unit")).toContain("的照片收到了");
    expect(await keptOfUnit(id)).toEqual(["in"]);
    expect(await photosTo("deputy")).toBe(1);
    expect(await photosTo("resident")).toBe(0);
    await office.say("unit", `办结 ${short} 换了六盏灯`);
    await office.say("resident", "进度");
    expect(await photosTo("resident")).toBe(0);
    await office.say("deputy", "1");
    expect(await photosTo("resident")).toBe(0);
    await office.say("deputy", "照转");
    expect(await photosTo("resident")).toBe(1);
    expect(await photosTo("deputy")).toBe(1);
  });

  it("stays with deputy and office where the deputy closes the case with words of their own", async () => {
    await office.say("unit", `绑定 ${await code()}`);
    const { short } = await handedOver();
    await office.say("unit", PHOTO);
    await office.say("unit", `办结 ${short} 换了六盏灯`);
    await office.say("deputy", "1");
    await office.say("deputy", "我去看过，六盏都亮了");
    expect(await photosTo("deputy")).toBe(1);
    expect(await photosTo("resident")).toBe(0);
  });

  it("is kept with no matter where the unit has several and has spoken of none", async () => {
    await office.say("unit", `绑定 ${await code()}`);
    const [one, another] = [await handedOver(), await handedOver("another", "柳东村三组井盖丢了")];
    await office.say("unit", PHOTO);
    expect(last("unit")).toContain("这张照片是哪一件的？");
    expect([await keptOfUnit(one.id), await keptOfUnit(another.id)]).toEqual([[], []]);
    await office.say("unit", `进展 ${another.short} 井盖到了`);
    await office.say("unit", PHOTO);
    expect([await keptOfUnit(one.id), await keptOfUnit(another.id)]).toEqual([[], ["in"]]);
  });
});

describe("a unit", () => {
  it("that ends while it has a case is nobody's any more: the office sees what waits, and nothing is lost", async () => {
    await office.say("unit", `绑定 ${await code()}`);
    const { id, short } = await handedOver();
    await rows((tx) =>
      tx
        .update(units)
        .set({ untilOn: addDays(today(), -1) })
        .where(eq(units.code, "U01")),
    );
    await office.say("unit", `接收 ${short}`);
    const [open] = await rows((tx) => tx.select().from(handovers).where(eq(handovers.caseId, id)));
    expect(open?.state).toBe("sent");
    const waiting = await rows((tx) => waitingHandovers(tx, today()));
    expect(waiting).toMatchObject([{ why: "unit-ended" }]);
    const [subject] = await rows((tx) => tx.select().from(cases).where(eq(cases.id, id)));
    expect([subject?.state, subject?.closedAt]).toEqual(["referred", null]);
    await office.say("deputy", `回复 ${short} 我另找人来修`);
    expect(last("resident")).toContain("我另找人来修");
  });

  it("is bound once by a code: the second who says it is nobody", async () => {
    const once = await code();
    await office.say("unit", `绑定 ${once}`);
    expect(last("unit")).toContain("您在这里代表");
    await office.say("thief", `绑定 ${once}`);
    expect(last("thief")).not.toContain("您在这里代表");
    const { short } = await handedOver();
    expect(last("unit")).toContain(`【交办】${short}号`);
    expect(last("thief")).not.toContain("交办");
    await office.say("thief", "列表");
    expect(last("thief")).not.toContain("路灯");
  });
});

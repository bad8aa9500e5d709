import { asc, desc, eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { caseClocks, caseEvents, cases } from "../../../db/schema/cases.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import { stations } from "../../../db/schema/places.ts";
import { dutyTellings, users } from "../../../db/schema/users.ts";
import { addUser } from "../../../src/casework/access/users.ts";
import { auditCounty } from "../../../src/casework/audit/audit-county.ts";
import { tick } from "../../../src/casework/clock/tick.ts";
import { dutyCode } from "../../../src/casework/duty/duty-code.ts";
import { contentOf } from "../../../src/casework/outbox/content.ts";
import { addShift } from "../../../src/casework/settings/duty-roster.ts";
import { addDays } from "../../../src/domain/calendar/days.ts";
import { dayIn } from "../../../src/domain/calendar/deadline.ts";
import { type Office, openOffice } from "../office.ts";

const MINUTE = 60_000;
const GAS = "柳东村三组楼道里全是煤气味，我爸晕倒了";

let office: Office;
let clerk: string;
let officer: string;
beforeEach(async () => {
  office = await openOffice();
  await office.bind("deputy-D001", "D001");
  clerk = await person("林晓", "office");
  officer = await person("周琴", "station", ["ST01"]);
});
afterEach(() => office.close());

const rows = <T>(work: Parameters<typeof office.db.database.inCounty<T>>[1]) =>
  office.db.database.inCounty(office.county.id, work);
async function person(name: string, role: "office" | "station", of: string[] = []): Promise<string> {
  const { database, vault } = office.db;
  const email = `${Buffer.from(name).toString("hex")}@qinghe.example`;
  const wanted = { email, password: "a good long password", role, name, stations: of };
  const added = await addUser({ database, vault, now: () => office.runtime.now() }, office.county.id, wanted);
  if (!added.ok) throw new Error(added.reason);
  const [row] = await rows((tx) => tx.select({ id: users.id }).from(users).where(eq(users.name, name)));
  return row!.id;
}
async function onDuty(who: string, station: string | null) {
  const now = office.runtime.now();
  const today = dayIn(now, "Asia/Shanghai");
  const wanted = { person: who, station, fromOn: today, untilOn: addDays(today, 3), by: "林晓", now, today };
  return rows((tx) => addShift(tx, office.county.id, wanted));
}
async function chat(who: string, phone: string): Promise<void> {
  const { vault, now } = office.runtime;
  const { code } = dutyCode(vault, { jurisdictionId: office.county.id, userId: who, now: now() });
  await office.say(phone, `值班 ${code}`);
}
const told = async () => {
  const found = await rows((tx) => tx.select().from(outbox).where(eq(outbox.kind, "duty")).orderBy(asc(outbox.seq)));
  return found.map((row) => contentOf(office.runtime, row).text);
};
const tellings = async () => (await rows((tx) => tx.select().from(dutyTellings))).map(({ userId }) => userId);
const newest = async () => (await rows((tx) => tx.select().from(cases).orderBy(desc(cases.number))))[0]!;
const acknowledge = async (id: string) =>
  (await rows((tx) => tx.select().from(caseClocks).where(eq(caseClocks.caseId, id)))).find(
    ({ kind }) => kind === "acknowledge",
  );
const taken = async (id: string) =>
  (await rows((tx) => tx.select().from(caseEvents).where(eq(caseEvents.caseId, id))))
    .filter(({ type }) => type === "acknowledged")
    .map(({ by }) => by);
const findings = async () => (await auditCounty(office.db.database, office.county)).findings.map(({ text }) => text);
const textsTo = (phone: string) => office.sent.filter(({ to }) => to === phone).map(({ text }) => text);

describe("an urgent case", () => {
  it("is told to whoever is on duty at its station at once, in their chat, and again until they have it", async () => {
    await onDuty(clerk, null);
    await onDuty(officer, "ST01");
    await chat(officer, "officer");
    expect(textsTo("officer").at(-1)).toContain("周琴，您值班的时候，急件会发到这个聊天");
    await office.say("resident", GAS);
    const subject = await newest();
    expect(await told()).toEqual([
      expect.stringMatching(/^【急】您在值班，请马上处理：\n1号 .*煤气味.*\n.*回“接收 1”/s),
    ]);
    expect(textsTo("officer").at(-1)).toContain("【急】");
    await office.pass(5 * MINUTE);
    expect(await told()).toHaveLength(1);
    await office.pass(6 * MINUTE);
    await Promise.all([1, 2, 3].map(() => tick(office.runtime, office.county.id)));
    expect(await told()).toHaveLength(2);
    expect((await told())[1]).toContain("还没有人接");
    // From the second time on the office hears too, in the console: it has no chat here.
    expect(new Set(await tellings())).toEqual(new Set([officer, clerk]));
    await office.say("officer", "接收 1");
    expect(textsTo("officer").at(-1)).toBe("好的，1号记下由您处理，不再提醒。");
    expect(await taken(subject.id)).toEqual(["office:周琴"]);
    expect((await acknowledge(subject.id))?.state).toBe("met");
    await office.pass(3 * 60 * MINUTE);
    expect(await told()).toHaveLength(2);
    await office.say("officer", "接收 1");
    expect(textsTo("officer").at(-1)).toContain("1号已经有人接了");
    expect(await findings()).toEqual([]);
  });

  it("goes on being told hour by hour at night where nobody answers, and its two hours are missed", async () => {
    await onDuty(clerk, null);
    await chat(clerk, "clerk");
    await office.say("resident", GAS);
    for (let minutes = 0; minutes < 8 * 60; minutes += 10) await office.pass(10 * MINUTE);
    const count = (await told()).length;
    expect(count).toBeGreaterThanOrEqual(15);
    expect(count).toBeLessThanOrEqual(20);
    expect((await acknowledge((await newest()).id))?.state).toBe("missed");
    await office.say("clerk", "接收");
    await office.pass(3 * 60 * MINUTE);
    expect(await told()).toHaveLength(count);
    expect(await findings()).toEqual([]);
  });

  it("needs nobody on duty any more once its deputy has answered", async () => {
    await onDuty(clerk, null);
    await office.say("resident", GAS);
    await office.say("deputy-D001", "回复 1 我已经打了119，马上到");
    await office.pass(30 * MINUTE);
    expect(await tellings()).toHaveLength(1);
    expect((await acknowledge((await newest()).id))?.state).toBe("met");
  });

  it("is told without a word of it where it is sealed, and never to a station", async () => {
    await onDuty(clerk, null);
    await onDuty(officer, "ST01");
    await chat(clerk, "clerk");
    await chat(officer, "officer");
    await office.say("resident", GAS);
    await office.say("resident", "我要举报，是我们网格的王代表收了煤气公司的钱");
    await office.pass(11 * MINUTE);
    const all = await told();
    expect(all.slice(1).join()).not.toMatch(/煤气|晕倒/);
    expect(textsTo("officer").filter((text) => text.includes("还没有人接"))).toEqual([]);
  });

  it("whose resident has everything erased leaves no word with those on duty", async () => {
    await onDuty(clerk, null);
    await chat(clerk, "clerk");
    await office.say("resident", GAS);
    await office.say("deputy-D001", "办结 1 已关阀，没事了");
    await office.say("resident", "删除我的数据");
    expect((await told()).join()).not.toMatch(/煤气|晕倒/);
  });
});

describe("the chat of somebody on duty", () => {
  it("is theirs by a code of the console alone, and only the newest one", async () => {
    await office.say("stranger", "值班 00000000");
    expect(textsTo("stranger").at(-1)).toContain("值班码不对或者过期了");
    await chat(officer, "officer");
    await chat(officer, "officer-new");
    await onDuty(officer, "ST01");
    await office.say("resident", GAS);
    expect(textsTo("officer").join()).not.toContain("【急】");
    expect(textsTo("officer-new").join()).toContain("【急】");
    await office.say("officer", "接收 1");
    expect(await taken((await newest()).id)).toEqual([]);
    await office.pass(0);
    const hourLater = dutyCode(office.runtime.vault, {
      ...{ jurisdictionId: office.county.id, userId: clerk },
      now: new Date(office.runtime.now().getTime() - 3 * 60 * MINUTE),
    });
    await office.say("late", `值班 ${hourLater.code}`);
    expect(textsTo("late").at(-1)).toContain("过期");
  });

  it("says what waits, and is a resident's for everything else", async () => {
    await onDuty(officer, "ST01");
    await chat(officer, "officer");
    await office.say("officer", "接收 7");
    expect(textsTo("officer").at(-1)).toBe("现在没有等人接的急件。");
    await office.say("officer", "柳东村三组的路灯坏了六盏");
    expect((await newest()).summary).toContain("路灯");
    await rows((tx) => tx.update(users).set({ endedAt: office.runtime.now() }).where(eq(users.id, officer)));
    await office.say("resident", GAS);
    expect(textsTo("officer").join()).not.toContain("【急】");
  });
});

describe("the roster", () => {
  it("has one person a day and place, and nobody who is not of the station", async () => {
    expect((await onDuty(officer, "ST01")).ok).toBe(true);
    expect(await onDuty(clerk, "ST01")).toMatchObject({ ok: false, why: "overlaps" });
    expect(await onDuty(officer, null)).toMatchObject({ ok: false, why: "unknown" });
    expect(await onDuty(clerk, "ST99")).toMatchObject({ ok: false, why: "unknown-code" });
    const other = (await rows((tx) => tx.select({ code: stations.code }).from(stations))).find(
      ({ code }) => code !== "ST01",
    );
    if (other !== undefined) expect(await onDuty(officer, other.code)).toMatchObject({ ok: false, why: "unknown" });
    const both = await Promise.all([onDuty(clerk, null), onDuty(clerk, null)]);
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
  });
});

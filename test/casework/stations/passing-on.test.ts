import { asc, eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { caseEvents, cases } from "../../../db/schema/cases.ts";
import { deputies } from "../../../db/schema/people.ts";
import { auditCounty } from "../../../src/casework/audit/audit-county.ts";
import { inviteRole } from "../../../src/casework/deputy/invite-role.ts";
import { enter2035, MONDAY, passTo as passOfficeTo } from "../in-2035.ts";
import { type Office, openOffice } from "../office.ts";

let office: Office;
beforeEach(async () => {
  office = await openOffice();
  const { county } = office;
  await enter2035(office);
  for (const code of ["D001", "D002"]) await office.bind(`deputy-${code}`, code);
  for (const ref of ["ST01", "ST02"]) {
    const code = await inviteRole(office.runtime, county.id, { role: "station", ref });
    await office.say(`officer-${ref}`, `绑定 ${code}`);
  }
  await passTo(MONDAY, "09:00");
});
afterEach(() => office.close());

const rows = <T>(work: Parameters<typeof office.db.database.inCounty<T>>[1]) =>
  office.db.database.inCounty(office.county.id, work);
const passTo = (day: string, time: string) => passOfficeTo(office, day, time);
const newest = (person: string) => office.sent.filter(({ to }) => to === person).at(-1)?.text ?? "";
const theCase = async () => (await rows((tx) => tx.select().from(cases).orderBy(asc(cases.number)))).at(-1)!;
const holder = async () => {
  const { deputyId } = await theCase();
  return (await rows((tx) => tx.select().from(deputies))).find(({ id }) => id === deputyId)?.code ?? null;
};

describe("a case that its deputy did not answer in time", () => {
  it("is told to its station in chat on the next working day, which reminds the deputy, or passes it on; its resident hears both", async () => {
    await office.say("resident", "柳东村三组路灯坏了，我叫王秀英，电话13812345678");
    expect(await holder()).toBe("D001");
    await office.say("officer-ST01", "转派 1 D002");
    expect(newest("officer-ST01")).toContain("由李秀兰代表在办，还没过期");
    await office.say("officer-ST01", "帮助");
    await passTo("2035-03-12", "15:00");
    expect(newest("officer-ST01")).not.toContain("过期】");
    // The chat's window is shut by then: the notice waits for the next word, and the desk has its call all the same.
    await office.say("officer-ST01", "帮助");
    await passTo("2035-03-13", "09:00");
    const notice = office.sent.filter(({ to, text }) => to === "officer-ST01" && text.startsWith("【过期】1号"));
    expect(notice).toHaveLength(1);
    expect(notice[0]?.text).toMatch(/李秀兰代表还没答复（应答日2035年3月12日（星期一））/);
    expect(notice[0]?.text).not.toMatch(/王秀英|13812345678/);
    expect(newest("officer-ST02")).not.toContain("过期】");
    expect(await theCase()).toMatchObject({ escalation: 1 });
    const events = await rows((tx) => tx.select().from(caseEvents).where(eq(caseEvents.type, "escalated")));
    expect(events.map(({ details }) => details)).toEqual([{ step: 1, to: "station" }]);
    await office.say("officer-ST01", "电话");
    expect(newest("officer-ST01")).toContain("打给李秀兰代表");
    await office.say("officer-ST01", "已告知 1 他说今天就去");
    expect(newest("officer-ST01")).toContain("李秀兰代表，您手上的1号过了答复的日子");
    await office.say("officer-ST02", "转派 1 D002");
    expect(newest("officer-ST02")).toContain("不归你们站");
    await office.say("officer-ST01", "转派 1 D099");
    expect(newest("officer-ST01")).toContain("本站没有这位代表");
    await office.say("officer-ST01", "转派 1 D001");
    expect(newest("officer-ST01")).toContain("就在李秀兰代表手上");
    await office.say("officer-ST01", "转派 1 D002");
    expect(await holder()).toBe("D002");
    // Their windows are shut: what waits comes with their next word.
    const after = office.sent.length;
    for (const code of ["D001", "D002"]) await office.say(`deputy-${code}`, "列表");
    const told = (code: string) =>
      office.sent.slice(after).flatMap(({ to, text }) => (to === `deputy-${code}` ? text : []));
    expect(told("D002").join("\n")).toMatch(/1号[\s\S]*路灯坏了/);
    expect(told("D001").join("\n")).toMatch(/1号[\s\S]*王建国/);
    const moved = await rows((tx) => tx.select().from(caseEvents).where(eq(caseEvents.type, "assigned")));
    expect(moved.map(({ by }) => by)).toEqual(["service", "station:ST01"]);
    await office.say("resident", "进度");
    expect((await theCase()).movedBy).toBe("station:ST01");
    expect((await auditCounty(office.db.database, office.county)).findings).toEqual([]);
  });
});

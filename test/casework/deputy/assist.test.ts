import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { caseEvents, caseFollowers, cases } from "../../../db/schema/cases.ts";
import { caseNotes } from "../../../db/schema/console.ts";
import { auditCounty } from "../../../src/casework/audit/audit-county.ts";
import { viewCase } from "../../../src/casework/cases/case-view.ts";
import { moveByHand } from "../../../src/casework/office/move-case.ts";
import { type Office, openOffice } from "../office.ts";

let office: Office;
let people = 0;
beforeAll(async () => {
  office = await openOffice();
  for (const code of ["D001", "D002", "D005", "D009"]) await office.bind(`deputy-${code}`, code);
});
afterAll(async () => {
  expect((await auditCounty(office.db.database, office.county)).findings).toEqual([]);
  await office.close();
});

const rows = <T>(work: Parameters<typeof office.db.database.inCounty<T>>[1]) =>
  office.db.database.inCounty(office.county.id, work);
const to = (person: string) => office.sent.filter((one) => one.to === person).map(({ text }) => text);
const last = (person: string) => to(person).at(-1) ?? "";

/** A new person tells of something that D001 has. */
async function tell(text: string) {
  people += 1;
  const resident = `resident-${people}`;
  const before = (await rows((tx) => tx.select({ id: cases.id }).from(cases))).map(({ id }) => id);
  await office.say(resident, text);
  const opened = (await rows((tx) => tx.select().from(cases))).filter(({ id }) => !before.includes(id));
  expect(opened).toHaveLength(1);
  const { id, number } = opened[0]!;
  return { resident, id, number, short: String(Number(number.slice(5))) };
}
const view = async (number: string) => {
  const found = await rows((tx) => viewCase(tx, number));
  if (!found.ok) throw new Error(`no case ${number}`);
  return found.view;
};
const eventsOf = async (id: string) =>
  (await rows((tx) => tx.select().from(caseEvents).where(eq(caseEvents.caseId, id)).orderBy(asc(caseEvents.seq))))
    .filter(({ type }) => type.startsWith("assist"))
    .map(({ type, by, details }) => `${type} ${details.deputy} by ${by}`);

describe("a deputy who is asked to help with a case", () => {
  it("is told, reads it masked, and speaks to its lead and the office, never to its resident", async () => {
    const one = await tell("柳东村三组路灯坏了，我电话13812345678");
    await office.say("deputy-D001", `协办 ${one.short} D002，请一起去看看`);
    expect(last("deputy-D001")).toContain("协办，记下了，正在告诉");
    expect((await view(one.number)).assisting).toEqual(["D002"]);
    expect(last("deputy-D002")).toMatch(/^【协办】李秀兰代表请您帮忙，居民由李秀兰代表答复\n编号/);
    expect(last("deputy-D002")).toContain("李秀兰代表的话：「请一起去看看」");
    await office.say("deputy-D002", one.short);
    expect(last("deputy-D002")).toMatch(/^【协办】由李秀兰代表负责，您协办\n/);
    expect(to("deputy-D002").join()).not.toContain("13812345678");
    await office.say("deputy-D002", "列表");
    expect(last("deputy-D002")).toContain("李秀兰代表负责，您协办");
    const before = to(one.resident).length;
    await office.say("deputy-D002", `协办 ${one.short} 我去过了，是线断了`);
    expect(last("deputy-D001")).toMatch(/协办的.*代表说：\n「我去过了，是线断了」\n居民看不到/);
    await office.say("deputy-D002", `备注 ${one.short} 备用灯在仓库`);
    expect(await rows((tx) => tx.select().from(caseNotes))).toHaveLength(1);
    for (const said of [
      `回复 ${one.short} 马上修`,
      `办结 ${one.short} 好了`,
      `接收 ${one.short}`,
      `转办 ${one.short} U01`,
    ]) {
      await office.say("deputy-D002", said);
      expect(last("deputy-D002")).toContain("您是协办，刚才的话没有转给居民");
    }
    await office.say("deputy-D001", one.short);
    expect(last("deputy-D001")).toContain("协办：");
    await office.say("deputy-D001", `协办 ${one.short} D002 明天八点见`);
    expect(last("deputy-D002")).toContain("「明天八点见」");
    await office.say("deputy-D001", `协办 ${one.short} D002`);
    expect(last("deputy-D001")).toContain("已经在协办了");
    expect(to(one.resident)).toHaveLength(before);
    expect(JSON.stringify(await view(one.number))).toContain("assist-words");
    await office.say("deputy-D001", `办结 ${one.short} 我看过，修好了`);
    expect(last("deputy-D002")).toContain(`${one.short}号办结了，您不用再协办`);
    expect((await view(one.number)).assisting).toEqual([]);
    await office.say("deputy-D002", `协办 ${one.short} 还有一句`);
    expect(last("deputy-D001")).not.toContain("还有一句");
    expect(await eventsOf(one.id)).toEqual(["assisted D002 by deputy:D001", "assist_ended D002 by service"]);
    expect(to(one.resident).join()).not.toMatch(/协办|线断了|八点见/);
  });

  it("helps no more when the lead says so, or they cannot", async () => {
    const one = await tell("柳东村三组井盖丢了");
    await office.say("deputy-D001", `协办 ${one.short} D002`);
    await office.say("deputy-D001", `协办 ${one.short} D005`);
    await office.say("deputy-D001", `协办 ${one.short} 取消 D009`);
    expect(last("deputy-D001")).toContain("没有这位代表在协办");
    await office.say("deputy-D001", `协办 ${one.short} 取消 D002`);
    expect(last("deputy-D002")).toContain(`${one.short}号不用您协办了`);
    expect((await view(one.number)).assisting).toEqual(["D005"]);
    await office.say("deputy-D005", `退回 ${one.short}`);
    expect(last("deputy-D005")).toContain("还没写原因");
    await office.say("deputy-D005", `退回 ${one.short} 我在外地`);
    expect(last("deputy-D001")).toMatch(/不能协办了：\n「我在外地」/);
    expect((await view(one.number)).assisting).toEqual([]);
    expect((await view(one.number)).deputy).toBe("D001");
    await office.say("deputy-D001", `协办 ${one.short} D002`);
    await office.say("deputy-D001", `协办 ${one.short} 取消`);
    expect((await view(one.number)).assisting).toEqual([]);
  });

  it("goes on helping whoever has it next, and not where nobody has it", async () => {
    const one = await tell("柳东村三组水渠塌了");
    await office.say("deputy-D002", "列表");
    await office.say("deputy-D001", `协办 ${one.short} D002`);
    await office.say("deputy-D001", `转办 ${one.short} D009，他离得近`);
    expect(await view(one.number)).toMatchObject({ deputy: "D009", assisting: ["D002"] });
    expect(last("deputy-D002")).toMatch(/现在由.*代表负责，您接着协办/);
    const moved = await moveByHand(
      office.runtime,
      office.county.id,
      one.number,
      { kind: "deputy", code: "D002" },
      "办",
    );
    expect(moved.ok).toBe(true);
    expect(await view(one.number)).toMatchObject({ deputy: "D002", assisting: [] });
    await office.say("deputy-D002", `协办 ${one.short} D001`);
    await moveByHand(office.runtime, office.county.id, one.number, { kind: "office" }, "办");
    await office.work();
    expect((await view(one.number)).assisting).toEqual([]);
    expect(last("deputy-D001")).toContain("您不用再协办");
  });

  it("is nobody who is away, unknown, of the same name as another, one too many, or accused", async () => {
    const one = await tell("柳东村三组垃圾没人收");
    await office.say("deputy-D009", "请假 3天");
    for (const [said, answer] of [
      ["D009", "正请假"],
      ["张三丰", "没找到"],
      ["D001", "没找到"],
      ["", "还没写请哪位代表协办"],
    ]) {
      await office.say("deputy-D001", `协办 ${one.short} ${said}`);
      expect(last("deputy-D001")).toContain(answer);
    }
    expect((await view(one.number)).assisting).toEqual([]);
    for (const code of ["D002", "D003", "D004", "D005"]) await office.say("deputy-D001", `协办 ${one.short} ${code}`);
    expect(last("deputy-D001")).toContain("协办的人已经够多了");
    expect((await view(one.number)).assisting).toHaveLength(3);
    await office.say("deputy-D009", "销假");
    // Its resident accuses somebody: what was said before may be the first half of that, and nobody follows it any more.
    const heard = to("deputy-D002").length;
    await office.say(one.resident, "我要举报李秀兰代表收了包工头的钱");
    const [subject] = await rows((tx) => tx.select().from(cases).where(eq(cases.id, one.id)));
    expect(await rows((tx) => tx.select().from(caseFollowers).where(eq(caseFollowers.caseId, one.id)))).toEqual([]);
    expect(to("deputy-D002")).toHaveLength(heard);
    if (subject?.sealed === false && subject.deputyId !== null) {
      await office.say("deputy-D001", `协办 ${one.short} D002`);
      expect(await rows((tx) => tx.select().from(caseFollowers).where(eq(caseFollowers.caseId, one.id)))).toEqual([]);
    }
    await office.say("deputy-D002", `协办 ${one.number} 看看`);
    expect(last("deputy-D002")).toContain("没有找到");
  });
});

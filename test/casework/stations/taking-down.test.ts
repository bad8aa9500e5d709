import { and, asc, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cases } from "../../../db/schema/cases.ts";
import { casePeople, phoneTasks, readings } from "../../../db/schema/console.ts";
import { inbox } from "../../../db/schema/conversations.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import { auditCounty } from "../../../src/casework/audit/audit-county.ts";
import { readPayload } from "../../../src/casework/inbox/payload.ts";
import { contentOf } from "../../../src/casework/outbox/content.ts";
import { type Office, openOffice } from "../office.ts";
import { atDesk } from "./desk.ts";

let office: Office;
let desk: ReturnType<typeof atDesk>;
beforeAll(async () => {
  office = await openOffice();
  desk = atDesk(office);
  await desk.bind("officer", "ST01");
  await office.bind("deputy", "D001");
});
afterAll(() => office.close());

const short = (number: string) => String(Number(number.slice(5)));
const answers = () =>
  desk.rows((tx) => tx.select().from(outbox).where(eq(outbox.kind, "reply")).orderBy(asc(outbox.seq)));

describe("what somebody says at the desk of a station", () => {
  it("is a case as anybody's, by the station, and its person is asked for", async () => {
    const { number } = await desk.takenDown();
    const one = await desk.view(number);
    expect(one).toMatchObject({ state: "assigned", deputy: "D001", station: "ST01", source: "walk-in" });
    expect(one.events.map(({ type, by }) => [type, by])).toEqual(
      expect.arrayContaining([
        ["opened", "station:ST01"],
        ["taken_down", "station:ST01"],
      ]),
    );
    const { text, labels } = desk.newest("officer");
    expect(text).toMatch(new RegExp(`^记下了，编号${number}，由李秀兰代表负责。\n请念给他听：\n收到了，编号${number}`));
    expect(text).toContain("代表看得到事情和地方，看不到您的姓名和电话");
    expect(text).not.toContain("您扫的码");
    expect(labels).toEqual(["用他的微信：请他扫码", "打电话", "他再来站里"]);
    expect(desk.newest("deputy").text).toContain("路灯坏了");
  });

  it("is told by telephone: the number is sealed, the answer waits, and counts as delivered by a person once it was told", async () => {
    const { number, id } = await desk.takenDown();
    await office.say("officer", "2");
    expect(desk.newest("officer").text).toContain("回“电话 号码”");
    await office.say("officer", "电话 123456");
    expect(desk.newest("officer").text).toContain("不对");
    await office.say("officer", "电话 138-1234-5678");
    expect(desk.newest("officer").text).toContain("138****5678");
    const [person] = await desk.rows((tx) => tx.select().from(casePeople).where(eq(casePeople.caseId, id)));
    expect(person).toMatchObject({ how: "walk-in", mayCall: true, takenBy: "station:ST01" });
    expect(person?.noticeReadAt).not.toBeNull();
    expect(Buffer.from(person!.phone!).toString("latin1")).not.toContain("13812345678");
    await office.say("deputy", `回复 ${short(number)} 电工明天来`);
    const reply = (await answers()).at(-1)!;
    expect([reply.state, reply.awaitsContact]).toEqual(["waiting", true]);
    await office.say("officer", "电话");
    expect(desk.newest("officer").text).toMatch(
      new RegExp(`1 打给反映人 138\\*\\*\\*\\*5678，${short(number)}号 .*路灯坏了`),
    );
    await office.say("officer", "号码 1");
    expect(desk.newest("officer").text).toContain("13812345678");
    expect(desk.newest("officer").text).toContain("电工明天来");
    const [logged] = await desk.rows((tx) =>
      tx
        .select()
        .from(readings)
        .where(and(eq(readings.caseId, id), eq(readings.what, "phone"))),
    );
    expect(logged).toMatchObject({ callerName: "station:ST01", role: "station", reason: "answer-the-resident" });
    await office.say("officer", "已告知 1 他说谢谢");
    expect(desk.newest("officer").text).toContain("电工明天来");
    const told = (await answers()).at(-1)!;
    expect([told.id, told.state]).toEqual([reply.id, "delivered"]);
    const attempts = await desk.rows((tx) =>
      tx.execute<{ rung: string }>(sql`select rung from attempts where outbox_id = ${reply.id}`),
    );
    expect(attempts.map(({ rung }) => rung)).toEqual(["person"]);
    const one = await desk.view(number);
    expect(one.events).toContainEqual(expect.objectContaining({ type: "phoned", by: "station:ST01" }));
    expect(one.messages.at(-1)).toMatchObject({ text: "他说谢谢" });
    await office.say("officer", "已告知 1");
    expect(desk.newest("officer").text).toContain("没有1号要打的电话");
  });

  it("whose words changed since the officer saw them counts as told only when they saw the new ones", async () => {
    const { number } = await desk.takenDown();
    await office.say("officer", "电话 13900001111");
    await office.say("deputy", `回复 ${short(number)} 后天来`);
    await office.say("officer", "电话");
    await office.say("officer", `号码 ${number}`);
    await office.say("deputy", `更正 ${short(number)} 大后天来`);
    await office.say("officer", "已告知");
    expect(desk.newest("officer").text).toMatch(/还没有算告知[\s\S]*大后天来/);
    const open = await desk.rows((tx) => tx.select().from(phoneTasks).where(sql`${phoneTasks.doneAt} is null`));
    expect(open).toHaveLength(1);
    await office.say("officer", "已告知");
    expect(desk.newest("officer").text).toContain("算告知了的话");
    expect((await answers()).at(-1)?.state).toBe("delivered");
  });

  it("of whom nobody is reached on three days goes to the office; three calls on one day are one day", async () => {
    const { number, id } = await desk.takenDown();
    await office.say("officer", "电话 13900002222");
    await office.say("deputy", `回复 ${short(number)} 修好了告诉您`);
    await office.say("officer", "电话");
    const days: string[] = [];
    for (let day = 0; day < 3; day += 1) {
      for (let time = 0; time < 2; time += 1) {
        await office.say("officer", `打不通 ${number}`);
        days.push(desk.newest("officer").text);
      }
      await office.pass(86_400_000);
    }
    expect(days[0]).toContain("没打通。");
    expect(days[1]).toContain("没打通。");
    expect(days[2]).toContain("2天了");
    expect(days[4]).toContain("三天都没打通");
    expect(days[5]).toContain("没有");
    const [task] = await desk.rows((tx) => tx.select().from(phoneTasks).where(eq(phoneTasks.caseId, id)));
    expect(task).toMatchObject({ tries: 5, missedDays: 3, doneAt: null });
    await office.say("officer", "电话");
    expect(desk.newest("officer").text).not.toContain("13900002222".slice(-4));
    await desk.rows((tx) =>
      tx.update(phoneTasks).set({ doneAt: office.runtime.now() }).where(eq(phoneTasks.caseId, id)),
    );
  });

  it("who comes again is told there", async () => {
    const { number } = await desk.takenDown();
    await office.say("officer", "3");
    expect(desk.newest("officer").text).toContain("他再来站里问");
    await office.say("deputy", `回复 ${short(number)} 换了新灯`);
    await office.say("officer", "电话");
    expect(desk.newest("officer").text).toContain(`${short(number)}号`);
    await desk.bind("colleague", "ST01");
    await office.say("colleague", `已告知 ${number}`);
    expect(desk.newest("colleague").text).toContain("换了新灯");
    expect((await answers()).at(-1)?.state).toBe("delivered");
    expect((await desk.view(number)).events).toContainEqual(
      expect.objectContaining({ type: "phoned", by: "station:ST01" }),
    );
  });

  it("is given into their own chat by a code that serves once, and is erased whole when they say so", async () => {
    const { number, id } = await desk.takenDown(desk.matter("墙上裂了一道大缝"));
    await office.say("officer", "用他的微信：请他扫码");
    const sent = await desk.rows((tx) =>
      tx
        .select()
        .from(outbox)
        .where(and(eq(outbox.kind, "photo"), eq(outbox.caseId, id))),
    );
    const scene = contentOf(office.runtime, sent[0]!).scene ?? "";
    expect(scene).toMatch(new RegExp(`^k:${number}\\.`));
    expect(scene.length).toBeLessThanOrEqual(64);
    await office.say("deputy", `回复 ${short(number)} 下周补墙`);
    await office.say("walker", { kind: "scan", scene });
    const heard = desk.read("walker").map(({ text }) => text);
    expect(heard.join("\n")).toMatch(new RegExp(`编号${number}[\\s\\S]*下周补墙|下周补墙[\\s\\S]*编号${number}`));
    await office.say("thief", { kind: "scan", scene });
    expect(desk.newest("thief").text).toContain("用过了");
    await office.say("officer", "电话 13900006666");
    expect(desk.newest("officer").text).toContain("没有记下");
    await office.say("walker", "撤回");
    await office.say("walker", "删除我的数据");
    const left = await desk.rows((tx) => tx.select().from(outbox).where(eq(outbox.caseId, id)));
    expect(left.map((row) => contentOf(office.runtime, row).text).join("")).not.toContain("大缝");
    expect(await desk.rows((tx) => tx.select().from(casePeople).where(eq(casePeople.caseId, id)))).toEqual([]);
    const words = await desk.rows((tx) => tx.select().from(inbox).where(eq(inbox.caseId, id)));
    expect(words.length).toBeGreaterThan(2);
    for (const row of words) expect(readPayload(office.runtime.vault, row).content.kind).toBe("note");
  });

  it("without words, or of a place that nobody can tell or that is another station's, is not taken down, and said to be not", async () => {
    const before = await desk.lastCase();
    await office.say("officer", "代记");
    expect(desk.newest("officer").text).toContain("没有记下");
    await office.say("officer", `代记 东关街道锦绣家园9号楼电梯停了`);
    expect(desk.newest("officer").text).toContain("没有记下");
    expect((await desk.lastCase()).number).toBe(before.number);
  });

  it("that accuses an official is sealed to the office alone, as in chat; no command of the station comes near to it", async () => {
    const deputyRead = desk.read("deputy").length;
    const { number, sealed, id } = await desk.takenDown("李秀兰代表收了包工头五万块钱，路灯的工程给了她侄子");
    expect(sealed).toBe(true);
    expect(desk.newest("officer").text).toContain(`${short(number)}号只有县人大代表工作机构看得到`);
    expect(desk.newest("officer").labels).toEqual([]);
    for (const said of ["1", "电话 13900003333"]) await office.say("officer", said);
    const isCode = and(eq(outbox.kind, "photo"), eq(outbox.caseId, id));
    expect(await desk.rows((tx) => tx.select().from(outbox).where(isCode))).toEqual([]);
    await office.say("officer", `转派 ${short(number)} D002`);
    expect(desk.newest("officer").text).toContain("不归你们站");
    await office.say("officer", "电话");
    expect(desk.newest("officer").text).not.toContain("3333");
    for (const said of [`号码 ${number}`, `已告知 ${number}`]) {
      await office.say("officer", said);
      expect(desk.newest("officer").text).toContain("没有");
    }
    const after = await desk.rows((tx) => tx.select().from(cases).where(eq(cases.id, id)));
    expect(after[0]).toMatchObject({ sealed: true, deputyId: null, state: "triage" });
    expect(desk.read("deputy")).toHaveLength(deputyRead);
  });

  it("that tells of a danger to life shows first what to do, and goes ahead", async () => {
    const { priority } = await desk.takenDown("柳东村三组井里掉下去一个孩子，快来人");
    expect(priority).toBe(true);
    expect(desk.newest("officer").text).toMatch(/^请念给他听：\n[\s\S]*(?:119|120|110)[\s\S]*记下了/);
  });

  it("by a child asks for no number and no code, and keeps no photo", async () => {
    const { number, minor } = await desk.takenDown("我是柳东村小学三年级的，柳东村三组路口的桥没有栏杆，我害怕");
    expect(minor).toBe(true);
    expect(desk.newest("officer").text).toContain(`${short(number)}号是孩子说的`);
    expect(desk.newest("officer").labels).toEqual([]);
    await office.say("officer", "电话 13900004444");
    expect(desk.newest("officer").text).toContain("没有记下");
    await office.say("officer", { kind: "media", media: { mediaId: "m-child", form: "image" } });
    const kept = await desk.rows((tx) => tx.execute(sql`select state from media where platform_id = 'm-child'`));
    expect(kept).toEqual([{ state: "failed" }]);
  });

  it("has the photos that come right behind it", async () => {
    const { number, id } = await desk.takenDown();
    await office.say("officer", { kind: "media", media: { mediaId: "m-rail", form: "image" } });
    expect(desk.newest("officer").text).toBe(`照片收到了，放进${short(number)}号。`);
    const shown = await desk.rows((tx) =>
      tx.execute(sql`select kind, party from case_messages where case_id = ${id} and media_id is not null`),
    );
    expect(shown).toEqual([{ kind: "image", party: "resident" }]);
    expect((await desk.view(number)).events).toContainEqual(
      expect.objectContaining({ type: "message_added", by: "station:ST01" }),
    );
    await office.pass(11 * 60_000);
    await office.say("officer", { kind: "media", media: { mediaId: "m-later", form: "image" } });
    const after = await desk.rows((tx) =>
      tx.execute(sql`select kind from case_messages where case_id = ${id} and media_id is not null`),
    );
    expect(after).toHaveLength(1);
  });

  it("leaves the ledgers whole", async () => {
    const { findings } = await auditCounty(office.db.database, office.county);
    expect(findings.map(({ text }) => text)).toEqual([]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type StaffApi, staffApi } from "../staff-api.ts";

const GIVEN = {
  ...{ how: "phone", text: "路灯坏了六盏，晚上看不见", place: { grid: "柳东-1" } },
  ...{ name: "周桂芬", phone: "139 1234 5678", mayCall: true, noticeRead: true },
};

let staff: StaffApi;

const tasks = async (who: string) => (await staff.ask(who, "GET /phone-tasks")).body.items;
const result = async (who: string, body: object, of: string) => {
  const { etag } = await staff.ask("office", `GET /cases/${of}`);
  return staff.ask(who, `POST /cases/${of}/phone-result`, { body, match: etag });
};

beforeAll(async () => {
  staff = await staffApi();
  await staff.person("taker", "office");
  await staff.person("office", "office");
});
afterAll(() => staff.close());

describe("a call about a case that several people told of", () => {
  const take = async (given: object) =>
    (await staff.ask("taker", "POST /intake", { body: { ...GIVEN, ...given } })).body;
  const join = async (to: string, phone: string, more: object = {}) => {
    const { etag } = (await staff.ask("taker", `GET /cases/${to}`)).body;
    return take({ text: "我家门口也是这样", phone, join: { number: to, etag }, ...more });
  };
  type Call = { id: string; to: string; nth: number | null; why: string; tries: number };
  /** The calls to residents: the deputy, whom no chat reaches, is rung up too where it is time for that. */
  const calls = async (of: string): Promise<Call[]> =>
    (await staff.ask("office", `GET /cases/${of}`)).body.phoneTasks.filter(({ to }: Call) => to !== "deputy");
  const numbers = async (of: string, task?: string) => {
    await staff.person("clerk", "office");
    return (await staff.ask("clerk", `POST /cases/${of}/phone`, { body: task === undefined ? {} : { task } })).body;
  };
  const messages = async (of: string, kind: string) =>
    (await staff.ask("office", `GET /cases/${of}`)).body.messages.filter((one: { kind: string }) => one.kind === kind);
  const phoned = async (of: string) =>
    (await staff.ask("office", `GET /cases/${of}`)).body.events
      .filter(({ type }: { type: string }) => type === "phoned")
      .map(({ details }: { details: object }) => details);

  it("is to whoever joined: what waits for the resident's own chat goes on waiting, and reaches them there", async () => {
    const of = await staff.newCase("chat-resident", "柳东村一组桥栏杆断了两根");
    expect(await join(of, "13700001111", { name: "陈玉兰" })).toMatchObject({ isJoined: true });
    await staff.office.pass(49 * 3_600_000);
    expect((await staff.act("office", of, "answer", { text: "周五来焊" })).status).toBe(200);
    await staff.office.work();
    expect(await calls(of)).toMatchObject([{ why: "joined", to: "joined", nth: null }]);
    const task = (await calls(of))[0]!.id;
    expect((await result("office", { result: "reached", text: "告诉陈玉兰了", task }, of)).status).toBe(204);
    expect(await phoned(of)).toEqual([{ result: "reached", to: "joined" }]);
    expect(await messages(of, "phone")).toEqual([]);
    expect(await messages(of, "phone-joined")).toMatchObject([{ text: "告诉陈玉兰了" }]);
    expect(await messages(of, "reply")).toMatchObject([{ byPerson: false, waitsForContact: true }]);
    await staff.office.say("chat-resident", "进度");
    expect(staff.office.sent.filter(({ to }) => to === "chat-resident").map(({ text }) => text)).toContainEqual(
      expect.stringContaining("周五来焊"),
    );
  });

  it("is one to each: two who joined and the resident are called, shown and told by themselves", async () => {
    const { number: of } = await take({ text: "路边的树倒了，压着电线", phone: "13600002222", name: "吴国强" });
    await join(of, "13600003333", { name: "罗小琴" });
    await join(of, "13600006666", { name: "唐秀兰" });
    await staff.act("office", of, "answer", { text: "下午来锯" });
    await staff.office.work();
    const [luo, tang] = (await calls(of)).filter(({ to }) => to === "joined").toSorted((a, b) => a.nth! - b.nth!);
    const [own] = (await calls(of)).filter(({ to }) => to === "resident");
    expect(await calls(of)).toHaveLength(3);
    expect([luo!.nth, tang!.nth, own!.nth]).toEqual([1, 2, null]);
    expect((await tasks("office")).filter((one: { case: { number: string } }) => one.case.number === of)).toHaveLength(
      3,
    );
    expect((await numbers(of)).code).toBe("which-call");
    expect((await result("office", { result: "wrong-number" }, of)).body.code).toBe("which-call");
    expect((await numbers(of, "0190a1b2-0000-7000-8000-00000000abcd")).code).toBe("no-task");
    expect((await numbers(of, luo!.id)).people).toEqual([{ name: "罗小琴", number: "13600003333" }]);
    expect((await numbers(of, tang!.id)).people).toEqual([{ name: "唐秀兰", number: "13600006666" }]);
    expect((await numbers(of, own!.id)).people).toEqual([{ name: "吴国强", number: "13600002222" }]);
    const end = (body: object, task: string) => result("office", { ...body, task }, of);
    expect((await end({ result: "wrong-number" }, luo!.id)).status).toBe(204);
    expect((await calls(of)).map(({ id }) => id).toSorted()).toEqual([tang!.id, own!.id].toSorted());
    expect((await end({ result: "reached", text: "唐秀兰知道了" }, tang!.id)).status).toBe(204);
    expect(await messages(of, "reply")).toMatchObject([{ byPerson: false }]);
    expect((await end({ result: "reached", text: "唐秀兰知道了" }, tang!.id)).body.code).toBe("no-task");
    expect((await numbers(of)).people).toEqual([{ name: "吴国强", number: "13600002222" }]);
    expect((await result("office", { result: "reached", text: "老吴知道了" }, of)).status).toBe(204);
    expect(await messages(of, "reply")).toMatchObject([{ byPerson: true }]);
    expect(await phoned(of)).toEqual([
      { result: "wrong-number", to: "joined" },
      { result: "reached", to: "joined" },
      { result: "reached", to: "resident" },
    ]);
    expect(await calls(of)).toEqual([]);
    // The next answer calls those again whose number is right.
    await staff.act("office", of, "answer", { text: "锯好了" });
    await staff.office.work();
    expect((await calls(of)).map(({ to, nth }) => [to, nth])).toEqual(
      expect.arrayContaining([
        ["joined", 2],
        ["resident", null],
      ]),
    );
    expect(await calls(of)).toHaveLength(2);
  });

  it("is made to those who joined beside the one that the office asked for", async () => {
    const { number: of } = await take({ text: "水渠堵了，田里进水", phone: "13600004444", name: "何守田" });
    await staff.ask("office", `POST /cases/${of}/phone-task`, { body: { say: null } });
    await join(of, "13600005555", { name: "田秀英" });
    await staff.act("office", of, "answer", { text: "明天清渠" });
    await staff.office.work();
    const [asked, joined] = await calls(of);
    expect([asked!.to, joined!.to]).toEqual(["resident", "joined"]);
    expect((await numbers(of, asked!.id)).people).toEqual([{ name: "何守田", number: "13600004444" }]);
    await result("office", { result: "reached", text: "说了", task: asked!.id }, of);
    expect((await numbers(of)).people).toEqual([{ name: "田秀英", number: "13600005555" }]);
    await result("office", { result: "reached", text: "也说了" }, of);
    expect(await calls(of)).toEqual([]);
  });

  it("goes to each who joined where the office asks for it and nobody else left a number", async () => {
    const of = await staff.newCase("chat-asked", "柳东村一组井盖没了");
    await join(of, "13700002222", { name: "陈玉兰" });
    await join(of, "13700003333", { name: "李桂花" });
    const ask = () => staff.ask("office", `POST /cases/${of}/phone-task`, { body: { say: "问问盖好没有" } });
    expect((await ask()).status).toBe(204);
    expect((await calls(of)).map(({ to, nth, why }) => [to, nth, why])).toEqual([
      ["joined", 1, "asked"],
      ["joined", 2, "asked"],
    ]);
    expect((await ask()).body.code).toBe("task-there");
  });

  it("has told what was answered just before it, also where nothing had been tried yet", async () => {
    const { number: of } = await take({ text: "水井盖坏了一半", phone: "13600008888", name: "宋长河" });
    await staff.ask("office", `POST /cases/${of}/phone-task`, { body: { say: null } });
    await staff.act("office", of, "answer", { text: "今天换盖" });
    await result("office", { result: "reached", text: "说了今天换" }, of);
    await staff.office.work();
    expect(await messages(of, "reply")).toMatchObject([{ byPerson: true }]);
    expect(await calls(of)).toEqual([]);
  });

  it("is never to a number that stands in the words of somebody who did not allow it", async () => {
    const { number: of } = await take({ text: "路面塌了，电话13500006666", phone: "13500006666", mayCall: false });
    expect(await numbers(of)).toMatchObject({ code: "no-number" });
    const chat = await staff.newCase("chat-quiet", "柳东村二组路面塌了一块");
    await join(chat, "13500007777", { text: "我是隔壁的，电话13500007777", mayCall: false });
    expect(await numbers(chat)).toMatchObject({ code: "no-number" });
  });
});

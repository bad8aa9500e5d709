import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { say } from "../journeys/resident.ts";
import { startService, type TestService } from "../service.ts";
import { type CommandLine, commandLine } from "./liaison.ts";

/** JSON of a case (contract.md), and nothing of a person in it. */
const ALWAYS = [
  ...["number", "county", "state", "open", "outcome", "category", "grid", "station", "deputy", "unit"],
  ...["receivedAt", "dueOn", "closedAt", "rating", "sealed"],
];
const WHOLE = [
  ...ALWAYS,
  "messages",
  "events",
  "decision",
  "claims",
  "handovers",
  "waitsOn",
  "escalation",
  "minor",
  "topic",
  "assisting",
  "clocks",
  "source",
];
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

let service: TestService;
let shell: CommandLine;
beforeAll(async () => {
  service = await startService();
  shell = await commandLine(service.ownerUrl);
  const deputy = await service.deputy("D001");
  const resident = service.phone("lamp");
  await say(service, resident, "我叫张三丰,电话13800000000,柳东村三组路灯坏了");
  await say(service, deputy, "回复 明天换", "办结 1 换好了");
  await say(service, resident, "满意");
  await say(service, service.phone("accuser"), "我们网格的王代表收了物业的好处,跟他反映多少次都不办");
  await say(service, service.phone("neighbour", "baishi"), "石桥村一组水管漏水");
});
afterAll(async () => {
  await shell.close();
  await service.close();
});

const json = async (...args: string[]) => {
  const { status, out, err } = await shell.liaison(...args, "--json", "--county", "qinghe");
  expect([status, err]).toEqual([0, ""]);
  return JSON.parse(out);
};

describe("liaison case NUMBER --json", () => {
  it("holds every name of the contract, with codes, moments and days", async () => {
    const number = `${new Date().getFullYear()}-000001`;
    const one = await json("case", number);
    expect(Object.keys(one)).toEqual(expect.arrayContaining(WHOLE));
    expect(one).toMatchObject({
      number,
      county: "qinghe",
      state: "closed",
      open: false,
      outcome: "solved",
      category: "roads",
      grid: "柳东-3",
      station: "ST01",
      deputy: "D001",
      unit: null,
      receivedAt: expect.stringMatching(MOMENT),
      dueOn: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      closedAt: expect.stringMatching(MOMENT),
      rating: 5,
      sealed: false,
    });
    for (const message of one.messages) {
      expect(message).toEqual({
        direction: expect.toBeOneOf(["in", "out"]),
        party: expect.toBeOneOf(["resident", "deputy", "unit", "office", "service"]),
        kind: expect.any(String),
        text: expect.any(String),
        at: expect.stringMatching(MOMENT),
        delivery: message.direction === "in" ? null : "delivered",
      });
    }
    for (const event of one.events) {
      expect(event).toEqual({ type: expect.any(String), at: expect.stringMatching(MOMENT), by: expect.any(String) });
    }
    expect(one.events.map((event: { type: string }) => event.type)).toEqual(
      expect.arrayContaining(["opened", "assigned", "replied", "closed", "rated"]),
    );
    expect(one.decision).toEqual({
      ruleset: "default",
      rule: "grid",
      facts: expect.any(Object),
      candidates: expect.arrayContaining(["D001"]),
      passedOver: expect.any(Array),
      chosen: { kind: "deputy", deputy: "D001" },
    });
    for (const passed of one.decision.passedOver) expect(Object.keys(passed).sort()).toEqual(["deputy", "why"]);
  });

  it("shows no internal id, no person and no number of theirs", async () => {
    const { out } = await shell.liaison("case", "1", "--json", "--county", "qinghe");
    expect(out).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-|o_lamp|张三丰|13800000000/);
  });

  it("shows an accusation as sealed, with nobody in charge but the office", async () => {
    expect(await json("case", "2")).toMatchObject({
      state: "triage",
      sealed: true,
      open: true,
      deputy: null,
      station: null,
    });
  });

  it("finds a case by its last digits, and none of another county", async () => {
    expect((await json("case", "1")).number).toMatch(/-000001$/);
    expect((await shell.liaison("case", "3", "--county", "qinghe")).status).toBe(1);
    expect((await shell.liaison("case", "1", "--county", "baishi")).out).toContain("水管漏水");
  });
});

describe("liaison case NUMBER", () => {
  it("reads as one line for the case and one for each word and event", async () => {
    const { status, out, err } = await shell.liaison("case", "1", "--county", "qinghe");
    expect([status, err]).toEqual([0, ""]);
    expect(out).toMatch(/^\d{4}-000001 {2}solved {2}D001 {2}柳东-3 {2}due /);
    expect(out).toContain("closed by deputy:D001");
    expect(out).toContain("[delivered]");
  });

  it("ends with who follows it, which its JSON does not name", async () => {
    const { out } = await shell.liaison("case", "1", "--county", "qinghe");
    expect(out.trimEnd().split("\n").slice(-2)).toEqual([
      "followed by D002 (higher-level)",
      "followed by D008 (higher-level)",
    ]);
    expect(Object.keys(await json("case", "1")).toSorted()).toEqual([...WHOLE, "priority", "summary"].toSorted());
  });
});

describe("liaison cases", () => {
  it("lists the cases of one county as JSON, without messages and events", async () => {
    const all = await json("cases");
    expect(all.map((one: { number: string }) => one.number.slice(5))).toEqual(["000001", "000002"]);
    for (const one of all) {
      expect(Object.keys(one)).toEqual(expect.arrayContaining([...ALWAYS, "decision"]));
      for (const name of ["messages", "events", "id"]) expect(one).not.toHaveProperty(name);
      expect(one.decision).toEqual((await json("case", one.number)).decision);
    }
    expect(JSON.stringify(all)).not.toMatch(/水管漏水|13800000000|张三丰/);
  });

  it("lists them one a line for people", async () => {
    const { status, out, err } = await shell.liaison("cases", "--county", "qinghe");
    expect([status, err, out.trimEnd().split("\n").length]).toEqual([0, "", 2]);
  });

  it("marks what is sealed, says what it was sealed for, and shows no word of it", async () => {
    const { out } = await shell.liaison("cases", "--county", "qinghe");
    const [open = "", sealed = ""] = out.trimEnd().split("\n");
    expect(open).toContain("路灯坏了");
    expect(open).not.toContain("SEALED");
    expect(sealed).toMatch(/^\d{4}-000002 {2}triage {2}office {2}- {2}due [\d-]+ {2}SEALED \([a-z, ]+\)$/);
    const listed = await json("cases");
    expect(listed[1]).toMatchObject({ sealed: true, summary: "" });
    expect(listed[1].decision.facts.sealedFor).not.toEqual([]);
    expect(JSON.stringify(listed[1])).not.toMatch(/物业|好处/);
  });

  it("leaves the words of what is sealed to whoever asks for it by its number", async () => {
    const { out } = await shell.liaison("case", "2", "--county", "qinghe");
    expect(out.split("\n")[0]).toContain("SEALED (");
    expect(out).toContain("收了物业的好处");
  });
});

describe("somebody's words on a terminal", () => {
  const OBEYED = ["\u001b", "\u009b", "\u202e"];

  it("obey nothing, and no line of theirs looks like one of the command's", async () => {
    const phone = service.phone("terminal");
    await say(
      service,
      phone,
      "柳东村三组路灯不亮\u001b[2J\u009b1A\u202e\n2026-000099  closed  D001  -  due 2026-01-01\r\n都三天了",
    );
    const [number] = (await service.cases()).map((one) => one.number).slice(-1);
    for (const args of [["case", number!], ["cases"]]) {
      const { out } = await shell.liaison(...args, "--county", "qinghe");
      for (const sign of OBEYED) expect(out).not.toContain(sign);
      expect(out).not.toMatch(/^2026-000099/m);
      expect(out).toContain("路灯不亮");
    }
    const { out } = await shell.liaison("case", number!, "--json", "--county", "qinghe");
    for (const sign of OBEYED) expect(out).not.toContain(sign);
    expect(JSON.parse(out).messages[0].text).toContain("\u202e");
  });
});

describe("liaison stuck", () => {
  it("is silent while all is well, and names what may not have arrived, without words or people", async () => {
    expect(await shell.liaison("stuck", "--county", "qinghe")).toEqual({ status: 0, out: "", err: "" });
    service.wechat.fail({ path: "/cgi-bin/message/custom/send", times: 1, kind: "accept-then-hang" });
    await say(service, service.phone("unlucky"), "柳东村三组水渠塌了");
    const stuck = await json("stuck");
    expect(stuck).not.toEqual([]);
    for (const one of stuck) {
      expect(one).toEqual({
        what: "delivery",
        id: expect.any(String),
        state: "uncertain",
        danger: false,
        since: expect.stringMatching(MOMENT),
        tries: expect.any(Number),
        reason: "timed out",
      });
    }
    const { out } = await shell.liaison("stuck", "--county", "qinghe");
    expect(out).toMatch(/^delivery {2}\S+ {2}uncertain {2}/);
    expect(out).not.toMatch(/水渠|o_unlucky/);
    expect((await shell.liaison("stuck", "--county", "baishi")).out).toBe("");
  });
});

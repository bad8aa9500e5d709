import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { handovers } from "../../../db/schema/ledger.ts";
import { ROLES, type Role } from "../../../src/domain/access/roles.ts";
import { CASE_VERBS } from "../../../src/http/contract/case-shapes.ts";
import { PETITIONS } from "../../../src/http/contract/desk/petitions.ts";
import { readPdf } from "../../pdf.ts";
import { type StaffApi, staffApi, stationOf } from "../staff-api.ts";

/** Who may, by the first letters of the roles; operators are `p`. */
const TABLE: Readonly<Record<string, string>> = {
  "GET /petitions": "oa",
  "POST /cases/{number}/petition-notice": "o",
  "GET /cases/{number}/petition-notice.pdf": "o",
  "POST /cases/{number}/petition": "o",
  "POST /cases/{number}/minor": "o",
};
const LETTER: Readonly<Record<Role, string>> = {
  ...{ office: "o", reviewer: "r", station: "s", auditor: "a", operator: "p" },
};
const NOTICE = { organ: "青禾县自然资源局", article: "23", text: "带上土地证去三楼。", way: "chat" };
const PETITION = "我要上访，柳东村三组的征地补偿反映三次了没人管";
const UNNAMED = "柳东村三组的养猪场半夜排污，别说是我说的";

let staff: StaffApi;
beforeAll(async () => {
  staff = await staffApi();
  for (const role of ROLES) await staff.person(role, role);
  await staff.person("林晓", "office");
});
afterAll(() => staff.close());

const list = async (state = "waiting", who = "office") =>
  (await staff.ask(who, `GET /petitions?state=${state}`)).body.items;
const page = async (number: string, who = "office") => (await staff.ask(who, `GET /cases/${number}`)).body;
const types = (one: { events: { type: string }[] }) => one.events.map(({ type }) => type);

describe("the table of who may ask for what", () => {
  it("has every operation, and no other", () => {
    expect(Object.keys(TABLE).sort()).toEqual(Object.keys(PETITIONS).sort());
  });
  it.each(Object.entries(TABLE))("%s: %s", async (name, who) => {
    const path = name.replace("{number}", "2026-000099");
    for (const role of ROLES) {
      const { status, body: told } = await staff.ask(role, path, name.startsWith("GET") ? {} : { body: "{" });
      expect([role, status === 403 && told?.code === "role"]).toEqual([role, !who.includes(LETTER[role])]);
    }
  });
});

describe("a petition's notice", () => {
  it("waits in the list and in Today with its days, is previewed, given once, and read by its resident", async () => {
    const number = await staff.newCase("petitioner", PETITION);
    const [waiting] = await list();
    expect(waiting).toMatchObject({ case: { number }, notice: null, daysLeft: expect.any(Number) });
    expect(waiting.daysLeft).toBeGreaterThanOrEqual(15);
    const { sections } = (await staff.ask("office", "GET /today")).body;
    expect(sections.find(({ code }: { code: string }) => code === "petition-notices")).toMatchObject({
      count: 1,
      opens: { page: "petitions" },
    });
    const preview = await staff.act("office", number, "petition-notice", { ...NOTICE, preview: true });
    expect(preview.body.told).toEqual([
      expect.objectContaining({ to: "resident", text: expect.stringContaining("自然资源局") }),
    ]);
    expect((await list()).length).toBe(1);
    const given = await staff.act("林晓", number, "petition-notice", NOTICE);
    expect(given.status).toBe(200);
    expect(given.body.number).toMatch(/^信访告知〔\d{4}〕1号$/);
    expect(await list()).toEqual([]);
    expect(await list("given", "auditor")).toMatchObject([
      {
        case: { number },
        daysLeft: null,
        notice: { number: given.body.number, organ: NOTICE.organ, by: "林晓", way: "chat" },
      },
    ]);
    const one = await page(number);
    expect(one).toMatchObject({
      petition: true,
      clocks: expect.arrayContaining([expect.objectContaining({ kind: "petition_notice", state: "met" })]),
    });
    expect(types(one)).toContain("notice_given");
    expect(one.messages.at(-1)).toMatchObject({ party: "office", text: expect.stringContaining("带上土地证") });
    expect((await staff.act("office", number, "petition-notice", NOTICE)).body.code).toBe("no-notice-owed");
    expect((await staff.act("office", number, "petition", { petition: false, reason: "看错了" })).body.code).toBe(
      "notice-given",
    );
  });

  it("is printed with its number and without anybody's name but the office's", async () => {
    const number = await staff.newCase("on-paper", `${PETITION}，我叫王秀英，电话13812345678`);
    expect((await staff.ask("office", `GET /cases/${number}/petition-notice.pdf`)).status).toBe(404);
    const { body } = await staff.act("office", number, "petition-notice", { ...NOTICE, way: "paper", text: null });
    const sheet = await fetch(`${staff.api.base}/api/v1/cases/${number}/petition-notice.pdf`, {
      headers: { "x-person": "office" },
    });
    expect(sheet.headers.get("content-type")).toBe("application/pdf");
    const text = (await readPdf(new Uint8Array(await sheet.arrayBuffer()))).seen[0]!.text.replace(/\s/g, "");
    for (const part of [body.number, number, "青禾县自然资源局", "第二十三条", "不受理信访，也不代办"])
      expect(text).toContain(part);
    expect(text).not.toMatch(/王秀英|1381234/);
  });

  it("is no longer owed where the office says that it is no petition, and is owed where it says so", async () => {
    const number = await staff.newCase("no-petition", PETITION);
    expect((await staff.act("office", number, "petition", { petition: true, reason: "已经是" })).body.code).toBe(
      "is-so",
    );
    await staff.act("office", number, "petition", { petition: false, reason: "只是说说" });
    expect((await list()).map((one: { case: { number: string } }) => one.case.number)).not.toContain(number);
    expect((await page(number)).clocks).toContainEqual(
      expect.objectContaining({ kind: "petition_notice", state: "void" }),
    );
    const told = await staff.act("office", number, "petition", {
      petition: true,
      reason: "确实要走信访",
      preview: true,
    });
    expect(told.body.told).toEqual([
      expect.objectContaining({ to: "resident", text: expect.stringContaining("国家信访局") }),
    ]);
    await staff.act("office", number, "petition", { petition: true, reason: "确实要走信访" });
    expect((await list()).map((one: { case: { number: string } }) => one.case.number)).toContain(number);
  });
});

describe("what the office says of who wrote a case", () => {
  it("marks a child and takes it back, with the reason in a note", async () => {
    const number = await staff.newCase("perhaps-child", "柳东村三组滑梯断了一块");
    expect((await page(number)).minor).toBe(false);
    await staff.act("office", number, "minor", { minor: true, reason: "电话里是孩子的声音" });
    expect(await page(number)).toMatchObject({ minor: true, notes: [{ text: "电话里是孩子的声音" }] });
    expect((await staff.act("office", number, "minor", { minor: true, reason: "再说一次" })).body.code).toBe("is-so");
    await staff.act("office", number, "minor", { minor: false, reason: "是孩子的妈妈" });
    const one = await page(number);
    expect(one.minor).toBe(false);
    expect(types(one).filter((type) => type === "marked_minor")).toHaveLength(2);
  });

  it("shows to the office alone that somebody wants to stay unnamed, and their words by reason alone", async () => {
    const number = await staff.newCase("unnamed", UNNAMED);
    await staff.person("of-station", "station", { stations: [await stationOf(staff, number)] });
    const [office, station] = [await page(number), await page(number, "of-station")];
    expect([office.unnamed, station.unnamed]).toEqual([true, false]);
    expect([types(office), types(station)].map((some) => some.includes("marked_unnamed"))).toEqual([true, false]);
    for (const one of [office, station]) expect(JSON.stringify(one)).not.toContain("别说是我说的");
    const [message] = office.messages.filter(({ party }: { party: string }) => party === "resident");
    expect(message).toMatchObject({ hasOriginal: true, text: expect.stringContaining("养猪场半夜排污") });
    const body = { messages: [message.id], reason: "answer-the-resident", note: "要核对是不是同一处" };
    const { body: read } = await staff.ask("office", `POST /cases/${number}/originals`, { body });
    expect(read.messages[0].text).toBe(UNNAMED);
  });
});

describe("an accusation that speaks of petitions", () => {
  /** What each verb takes, as far as it has a body that a handler looks at. */
  const BODIES: Readonly<Record<string, object>> = {
    place: { grid: "柳东-3" },
    move: { unit: "U01", reason: "转过去" },
    answer: { text: "收到" },
    notes: { text: "看过" },
    category: { code: "roads" },
    deadline: { dueOn: "2027-01-05", reason: "等" },
    merge: { into: "2026-000001", intoVersion: "c1" },
    seal: { reason: "封存" },
    unseal: { reason: "不是举报" },
    handover: { step: "told" },
    "phone-task": { say: "请问" },
    "petition-notice": NOTICE,
    petition: { petition: true, reason: "是信访" },
    minor: { minor: true, reason: "像孩子" },
  };

  it("goes to no unit and is no petition by any verb", async () => {
    const number = await staff.newCase("accuser", "柳东村三组的代表收了物业好处，我要信访举报他");
    const why = { reason: "inspection", note: "按程序查阅这一件" };
    await staff.ask("office", `POST /cases/${number}/open-sealed`, { body: why });
    for (const name of CASE_VERBS) {
      const verb = name.split("{number}/")[1] ?? "";
      if (verb === "close") continue;
      const { etag } = await staff.ask("office", `GET /cases/${number}`);
      await staff.ask("office", `POST /cases/${number}/${verb}`, { body: BODIES[verb] ?? {}, match: etag });
    }
    expect(await page(number)).toMatchObject({
      sealed: true,
      petition: false,
      handovers: [],
      unit: null,
      deputy: null,
    });
    const { db, county } = staff.office;
    expect(await db.database.inCounty(county.id, (tx) => tx.select().from(handovers))).toEqual([]);
    expect((await list()).map((one: { case: { number: string } }) => one.case.number)).not.toContain(number);
  });
});

import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROLES, type Role } from "../../../src/domain/access/roles.ts";
import { PHONE } from "../../../src/http/contract/desk/phone.ts";
import { type StaffApi, staffApi, stationOf } from "../staff-api.ts";

const GIVEN = {
  how: "phone",
  text: "路灯坏了六盏，晚上看不见",
  place: { grid: "柳东-1" },
  name: "周桂芬",
  phone: "139 1234 5678",
  mayCall: true,
  noticeRead: true,
};

type Told = { kind: string; reason: string; to: { party: string } };

let staff: StaffApi;
let number = "";
let sealed = "";

const tasks = async (who: string, query = "") => (await staff.ask(who, `GET /phone-tasks${query}`)).body.items;
const result = async (who: string, body: object, of = number) => {
  const { etag } = await staff.ask("office", `GET /cases/${of}`);
  return staff.ask(who, `POST /cases/${of}/phone-result`, { body, match: etag });
};

beforeAll(async () => {
  staff = await staffApi();
  await staff.person("taker", "office");
  number = (await staff.ask("taker", "POST /intake", { body: GIVEN })).body.number;
  sealed = await staff.newCase("accuser", "村支书收了好处，低保名额都给了亲戚");
  const own = await stationOf(staff, number);
  for (const role of ROLES) await staff.person(role, role, { stations: [own] });
  await staff.person("elsewhere", "station", { stations: [] });
  await staff.person("unconfirmed", "office", { confirmedAt: null });
});
afterAll(() => staff.close());

describe("a call that somebody has to make", () => {
  it("comes of an answer to a person without a chat, for the station of the case alone", async () => {
    expect(await tasks("office")).toEqual([]);
    expect((await staff.act("office", number, "answer", { text: "明天来修" })).body).toMatchObject({
      waitsFor: "phone",
    });
    await staff.office.work();
    expect(staff.office.sent.filter(({ text }) => text.includes("明天来修"))).toEqual([]);
    const about = (await staff.ask("office", `GET /deliveries?case=${number}`)).body.items;
    expect(about.find(({ kind, to }: Told) => kind === "reply" && to.party === "resident")).toMatchObject({
      ...{ status: "waits-for-contact", reason: "by-phone", acts: "office" },
    });
    expect(about.map(({ reason }: Told) => reason)).not.toContain("passive-only");
    await staff.office.db.database.inCounty(staff.office.county.id, (tx) =>
      tx.execute(sql`update outbox set state = 'delivered', settled_at = now() where deputy_id is not null`),
    );
    const waiting = await staff.ask("office", "POST /cases/search", { body: { filter: { delivery: ["waiting"] } } });
    expect(waiting.body.items.map((row: { number: string }) => row.number)).not.toContain(number);
    expect(await tasks("station")).toMatchObject([{ case: { number }, why: "no-chat", station: { code: "ST01" } }]);
    expect(await tasks("elsewhere")).toEqual([]);
    expect((await staff.ask("station", "GET /today")).body.sections).toContainEqual(
      expect.objectContaining({ code: "phone-tasks", count: 1 }),
    );
    const shown = await staff.ask("station", `GET /cases/${number}`);
    expect(shown.body.phoneTasks).toMatchObject([{ isOwn: true, to: "resident", why: "no-chat", tries: 0 }]);
    expect(JSON.stringify(shown.body)).not.toMatch(/1391234|周桂芬/);
    expect(JSON.stringify(await tasks("office"))).not.toMatch(/1391234|周桂芬/);
  });

  it("shows the number by reason and writes each look down; nobody else gets it", async () => {
    const phone = (who: string, of = number) => staff.ask(who, `POST /cases/${of}/phone`, { body: {} });
    expect((await phone("station")).body).toEqual({ people: [{ name: "周桂芬", number: "13912345678" }] });
    expect((await phone("elsewhere")).status).toBe(404);
    expect((await phone("unconfirmed")).body.code).toBe("confirm-needed");
    expect((await phone("auditor")).status).toBe(403);
    expect((await phone("station", sealed)).status).toBe(404);
    expect((await phone("office", sealed)).body.code).toBe("reason-needed");
    const rows = await staff.office.db.database.inCounty(staff.office.county.id, (tx) =>
      tx.execute<{ caller_name: string }>(sql`select caller_name from readings where what = 'phone'`),
    );
    expect(rows.map((row) => row.caller_name)).toEqual(["station"]);
    expect(staff.api.logged()).not.toMatch(/1391234/);
    const other = await staff.newCase("with-number", "柳东村一组停水三天，电话13800002222");
    expect((await phone("station", other)).body.code).toBe("no-task");
    expect((await phone("office", other)).body.people).toEqual([{ name: null, number: "13800002222" }]);
    const without = await staff.newCase("without-number", "柳东村二组垃圾没人收");
    expect((await phone("office", without)).body.code).toBe("no-number");
  });

  it("is tried again on a day, ends when the person was reached, and stands in the thread as said by telephone", async () => {
    expect(await result("station", { result: "not-reached", againOn: "2020-01-01" })).toMatchObject({
      status: 422,
      body: { code: "bad-day" },
    });
    const [task] = await tasks("station");
    const day = new Date(new Date(task.madeAt).getTime() + 3 * 86_400_000).toISOString().slice(0, 10);
    expect((await result("station", { result: "not-reached", againOn: day })).status).toBe(204);
    expect(await tasks("station")).toMatchObject([{ tries: 1, againOn: day, result: "not-reached" }]);
    expect((await result("station", { result: "reached", text: "" })).status).toBe(422);
    expect((await result("station", { result: "reached", text: "x".repeat(10_000) })).status).toBe(422);
    expect((await result("elsewhere", { result: "wrong-number" })).status).toBe(404);
    expect((await result("station", { result: "reached", text: "已告知，老人说好" })).status).toBe(204);
    expect(await result("station", { result: "wrong-number" })).toMatchObject({ body: { code: "no-task" } });
    expect(await tasks("station")).toEqual([]);
    expect(await tasks("station", "?done=true")).toMatchObject([{ result: "reached", doneBy: "station" }]);
    const { body } = await staff.ask("station", `GET /cases/${number}`);
    expect(body.messages.at(-1)).toMatchObject({ kind: "phone", party: "office", text: "已告知，老人说好" });
    expect(body.messages.find(({ kind }: { kind: string }) => kind === "reply")).toMatchObject({ byPerson: true });
  });

  it("is asked for by the office once; a wrong number is not shown again", async () => {
    const ask = (who: string) =>
      staff.ask(who, `POST /cases/${number}/phone-task`, { body: { say: "请问修好了没有" } });
    expect((await ask("station")).status).toBe(403);
    expect((await ask("office")).status).toBe(204);
    expect((await ask("office")).body.code).toBe("task-there");
    const shown = await staff.ask("station", `GET /cases/${number}`);
    expect(shown.body.phoneTasks).toMatchObject([{ say: "请问修好了没有", why: "asked" }]);
    expect((await result("station", { result: "wrong-number" })).status).toBe(204);
    expect((await staff.ask("office", `POST /cases/${number}/phone`, { body: {} })).body.code).toBe("no-number");
  });

  it("settles nothing that was written after its case was read out", async () => {
    const other = (await staff.ask("taker", "POST /intake", { body: GIVEN })).body.number;
    await staff.act("office", other, "answer", { text: "明天来修" });
    await staff.office.work();
    const { etag } = await staff.ask("station", `GET /cases/${other}`);
    await staff.act("office", other, "answer", { text: "改到后天来修" });
    await staff.office.work();
    const call = (match: string | null) =>
      staff.ask("station", `POST /cases/${other}/phone-result`, { body: { result: "reached", text: "已告知" }, match });
    expect((await call(null)).status).toBe(428);
    expect(await call(etag)).toMatchObject({ status: 412, body: { code: "somebody-was-faster" } });
    expect(await tasks("station")).toMatchObject([{ case: { number: other } }]);
    const shown = await staff.ask("station", `GET /cases/${other}`);
    expect(
      shown.body.messages.filter(({ waitsForContact }: { waitsForContact: boolean }) => waitsForContact),
    ).toHaveLength(2);
    expect((await call(shown.etag)).status).toBe(204);
  });

  it("goes with its case: to the station where that lies now, and to the office once it is sealed", async () => {
    const moved = await staff.newCase("moved", "柳东村三组路灯坏了，电话13800003333");
    const asked = { body: { say: "请问修好了没有" } };
    expect((await staff.ask("office", `POST /cases/${moved}/phone-task`, asked)).status).toBe(204);
    expect(await tasks("station")).toMatchObject([{ case: { number: moved }, station: { code: "ST01" } }]);
    expect((await staff.act("office", moved, "place", { grid: "城关-1" })).status).toBe(200);
    const there = await stationOf(staff, moved);
    await staff.person("there", "station", { stations: [there] });
    expect(await tasks("station")).toEqual([]);
    const [task] = await tasks("there");
    expect(task).toMatchObject({ case: { number: moved } });
    expect(task.station.code).not.toBe("ST01");
    expect((await staff.ask("there", `GET /cases/${moved}`)).body.phoneTasks).toMatchObject([{ isOwn: true }]);
    expect((await staff.ask("there", "GET /today")).body.sections).toContainEqual(
      expect.objectContaining({ code: "phone-tasks", count: 1 }),
    );
    expect((await staff.ask("there", `POST /cases/${moved}/phone`, { body: {} })).status).toBe(200);
    expect((await staff.act("office", moved, "seal", { reason: "可能涉及干部" })).status).toBeLessThan(300);
    expect(await tasks("there")).toEqual([]);
    expect(await tasks("office", "?sealed=true")).toMatchObject([{ case: { number: moved }, station: null }]);
    expect((await staff.ask("unconfirmed", "GET /phone-tasks?sealed=true")).body.code).toBe("confirm-needed");
    expect((await staff.ask("unconfirmed", "GET /phone-tasks")).status).toBe(200);
  });

  it("is for the roles of the contract alone", async () => {
    for (const [name, { roles }] of Object.entries(PHONE)) {
      const operation = name.replace("{number}", number);
      const options = operation.startsWith("GET") ? {} : { body: { no: true }, match: '"c1"' };
      for (const role of ROLES) {
        const { status } = await staff.ask(role, operation, options);
        expect([name, role, status === 403]).toEqual([name, role, !(roles as readonly Role[]).includes(role)]);
      }
      expect((await staff.ask("nobody", operation, options)).status).toBe(401);
    }
  });
});

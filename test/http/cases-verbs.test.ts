import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { auditCounty } from "../../src/casework/audit/audit-county.ts";
import { type StaffApi, staffApi, stationOf } from "./staff-api.ts";

let staff: StaffApi;
const LAMP = "柳东村一组路灯坏了六盏";

beforeAll(async () => {
  staff = await staffApi();
  await staff.office.bind("deputy-3", "D003");
  await staff.office.bind("deputy-9", "D009");
  await staff.person("林晓", "office");
  await staff.person("赵敏", "office");
});

afterAll(() => staff.close());

// The platform lets a service write five messages after somebody wrote.
beforeEach(() => staff.office.say("deputy-3", "帮助"));

const toldTo = (person: string) => staff.office.sent.filter(({ to }) => to === person).map(({ text }) => text);

describe("placing a case", () => {
  it("says in a preview who gets it and what everybody reads, and changes nothing", async () => {
    const number = await staff.newCase("resident-1", "路灯坏了六盏");
    const { etag, body } = await staff.ask("林晓", `GET /cases/${number}`);
    expect(body.place.doubt).not.toBe("none");
    const grid = await gridOfLamp();
    const key = randomUUID();
    const preview = await staff.ask("林晓", `POST /cases/${number}/place`, {
      match: etag,
      key,
      body: { grid, preview: true },
    });
    expect(preview).toMatchObject({
      status: 200,
      etag,
      body: { goesTo: { kind: "deputy", code: "D003" }, way: "grid" },
    });
    expect(preview.body.told).toEqual([
      expect.objectContaining({ to: "deputy", rung: "direct", text: expect.stringContaining("路灯") }),
      expect.objectContaining({ to: "resident", text: expect.stringContaining(number) }),
    ]);
    expect((await staff.ask("林晓", `GET /cases/${number}`)).etag).toBe(etag);
    // The key of a preview serves for the real request.
    const placed = await staff.ask("林晓", `POST /cases/${number}/place`, { match: etag, key, body: { grid } });
    expect(placed).toMatchObject({ status: 200, body: { goesTo: { code: "D003" }, told: [] } });
    await staff.office.work();
    const said = preview.body.told.map((one: { text: string }) => one.text);
    expect(toldTo("deputy-3")).toContain(said[0]);
    expect(toldTo("resident-1").some((text) => text.includes(said[1]))).toBe(true);
    const after = await staff.ask("林晓", `GET /cases/${number}`);
    expect(after.etag).toBe(placed.etag);
    expect(after.body).toMatchObject({
      state: "assigned",
      grid,
      deputy: "D003",
      decision: { facts: { placeBy: "office" } },
    });
    expect(after.body.events.at(-3)).toMatchObject({ type: "placed_by_hand", by: "office:林晓" });
    expect(after.etag).toBe(`"c${after.body.events.at(-1).position}"`);
  });

  it("refuses a grid that there is not", async () => {
    const number = await staff.newCase("resident-2", LAMP);
    const refused = await staff.act("林晓", number, "place", { grid: "没有的网格" });
    expect(refused).toMatchObject({ status: 422, body: { code: "unknown-grid" } });
  });

  async function gridOfLamp(): Promise<string> {
    const number = await staff.newCase("resident-0", LAMP);
    return (await staff.ask("林晓", `GET /cases/${number}`)).body.grid;
  }
});

describe("moving a case", () => {
  it("goes to whom the office says, with notice to both deputies, and the reason stays a note", async () => {
    const number = await staff.newCase("resident-3", LAMP);
    const moved = await staff.act("林晓", number, "move", { deputy: "D009", reason: "他管路灯" });
    expect(moved).toMatchObject({ status: 200, body: { goesTo: { kind: "deputy", code: "D009" }, way: "by-hand" } });
    await staff.office.work();
    expect(toldTo("deputy-9").at(-1)).toContain("路灯");
    expect(toldTo("deputy-3").at(-1)).toContain("不用您办了");
    expect(toldTo("resident-3").at(-1)).toContain("换人了");
    const { body } = await staff.ask("赵敏", `GET /cases/${number}`);
    expect(body.notes).toEqual([expect.objectContaining({ text: "他管路灯", by: "林晓" })]);
    expect(staff.office.sent.some(({ text }) => text.includes("他管路灯"))).toBe(false);
  });

  it.each([
    ["a deputy that there is not", { deputy: "D999", reason: "试" }, 422, "cannot-go-there"],
    ["no reason", { deputy: "D009" }, 422, "content"],
    ["two targets", { deputy: "D009", office: true, reason: "试" }, 422, "content"],
  ])("refuses %s", async (_what, body, status, code) => {
    const number = await staff.newCase("resident-4", LAMP);
    expect(await staff.act("林晓", number, "move", body)).toMatchObject({ status, body: { code } });
  });
});

describe("answering and closing", () => {
  it("an answer reaches the resident and the deputy, and the case counts as answered", async () => {
    const number = await staff.newCase("resident-5", LAMP);
    const preview = await staff.act("林晓", number, "answer", { text: "供电所明天去看", preview: true });
    expect(preview.body).toMatchObject({
      rung: "direct",
      waitsFor: null,
      told: [{ to: "resident" }, { to: "deputy" }],
    });
    const answered = await staff.act("林晓", number, "answer", { text: "供电所明天去看" });
    expect(answered).toMatchObject({ status: 200, body: { rung: "direct", waitsFor: null, told: [] } });
    await staff.office.work();
    expect(toldTo("resident-5").at(-1)).toContain("供电所明天去看");
    expect(toldTo("deputy-3").at(-1)).toContain("供电所明天去看");
    const { body } = await staff.ask("林晓", `GET /cases/${number}`);
    expect(body).toMatchObject({ state: "answered" });
    expect(body.messages.at(-1)).toMatchObject({ party: "office", text: "供电所明天去看", delivery: "delivered" });
  });

  it.each([
    ["solved on nobody's word", { outcome: "solved", text: "灯换了" }, "claim-needed"],
    ["without a word to the resident", { outcome: "explained" }, "text-needed"],
    ["with an outcome that there is not", { outcome: "done", text: "灯换了" }, "content"],
  ])("a case is not closed %s", async (_what, body, code) => {
    const number = await staff.newCase("resident-6", LAMP);
    expect(await staff.act("林晓", number, "close", body)).toMatchObject({ status: 422, body: { code } });
  });

  it("the resident is asked for a verdict, and a dissatisfied one opens it again", async () => {
    const number = await staff.newCase("resident-7", LAMP);
    const closed = await staff.act("林晓", number, "close", { outcome: "solved", claim: "unit", text: "灯换了" });
    expect(closed.status).toBe(200);
    await staff.office.work();
    expect(toldTo("resident-7").at(-1)).toMatch(/按单位说的，还没人去看过[\s\S]*灯换了[\s\S]*好了没有/);
    expect(toldTo("deputy-3").at(-1)).toContain("办结了");
    expect((await staff.ask("林晓", `GET /cases/${number}`)).body).toMatchObject({
      state: "closed",
      outcome: "solved",
      events: expect.arrayContaining([expect.objectContaining({ details: { outcome: "solved", claim: "unit" } })]),
    });
    const again = await staff.act("林晓", number, "answer", { text: "还有话" });
    expect(again).toMatchObject({
      status: 409,
      body: { code: "state", state: "closed", allowed: expect.not.arrayContaining(["answer"]) },
    });
    await staff.office.say("resident-7", "不满意，还是黑的");
    expect((await staff.ask("林晓", `GET /cases/${number}`)).body).toMatchObject({ open: true, reopenings: 1 });
  });

  it("another day is told with its reason", async () => {
    const number = await staff.newCase("resident-8", LAMP);
    const due = (await staff.ask("林晓", `GET /cases/${number}`)).body.dueOn;
    expect(await staff.act("林晓", number, "deadline", { dueOn: "2020-01-01", reason: "试" })).toMatchObject({
      status: 422,
      body: { code: "bad-day" },
    });
    const later = new Date(Date.parse(due) + 5 * 86_400_000).toISOString().slice(0, 10);
    expect(await staff.act("林晓", number, "deadline", { dueOn: later, reason: "等配件" })).toMatchObject({
      status: 200,
    });
    await staff.office.work();
    expect(toldTo("resident-8").at(-1)).toContain("等配件");
    expect((await staff.ask("林晓", `GET /cases/${number}`)).body).toMatchObject({
      dueOn: later,
      deadlines: [{ dueOn: later, movedBecause: "等配件" }],
    });
  });
});

describe("two clerks", () => {
  it("at one version, one of them is told what the other did", async () => {
    const number = await staff.newCase("resident-9", LAMP);
    const { etag } = await staff.ask("林晓", `GET /cases/${number}`);
    const answer = (who: string) =>
      staff.ask(who, `POST /cases/${number}/answer`, { match: etag, body: { text: `${who}答复` } });
    const both = await Promise.all([answer("林晓"), answer("赵敏")]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 412]);
    const late = both.find(({ status }) => status === 412)!;
    const first = both[0]!.status === 200 ? "林晓" : "赵敏";
    expect(late.body).toMatchObject({ code: "somebody-was-faster", since: [{ type: "replied", by: first }] });
    expect(late.etag).toBe((await staff.ask("林晓", `GET /cases/${number}`)).etag);
    await staff.office.work();
    expect(toldTo("resident-9").filter((text) => text.includes("答复您"))).toHaveLength(1);
  });

  it("a verb without a version or a key is refused, and one asked again does nothing more", async () => {
    const number = await staff.newCase("resident-10", LAMP);
    const { etag } = await staff.ask("林晓", `GET /cases/${number}`);
    const path = `POST /cases/${number}/answer`;
    const body = { text: "收到" };
    expect(await staff.ask("林晓", path, { body })).toMatchObject({ status: 428 });
    expect(await staff.ask("林晓", path, { body, match: etag, key: null })).toMatchObject({ status: 400 });
    const key = randomUUID();
    const [once, twice] = [
      await staff.ask("林晓", path, { body, match: etag, key }),
      await staff.ask("林晓", path, { body, match: etag, key }),
    ];
    expect(twice).toEqual(once);
    expect(await staff.ask("林晓", path, { body: { text: "别的" }, match: etag, key })).toMatchObject({
      status: 422,
      body: { code: "key-used" },
    });
  });
});

it("a category is corrected, unless there is none of that code", async () => {
  const number = await staff.newCase("resident-11", LAMP);
  const { body } = await staff.ask("林晓", `GET /cases/${number}`);
  expect(await staff.act("林晓", number, "category", { code: null })).toMatchObject({
    status: 200,
    body: { from: body.category, to: null },
  });
  expect(await staff.act("林晓", number, "category", { code: "no-such" })).toMatchObject({
    status: 422,
    body: { code: "unknown-category" },
  });
});

it("a station does so to its own cases alone, and never places or moves them", async () => {
  const number = await staff.newCase("resident-12", LAMP);
  await staff.person("站长", "station", { stations: [await stationOf(staff, number)] });
  await staff.person("外站", "station", { stations: [randomUUID()] });
  expect(await staff.act("站长", number, "notes", { text: "打了电话，没人接" })).toMatchObject({ status: 201 });
  expect(await staff.act("站长", number, "move", { office: true, reason: "试" })).toMatchObject({ status: 403 });
  expect(await staff.ask("外站", `GET /cases/${number}`)).toMatchObject({ status: 404 });
  expect(await staff.ask("外站", `POST /cases/${number}/notes`, { body: { text: "试" } })).toMatchObject({
    status: 404,
  });
  const { body } = await staff.ask("站长", `GET /cases/${number}`);
  expect(body.may).toEqual(
    ["answer", "notes", "close", "category", "seal", "phone", "phone-result"].map(
      (verb) => `POST /cases/{number}/${verb}`,
    ),
  );
  expect(body.notes).toEqual([expect.objectContaining({ text: "打了电话，没人接", by: "站长" })]);
});

it("every case follows from its events, and the chain of events is whole", async () => {
  const { db, county } = staff.office;
  const audit = await auditCounty(db.database, county, { noted: null, onProgress: () => undefined });
  expect(audit).toMatchObject({ found: 0 });
});

import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { assignments, deputies } from "../../../db/schema/people.ts";
import { grids } from "../../../db/schema/places.ts";
import { ROLES } from "../../../src/domain/access/roles.ts";
import { PEOPLE } from "../../../src/http/contract/people.ts";
import { type StaffApi, staffApi, stationOf } from "../staff-api.ts";

const DAY_MS = 86_400_000;

let staff: StaffApi;
let number: string;
/** The deputy who has the case, and their station; somebody of another station. */
let holder: { code: string; name: string };
let stranger: string;
let today: string;
const dayAfter = (days: number) => new Date(Date.parse(today) + days * DAY_MS).toISOString().slice(0, 10);

beforeAll(async () => {
  staff = await staffApi();
  const { db, county, runtime } = staff.office;
  today = new Date(runtime.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
  number = await staff.newCase("resident", "柳东村一组路灯坏了六盏");
  const own = await stationOf(staff, number);
  const west = await db.county("west");
  for (const role of ROLES) {
    await staff.person(`here ${role}`, role, { stations: [own] });
    await staff.person(`elsewhere ${role}`, role, { jurisdictionId: west, stations: [own] });
  }
  await staff.person("office", "office");
  holder = (await staff.ask("office", `GET /cases/${number}`)).body.holder;
  const rows = await db.database.inCounty(county.id, (tx) =>
    tx
      .select({ code: deputies.code, station: assignments.stationId, ofGrid: grids.stationId })
      .from(assignments)
      .innerJoin(deputies, eq(deputies.id, assignments.deputyId))
      .leftJoin(grids, eq(grids.id, assignments.gridId)),
  );
  const near = new Set(rows.filter((row) => (row.station ?? row.ofGrid) === own).map(({ code }) => code));
  stranger = rows.find(({ code }) => !near.has(code))!.code;
});

afterAll(() => staff.close());

const page = async (code = holder.code, who = "office") => (await staff.ask(who, `GET /deputies/${code}`)).body;

describe("deputies over the API", () => {
  it("are listed page by page, each once, narrowed by what is asked", async () => {
    const seen: string[] = [];
    let after = "";
    do {
      const { status, body } = await staff.ask("office", `GET /deputies?limit=3${after}`);
      expect(status).toBe(200);
      seen.push(...body.items.map(({ code }: { code: string }) => code));
      after = body.next === null ? "" : `&after=${body.next}`;
    } while (after !== "");
    expect(seen).toEqual([...new Set(seen)].toSorted());
    const { body } = await staff.ask("office", `GET /deputies?limit=200`);
    expect(body.items.length).toBe(seen.length);
    expect(body.total).toEqual({ value: seen.length, isMore: false });
    const named = await staff.ask("office", `GET /deputies?q=${encodeURIComponent(holder.name)}`);
    expect(named.body.items.map(({ code }: { code: string }) => code)).toContain(holder.code);
    expect((await staff.ask("office", "GET /deputies?only=away")).body.items).toEqual([]);
    expect((await staff.ask("office", "GET /deputies?after=!!")).status).toBe(422);
    expect((await staff.ask("office", "GET /deputies?only=rich")).status).toBe(422);
  });

  it("show their open cases, assignments and figures, and never which chat is theirs", async () => {
    const shown = await page();
    expect(shown.cases.map((row: { number: string }) => row.number)).toEqual([number]);
    expect(shown.figures).toEqual({ open: 1, closed: 0, overdue: 0 });
    expect(shown.hasChat).toBe(false);
    await staff.office.bind("the deputy", holder.code);
    const bound = await staff.ask("office", `GET /deputies/${holder.code}`);
    expect(bound.body.hasChat).toBe(true);
    for (const chat of ["the deputy", staff.office.peer("the deputy")])
      expect(JSON.stringify(bound.body)).not.toContain(chat);
  });

  it("of another station do not exist for a station, nor small figures", async () => {
    expect((await page(stranger, "here station")).code).toBe("not-found");
    const codes = (await staff.ask("here station", "GET /deputies?limit=200")).body.items.map(
      ({ code }: { code: string }) => code,
    );
    expect(codes).toContain(holder.code);
    expect(codes).not.toContain(stranger);
    expect(await page(holder.code, "here station")).toMatchObject({ figures: null, areFiguresHidden: true });
    const body = { from: today, until: today };
    for (const what of ["absences", "invite"])
      expect((await staff.ask("here station", `POST /deputies/${stranger}/${what}`, { body })).status).toBe(404);
  });

  it("show an operator neither cases nor figures", async () => {
    expect(await page(holder.code, "here operator")).toMatchObject({ cases: null, figures: null });
    const { items } = (await staff.ask("here operator", "GET /deputies?limit=200")).body;
    expect(items.every(({ openCases }: { openCases: number | null }) => openCases === null)).toBe(true);
  });
});

describe("an absence that the office enters", () => {
  const enter = (body: object, who = "office") => staff.ask(who, `POST /deputies/${holder.code}/absences`, { body });

  it("is refused for days that are none, and for whoever cannot stand in", async () => {
    const refusals: [object, string][] = [
      [{ from: dayAfter(-1), until: today }, "past"],
      [{ from: dayAfter(3), until: dayAfter(2) }, "before-from"],
      [{ from: today, until: dayAfter(4000) }, "too-far"],
      [{ from: "2026-02-30", until: today }, "content"],
      [{ from: today, until: today, substitute: holder.code }, "no-stand-in"],
      [{ from: today, until: today, substitute: "NOBODY" }, "no-stand-in"],
      [{ from: today, until: today, why: "sick" }, "content"],
    ];
    for (const [body, code] of refusals) expect((await enter(body)).body).toMatchObject({ status: 422, code });
    expect((await page()).absences).toEqual([]);
  });

  it("shows first which cases go where and what is told, and changes nothing by that", async () => {
    const before = staff.office.sent.length;
    const { body } = await enter({ from: dayAfter(2), until: dayAfter(9), substitute: stranger, preview: true });
    expect(body).toMatchObject({ id: null, begins: "planned", hasChat: true });
    expect(body.cases).toMatchObject([{ number, isMoved: true, goesTo: { kind: "deputy", code: stranger } }]);
    expect(new Set(body.told.map(({ to }: { to: string }) => to))).toEqual(
      new Set(["resident", "deputy", "former-deputy"]),
    );
    expect((await page()).absences).toEqual([]);
    expect((await page()).cases).toHaveLength(1);
    await staff.office.work();
    expect(staff.office.sent.length).toBe(before);
  });

  it("is planned for a later day, told to the deputy, and cancelled again", async () => {
    const { body } = await enter({ from: dayAfter(2), until: dayAfter(9) }, "here station");
    expect(body).toMatchObject({ begins: "planned", cases: [], told: [] });
    await staff.office.work();
    expect(staff.office.sent.at(-1)?.text).toContain("请假");
    expect((await page()).absences).toMatchObject([
      { id: body.id, from: dayAfter(2), until: dayAfter(9), state: "planned" },
    ]);
    expect((await staff.ask("office", `POST /absences/${body.id}/end`)).body.was).toBe("planned");
    expect((await page()).absences).toEqual([]);
    expect((await staff.ask("office", `POST /absences/${body.id}/end`)).status).toBe(404);
  });

  it("hands over at once what begins today, tells everybody, and gives nothing back when it ends", async () => {
    const { body } = await enter({ from: today, until: dayAfter(1), substitute: stranger });
    expect(body).toMatchObject({ begins: "now", told: [], cases: [{ number, isMoved: true }] });
    await staff.office.work();
    expect(staff.office.sent.filter(({ to }) => to === "resident").at(-1)?.text).toContain("代表");
    expect(staff.office.sent.filter(({ to }) => to === "the deputy").map(({ text }) => text)).toEqual(
      expect.arrayContaining([expect.stringContaining("请假开始了")]),
    );
    const away = await page();
    expect(away).toMatchObject({ cases: [], absences: [{ state: "now", standIn: { code: stranger } }] });
    expect(away.movedMeanwhile).toMatchObject([{ number, holder: { code: stranger } }]);
    expect((await staff.ask("office", "GET /deputies?only=away")).body.items).toMatchObject([{ code: holder.code }]);
    expect((await staff.ask("office", `POST /absences/${body.id}/end`)).body.was).toBe("now");
    expect((await staff.ask("office", `POST /absences/${body.id}/end`)).status).toBe(409);
    expect((await staff.ask("office", `GET /cases/${number}`)).body.holder.code).toBe(stranger);
  });

  it("leaves a list of what moved meanwhile, for whoever sees those cases, until somebody moved it back", async () => {
    expect((await page()).movedMeanwhile).toMatchObject([{ number }]);
    expect((await page(holder.code, "here station")).movedMeanwhile).toMatchObject([{ number }]);
    expect((await page(holder.code, "here operator")).movedMeanwhile).toBeNull();
    expect((await page(stranger)).movedMeanwhile).toEqual([]);
    const back = await staff.act("office", number, "move", { deputy: holder.code, reason: "他回来了" });
    expect(back.status).toBe(200);
    expect(await page()).toMatchObject({ movedMeanwhile: [], cases: [{ number }] });
  });
});

describe("an absence that comes again each week", () => {
  const enter = (body: object, who = "office") =>
    staff.ask(who, `POST /deputies/${holder.code}/weekly-absences`, { body });

  it("is entered and ended by office and station, told to the deputy, and in force on its days alone", async () => {
    const refusals: [object, string][] = [
      [{ weekdays: [3], from: dayAfter(-1) }, "past"],
      [{ weekdays: [3], from: dayAfter(3), until: dayAfter(2) }, "before-from"],
      [{ weekdays: [((new Date(today).getUTCDay() + 6) % 7) + 1], from: dayAfter(1), until: dayAfter(2) }, "no-day"],
      [{ weekdays: [], from: today }, "content"],
      [{ weekdays: [8], from: today }, "content"],
    ];
    for (const [body, code] of refusals) expect((await enter(body)).body).toMatchObject({ status: 422, code });
    expect((await page()).weekly).toEqual([]);
    const { status, body } = await enter({ weekdays: [5, 3, 5], from: today }, "here station");
    expect([status, body.hasChat]).toEqual([200, true]);
    await staff.office.work();
    expect((await page()).weekly).toEqual([{ id: body.id, weekdays: [3, 5], from: today, until: null, part: null }]);
    expect((await page()).absences.every(({ state }: { state: string }) => state === "over")).toBe(true);
    expect((await staff.ask("office", `POST /weekly-absences/${body.id}/end`)).body.deputy.code).toBe(holder.code);
    expect((await staff.ask("office", `POST /weekly-absences/${body.id}/end`)).status).toBe(409);
    expect((await page()).weekly).toEqual([]);
    expect((await enter({ weekdays: [4], from: today, part: "evening" })).status).toBe(422);
    const half = await enter({ weekdays: [4], from: today, part: "afternoon" });
    expect((await page()).weekly).toMatchObject([{ weekdays: [4], part: "afternoon" }]);
    await staff.ask("office", `POST /weekly-absences/${half.body.id}/end`);
    await staff.office.say("the deputy", "列表");
    const told = staff.office.sent.filter(({ to }) => to === "the deputy").map(({ text }) => text);
    expect(told.join("\n")).toMatch(/您每周三、周五（.*不在[\s\S]*每周三、周五不再算不在/);
  });
});

describe("an invitation of a deputy", () => {
  it("gives its code once, and the chat that brings it is theirs", async () => {
    const key = "0190aaaa-0000-4000-8000-000000000001";
    const first = await staff.ask("office", `POST /deputies/${stranger}/invite`, { key });
    expect(first).toMatchObject({ status: 201, body: { sheet: { code: first.body.code } } });
    const again = await staff.ask("office", `POST /deputies/${stranger}/invite`, { key });
    expect(again.body).toEqual({ code: null, until: null, sheet: null });
    await staff.office.say("another chat", first.body.code);
    expect((await page(stranger)).hasChat).toBe(true);
    expect(staff.api.logged()).not.toContain(first.body.code);
  });
});

describe("who may do what with deputies", () => {
  const READ = { office: 200, reviewer: 200, station: 200, auditor: 200, operator: 200 };
  const WRITE = { office: 422, reviewer: 403, station: 422, auditor: 403, operator: 403 };
  const TABLE: Readonly<Record<keyof typeof PEOPLE, Readonly<Record<(typeof ROLES)[number], number>>>> = {
    "GET /deputies": READ,
    "GET /deputies/{code}": READ,
    "POST /deputies/{code}/absences": WRITE,
    "POST /absences/{id}/end": { ...WRITE, office: 404, station: 404 },
    "POST /deputies/{code}/weekly-absences": WRITE,
    "POST /weekly-absences/{id}/end": { ...WRITE, office: 404, station: 404 },
    "POST /deputies/{code}/invite": { ...WRITE, office: 201, station: 201 },
  };

  it.each(Object.keys(PEOPLE) as (keyof typeof PEOPLE)[])("%s", async (operation) => {
    const asked = operation.replace("{code}", holder.code).replace("{id}", "0190aaaa-0000-7000-8000-000000000001");
    const span = { from: "2020-01-01", until: "2020-01-02" };
    const weekdays = operation.includes("weekly") ? { weekdays: [3] } : {};
    const given = operation.endsWith("absences") ? { body: { ...span, ...weekdays } } : {};
    for (const role of ROLES) {
      const right = TABLE[operation][role];
      expect([role, (await staff.ask(`here ${role}`, asked, given)).status]).toEqual([role, right]);
      const abroad = operation === "GET /deputies" || right === 403 ? right : 404;
      expect([role, (await staff.ask(`elsewhere ${role}`, asked, given)).status]).toEqual([role, abroad]);
    }
    expect((await staff.ask("nobody", asked, given)).status).toBe(401);
  });
});

import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { receptions } from "../../../db/schema/places.ts";
import { ROLES, type Role } from "../../../src/domain/access/roles.ts";
import { addDays } from "../../../src/domain/calendar/days.ts";
import { dayIn } from "../../../src/domain/calendar/deadline.ts";
import { ANSWER_LIBRARY } from "../../../src/http/contract/settings/answer-library.ts";
import { type StaffApi, staffApi } from "../staff-api.ts";

/** Who may, by the first letters of the roles; operators are `p`. */
const TABLE: Readonly<Record<string, string>> = {
  "GET /answer-library": "orsa",
  "GET /answer-library/{id}": "ora",
  "GET /receptions": "orsa",
  "POST /answer-library": "o",
  "PUT /answer-library/{id}": "o",
  "POST /answer-library/{id}/publish": "or",
  "POST /answer-library/{id}/end": "or",
};
const LETTER: Readonly<Record<Role, string>> = {
  ...{ office: "o", reviewer: "r", station: "s", auditor: "a", operator: "p" },
};

let staff: StaffApi;
let today: string;

beforeAll(async () => {
  staff = await staffApi();
  today = dayIn(staff.office.runtime.now(), "Asia/Shanghai");
  const west = await staff.office.db.county("west");
  for (const role of ROLES) await staff.person(role, role);
  await staff.person("林晓", "office");
  await staff.person("赵敏", "office");
  await staff.person("没有验证", "office", { confirmedAt: null });
  await staff.person("west", "office", { jurisdictionId: west });
  await staff.program("program", "office");
});
afterAll(() => staff.close());

const wanted = (more: object = {}) => ({
  ...{ code: "card", title: "老年证办理", triggers: ["老年证怎么办", "老年证在哪里办"], body: "带身份证和照片。" },
  ...{ category: null, validFrom: today, validUntil: addDays(today, 30), ...more },
});
const write = (more: object = {}, who = "林晓") => staff.ask(who, "POST /answer-library", { body: wanted(more) });
const act = (
  { id, etag }: { readonly id: string; readonly etag: string },
  verb: "publish" | "end",
  who: string,
  body: object = {},
) => staff.ask(who, `POST /answer-library/${id}/${verb}`, { body, match: `"${etag}"` });
const listed = async (who = "林晓") => (await staff.ask(who, "GET /answer-library")).body.items;

describe("the table of who may ask for what", () => {
  it("has every operation, and no other", () => {
    expect(Object.keys(TABLE).sort()).toEqual(Object.keys(ANSWER_LIBRARY).sort());
  });

  it.each(Object.entries(TABLE))("%s: %s", async (name, who) => {
    const path = name.replace("{id}", randomUUID());
    for (const role of ROLES) {
      const { status, body: told } = await staff.ask(role, path, name.startsWith("GET") ? {} : { body: "{" });
      expect([role, status === 403 && told.code === "role"]).toEqual([role, !who.includes(LETTER[role])]);
    }
  });
});

describe("an answer of the library", () => {
  it("is given once somebody else has reviewed it with a code, and never by whoever wrote it", async () => {
    const made = await write();
    expect(made).toMatchObject({ status: 201, body: { state: "draft", author: "林晓", isOwn: true, hits: 0 } });
    const asked = await staff.newCase("asks-early", "老年证怎么办？");
    expect((await staff.ask("林晓", `GET /cases/${asked}`)).body).toMatchObject({ outcome: null });
    expect(await act(made.body, "publish", "林晓")).toMatchObject({ status: 403, body: { code: "own-work" } });
    expect(await act(made.body, "publish", "没有验证")).toMatchObject({ body: { code: "confirm-needed" } });
    expect((await act(made.body, "publish", "program")).status).toBe(403);
    expect((await act(made.body, "publish", "west")).status).toBe(404);
    const done = await act(made.body, "publish", "赵敏");
    expect(done).toMatchObject({ status: 200, body: { state: "in-force", reviewer: "赵敏" } });
    const answered = await staff.newCase("asks-late", "老年证怎么办？");
    expect((await staff.ask("林晓", `GET /cases/${answered}`)).body).toMatchObject({
      state: "closed",
      outcome: "explained",
    });
    const { body } = await staff.ask("auditor", `GET /answer-library/${made.body.id}`);
    expect(body).toMatchObject({ hits: 1, refusals: 0, uses: [{ case: answered, refusedAt: null }] });
    // What is in force is never changed: another one takes its place.
    const put = { body: wanted({ body: "另一句" }), match: `"${body.etag}"` };
    expect(await staff.ask("林晓", `PUT /answer-library/${made.body.id}`, put)).toMatchObject({
      status: 409,
      body: { code: "decided" },
    });
    const next = await write({ body: "到便民中心。" });
    expect((await act(next.body, "publish", "赵敏")).status).toBe(200);
    expect((await listed()).map(({ body: text, state }: { body: string; state: string }) => [text, state])).toEqual([
      ["到便民中心。", "in-force"],
      ["带身份证和照片。", "ended"],
    ]);
  });

  it("is changed by its author alone as a draft, refused with a reason, taken back, and ended", async () => {
    const { body: made } = await write({ code: "draft" });
    const put = (who: string, etag: string, more: object) =>
      staff.ask(who, `PUT /answer-library/${made.id}`, {
        body: wanted({ code: "draft", ...more }),
        match: `"${etag}"`,
      });
    expect(await put("赵敏", made.etag, {})).toMatchObject({ status: 403, body: { code: "not-own" } });
    const changed = await put("林晓", made.etag, { title: "老年优待证" });
    expect(changed).toMatchObject({ status: 200, body: { title: "老年优待证" } });
    expect(await put("林晓", made.etag, {})).toMatchObject({ status: 412, body: { code: "somebody-was-faster" } });
    expect(await act(changed.body, "end", "赵敏")).toMatchObject({ status: 422, body: { code: "no-reason" } });
    expect(await act(changed.body, "end", "赵敏", { reason: "没有依据" })).toMatchObject({
      body: { state: "refused", endedBy: "赵敏", reason: "没有依据" },
    });
    const another = await write({ code: "back" });
    expect((await act(another.body, "end", "林晓")).body).toMatchObject({ state: "withdrawn" });
    const third = await write({ code: "ended" });
    const inForce = await act(third.body, "publish", "赵敏");
    expect((await act(inForce.body, "end", "林晓")).body).toMatchObject({ state: "ended", endedBy: "林晓" });
  });

  it.each([
    ["unknown-category", { category: "ufo" }],
    ["days-turned", { validFrom: "2031-01-02", validUntil: "2031-01-01" }],
    ["day-over", { validFrom: "2020-01-01", validUntil: "2020-01-02" }],
  ])("is refused with %s", async (code, more) => {
    const { status, body } = await write(more);
    expect({ status, code: body.code }).toEqual({ status: 422, code });
  });
});

describe("the reception days", () => {
  it("ahead are listed with who is away, those of another county and those that are over are not", async () => {
    const { db, county } = staff.office;
    await db.database.inCounty(county.id, async (tx) => {
      const [station] = await tx.execute<{ id: string }>("select id from stations order by code limit 1");
      const at = { jurisdictionId: county.id, stationId: station!.id, fromTime: "09:00", untilTime: "11:00" };
      await tx.insert(receptions).values([
        { ...at, id: randomUUID(), heldOn: addDays(today, -1), place: "一楼", deputies: [] },
        { ...at, id: randomUUID(), heldOn: addDays(today, 7), place: "一楼", deputies: [] },
      ]);
    });
    const { body } = await staff.ask("station", "GET /receptions");
    expect(body.items).toMatchObject([{ day: addDays(today, 7), from: "09:00", deputies: [], isCancelled: false }]);
    expect((await staff.ask("west", "GET /receptions")).body.items).toEqual([]);
  });
});

import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { settingsChanges } from "../../../db/schema/ledger.ts";
import { ROLES, type Role } from "../../../src/domain/access/roles.ts";
import { ABOUT } from "../../../src/http/contract/settings/about.ts";
import { ANSWER_TEMPLATES } from "../../../src/http/contract/settings/answers.ts";
import { CATEGORIES } from "../../../src/http/contract/settings/categories.ts";
import { COUNTY_SETTINGS } from "../../../src/http/contract/settings/county.ts";
import { SETUP } from "../../../src/http/contract/settings/setup.ts";
import { TRIAL } from "../../../src/http/contract/settings/trial.ts";
import { UNDERSTANDING } from "../../../src/http/contract/settings/understanding.ts";
import { type StaffApi, staffApi } from "../staff-api.ts";

/** Who may, by the first letters of the roles; operators are `p`. */
const TABLE: Readonly<Record<string, string>> = {
  "GET /settings": "oa",
  "PATCH /settings": "o",
  "GET /settings/calendar/{year}": "oa",
  "POST /settings/calendar/read": "o",
  "GET /templates": "osa",
  "GET /templates/{id}": "oa",
  "PUT /templates/{id}": "o",
  "DELETE /templates/{id}": "o",
  "GET /categories": "orsa",
  "PUT /categories/{code}": "o",
  "DELETE /categories/{code}": "o",
  "POST /categories/learn": "o",
  "GET /understanding/candidates": "o",
  "POST /understanding/candidates/{id}/label": "o",
  "POST /understanding/learn": "o",
  "GET /understanding/layers": "oa",
  "POST /understanding/layers/{number}/publish": "o",
  "POST /understanding/take-back": "o",
  "GET /setup": "op",
  "PATCH /setup": "op",
  "POST /setup/starter-rules": "o",
  "GET /setup/rehearsal": "o",
  "POST /setup/rehearsal": "o",
  "GET /trial": "oap",
  "PUT /trial/people": "o",
  "POST /trial/begin": "o",
  "POST /trial/end": "o",
  "GET /trial/record.pdf": "oa",
  "GET /about": "orsap",
};
const LETTER: Readonly<Record<Role, string>> = {
  office: "o",
  reviewer: "r",
  station: "s",
  auditor: "a",
  operator: "p",
};

let staff: StaffApi;

beforeAll(async () => {
  staff = await staffApi();
  const west = await staff.office.db.county("west");
  for (const role of ROLES) await staff.person(role, role);
  await staff.person("another", "office");
  await staff.person("west", "office", { jurisdictionId: west });
});

afterAll(() => staff.close());

describe("the table of who may ask for what", () => {
  it("has every operation, and no other", () => {
    const contracts = {
      ...COUNTY_SETTINGS,
      ...ANSWER_TEMPLATES,
      ...CATEGORIES,
      ...UNDERSTANDING,
      ...SETUP,
      ...TRIAL,
      ...ABOUT,
    };
    expect(Object.keys(TABLE).sort()).toEqual(Object.keys(contracts).sort());
  });

  it.each(Object.entries(TABLE))("%s: %s", async (name, who) => {
    const path = name
      .replace("{year}", "2026")
      .replace("{code}", "roads")
      .replace("{id}", name.includes("candidates") ? "1" : randomUUID())
      .replace("{number}", "999");
    for (const role of ROLES) {
      // With a body that is none, whoever may is refused for something else.
      const body = name.startsWith("GET") ? undefined : "{";
      const { status, body: told } = await staff.ask(role, path, { body, match: '"none"' });
      const isHeldBack = status === 403 && told.code === "role";
      expect([role, isHeldBack]).toEqual([role, !who.includes(LETTER[role])]);
    }
  });
});

describe("the settings of a county", () => {
  const patch = async (who: string, body: object, match?: string) => {
    const etag = match ?? (await staff.ask(who, "GET /settings")).etag;
    return staff.ask(who, "PATCH /settings", { body, match: etag });
  };

  it("change, with who changed them in the ledger, and come back to the service's own", async () => {
    const done = await patch("office", { name: "青禾县", workingDays: 3 });
    expect(done).toMatchObject({ status: 200, body: { name: "青禾县", workingDays: { own: 3, standard: 5 } } });
    expect(done.body.changes[0]).toMatchObject({ by: "office" });
    const back = await patch("office", { workingDays: null });
    expect(back.body.workingDays).toEqual({ own: null, standard: 5 });
    const rows = await staff.office.db.database.inCounty(staff.office.county.id, (tx) =>
      tx.select().from(settingsChanges).where(eq(settingsChanges.what, "workingDays")),
    );
    expect(rows.map(({ before, after }) => [before, after])).toEqual([
      [null, 3],
      [3, null],
    ]);
    const notes = await staff.ask("west", "GET /settings");
    expect(JSON.stringify(notes.body)).not.toContain("青禾县");
  });

  it("tell the slower of two what happened meanwhile, and change nothing", async () => {
    const { etag } = await staff.ask("office", "GET /settings");
    const [one, other] = await Promise.all([
      patch("office", { overloadShare: 0.3 }, etag!),
      patch("another", { overloadShare: 0.6 }, etag!),
    ]);
    expect([one.status, other.status].sort()).toEqual([200, 412]);
    const slower = one.status === 412 ? one : other;
    expect(slower.body).toMatchObject({ code: "somebody-was-faster", since: [{ type: "overloadShare" }] });
    expect((await staff.ask("office", "PATCH /settings", { body: { workingDays: 4 } })).status).toBe(428);
  });

  it("say by its place what is wrong, all or nothing", async () => {
    const refused = await patch("office", { name: " ", workingDays: 400, overloadShare: 2, categoryThreshold: -1 });
    expect(refused.status).toBe(422);
    expect(refused.body.findings.map(({ at }: { at: string }) => at)).toEqual([
      "body.name",
      "body.workingDays",
      "body.overloadShare",
      "body.categoryThreshold",
    ]);
    const { body } = await staff.ask("office", "GET /settings");
    expect(body.workingDays.own).toBeNull();
  });

  it("have a calendar that is read from the announcement, and then known", async () => {
    const text = `一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（农历除夕、周五）至11日（周四）放假调休，共7天。2月14日（周日）、2月20日（周六）上班。
三、清明节：4月3日至5日放假，共3天。四、劳动节：5月1日至5日放假调休，共5天。5月8日（周六）上班。
五、端午节：6月9日放假。六、中秋节：9月15日放假。七、国庆节：10月1日至7日放假调休，共7天。9月26日（周日）、10月9日（周六）上班。另见附件3。`;
    const read = await staff.ask("office", "POST /settings/calendar/read", { body: { year: 2027, text } });
    expect(read.body.problems).toEqual([]);
    expect(read.body.unread).toEqual(["另见附件3"]);
    expect(read.body.days).toMatchObject({
      "2027-02-05": "rest",
      "2027-02-11": "rest",
      "2027-02-14": "work",
      "2027-09-15": "rest",
    });
    expect((await staff.ask("office", "GET /settings/calendar/2027")).body).toMatchObject({ isKnown: false });
    const written = await patch("office", { calendar: { year: 2027, days: read.body.days } });
    expect(written.status).toBe(200);
    const year = (await staff.ask("auditor", "GET /settings/calendar/2027")).body;
    expect(year).toMatchObject({ isKnown: true, missing: [] });
    expect(year.work).toContain("2027-05-08");
    const few = await staff.ask("office", "POST /settings/calendar/read", {
      body: { year: 2028, text: "2028-01-01..2028-01-03 off" },
    });
    expect(few.body.problems.length).toBeGreaterThan(0);
  });
});

describe("answer templates", () => {
  const id = randomUUID();
  const put = (body: object, match: string, who = "office") =>
    staff.ask(who, `PUT /templates/${id}`, { body, match: `"${match}"` });
  const content = { name: "转办说明", textZh: "您反映的{number}已转{holder}办理。", textEn: "" };

  it("have versions, a name of their own, and only variables that there are", async () => {
    expect(await put({ ...content, textZh: "{phone}" }, "new")).toMatchObject({
      status: 422,
      body: { code: "unknown-variable" },
    });
    expect((await put(content, "new")).body).toMatchObject({ version: 1, etag: "t1", by: "office" });
    expect((await put({ ...content, textEn: "Passed on to {holder}." }, "t1")).body.version).toBe(2);
    expect(await put(content, "t1")).toMatchObject({ status: 412, body: { since: [{ type: "template-changed" }] } });
    const other = await staff.ask("another", `PUT /templates/${randomUUID()}`, { body: content, match: '"new"' });
    expect(other).toMatchObject({ status: 409, body: { code: "taken" } });
    expect((await staff.ask("station", "GET /templates")).body.items).toHaveLength(1);
    expect((await staff.ask("west", "GET /templates")).body.items).toEqual([]);
    expect((await staff.ask("west", `GET /templates/${id}`)).status).toBe(404);
  });

  it("end, and keep their versions", async () => {
    expect((await staff.ask("office", `DELETE /templates/${id}`, { match: '"t2"' })).status).toBe(204);
    expect((await staff.ask("office", "GET /templates")).body.items).toEqual([]);
    expect((await staff.ask("auditor", `GET /templates/${id}`)).body.items).toHaveLength(3);
    expect((await staff.ask("office", `DELETE /templates/${id}`, { match: '"t3"' })).status).toBe(404);
  });
});

describe("the catalogue of categories", () => {
  it("becomes the county's own by the first change, and is refused with everything that is wrong", async () => {
    const before = (await staff.ask("office", "GET /categories")).body;
    expect(before).toMatchObject({ etag: "g0", isBuiltIn: true });
    const body = { name: "电梯", words: ["电梯", "困梯"], examples: [] };
    const wrong = await staff.ask("office", "PUT /categories/none", { body, match: '"g0"' });
    expect(wrong.status).toBe(422);
    const put = await staff.ask("office", "PUT /categories/lifts", { body, match: '"g0"' });
    expect(put.body).toMatchObject({ etag: "g1", isBuiltIn: false });
    expect(put.body.items).toHaveLength(before.items.length + 1);
    const slower = await staff.ask("another", "PUT /categories/lifts", { body, match: '"g0"' });
    expect(slower).toMatchObject({ status: 412, body: { since: [{ type: "categories", by: "office" }] } });
    expect((await staff.ask("office", "DELETE /categories/lifts", { match: '"g1"' })).status).toBe(204);
    expect((await staff.ask("office", "DELETE /categories/lifts", { match: '"g2"' })).status).toBe(404);
    expect((await staff.ask("west", "GET /categories")).body.isBuiltIn).toBe(true);
    expect(await staff.ask("office", "POST /categories/learn")).toMatchObject({
      status: 409,
      body: { code: "nothing-to-learn" },
    });
  });
});

describe("what this version is made of", () => {
  it("is said with its licences", async () => {
    const { body } = await staff.ask("station", "GET /about");
    expect(body.licence).toBe("MIT");
    expect(body.text).toContain("Permission is hereby granted");
    expect(body.parts).toContainEqual(expect.objectContaining({ name: "hono", licence: "MIT" }));
  });
});

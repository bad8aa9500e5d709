import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROLES } from "../../src/domain/access/roles.ts";
import { AUDIT } from "../../src/http/contract/records/audit.ts";
import { type StaffApi, staffApi } from "./staff-api.ts";

type Reading = { seq: number; who: string; what: string; case: string | null; note: string | null; isSealed: boolean };

let staff: StaffApi;
let lamp: string;
let accusation: string;

const readingsOf = async (query = "", who = "auditor"): Promise<Reading[]> => {
  const { status, body } = await staff.ask(who, `GET /audit/readings${query}`);
  expect(status).toBe(200);
  return body.items;
};

beforeAll(async () => {
  staff = await staffApi();
  const west = await staff.office.db.county("west");
  for (const role of ROLES) {
    await staff.person(role, role);
    await staff.person(`west ${role}`, role, { jurisdictionId: west });
  }
  await staff.person("林晓", "office");
  lamp = await staff.newCase("neighbour", "柳东村一组路灯坏了六盏");
  await staff.newCase("accuser", "村支书收了好处，低保名额都给了亲戚");
  const sealed = await staff.ask("office", "POST /cases/search", { body: { filter: { sealed: true } } });
  accusation = sealed.body.items[0].number;
  await staff.ask("office", `GET /cases/${lamp}`);
  const { body } = await staff.ask("林晓", `GET /cases/${lamp}`);
  const reading = { reason: "identify-the-place", note: "核对灯杆的位置" };
  await staff.ask("林晓", `POST /cases/${lamp}/originals`, { body: { ...reading, messages: [body.messages[0].id] } });
  await staff.ask("林晓", `POST /cases/${accusation}/open-sealed`, {
    body: { reason: "inspection", note: "事关村支书，核对辖区" },
  });
  await staff.ask("林晓", `GET /cases/${accusation}`);
});

afterAll(() => staff.close());

describe("what auditors look at", () => {
  it("is who read what, when and why, newest first, and can be narrowed", async () => {
    const all = await readingsOf();
    expect(all.map(({ seq }) => seq)).toEqual(all.map(({ seq }) => seq).toSorted((a, b) => b - a));
    expect(await readingsOf("?what=original")).toMatchObject([
      { who: "林晓", role: "office", case: lamp, reason: "identify-the-place", note: "核对灯杆的位置" },
    ]);
    expect((await readingsOf(`?case=${lamp}&by=office`)).map(({ what }) => what)).toEqual(["case"]);
    expect(await readingsOf("?to=2020-01-01")).toEqual([]);
    const { body } = await staff.ask("auditor", "GET /audit/readings?limit=1");
    expect((await readingsOf(`?limit=100&after=${body.next}`)).length).toBe(all.length - 1);
    expect((await staff.ask("auditor", "GET /audit/readings?from=yesterday")).status).toBe(422);
  });

  it("names no sealed case, nor what was said about it: the same stand-in each time", async () => {
    const sealed = (await readingsOf()).filter(({ isSealed }) => isSealed);
    expect(sealed.length).toBeGreaterThanOrEqual(2);
    expect(new Set(sealed.map((one) => one.case)).size).toBe(1);
    expect(sealed.every(({ note }) => note === null)).toBe(true);
    const everything = JSON.stringify([await readingsOf(), (await staff.ask("auditor", "GET /audit/events")).body]);
    expect(everything).not.toContain(accusation);
    expect(everything).not.toMatch(/村支书|低保|路灯/);
    expect(await readingsOf(`?case=${accusation}`)).toEqual([]);
  });

  it("is what happened to cases, by codes", async () => {
    const { body } = await staff.ask("auditor", `GET /audit/events?case=${lamp}`);
    expect(body.items.map(({ type }: { type: string }) => type)).toContain("opened");
    const opened = await staff.ask("auditor", `GET /audit/events?case=${lamp}&what=opened`);
    expect(opened.body.items).toHaveLength(1);
    expect((await staff.ask("auditor", `GET /audit/events?case=${accusation}`)).body.items).toEqual([]);
  });

  it("is whether the chain was verified, never more than is known", async () => {
    for (const who of ["auditor", "operator"])
      expect((await staff.ask(who, "GET /audit/head")).body).toMatchObject({
        checkups: [],
        head: null,
        unlinked: expect.any(Number),
      });
  });

  it("is marked by them where they asked, or had it explained; each mark stays", async () => {
    const [one] = await readingsOf("?what=original");
    const mark = (body: object, who = "auditor") => staff.ask(who, `POST /audit/readings/${one!.seq}/marks`, { body });
    expect((await mark({ mark: "asked" })).status).toBe(204);
    expect((await mark({ mark: "explained", note: "居民当面问过" })).status).toBe(204);
    expect((await mark({ mark: "forgiven" })).status).toBe(422);
    expect((await mark({ mark: "asked" }, "west auditor")).status).toBe(404);
    expect(await readingsOf("?what=original")).toMatchObject([
      {
        marks: [
          { mark: "asked", note: null, by: "auditor" },
          { mark: "explained", note: "居民当面问过", by: "auditor" },
        ],
      },
    ]);
  });

  it("is taken along as an errand that stands among the readings, and is asked for in no other way", async () => {
    const made = await staff.ask("auditor", "POST /audit/exports", { body: { from: "2026-01-01" } });
    expect(made).toMatchObject({ status: 202, body: { kind: "audit-export", state: "waiting" } });
    expect(await readingsOf("?what=export")).toMatchObject([{ who: "auditor" }]);
    const direct = await staff.ask("auditor", "POST /errands", { body: { kind: "audit-export", asked: {} } });
    expect(direct.status).toBe(422);
    const verify = (who: string, asked: object) =>
      staff.ask(who, "POST /errands", { body: { kind: "audit-verify", asked } });
    expect((await verify("operator", {})).status).toBe(202);
    expect((await verify("auditor", { head: "no head" })).status).toBe(422);
    expect((await verify("office", {})).status).toBe(403);
  });

  it("is for the roles of the contract alone, and of another county does not exist", async () => {
    for (const [name, { roles }] of Object.entries(AUDIT))
      for (const role of ROLES) {
        const isWrite = name.startsWith("POST");
        const asked = isWrite ? { body: name.endsWith("/marks") ? { mark: "asked" } : {} } : {};
        const { status } = await staff.ask(role, name.replace("{seq}", "999999999"), asked);
        const right = name.endsWith("/marks") ? 404 : isWrite ? 202 : 200;
        expect([name, role, status]).toEqual([name, role, (roles as readonly string[]).includes(role) ? right : 403]);
      }
    expect(await readingsOf("", "west auditor")).toEqual([]);
    expect((await staff.ask("west auditor", "GET /audit/events")).body.items).toEqual([]);
  });
});

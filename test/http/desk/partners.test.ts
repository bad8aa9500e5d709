import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { partnerMessages } from "../../../db/schema/outbox.ts";
import { partners } from "../../../db/schema/people.ts";
import { staffChanges } from "../../../db/schema/sign-in.ts";
import { ROLES, type Role } from "../../../src/domain/access/roles.ts";
import type { PARTNERS_CONTRACT } from "../../../src/http/contract/desk/partners.ts";
import { type StaffApi, staffApi } from "../staff-api.ts";

const SECRET = "a secret of both sides, never shown";
const BODY = {
  type: "webhook",
  url: "https://grid.example/hook",
  secret: SECRET,
  title: "网格治理平台",
  short: ["网格平台"],
};

let staff: StaffApi;
let number = "";

beforeAll(async () => {
  staff = await staffApi();
  for (const role of ROLES) await staff.person(role, role, { stations: [] });
  number = await staff.newCase("lamp", "柳东村一组路灯坏了六盏");
});
afterAll(() => staff.close());

const inCounty = <T>(work: Parameters<typeof staff.office.db.database.inCounty<T>>[1]) =>
  staff.office.db.database.inCounty(staff.office.county.id, work);
const put = (who: string, body: object, match = '"new"', name = "grid") =>
  staff.ask(who, `PUT /partners/${name}`, { body, match });

describe("another case system", () => {
  it("is connected by an operator alone; its secret is sealed, never shown, and what is wrong is named", async () => {
    for (const role of ROLES.filter((one) => one !== "operator")) expect((await put(role, BODY)).status).toBe(403);
    const refused = [
      { ...BODY, url: "http://grid.example/hook" },
      { ...BODY, url: "http://10.0.0.7/hook" },
      { ...BODY, url: "ftp://grid.example" },
      { ...BODY, secret: undefined },
      { ...BODY, unit: "U99" },
    ];
    for (const body of refused) expect((await put("operator", body)).status).toBe(422);
    expect((await put("operator", BODY, '"new"', "Gr!d")).status).toBe(422);
    const made = await put("operator", BODY);
    expect(made).toMatchObject({
      status: 200,
      body: { name: "grid", etag: "p1", unitName: "网格治理平台", failures: 0 },
    });
    expect(made.body.reply).toMatch(/\/webhooks\/partners\/grid$/);
    expect((await put("operator", { ...BODY, unit: undefined }, '"p0"')).status).toBe(412);
    const shown = JSON.stringify((await staff.ask("office", "GET /partners")).body);
    expect(shown).not.toContain(SECRET);
    const rows = await inCounty(async (tx) => [await tx.select().from(partners), await tx.select().from(staffChanges)]);
    expect(JSON.stringify(rows)).not.toContain(SECRET);
    expect(JSON.stringify(rows)).toContain("partner-added");
  });

  it("is seen by those who may, paused and resumed by office and operator, and each change is in the ledger", async () => {
    const may: Record<keyof typeof PARTNERS_CONTRACT, readonly Role[]> = {
      "GET /partners": ["office", "auditor", "operator"],
      "PUT /partners/{name}": ["operator"],
      "POST /partners/{name}/pause": ["office", "operator"],
      "POST /partners/{name}/resume": ["office", "operator"],
      "GET /partners/{name}/exchanges": ["office", "auditor", "operator"],
      "POST /partner-messages/{id}/send-again": ["office"],
    };
    for (const role of ROLES) {
      expect((await staff.ask(role, "GET /partners")).status).toBe(may["GET /partners"].includes(role) ? 200 : 403);
      const exchanges = await staff.ask(role, "GET /partners/grid/exchanges");
      expect(exchanges.status).toBe(may["GET /partners/{name}/exchanges"].includes(role) ? 200 : 403);
      const again = await staff.ask(role, "POST /partner-messages/01900000-0000-7000-8000-000000000000/send-again", {
        body: {},
      });
      expect(again.status).toBe(may["POST /partner-messages/{id}/send-again"].includes(role) ? 404 : 403);
    }
    expect((await staff.ask("office", "GET /partners/nobody/exchanges")).status).toBe(404);
    const { etag } = (await staff.ask("office", "GET /partners")).body.items[0];
    const paused = await staff.ask("office", "POST /partners/grid/pause", { body: {}, match: `"${etag}"` });
    expect(paused.body.pausedAt).not.toBeNull();
    const match = `"${paused.body.etag}"`;
    expect((await staff.ask("station", "POST /partners/grid/resume", { body: {}, match })).status).toBe(403);
    expect((await staff.ask("operator", "POST /partners/grid/resume", { body: {}, match })).body.pausedAt).toBeNull();
    const what = await inCounty((tx) => tx.select({ what: staffChanges.what }).from(staffChanges));
    expect(what.map((one) => one.what)).toEqual(expect.arrayContaining(["partner-paused", "partner-resumed"]));
  });

  it("gets a case by the office's move; what was given up stands on Today and on its page until it is sent again", async () => {
    expect((await staff.act("office", number, "move", { unit: "grid", reason: "归平台管" })).status).toBe(200);
    const page = (await staff.ask("office", `GET /cases/${number}`)).body;
    expect(page.handovers).toMatchObject([
      { to: "grid", kind: "partner", state: "waiting", partner: { name: "grid", state: "waiting", externalId: null } },
    ]);
    const today = async () => (await staff.ask("office", "GET /today")).body.sections;
    const section = async (code: string) => (await today()).find((one: { code: string }) => one.code === code);
    expect(await section("units-waiting")).toMatchObject({ count: 0 });
    await inCounty((tx) => tx.update(partnerMessages).set({ state: "failed", tries: 10 }));
    expect(await section("partner-failures")).toMatchObject({ count: 1, opens: { page: "partners", filter: null } });
    const { failed } = (await staff.ask("office", "GET /partners")).body;
    expect(failed).toMatchObject([{ case: number, partner: "grid", kind: "handed_over", tries: 10 }]);
    expect((await staff.ask("operator", "GET /partners")).body.failed).toEqual([]);
    const again = await staff.ask("office", `POST /partner-messages/${failed[0].id}/send-again`, { body: {} });
    expect(again.status).toBe(204);
    expect(await section("partner-failures")).toMatchObject({ count: 0 });
    const [row] = await inCounty((tx) => tx.select().from(partnerMessages).where(eq(partnerMessages.id, failed[0].id)));
    expect(row).toMatchObject({ state: "waiting", tries: 1 });
  });

  it("gets no sealed case by any verb of the office", async () => {
    const sealed = await staff.newCase("accuser", "村支书收了好处，低保名额都给了亲戚");
    const moved = await staff.act("office", sealed, "move", { unit: "grid", reason: "归平台管" });
    expect(moved.status).toBeGreaterThanOrEqual(400);
    const all = await inCounty((tx) => tx.select().from(partnerMessages));
    expect(all).toHaveLength(1);
  });
});

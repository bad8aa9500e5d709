import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROLES, type Role } from "../../../src/domain/access/roles.ts";
import { BULK_CASES } from "../../../src/http/contract/lists/bulk.ts";
import { VIEWS } from "../../../src/http/contract/lists/views.ts";
import { type StaffApi, staffApi } from "../staff-api.ts";

const ID = "0190a1b2-0000-7000-8000-00000000abcd";

let staff: StaffApi;

beforeAll(async () => {
  staff = await staffApi();
  for (const role of ROLES) await staff.person(role, role);
  await staff.person("another", "office");
  await staff.person("unconfirmed", "office", { confirmedAt: null });
});
afterAll(() => staff.close());

describe("a list that is kept under a name", () => {
  it("is its owner's, or the office's for everybody; nobody else changes it, and words are not in it", async () => {
    const keep = (who: string, view: object) => staff.ask(who, "POST /views", { body: view });
    const own = await keep("station", { name: "我的", filter: { open: true }, columns: ["words", "due"] });
    expect(own).toMatchObject({ status: 201, body: { name: "我的", isOwn: true, isShared: false } });
    expect((await keep("station", { name: "我的" })).body.code).toBe("taken");
    expect((await keep("station", { name: "大家的", isShared: true })).status).toBe(403);
    expect((await keep("office", { name: "词语", q: "路灯" })).status).toBe(422);
    expect((await keep("office", { name: "x".repeat(41) })).status).toBe(422);
    const shared = await keep("office", { name: "送不到的", isShared: true, filter: { delivery: ["failed"] } });
    const { body } = await staff.ask("station", "GET /views");
    expect(body.items.map(({ name }: { name: string }) => name)).toEqual(["我的", "送不到的"]);
    expect((await staff.ask("another", "GET /views")).body.items).toMatchObject([{ name: "送不到的", isOwn: false }]);
    const change = (who: string, match: string) =>
      staff.ask(who, `PATCH /views/${shared.body.id}`, { body: { name: "没送到" }, match });
    expect((await change("another", '"v1"')).status).toBe(404);
    expect((await change("office", '"v9"')).status).toBe(412);
    expect((await change("office", '"v1"')).body).toMatchObject({ name: "没送到", version: 2 });
    expect((await staff.ask("another", `DELETE /views/${shared.body.id}`, { body: {} })).status).toBe(404);
    expect((await staff.ask("office", `DELETE /views/${shared.body.id}`, { body: {} })).status).toBe(204);
  });
});

describe("what is done to many cases", () => {
  it("is refused for sealed ones, for another number than there is, without a code, and by the common way", async () => {
    const one = await staff.newCase("resident-1", "柳东村一组路灯坏了六盏");
    const action = { kind: "category", code: "roads" };
    const bulk = (body: object) => staff.ask("office", "POST /cases/bulk", { body });
    expect((await bulk({ action, all: { filter: { open: true }, count: 7 } })).body.code).toBe("count-changed");
    expect((await bulk({ action, all: { filter: { sealed: true }, count: 1 } })).body.code).toBe("no-sealed");
    expect((await bulk({ action })).status).toBe(422);
    const many = Array.from({ length: 201 }, () => ({ number: one, etag: "c1" }));
    expect((await bulk({ action, cases: many })).status).toBe(422);
    expect((await bulk({ action, all: { filter: { open: true }, count: 1 } })).status).toBe(202);
    expect((await staff.ask("office", "POST /cases/export", { body: { filter: { sealed: true } } })).body.code).toBe(
      "no-sealed",
    );
    expect((await staff.ask("unconfirmed", "POST /cases/export", { body: {} })).body.code).toBe("confirm-needed");
    for (const kind of ["bulk", "export"])
      expect((await staff.ask("office", "POST /errands", { body: { kind, asked: {} } })).status).toBe(422);
  });

  it("is for the roles of the contract alone", async () => {
    for (const [name, { roles }] of Object.entries({ ...BULK_CASES, ...VIEWS })) {
      const operation = name.replace("{id}", ID);
      const options = operation.startsWith("GET") ? {} : { body: { no: true }, match: '"v1"' };
      for (const role of ROLES) {
        const { status } = await staff.ask(role, operation, options);
        expect([name, role, status === 403]).toEqual([name, role, !(roles as readonly Role[]).includes(role)]);
      }
      expect((await staff.ask("nobody", operation, options)).status).toBe(401);
    }
  });
});

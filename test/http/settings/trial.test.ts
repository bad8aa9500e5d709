import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { settingsChanges } from "../../../db/schema/ledger.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import { type StaffApi, staffApi } from "../staff-api.ts";

let staff: StaffApi;
let lamp: string;

beforeAll(async () => {
  staff = await staffApi();
  const west = await staff.office.db.county("west");
  await staff.person("office", "office");
  await staff.person("unproven", "office", { confirmedAt: null });
  await staff.person("auditor", "auditor");
  await staff.person("operator", "operator");
  await staff.person("west", "office", { jurisdictionId: west });
  await staff.program("program", "office");
  await staff.office.bind("deputy", "D003");
});

afterAll(() => staff.close());

const shown = async (who = "office") => (await staff.ask(who, "GET /trial")).body;
const write = async (operation: string, body: object, who = "office", match?: string) =>
  staff.ask(who, operation, { body, match: match ?? (await staff.ask("office", "GET /trial")).etag });
const list = (codes: readonly string[]) => write("PUT /trial/people", { deputies: codes, staff: [] });
const heldNow = async () => {
  const { held } = await shown();
  return held.toResidents + held.toDeputies;
};

describe("the trial of a county", () => {
  it("is switched by a person of the office alone, with a code, and never by accident", async () => {
    expect((await write("POST /trial/begin", {}, "unproven")).body).toMatchObject({ code: "confirm-needed" });
    expect((await write("POST /trial/begin", {}, "program")).status).toBe(403);
    expect((await write("POST /trial/begin", {}, "auditor")).status).toBe(403);
    expect((await staff.ask("office", "POST /trial/begin", { body: {} })).status).toBe(428);
    expect((await write("POST /trial/begin", {}, "office", '"t9"')).status).toBe(412);
    expect((await write("POST /trial/end", { seen: 0, held: "keep" })).body).toMatchObject({ code: "is-so" });
    expect((await shown()).isOn).toBe(false);
    expect((await write("POST /trial/begin", {})).body).toMatchObject({ isOn: true, by: "office" });
    expect((await write("POST /trial/begin", {})).body).toMatchObject({ code: "is-so" });
    expect(await shown("west")).toMatchObject({ isOn: false, at: null });
  });

  it("lists people by what they are, refuses whom nobody knows, and shows no code to auditors", async () => {
    const unknown = await list(["D003", "ZZZ"]);
    expect(unknown).toMatchObject({ status: 422, body: { code: "unknown", findings: [{ at: "body.deputies" }] } });
    expect((await write("PUT /trial/people", { deputies: [], staff: ["nobody"] })).status).toBe(422);
    expect((await list([])).body).toMatchObject({ deputies: [], staff: [] });
    expect((await shown("auditor")).staff.every(({ code }: { code: string | null }) => code === null)).toBe(true);
  });

  it("shows what was held back, by case, delivery and Today, and never as sent", async () => {
    const before = staff.office.sent.length;
    lamp = await staff.newCase("resident", "柳东村一组路灯坏了六盏");
    const told = staff.office.sent.slice(before);
    expect(told.filter(({ text }) => text.includes(lamp))).toEqual([]);
    expect(told.map(({ text }) => text).join("\n")).toContain("没有正式开通");
    const one = (await staff.ask("office", `GET /cases/${lamp}`)).body;
    const out = one.messages.filter(({ direction }: { direction: string }) => direction === "out");
    expect(out.map(({ delivery }: { delivery: string }) => delivery)).toEqual(["held"]);
    expect(one.delivery).toBe("held");
    const { groups } = (await staff.ask("office", "GET /deliveries/reasons")).body;
    const held = groups.find(({ status }: { status: string }) => status === "held");
    expect(held).toMatchObject({ reason: "in-trial", acts: "nobody" });
    const rows = (await staff.ask("office", "GET /deliveries?state=held")).body.items;
    expect(rows.length).toBe(held.count);
    expect(rows.map(({ case: number }: { case: string }) => number)).toContain(lamp);
    const hidden = (await staff.ask("operator", "GET /deliveries?state=held")).body.items;
    expect(hidden.every(({ case: number }: { case: string | null }) => number === null)).toBe(true);
    expect((await staff.ask("west", "GET /deliveries?state=held")).body.items).toEqual([]);
    const { sections } = (await staff.ask("office", "GET /today")).body;
    const waiting = sections.find(({ code }: { code: string }) => code === "held-back");
    expect(waiting).toMatchObject({ count: 1, opens: { page: "cases", filter: { delivery: ["held"], open: true } } });
    const answered = await staff.ask("office", `POST /cases/${lamp}/answer?preview=1`, {
      ...{ body: { text: "已派人去看" }, match: (await staff.ask("office", `GET /cases/${lamp}`)).etag },
    });
    if (answered.status === 200) expect(answered.body).toMatchObject({ rung: null, waitsFor: "held" });
    const retried = await staff.ask("office", `POST /deliveries/${rows[0].id}/retry`, { body: {} });
    expect(retried).toMatchObject({ status: 409, body: { code: "in-trial" } });
  });

  it("ends only by somebody who was shown how much is held back, and says in the ledger who", async () => {
    const count = await heldNow();
    expect(count).toBeGreaterThan(0);
    expect((await write("POST /trial/end", { seen: count - 1, held: "send" })).body).toMatchObject({
      code: "held-changed",
    });
    expect((await write("POST /trial/end", { seen: count })).status).toBe(422);
    const before = staff.office.sent.length;
    expect((await write("POST /trial/end", { seen: count, held: "keep" })).body).toMatchObject({ isOn: false });
    await staff.office.work();
    expect(staff.office.sent.length).toBe(before);
    const rows = await staff.office.db.database.inCounty(staff.office.county.id, (tx) =>
      tx.select().from(settingsChanges).where(eq(settingsChanges.what, "trial")),
    );
    expect(rows.map(({ by }) => by)).toEqual(["office", "office"]);
    const { changes } = (await staff.ask("office", "GET /settings")).body;
    expect(changes[0]).toMatchObject({ type: "trial", by: "office" });
  });

  it("lets the office send what was kept, one by one, when it has ended, and nobody else", async () => {
    const [row] = (await staff.ask("office", `GET /deliveries?state=held&case=${lamp}`)).body.items;
    expect(row).toMatchObject({ reason: "kept-after-trial", acts: "office" });
    expect((await staff.ask("operator", `POST /deliveries/${row.id}/retry`, { body: {} })).body).toMatchObject({
      code: "in-trial",
    });
    expect((await staff.ask("office", `POST /deliveries/${row.id}/retry`, { body: {} })).status).toBe(200);
    await staff.office.work();
    expect(staff.office.sent.at(-1)?.text).toContain(lamp);
    const [after] = await staff.office.db.database.inCounty(staff.office.county.id, (tx) =>
      tx.select().from(outbox).where(eq(outbox.id, row.id)),
    );
    expect(after?.state).toBe("delivered");
  });
});

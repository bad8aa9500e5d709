import { and, count, eq, isNotNull } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { cases } from "../../../db/schema/cases.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import { addToken } from "../../../src/casework/access/api-tokens.ts";
import { type StaffApi, staffApi } from "../staff-api.ts";

const REASON = { reason: "inspection", note: "县纪委来函查阅" };
let staff: StaffApi;
let first: string;
let accusation: string;

beforeAll(async () => {
  staff = await staffApi();
  await staff.office.bind("deputy-3", "D003");
  await staff.person("林晓", "office");
  await staff.person("没确认", "office", { confirmedAt: null });
  await staff.program("plain", "office");
  await staff.program("trusted", "office", { sealed: true });
  first = await staff.newCase("accuser", "柳东村一组的水渠塌了一段");
  accusation = await staff.newCase("accuser", "王建国代表收了施工队的红包");
});

afterAll(() => staff.close());

it("does not exist for a program whose token was not made for it, and no program reads originals", async () => {
  const { id } = staff.office.county;
  for (const number of [first, accusation]) {
    expect((await staff.ask("plain", `GET /cases/${number}`)).status).toBe(404);
    expect((await staff.ask("trusted", `GET /cases/${number}`)).status).toBe(200);
    const asked = { body: { text: "查一查" } };
    expect((await staff.ask("plain", `POST /cases/${number}/notes`, asked)).status).toBe(404);
  }
  const counted = { body: { filter: { sealed: true } } };
  expect((await staff.ask("plain", "POST /cases/count", counted)).body.value).toBe(0);
  for (const who of ["plain", "trusted"]) {
    const opened = await staff.ask(who, `POST /cases/${accusation}/open-sealed`, { body: REASON });
    expect(opened).toMatchObject({ status: 403, body: { code: "people-only" } });
    const messages = [staff.office.county.id];
    const read = await staff.ask(who, `POST /cases/${first}/originals`, { body: { ...REASON, messages } });
    expect(read).toMatchObject({ status: 403, body: { code: "people-only" } });
  }
  const services = { database: staff.office.db.database, now: staff.office.runtime.now };
  const wanted = { role: "station", sealed: true, expiresAt: null } as const;
  expect(await addToken(services, id, wanted)).toMatchObject({ ok: false });
});

it("is asked for by its state alone, and by whoever confirmed", async () => {
  for (const path of ["POST /cases/search", "POST /cases/count"]) {
    const ask = (who: string, body: object) => staff.ask(who, path, { body });
    expect((await ask("林晓", { filter: { sealed: true, open: true, state: ["triage"] } })).status).toBe(200);
    expect(await ask("没确认", { filter: { sealed: true } })).toMatchObject({
      status: 403,
      body: { code: "confirm-needed" },
    });
    expect((await ask("没确认", { filter: {} })).status).toBe(200);
    for (const more of [
      { category: ["ROADS"] },
      { grid: ["G1"] },
      { mine: true },
      { received: { from: "2026-01-01" } },
    ])
      expect((await ask("林晓", { filter: { sealed: true, ...more } })).status).toBe(422);
    expect((await ask("林晓", { filter: { sealed: true }, q: "红包" })).status).toBe(422);
  }
});

it("tells no deputy of what happens to a case that may belong to an accusation", async () => {
  const toDeputies = () =>
    staff.office.db.database.inCounty(staff.office.county.id, async (tx) => {
      const [row] = await tx
        .select({ count: count(), holder: cases.deputyId })
        .from(cases)
        .leftJoin(outbox, and(eq(outbox.caseId, cases.id), isNotNull(outbox.deputyId)))
        .where(eq(cases.number, first))
        .groupBy(cases.deputyId);
      return row;
    });
  const before = await toDeputies();
  expect(before?.holder).not.toBeNull();
  await staff.ask("林晓", `POST /cases/${first}/open-sealed`, { body: REASON });
  const act = (verb: string, body: object) => staff.act("林晓", first, verb, body);
  expect((await act("answer", { text: "已经记下，请等消息" })).status).toBe(200);
  expect((await act("deadline", { dueOn: "2026-12-30", reason: "要再核实" })).status).toBe(200);
  expect(await toDeputies()).toEqual(before);
  expect(await act("move", { deputy: "D003", reason: "就近" })).toMatchObject({
    status: 422,
    body: { code: "cannot-go-there" },
  });
  expect((await act("place", { grid: "G1" })).status).toBe(409);
  expect((await act("move", { office: true, reason: "由县里办" })).status).toBe(200);
  expect(await toDeputies()).toEqual({ ...before, holder: null });
  expect((await act("close", { outcome: "explained", text: "已向您说明" })).status).toBe(200);
  expect(await toDeputies()).toEqual({ ...before, holder: null });
});

it("can be sealed itself where it only counts as sealed, once", async () => {
  const number = await staff.newCase("accuser-2", "柳东村二组的水管漏水");
  await staff.newCase("accuser-2", "村支书收了好处，低保名额都给了亲戚");
  await staff.ask("林晓", `POST /cases/${number}/open-sealed`, { body: REASON });
  expect((await staff.act("林晓", number, "seal", { reason: "同一件举报" })).status).toBe(204);
  expect((await staff.act("林晓", number, "seal", { reason: "再来一次" })).status).toBe(409);
});

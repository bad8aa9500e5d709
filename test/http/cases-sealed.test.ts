import { randomUUID } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cases } from "../../db/schema/cases.ts";
import { caseWords, readings } from "../../db/schema/console.ts";
import { outbox } from "../../db/schema/outbox.ts";
import { deputies } from "../../db/schema/people.ts";
import { type StaffApi, staffApi, stationOf } from "./staff-api.ts";

let staff: StaffApi;
let sealed: string;
const WORDS = "村支书收了好处，低保名额都给了亲戚";
const REASON = { reason: "inspection", note: "纪检要求查阅" };

beforeAll(async () => {
  staff = await staffApi();
  await staff.office.bind("deputy-3", "D003");
  await staff.person("林晓", "office");
  await staff.person("没确认", "office", { confirmedAt: null });
  for (const role of ["reviewer", "auditor", "operator", "station"] as const) await staff.person(role, role);
  await staff.program("programme", "office", { sealed: true });
  sealed = await staff.newCase("accuser", WORDS);
});

afterAll(() => staff.close());

const search = (who: string, body: object = {}) => staff.ask(who, "POST /cases/search", { body });
const open = (who: string, number = sealed) => staff.ask(who, `POST /cases/${number}/open-sealed`, { body: REASON });
const inCounty = staffWork();

function staffWork() {
  return <T>(work: Parameters<StaffApi["office"]["db"]["database"]["inCounty"]>[1]) =>
    staff.office.db.database.inCounty(staff.office.county.id, work) as Promise<T>;
}

async function readingsOf(number: string) {
  return inCounty<{ who: string; what: string; reason: string | null; note: string | null }[]>((tx) =>
    tx
      .select({ who: readings.callerName, what: readings.what, reason: readings.reason, note: readings.note })
      .from(readings)
      .innerJoin(cases, eq(cases.id, readings.caseId))
      .where(eq(cases.number, number))
      .orderBy(asc(readings.seq)),
  );
}

describe("a sealed case", () => {
  it("does not exist for anybody but the office, whatever they ask", async () => {
    for (const who of ["reviewer", "auditor", "station"]) {
      expect(await staff.ask(who, `GET /cases/${sealed}`)).toMatchObject({ status: 404, body: { code: "not-found" } });
      expect((await search(who, { filter: { sealed: true } })).body).toMatchObject({ items: [], total: { value: 0 } });
      expect((await search(who, { q: "低保" })).body.items).toEqual([]);
    }
    expect((await search("operator")).status).toBe(403);
    expect((await staff.ask("operator", `GET /cases/${sealed}`)).status).toBe(403);
  });

  it("is in the office's list by a filter of its own alone, without a word", async () => {
    expect((await search("林晓")).body.items).toEqual([]);
    expect((await search("林晓", { q: "低保" })).body.items).toEqual([]);
    const { items } = (await search("林晓", { filter: { sealed: true } })).body;
    expect(items).toEqual([
      expect.objectContaining({
        number: sealed,
        summary: "",
        category: null,
        place: { grid: null, name: null, township: null, doubt: "unknown" },
      }),
    ]);
    expect((await staff.ask("林晓", "POST /cases/count", { body: { filter: { sealed: true } } })).body.value).toBe(1);
  });

  it("opens for ten minutes by a reason and a code, and each reading is written down", async () => {
    expect(await staff.ask("林晓", `GET /cases/${sealed}`)).toMatchObject({
      status: 403,
      body: { code: "reason-needed" },
    });
    expect(await open("没确认")).toMatchObject({ status: 403, body: { code: "confirm-needed" } });
    for (const who of ["auditor", "station", "operator", "reviewer"]) expect((await open(who)).status).toBe(403);
    expect(
      await staff.ask("林晓", `POST /cases/${sealed}/open-sealed`, { body: { ...REASON, note: "短" } }),
    ).toMatchObject({ status: 422 });
    expect(await open("林晓")).toMatchObject({ status: 200, body: { until: expect.any(String) } });
    const { status, body } = await staff.ask("林晓", `GET /cases/${sealed}`);
    expect([status, body.messages[0].text, body.sealed]).toEqual([200, WORDS, true]);
    expect(body.may).not.toContain("POST /cases/{number}/move");
    expect(await readingsOf(sealed)).toEqual([
      { who: "林晓", what: "sealed", reason: "inspection", note: REASON.note },
      { who: "林晓", what: "sealed", reason: "inspection", note: null },
    ]);
    // Reading does not make the ten minutes longer.
    await staff.office.pass(9 * 60_000);
    expect((await staff.ask("林晓", `GET /cases/${sealed}`)).status).toBe(200);
    await staff.office.pass(2 * 60_000);
    expect((await staff.ask("林晓", `GET /cases/${sealed}`)).status).toBe(403);
    expect(staff.api.logged()).not.toContain("低保");
  });

  it("is read by a program of the office as ever, which is written down with its name", async () => {
    expect((await staff.ask("programme", `GET /cases/${sealed}`)).body).toMatchObject({ sealed: true, deputy: null });
    expect((await readingsOf(sealed)).at(-1)).toEqual({ who: "programme", what: "sealed", reason: null, note: null });
  });

  it("does not exist for somebody of the office who is accused in it, and no count tells of it", async () => {
    const number = await staff.newCase("accuser-2", "王建国代表收了包工头的红包");
    const [deputy] = await inCounty<{ id: string }[]>((tx) =>
      tx.select({ id: deputies.id }).from(deputies).where(eq(deputies.name, "王建国")),
    );
    await staff.person("王建国本人", "office", { deputyId: deputy!.id });
    const before = (await search("林晓", { filter: { sealed: true } })).body.total.value;
    expect((await search("王建国本人", { filter: { sealed: true } })).body.total.value).toBe(before - 1);
    expect(await staff.ask("王建国本人", `GET /cases/${number}`)).toMatchObject({ status: 404 });
    expect(await open("王建国本人", number)).toMatchObject({ status: 404 });
    expect(await staff.ask("王建国本人", `POST /cases/${number}/notes`, { body: { text: "试" } })).toMatchObject({
      status: 404,
    });
  });
});

describe("sealing a case", () => {
  it("takes it from its deputy, its station and the search at once, and what waited for the deputy does not leave", async () => {
    staff.office.answerCalls(() => ({ outcome: "failed", reason: "away", retryable: true }) as never);
    const number = await staff.newCase("resident-1", "柳东村一组路灯坏了六盏");
    await staff.person("站长", "station", { stations: [await stationOf(staff, number)] });
    expect((await search("站长", { q: "路灯" })).body.items).toHaveLength(1);
    expect(await staff.act("站长", number, "seal", { reason: "说的是贪污" })).toMatchObject({ status: 204 });
    expect((await staff.ask("站长", `GET /cases/${number}`)).status).toBe(404);
    expect((await search("站长", { q: "路灯" })).body.items).toEqual([]);
    expect((await search("林晓", { q: "路灯" })).body.items).toEqual([]);
    const [row] = await inCounty<(typeof cases.$inferSelect)[]>((tx) =>
      tx.select().from(cases).where(eq(cases.number, number)),
    );
    expect(row).toMatchObject({ sealed: true, deputyId: null, state: "triage", category: null });
    expect(await inCounty((tx) => tx.select().from(caseWords).where(eq(caseWords.caseId, row!.id)))).toEqual([]);
    const left = await inCounty<{ state: string }[]>((tx) =>
      tx.select({ state: outbox.state, to: outbox.deputyId }).from(outbox).where(eq(outbox.caseId, row!.id)),
    );
    expect(left.filter((one) => "to" in one && one.to !== null).map(({ state }) => state)).toEqual(
      expect.not.arrayContaining(["waiting"]),
    );
    await open("林晓", number);
    const { body } = await staff.ask("林晓", `GET /cases/${number}`);
    expect(body.notes).toEqual([expect.objectContaining({ text: "说的是贪污", by: "站长" })]);
    expect(body.events.at(-1)).toMatchObject({ type: "sealed", by: "office:站长" });
    expect(await staff.act("林晓", number, "move", { deputy: "D003", reason: "试" })).toMatchObject({ status: 409 });
    staff.office.answerCalls(() => ({ outcome: "delivered", platformId: null }));
  });
});

describe("originals", () => {
  it("are read by reason, and that is written down each time, also of a repetition", async () => {
    const number = await staff.newCase("resident-2", "柳东村一组路灯坏了，电话13812345678");
    const { body } = await staff.ask("林晓", `GET /cases/${number}`);
    const [message] = body.messages;
    expect(message).toMatchObject({ hasOriginal: true, text: expect.not.stringContaining("13812345678") });
    const wanted = { body: { ...REASON, messages: [message.id] }, key: randomUUID() };
    const path = `POST /cases/${number}/originals`;
    expect((await staff.ask("没确认", path, wanted)).body).toMatchObject({ code: "confirm-needed" });
    const read = await staff.ask("林晓", path, wanted);
    expect(read.body.messages).toEqual([{ id: message.id, text: expect.stringContaining("13812345678") }]);
    expect((await staff.ask("林晓", path, wanted)).body.messages).toEqual(read.body.messages);
    expect(await readingsOf(number)).toEqual([
      { who: "林晓", what: "case", reason: null, note: null },
      { who: "林晓", what: "original", ...REASON },
      { who: "林晓", what: "original", ...REASON },
    ]);
    const others = { ...wanted, key: randomUUID(), body: { ...REASON, messages: [randomUUID()] } };
    expect(await staff.ask("林晓", path, others)).toMatchObject({ status: 404 });
    expect(staff.api.logged()).not.toContain("13812345678");
  });
});

describe("somebody who was slower than whoever sealed a case", () => {
  it("is told that, and nothing of what happened behind it; a station learns nothing", async () => {
    const number = await staff.newCase("slow", "柳东村一组路灯坏了六盏");
    await staff.person("its station", "station", { stations: [await stationOf(staff, number)] });
    const { etag } = await staff.ask("林晓", `GET /cases/${number}`);
    await staff.person("赵敏", "office");
    const verb = (who: string, name: string, body: object, match = etag) =>
      staff.ask(who, `POST /cases/${number}/${name}`, { body, match });
    expect((await verb("赵敏", "seal", { reason: "有人被告" })).status).toBe(204);
    expect((await staff.ask("赵敏", `POST /cases/${number}/open-sealed`, { body: REASON })).status).toBe(200);
    await staff.ask("赵敏", `POST /cases/${number}/notes`, { body: { text: "已经上报" } });
    for (const [name, body] of [
      ["seal", { reason: "也看到了" }],
      ["answer", { text: "正在办" }],
    ] as const) {
      const late = await verb("林晓", name, body);
      expect(late).toMatchObject({ status: 412, body: { code: "somebody-was-faster" } });
      // Sealing notes its reason first; the note behind it is not told.
      const by = { by: "赵敏", at: expect.any(String) };
      expect(late.body.since).toEqual([
        { type: "noted", ...by },
        { type: "sealed", ...by },
      ]);
    }
    expect((await verb("its station", "seal", { reason: "也看到了" })).status).toBe(404);
    for (const match of ["c0", "c99", `c${Number(etag?.replace(/\D/g, "")) + 2}`])
      expect((await verb("林晓", "seal", { reason: "猜的" }, `"${match}"`)).body.code).toBe("reason-needed");
    const sealedAtOnce = await staff.ask("赵敏", `POST /cases/${sealed}/seal`, {
      body: { reason: "x" },
      match: '"c1"',
    });
    expect(sealedAtOnce.body.code).toBe("reason-needed");
  });
});

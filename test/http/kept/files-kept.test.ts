import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Caller } from "../../../src/casework/access/caller.ts";
import { readerOf } from "../../../src/casework/access/reader-of.ts";
import { ERRAND_KINDS } from "../../../src/casework/errand-kinds/registry.ts";
import { forgetErrands, runErrand, takeErrand } from "../../../src/casework/errands/run.ts";
import { actingAs } from "../../../src/casework/lists/acting-as.ts";
import { newToken } from "../../tokens.ts";
import { type StaffApi, staffApi, stationOf } from "../staff-api.ts";

const ACCUSES = "村支书收了好处，低保名额都给了亲戚";
const DAY_MS = 86_400_000;

let staff: StaffApi;
let number = "";
let own = "";
let accusers = 0;

function name(): string {
  accusers += 1;
  return `somebody-${accusers}`;
}
const inCounty = <T>(work: Parameters<StaffApi["office"]["db"]["database"]["inCounty"]>[1]) =>
  staff.office.db.database.inCounty(staff.office.county.id, work) as Promise<T>;

/** Does the work that waits, as a worker does. */
async function doWork(): Promise<void> {
  const { runtime, county } = staff.office;
  const kinds = ERRAND_KINDS.map(({ name }) => name);
  const taken = await takeErrand(runtime.database, county.id, { kinds, now: runtime.now() });
  const kind = ERRAND_KINDS.find(({ name }) => name === taken?.kind);
  await runErrand({ runtime, long: runtime.database }, kind!, taken!, new AbortController().signal);
}
async function exported(who: string, filter: object = { open: true }): Promise<string> {
  const asked = await staff.ask(who, "POST /cases/export", { body: { filter } });
  expect(asked.status).toBe(202);
  await doWork();
  return asked.body.id;
}
const fetched = async (who: string, id: string) => (await staff.ask(who, `GET /errands/${id}/file`)).status;
const errand = async (who: string, id: string) => (await staff.ask(who, `GET /errands/${id}`)).body;

beforeAll(async () => {
  staff = await staffApi();
  number = await staff.newCase("resident-1", "柳东村一组路灯坏了六盏");
  own = await stationOf(staff, number);
  await staff.person("林晓", "office");
  await staff.person("陈芳", "station", { stations: [own] });
  await staff.program("plain", "office");
  await staff.program("trusted", "office", { sealed: true });
});
afterAll(() => staff.close());

describe("a list of cases that was written into a file", () => {
  it("is for whoever asked as long as they have that role and those stations", async () => {
    const id = "0190a1b2-0000-7000-8000-0000000000bb";
    const who = "周强";
    await staff.person(who, "station", { id, stations: [own] });
    await inCounty((tx) =>
      tx.execute(sql`insert into users (id, jurisdiction_id, email_index, email, role, password_hash, created_at, name, stations)
        values (${id}, ${staff.office.county.id}, 'x', 'x', 'station', '', now(), ${who}, array[${own}]::text[])`),
    );
    const errandId = await exported(who);
    expect(await errand(who, errandId)).toMatchObject({ state: "done", answer: { rows: 1 } });
    expect(await fetched(who, errandId)).toBe(200);
    expect(await fetched("林晓", errandId)).toBe(404);
    await staff.person(who, "station", { id, stations: [] });
    expect(await fetched(who, errandId)).toBe(404);
    await staff.person(who, "operator", { id, stations: [own] });
    expect(await fetched(who, errandId)).toBe(404);
    await staff.person(who, "station", { id, stations: [own] });
    expect(await fetched(who, errandId)).toBe(200);
  });

  it("is gone as soon as a case of the county is sealed or erased, and after an hour", async () => {
    const seals = async () => {
      const other = await staff.newCase(name(), "柳东村二组路灯坏了");
      const id = await exported("plain");
      expect(await fetched("plain", id)).toBe(200);
      expect((await staff.act("林晓", other, "seal", { reason: "可能涉及干部" })).status).toBeLessThan(300);
      return id;
    };
    const accuses = async () => {
      const id = await exported("plain");
      await staff.newCase(name(), ACCUSES);
      return id;
    };
    const erases = async () => {
      const one = await staff.newCase("leaver", "柳东村二组垃圾没人收");
      await staff.act("林晓", one, "close", { outcome: "explained", text: "按规定不能办" });
      const id = await exported("plain");
      await staff.office.say("leaver", "删除我的数据");
      return id;
    };
    const waits = async () => {
      const id = await exported("plain");
      await staff.office.pass(61 * 60_000);
      return id;
    };
    for (const end of [seals, accuses, erases, waits]) {
      const id = await end();
      expect([end.name, await fetched("plain", id)]).toEqual([end.name, 404]);
      await forgetErrands(staff.office.db.database, staff.office.county.id, staff.office.runtime.now());
      expect(await inCounty((tx) => tx.execute(sql`select id from files`))).toEqual([]);
    }
  });
});

describe("long work that a program asked for", () => {
  it("has no sealed case where its token was not made for those", async () => {
    const { county, runtime } = staff.office;
    for (const [name, isWithoutSealed] of [
      ["plain", true],
      ["trusted", undefined],
    ] as const) {
      const [token] = await inCounty<{ id: string }[]>((tx) =>
        tx.execute(sql`select id from api_tokens where name = ${name}`),
      );
      const asked = { kind: "token", role: "office", stations: [], deputyId: null, confirmedAt: null } as const;
      const now = runtime.now();
      const acting = await inCounty<Caller | null>((tx) =>
        actingAs(tx, { ...asked, id: token!.id, name, jurisdictionId: county.id }, now),
      );
      expect([name, acting?.isWithoutSealed]).toEqual([name, isWithoutSealed]);
    }
  });

  it("ends with its token: neither a list nor a change is done after that", async () => {
    const { db, county, runtime } = staff.office;
    const services = { database: db.database, now: runtime.now };
    const expiresAt = new Date(runtime.now().getTime() + DAY_MS);
    await newToken(services, county.id, { role: "office", name: "for-a-day", expiresAt });
    const [token] = await inCounty<{ id: string }[]>((tx) =>
      tx.execute(sql`select id from api_tokens where name = 'for-a-day'`),
    );
    const ask = (kind: string, asked: object) =>
      inCounty((tx) =>
        tx.execute(sql`insert into errands (id, jurisdiction_id, kind, asked, asked_by, asked_by_name, state, made_at, expires_at)
          values (gen_random_uuid(), ${county.id}, ${kind}, ${JSON.stringify(asked)}::jsonb, ${token!.id}, 'for-a-day', 'waiting',
            ${runtime.now().toISOString()}::timestamptz, ${new Date(runtime.now().getTime() + 7 * DAY_MS).toISOString()}::timestamptz)`),
      );
    const as = { kind: "token", id: token!.id, name: "for-a-day", role: "office", stations: [], deputyId: null };
    expect(await inCounty((tx) => readerOf(tx, token!.id, runtime.now()))).toMatchObject({ isWithoutSealed: true });
    await staff.office.pass(2 * DAY_MS);
    expect(await inCounty((tx) => readerOf(tx, token!.id, runtime.now()))).toBeNull();
    await ask("export", { as, filter: {}, numbers: null });
    await doWork();
    const [etag] = await inCounty<{ etag: string }[]>((tx) =>
      tx.execute(
        sql`select 'c' || count(*) as etag from case_events e join cases c on c.id = e.case_id where c.number = ${number}`,
      ),
    );
    await ask("bulk", { as, action: { kind: "category", code: null }, cases: [{ number, etag: etag!.etag }] });
    await doWork();
    const ended = await inCounty<{ kind: string; state: string }[]>((tx) =>
      tx.execute(sql`select kind, state from errands where asked_by = ${token!.id} order by kind`),
    );
    expect(ended).toEqual([
      { kind: "bulk", state: "failed" },
      { kind: "export", state: "failed" },
    ]);
    expect(await inCounty((tx) => tx.execute(sql`select 1 from bulk_results where case_number = ${number}`))).toEqual(
      [],
    );
  });
});

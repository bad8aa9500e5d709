import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { settingsChanges } from "../../../db/schema/ledger.ts";
import { sectorGroups } from "../../../db/schema/people.ts";
import { grids, stations } from "../../../db/schema/places.ts";
import { ROLES } from "../../../src/domain/access/roles.ts";
import { PLACES } from "../../../src/http/contract/places/places.ts";
import { type StaffApi, staffApi, stationOf } from "../staff-api.ts";

let staff: StaffApi;
let grid: string;
let station: string;
let elsewhere: string;

beforeAll(async () => {
  staff = await staffApi();
  const { db, county } = staff.office;
  const number = await staff.newCase("resident", "柳东村一组路灯坏了六盏");
  await staff.newCase("another", "我们网格的王代表收了物业的好处，跟他反映多少次都不办");
  const own = await stationOf(staff, number);
  const west = await db.county("west");
  for (const role of ROLES) {
    await staff.person(`here ${role}`, role, { stations: [own] });
    await staff.person(`elsewhere ${role}`, role, { jurisdictionId: west, stations: [own] });
  }
  await staff.person("林晓", "office");
  await staff.person("赵敏", "office");
  grid = (await staff.ask("林晓", `GET /cases/${number}`)).body.place.grid;
  const all = await db.database.inCounty(county.id, async (tx) => {
    await tx
      .insert(sectorGroups)
      .values({ id: crypto.randomUUID(), jurisdictionId: county.id, code: "Q1", name: "物业组" });
    return tx.select({ id: stations.id, code: stations.code }).from(stations);
  });
  station = all.find(({ id }) => id === own)!.code;
  elsewhere = all.find(({ id }) => id !== own)!.code;
});

afterAll(() => staff.close());

const get = async (path: string, who = "林晓") => (await staff.ask(who, `GET ${path}`)).body;
const changes = () =>
  staff.office.db.database.inCounty(staff.office.county.id, (tx) =>
    tx.select().from(settingsChanges).orderBy(settingsChanges.seq),
  );

describe("the lists of places", () => {
  it("give every grid once, page by page, narrowed by what is asked", async () => {
    const seen: string[] = [];
    let after = "";
    do {
      const { items, next } = await get(`/grids?limit=2${after}`);
      seen.push(...items.map(({ code }: { code: string }) => code));
      after = next === null ? "" : `&after=${next}`;
    } while (after !== "");
    expect(seen).toEqual([...new Set(seen)]);
    expect((await get("/grids?limit=200")).total).toEqual({ value: seen.length, isMore: false });
    expect((await get(`/grids?q=${encodeURIComponent(grid)}`)).items[0]).toMatchObject({ code: grid, hasShape: true });
    expect((await get(`/grids?station=${station}`)).items.map((one: { code: string }) => one.code)).toContain(grid);
    expect((await staff.ask("林晓", "GET /grids?after=!!")).status).toBe(422);
    expect((await staff.ask("林晓", "GET /places?limit=9999")).status).toBe(422);
  });

  it("show a station its own alone, and an operator no phone", async () => {
    const { items } = await get("/stations", "here station");
    expect(items.map(({ code }: { code: string }) => code)).toEqual([station]);
    const { items: theirs } = await get("/grids?limit=200", "here station");
    expect(new Set(theirs.map((one: { station: { code: string } }) => one.station.code))).toEqual(new Set([station]));
    const other = await get(`/grids?station=${elsewhere}`);
    for (const { code } of other.items.slice(0, 1))
      expect((await staff.ask("here station", `GET /grids/${encodeURIComponent(code)}`)).status).toBe(404);
    const all = await get("/stations?limit=200", "here operator");
    expect(all.items.every(({ phone }: { phone: string | null }) => phone === null)).toBe(true);
  });

  it("show a grid with its people, names and last cases, sealed ones left out", async () => {
    const page = await get(`/grids/${encodeURIComponent(grid)}`);
    expect(page.people.length).toBeGreaterThan(0);
    expect(page.lastCases).toHaveLength(1);
    expect(page.figures).toMatchObject({ open: 1, received: 1, isHidden: false });
    const narrow = await get(`/grids/${encodeURIComponent(grid)}`, "here station");
    expect(narrow.figures).toMatchObject({ open: null, received: null, isSilent: null, isHidden: true });
    expect(await get(`/grids/${encodeURIComponent(grid)}`, "here operator")).toMatchObject({
      lastCases: null,
      figures: null,
    });
  });
});

describe("the map", () => {
  it("gets the shapes compressed, once a version, a station its own", async () => {
    const ask = (who: string, headers: Record<string, string> = {}) =>
      fetch(`${staff.api.base}/api/v1/grids/shapes`, { headers: { "x-person": encodeURIComponent(who), ...headers } });
    const first = await ask("林晓", { "accept-encoding": "gzip" });
    expect(first.headers.get("content-encoding")).toBe("gzip");
    const body = (await first.json()) as { grids: { code: string; rings: number[][] }[]; withoutShape: number };
    expect(body.grids.map(({ code }) => code)).toContain(grid);
    for (const { rings } of body.grids)
      for (const ring of rings) expect(ring.every(Number.isInteger) && ring.length >= 6).toBe(true);
    const etag = first.headers.get("etag") ?? "";
    expect((await ask("林晓", { "if-none-match": etag })).status).toBe(304);
    const own = await ask("here station", { "if-none-match": etag, "accept-encoding": "identity" });
    expect(own.status).toBe(200);
    const part = (await own.json()) as typeof body;
    expect(part.grids.length).toBeLessThan(body.grids.length);
    const { etag: seen } = (await get(`/grids?q=${encodeURIComponent(grid)}`)).items[0];
    const path = `PATCH /grids/${encodeURIComponent(grid)}`;
    expect((await staff.ask("林晓", path, { body: { community: "柳东社区" }, match: `"${seen}"` })).status).toBe(200);
    expect((await ask("林晓", { "if-none-match": etag })).status).toBe(200);
  });

  it("gets figures for each grid, small ones for office and auditor alone, none for operators", async () => {
    const of = async (who: string) =>
      (await get("/grids/figures", who)).grids.find(({ code }: { code: string }) => code === grid);
    expect(await of("林晓")).toMatchObject({
      open: 1,
      received: 1,
      medianDays: null,
      isSilent: false,
      isHidden: false,
    });
    expect(await of("here auditor")).toMatchObject({ open: 1, isHidden: false });
    for (const role of ["reviewer", "station"])
      expect(await of(`here ${role}`)).toMatchObject({ open: null, isHidden: true });
    expect(await of("here operator")).toMatchObject({ open: null, isHidden: false });
    expect((await of("here operator")).answering).toBeGreaterThan(0);
    const sum = (await get("/grids/figures")).grids.reduce((all: number, one: { open: number }) => all + one.open, 0);
    expect(sum).toBe(1);
  });
});

describe("a change of the lists", () => {
  it("of a grid is there at once, and in the ledger by whom", async () => {
    const path = `/grids/${encodeURIComponent(grid)}`;
    const before = (await staff.ask("林晓", `GET ${path}`)).etag ?? "";
    const body = { aliases: ["老槐树下", "老槐树下", "南门"], station: elsewhere };
    const done = await staff.ask("林晓", `PATCH ${path}`, { body, match: before });
    expect(done.status).toBe(200);
    const page = await get(path);
    expect(page).toMatchObject({ aliases: ["老槐树下", "南门"], station: { code: elsewhere } });
    expect(done.body.etag).toBe(page.etag);
    const noted = (await changes()).filter(({ what }) => what.startsWith(`grids/${grid}/`));
    expect(noted.map(({ what, by }) => [what, by])).toEqual(
      expect.arrayContaining([
        [`grids/${grid}/aliases`, "林晓"],
        [`grids/${grid}/station`, "林晓"],
      ]),
    );
    expect(noted.find(({ what }) => what.endsWith("station"))).toMatchObject({ before: station, after: elsewhere });
    await staff.ask("林晓", `PATCH ${path}`, { body: { station }, match: `"${page.etag}"` });
  });

  it("of two clerks at once is one, and the other hears of it", async () => {
    const path = `/grids/${encodeURIComponent(grid)}`;
    const { etag } = await get(path);
    const before = (await changes()).length;
    const both = await Promise.all(
      ["林晓", "赵敏"].map((who) =>
        staff.ask(who, `PATCH ${path}`, { body: { name: `柳东 ${who}` }, match: `"${etag}"` }),
      ),
    );
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 412]);
    const slower = both.find(({ status }) => status === 412)!;
    const name = (await get(path)).name;
    expect(slower.body).toMatchObject({
      code: "somebody-was-faster",
      since: [{ type: "name", by: name.slice(3) }, {}, {}],
    });
    expect(slower.etag).toBe(`"${(await get(path)).etag}"`);
    expect((await changes()).length).toBe(before + 1);
  });

  it("keeps phones out of the ledger, and heads out of those who left", async () => {
    const [row] = (await get("/stations")).items.filter(({ code }: { code: string }) => code === station);
    const path = `PATCH /stations/${station}`;
    const deputy = (await get("/deputies?limit=1")).items[0].code;
    const body = { phone: "0536-8880123", head: deputy, address: "柳河镇中街 1 号" };
    const done = await staff.ask("林晓", path, { body, match: `"${row.etag}"` });
    expect(done.status).toBe(200);
    const [now] = (await get("/stations")).items.filter(({ code }: { code: string }) => code === station);
    expect(now).toMatchObject({ phone: "0536-8880123", head: { code: deputy }, address: "柳河镇中街 1 号" });
    expect(JSON.stringify(await changes())).not.toContain("8880123");
    expect(staff.api.logged()).not.toContain("8880123");
    for (const [wrong, code] of [
      [{ phone: "call me" }, "no-phone"],
      [{ head: "NOBODY" }, "unknown-code"],
      [{ name: " " }, "content"],
      [{ code: "other" }, "content"],
    ] as const)
      expect((await staff.ask("林晓", path, { body: wrong, match: `"${now.etag}"` })).body).toMatchObject({ code });
    expect((await staff.ask("林晓", path, { body: {}, match: null })).status).toBe(428);
  });

  it("of other names adds, renames and takes away, and no grid has one twice", async () => {
    const add = () => staff.ask("林晓", "POST /places", { body: { name: "供销社旧址", grid } });
    const made = await add();
    expect(made.status).toBe(201);
    expect((await add()).body).toMatchObject({ status: 409, code: "there-already" });
    expect((await staff.ask("林晓", "POST /places", { body: { name: "x", grid: "NONE" } })).status).toBe(422);
    const path = `PATCH /places/${made.body.id}`;
    const renamed = await staff.ask("林晓", path, { body: { name: "供销社" }, match: `"${made.body.etag}"` });
    expect((await get(`/places?q=${encodeURIComponent("供销社")}`)).items).toMatchObject([
      { name: "供销社", grid: { code: grid } },
    ]);
    expect((await staff.ask("赵敏", path, { body: { name: null }, match: `"${made.body.etag}"` })).status).toBe(412);
    const gone = await staff.ask("赵敏", path, { body: { name: null }, match: renamed.etag ?? "" });
    expect(gone.body.etag).toBeNull();
    expect((await get(`/places?q=${encodeURIComponent("供销社")}`)).items).toEqual([]);
  });

  it("of a unit ends it on a day, never in the past", async () => {
    const [unit] = (await get("/units")).items;
    const path = `PATCH /units/${unit.code}`;
    const past = await staff.ask("林晓", path, { body: { untilOn: "2020-01-01" }, match: `"${unit.etag}"` });
    expect(past.body).toMatchObject({ status: 422, code: "past" });
    const done = await staff.ask("林晓", path, { body: { untilOn: "2099-12-31" }, match: `"${unit.etag}"` });
    expect(done.status).toBe(200);
    expect((await get("/units")).items[0]).toMatchObject({ untilOn: "2099-12-31", etag: done.body.etag });
    const again = await staff.ask("林晓", path, { body: { untilOn: "2099-12-31" }, match: done.etag ?? "" });
    expect(again.body.etag).toBe(done.body.etag);
  });
});

describe("who may do what with places", () => {
  const READ = { office: 200, reviewer: 200, station: 200, auditor: 200, operator: 200 };
  const WRITE = { office: 412, reviewer: 403, station: 403, auditor: 403, operator: 403 };
  it.each(Object.keys(PLACES) as (keyof typeof PLACES)[])("%s", async (operation) => {
    const code = operation.includes("/units")
      ? "U01"
      : operation.includes("/groups")
        ? "Q1"
        : operation.includes("/stations")
          ? station
          : grid;
    const asked = operation
      .replace("{code}", encodeURIComponent(code))
      .replace("{id}", "0190aaaa-0000-7000-8000-000000000001");
    const isRead = operation.startsWith("GET");
    const given = isRead
      ? {}
      : { body: operation === "POST /places" ? { name: "甲", grid: "NONE" } : { name: "甲" }, match: '"v0"' };
    for (const role of ROLES) {
      const own = operation === "POST /places" ? 422 : operation === "PATCH /places/{id}" ? 404 : WRITE.office;
      const right = isRead ? READ[role] : role === "office" ? own : WRITE[role];
      expect([role, (await staff.ask(`here ${role}`, asked, given)).status]).toEqual([role, right]);
      const abroad = right === 403 || right === 422 || (isRead && !operation.includes("{")) ? right : 404;
      expect([role, (await staff.ask(`elsewhere ${role}`, asked, given)).status]).toEqual([role, abroad]);
    }
    expect((await staff.ask("nobody", asked, given)).status).toBe(401);
  });

  it("gives nothing of another county", async () => {
    for (const list of ["grids", "stations", "units", "groups", "places"])
      expect((await get(`/${list}`, "elsewhere office")).items).toEqual([]);
    const { office } = staff;
    const [row] = await office.db.database.inCounty(office.county.id, (tx) =>
      tx.select({ name: grids.name }).from(grids).where(eq(grids.code, grid)),
    );
    expect(row?.name).toMatch(/^柳东 /);
  });
});

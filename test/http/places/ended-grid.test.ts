import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { posterRows } from "../../../src/casework/places/poster-rows.ts";
import { type StaffApi, staffApi } from "../staff-api.ts";

const GRID = "柳东-1";
const DAY_MS = 86_400_000;

let staff: StaffApi;
let number: string;
let today: string;

beforeAll(async () => {
  staff = await staffApi();
  await staff.person("office", "office");
  number = await staff.newCase("resident", "柳东村一组路灯坏了六盏");
  today = new Date(staff.office.runtime.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
});
afterAll(() => staff.close());

const ask = (operation: string, given: object = {}) => staff.ask("office", operation, given);
const day = (days: number) => new Date(Date.parse(today) + days * DAY_MS).toISOString().slice(0, 10);
const grid = async () => (await ask(`GET /grids/${encodeURIComponent(GRID)}`)).body;
async function end(untilOn: string | null) {
  const match = `"${(await grid()).etag}"`;
  const done = await ask(`PATCH /grids/${encodeURIComponent(GRID)}`, { body: { untilOn }, match });
  // Other processes see it within two seconds; here a whole day passes within less.
  staff.office.runtime.atlases.forget(staff.office.county.id);
  return done;
}
const saidTo = (person: string) =>
  staff.office.sent.filter(({ to }) => to === person).map(({ text, labels }) => [text, ...labels].join("\n"));
const figures = async (): Promise<string[]> =>
  (await ask("GET /grids/figures")).body.grids.map(({ code }: { code: string }) => code);
const covered = async (on?: string): Promise<string[]> =>
  (await ask(`GET /coverage${on === undefined ? "" : `?on=${on}`}`)).body.grids.map(
    (one: { grid: string }) => one.grid,
  );
async function shapes(seen = "") {
  const response = await fetch(`${staff.api.base}/api/v1/grids/shapes`, {
    headers: { "x-person": "office", "if-none-match": seen },
  });
  const text = response.status === 304 ? "" : await response.text();
  const etag = response.headers.get("etag") ?? "";
  return {
    status: response.status,
    etag,
    codes: text === "" ? [] : JSON.parse(text).grids.map((one: { code: string }) => one.code),
  };
}

describe("a grid that ends on a day", () => {
  it("is not ended in the past, nor by what somebody saw before it changed", async () => {
    expect((await end(day(-1))).body).toMatchObject({ status: 422, code: "past" });
    const { etag } = await grid();
    expect((await end(day(30))).status).toBe(200);
    const stale = { body: { untilOn: null }, match: `"${etag}"` };
    expect((await ask(`PATCH /grids/${encodeURIComponent(GRID)}`, stale)).status).toBe(412);
    expect((await grid()).untilOn).toBe(day(30));
    expect((await end(null)).status).toBe(200);
  });

  it("serves until and with that day, and is left out of coverage from the next one on", async () => {
    expect((await end(today)).status).toBe(200);
    expect(await figures()).toContain(GRID);
    expect(await covered()).toContain(GRID);
    expect(await covered(day(1))).not.toContain(GRID);
    const same = await staff.newCase("on the last day", "柳东村一组井盖没了");
    expect((await ask(`GET /cases/${same}`)).body.place.grid).toBe(GRID);
  });

  it("is on no map, poster or list of figures afterwards, but stays in the table and with its open cases", async () => {
    const before = await shapes();
    expect(before.codes).toContain(GRID);
    const holder = (await ask(`GET /cases/${number}`)).body.holder;
    await staff.office.pass(DAY_MS);
    const after = await shapes(before.etag);
    expect([after.status, after.codes.includes(GRID), after.codes.length]).toEqual([
      200,
      false,
      before.codes.length - 1,
    ]);
    expect(await figures()).not.toContain(GRID);
    expect(await covered()).not.toContain(GRID);
    expect((await grid()).untilOn).toBe(today);
    const { items } = (await ask(`GET /grids?q=${encodeURIComponent(GRID)}`)).body;
    expect(items).toMatchObject([{ code: GRID, untilOn: today }]);
    const kept = (await ask(`GET /cases/${number}`)).body;
    expect([kept.holder, kept.place.grid]).toEqual([holder, GRID]);
  });

  it("tells who scans its code, and what they say goes to its station", async () => {
    await staff.office.say("scanner", { kind: "scan", scene: `g:${GRID}` });
    const [told = ""] = saidTo("scanner");
    expect(told).toContain("柳河镇柳东村一组");
    expect(told).toContain("现在没有了");
    expect(told).toContain("会交给");
    const made = await staff.newCase("scanner", "路灯坏了六盏，晚上看不见路");
    const { place } = (await ask(`GET /cases/${made}`)).body;
    expect(place).toMatchObject({ grid: null, name: "柳河镇代表联络站" });
  });

  it("takes nothing that names it: who writes its name chooses among what is left of its community", async () => {
    await staff.office.say("writer", "柳东村一组路灯坏了六盏");
    await staff.office.pass(60_000);
    const asked = saidTo("writer").join("\n");
    expect(asked).toContain("柳东村二组");
    expect(asked).not.toMatch(/\d[.、]?\s*柳河镇柳东村一组/);
    await staff.office.say("writer", "1");
    const { items } = (await ask("POST /cases/search", { body: { filter: { grid: [GRID] }, limit: 50 } })).body;
    expect(items).toHaveLength(2);
  });

  it("is refused where the office or a desk names it, and nobody is assigned to it", async () => {
    const placed = await staff.act("office", number, "place", { grid: GRID });
    expect([placed.status, placed.body.code]).toEqual([422, "unknown-grid"]);
    const [deputy] = (await ask("GET /deputies?limit=200")).body.items;
    const { etag } = await ask(`GET /deputies/${deputy.code}`);
    const wish = { deputy: deputy.code, kind: "grid", code: GRID, role: "backup", from: day(2) };
    expect((await ask("POST /assignments", { body: wish, match: etag })).body.code).toBe("unknown-code");
    const { db, county } = staff.office;
    const reader = { id: county.id, role: "office", stations: [], deputyId: null } as never;
    const posters = await db.database.inCounty(county.id, (tx) => posterRows(tx, reader, { station: "ST01" }, day(1)));
    const scenes = posters.map(({ scene }) => scene);
    expect([scenes.includes("g:柳东-2"), scenes.includes(`g:${GRID}`)]).toEqual([true, false]);
  });
});

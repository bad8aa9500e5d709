import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { grids, stations } from "../../../db/schema/places.ts";
import { ROLES } from "../../../src/domain/access/roles.ts";
import { POSTERS } from "../../../src/http/contract/places/posters.ts";
import { type StaffApi, staffApi, stationOf } from "../staff-api.ts";

let staff: StaffApi;
let grid: string;
let foreign: string;
let station: string;

beforeAll(async () => {
  staff = await staffApi();
  const { db, county } = staff.office;
  const number = await staff.newCase("resident", "柳东村一组路灯坏了六盏");
  const own = await stationOf(staff, number);
  const west = await db.county("west");
  for (const role of ROLES) {
    await staff.person(`here ${role}`, role, { stations: [own] });
    await staff.person(`elsewhere ${role}`, role, { jurisdictionId: west, stations: [own] });
  }
  grid = (await staff.ask("here office", `GET /cases/${number}`)).body.place.grid;
  const rows = await db.database.inCounty(county.id, (tx) =>
    tx
      .select({ grid: grids.code, id: stations.id, code: stations.code })
      .from(grids)
      .innerJoin(stations, eq(stations.id, grids.stationId)),
  );
  foreign = rows.find(({ id }) => id !== own)!.grid;
  station = rows.find(({ id }) => id === own)!.code;
});

afterAll(() => staff.close());

const ask = (who: string, body: object) => staff.ask(who, "POST /posters", { body });

describe("posters", () => {
  it("are asked for by scenes, township or station, one of the three, and only of what there is", async () => {
    expect((await ask("here office", { scenes: [`g:${grid}`, `g:${foreign}`], size: "A3" })).body).toMatchObject({
      kind: "posters",
      state: "waiting",
    });
    for (const body of [
      { size: "A4" },
      { size: "A4", township: "无此镇" },
      { size: "A4", station: "NONE" },
      { size: "A4", scenes: ["i:SECRET"] },
      { size: "A4", scenes: ["g:NONE"] },
      { size: "A5", station },
      { size: "A4", station, township: "柳河镇" },
      { size: "A4", station, own: [] },
    ])
      expect([body, (await ask("here office", body)).status]).toEqual([body, 422]);
  });

  it("of another station are not there for a station, not even by the general way", async () => {
    expect((await ask("here station", { scenes: [`g:${foreign}`], size: "A4" })).status).toBe(422);
    expect((await ask("here station", { scenes: [`g:${grid}`], size: "A4" })).status).toBe(202);
    for (const own of [null, [crypto.randomUUID()]]) {
      const asked = { scenes: [`g:${foreign}`], size: "A4", own };
      expect((await staff.ask("here station", "POST /errands", { body: { kind: "posters", asked } })).status).toBe(422);
      const sheets = { station, own };
      const body = { kind: "invite-sheets", asked: sheets };
      expect((await staff.ask("here station", "POST /errands", { body })).status).toBe(422);
    }
  });

  it("and sheets with codes are seen by who asked alone", async () => {
    const made = await staff.ask("here station", "POST /invite-sheets", { body: { station } });
    expect(made.status).toBe(202);
    expect((await staff.ask("here station", `GET /errands/${made.body.id}`)).status).toBe(200);
    for (const who of ["here office", "here auditor", "elsewhere office"])
      expect((await staff.ask(who, `GET /errands/${made.body.id}`)).status).toBe(404);
    expect((await staff.ask("here station", "POST /invite-sheets", { body: { station: "NONE" } })).status).toBe(422);
  });
});

describe("who may have something printed", () => {
  const MAY = { office: 202, reviewer: 403, station: 202, auditor: 403, operator: 403 };

  it.each(Object.keys(POSTERS) as (keyof typeof POSTERS)[])("%s", async (operation) => {
    const body = operation === "POST /posters" ? { station, size: "card" } : { station };
    for (const role of ROLES) {
      const right = MAY[role];
      expect([role, (await staff.ask(`here ${role}`, operation, { body })).status]).toEqual([role, right]);
      const abroad = right === 403 ? 403 : 422;
      expect([role, (await staff.ask(`elsewhere ${role}`, operation, { body })).status]).toEqual([role, abroad]);
    }
    expect((await staff.ask("nobody", operation, { body })).status).toBe(401);
    expect((await staff.ask("here office", operation, { body, key: null })).status).toBe(400);
  });

  it("the certificate of coverage: everybody, a station its own part, and no day that is past", async () => {
    const get = async (who: string, query = "") => {
      const headers = { "x-person": encodeURIComponent(who) };
      const response = await fetch(`${staff.api.base}/api/v1/coverage.pdf${query}`, { headers });
      return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) };
    };
    for (const role of ROLES) {
      const { status, bytes } = await get(`here ${role}`);
      expect([role, status, bytes.subarray(0, 5).toString()]).toEqual([role, 200, "%PDF-"]);
    }
    expect((await get("here office", "?on=2020-01-01")).status).toBe(422);
    expect((await get("here office", "?version=99")).status).toBe(404);
    expect((await get("nobody")).status).toBe(401);
  });
});

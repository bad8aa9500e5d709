import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROLES, type Role } from "../../../src/domain/access/roles.ts";
import { JUMP } from "../../../src/http/contract/jump.ts";
import { type StaffApi, staffApi, stationOf } from "../staff-api.ts";

let staff: StaffApi;
let ordinary = "";
let elsewhere = "";
const hidden: string[] = [];

const jump = (who: string, text: unknown) => staff.ask(who, "POST /jump", { body: { text }, key: null });
const numbersFor = async (who: string, text: string) =>
  (await jump(who, text)).body.cases.map(({ number }: { number: string }) => number);

beforeAll(async () => {
  staff = await staffApi();
  const west = await staff.office.db.county("west");
  ordinary = await staff.newCase("resident-1", "柳东村一组路灯坏了六盏");
  elsewhere = await staff.newCase("resident-2", "锦绣家园小区电梯停了三天");
  hidden.push(await staff.newCase("accuser", "柳东村一组的水渠塌了一段"));
  hidden.push(await staff.newCase("accuser", "王建国代表收了施工队的红包"));
  const own = await stationOf(staff, ordinary);
  for (const role of ROLES) await staff.person(role, role, { stations: [own] });
  await staff.person("unconfirmed", "office", { confirmedAt: null });
  await staff.person("west", "office", { jurisdictionId: west });
  await staff.program("trusted", "office", { sealed: true });
});
afterAll(() => staff.close());

describe("jumping to a case by its number", () => {
  it("finds only what exists for the caller, by the whole number and by its last digits", async () => {
    for (const text of [ordinary, String(Number(ordinary.slice(5)))]) {
      for (const who of ["office", "reviewer", "station", "auditor"])
        expect([who, await numbersFor(who, text)]).toEqual([who, [ordinary]]);
      for (const who of ["operator", "west"])
        expect([who, (await jump(who, text)).body.cases ?? []]).toEqual([who, []]);
    }
    expect(await numbersFor("station", elsewhere)).toEqual([]);
  });

  it("finds no sealed case, nor one that counts as sealed, for anybody: those are listed after a code", async () => {
    for (const who of ["office", "unconfirmed", "trusted", "reviewer", "station", "auditor"]) {
      for (const number of hidden) {
        const { status, body } = await jump(who, number);
        expect([who, status, JSON.stringify(body ?? "").includes(number)]).toEqual([who, status, false]);
      }
    }
  });

  it("is for the roles of the contract alone, and refuses what cannot be meant", async () => {
    const { roles } = JUMP["POST /jump"];
    for (const role of ROLES) {
      const { status } = await jump(role, ordinary);
      expect([role, status === 403]).toEqual([role, !(roles as readonly Role[]).includes(role)]);
    }
    expect((await jump("nobody", ordinary)).status).toBe(401);
    expect((await jump("office", "")).status).toBe(422);
    expect((await jump("office", "x".repeat(1000))).status).toBe(422);
    expect((await jump("office", 7)).status).toBe(422);
  });
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type StaffApi, staffApi, stationOf } from "./staff-api.ts";

let staff: StaffApi;
let wall: string;
let lamp: string;

beforeAll(async () => {
  staff = await staffApi();
  await staff.person("office", "office");
  wall = await staff.newCase("resident-1", "柳东村一组那堵墙裂开了，下面天天有人过");
  lamp = await staff.newCase("resident-2", "柳东村一组路灯坏了六盏");
  await staff.newCase("accuser", "村支书收了好处，变压器嗡嗡响还发烫也不管");
  await staff.person("站长", "station", { stations: [await stationOf(staff, wall)] });
  await staff.person("别站", "station", { stations: [] });
});

afterAll(() => staff.close());

async function waiting(who: string) {
  const { body } = await staff.ask(who, "GET /today");
  const section = body.sections.find((one: { code: string }) => one.code === "danger-hints");
  return { count: section.count, numbers: section.first.map((row: { number: string }) => row.number), section };
}

async function numbers(who: string, filter: object): Promise<string[]> {
  const { body } = await staff.ask(who, "POST /cases/search", { body: { filter } });
  return body.items.map((row: { number: string }) => row.number);
}

describe("words that only hint at a danger", () => {
  it("wait on Today for whoever may see the case, and for nobody else", async () => {
    for (const who of ["office", "站长"]) expect(await waiting(who)).toMatchObject({ count: 1, numbers: [wall] });
    expect(await waiting("别站")).toMatchObject({ count: 0, numbers: [] });
    const { section } = await waiting("office");
    expect(await numbers("office", section.opens.filter)).toEqual([wall]);
  });

  it("are a condition of the list, in which nothing that is sealed stands", async () => {
    expect(await numbers("office", { hint: true })).toEqual([wall]);
    expect(await numbers("office", { hint: false })).toEqual([lamp]);
    expect(await numbers("别站", { hint: true })).toEqual([]);
    const refused = await staff.ask("office", "POST /cases/search", { body: { filter: { hint: "yes" } } });
    expect(refused.status).toBe(400);
  });

  it("wait no longer once a person has answered", async () => {
    const { status } = await staff.act("office", wall, "answer", { text: "已请人今天下午去看，先不要从墙下走" });
    expect(status).toBe(200);
    expect(await waiting("office")).toMatchObject({ count: 0 });
    expect(await numbers("office", { hint: true })).toEqual([wall]);
  });
});

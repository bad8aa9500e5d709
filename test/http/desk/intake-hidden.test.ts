import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cases } from "../../../db/schema/cases.ts";
import { stations } from "../../../db/schema/places.ts";
import type { Answer } from "../people-api.ts";
import { type StaffApi, staffApi } from "../staff-api.ts";

const ACCUSER = "13900001111";
const STRANGER = "13900002222";
const ACCUSES = "村支书收了好处，低保名额都给了亲戚";
const GOES_ON = "他又收了钱";
const GIVEN = { how: "walk-in", place: { grid: "柳东-1" }, mayCall: true, noticeRead: true };

let staff: StaffApi;
let accusation = "";

const take = (who: string, given: object, key?: string): Promise<Answer> =>
  staff.ask(who, "POST /intake", { body: { ...GIVEN, ...given }, ...(key === undefined ? {} : { key }) });
const preview = async (who: string, given: object) =>
  (await staff.ask(who, "POST /intake/preview", { body: { ...GIVEN, ...given }, key: null })).body;
const inCounty: StaffApi["office"]["db"]["database"]["inCounty"] = (county, work) =>
  staff.office.db.database.inCounty(county, work);
/** What an answer says, without what tells one new case from the next. */
const shapeOf = ({ body }: Answer) => JSON.parse(JSON.stringify(body).replaceAll(body.number, "number"));

beforeAll(async () => {
  staff = await staffApi();
  const own = await inCounty(staff.office.county.id, (tx) =>
    tx.select({ id: stations.id }).from(stations).where(eq(stations.code, "ST01")),
  );
  await staff.person("陈芳", "station", { stations: own.map(({ id }) => id) });
  await staff.person("林晓", "office");
  accusation = (await take("林晓", { phone: ACCUSER, text: ACCUSES })).body.number;
});
afterAll(() => staff.close());

describe("a telephone number that accused somebody before", () => {
  it("is told apart from no other one by a look beforehand, which is written down nowhere", async () => {
    for (const text of [GOES_ON, ACCUSES, "路灯坏了六盏，晚上看不见"]) {
      const [known, unknown] = [
        await preview("陈芳", { phone: ACCUSER, text }),
        await preview("陈芳", { phone: STRANGER, text }),
      ];
      const without = (of: unknown) => JSON.stringify(of).replaceAll(/20\d\d-\d{6}|\d+号/g, "number");
      expect(without(known)).toBe(without(unknown));
      expect(JSON.stringify(known)).not.toContain(accusation);
    }
  });

  it("is not told to a station: what goes on with the accusation is answered as a new one is", async () => {
    const fresh = await take("陈芳", { phone: STRANGER, text: ACCUSES });
    const again = await take("陈芳", { phone: ACCUSER, text: ACCUSES });
    const later = await take("陈芳", { phone: ACCUSER, text: GOES_ON });
    for (const answer of [again, later]) {
      expect(answer).toMatchObject({ status: 201, body: { mayOpen: false, isJoined: false } });
      expect(answer.body.number).not.toBe(accusation);
      expect(JSON.stringify(answer.body)).not.toContain(accusation);
      expect(shapeOf(answer)).toEqual(shapeOf(fresh));
    }
    const rows = await inCounty(staff.office.county.id, (tx) =>
      tx.select({ sealed: cases.sealed }).from(cases).where(eq(cases.number, later.body.number)),
    );
    expect(rows).toEqual([{ sealed: true }]);
  });

  it("is known to the office, whose words go on with the accusation", async () => {
    const goesOn = await take("林晓", { phone: ACCUSER, text: GOES_ON });
    expect(goesOn).toMatchObject({ status: 201 });
    const sealed = await inCounty(staff.office.county.id, (tx) =>
      tx.select({ sealed: cases.sealed }).from(cases).where(eq(cases.number, goesOn.body.number)),
    );
    expect(sealed).toEqual([{ sealed: true }]);
    expect(await preview("林晓", { phone: ACCUSER, text: GOES_ON })).not.toMatchObject({ number: accusation });
  });
});

describe("a repetition of what was taken down", () => {
  it("says as the first answer did that the words were joined", async () => {
    const number = await staff.newCase("resident-1", "柳东村三组路灯坏了六盏");
    const shown = await staff.ask("陈芳", `GET /cases/${number}`);
    const given = {
      ...{ place: { grid: "柳东-3" }, phone: STRANGER, text: "路灯坏了六盏，天黑了不敢走" },
      join: { number, etag: shown.body.etag },
    };
    const key = randomUUID();
    for (let round = 0; round < 2; round += 1)
      expect((await take("陈芳", given, key)).body).toMatchObject({ number, isJoined: true, mayOpen: true });
  });

  it("says nothing of where a case went that was sealed meanwhile", async () => {
    const key = randomUUID();
    const given = { phone: "13900003333", text: "路灯坏了六盏，晚上看不见" };
    const first = await take("陈芳", given, key);
    expect(first.body).toMatchObject({ mayOpen: true, station: { code: "ST01" } });
    expect((await staff.act("林晓", first.body.number, "seal", { reason: "可能涉及干部" })).status).toBeLessThan(300);
    expect((await take("陈芳", given, key)).body).toMatchObject({
      ...{ number: first.body.number, mayOpen: false, station: null, category: null, goesTo: { kind: "office" } },
      place: { grid: null, name: null, township: null },
    });
  });
});

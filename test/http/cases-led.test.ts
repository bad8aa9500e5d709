import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditCounty } from "../../src/casework/audit/audit-county.ts";
import { mergeInto } from "./merged-cases.ts";
import { type StaffApi, staffApi } from "./staff-api.ts";

const HOUR = 3_600_000;
let staff: StaffApi;
let serial = 0;

beforeAll(async () => {
  staff = await staffApi();
  for (const code of ["D001", "D002", "D003"]) await staff.office.bind(`deputy-${code}`, code);
  await staff.person("林晓", "office");
});
afterAll(async () => {
  expect((await auditCounty(staff.office.db.database, staff.office.county)).findings).toEqual([]);
  await staff.close();
});

const shown = async (number: string) => (await staff.ask("林晓", `GET /cases/${number}`)).body;
const typesOf = async (number: string) => (await shown(number)).events.map(({ type }: { type: string }) => type);
const toldTo = (person: string) => staff.office.sent.filter(({ to }) => to === person).map(({ text }) => text);
const merge = async (led: string, leading: string) =>
  expect((await mergeInto(staff, [led, leading])).status).toBe(200);
const freshPeople = (): [string, string] => {
  serial += 1;
  return [`ahead-${serial}`, `behind-${serial}`];
};

describe("what time does to a case that goes with another", () => {
  it("leaves its resident alone who was not asked in time where it is", async () => {
    const [a, b] = freshPeople();
    const leading = await staff.newCase(a, "柳东村三组路灯坏了六盏");
    const led = await staff.newCase(b, "路灯不亮，晚上看不见");
    expect(await shown(led)).toMatchObject({ state: "clarifying" });
    await merge(led, leading);
    const heard = toldTo(b).length;
    for (let days = 0; days < 3; days += 1) await staff.office.pass(25 * HOUR);
    expect(await shown(led)).toMatchObject({ state: "clarifying", closedAt: null });
    expect(toldTo(b).slice(heard)).toEqual([expect.stringContaining(led)]);
  });
});

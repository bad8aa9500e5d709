import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cases } from "../../../db/schema/cases.ts";
import { type CountySettings, jurisdictions } from "../../../db/schema/county.ts";
import { auditCounty } from "../../../src/casework/audit/audit-county.ts";
import { daysBetween } from "../../../src/domain/calendar/days.ts";
import { dayIn } from "../../../src/domain/calendar/deadline.ts";
import { daysOff } from "../../county/holidays.ts";
import { type Office, openOffice } from "../office.ts";

const DAY = 86_400_000;
/** No holidays are announced so far ahead. */
const YEAR = 2035;

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

const passTo = (day: string) => office.pass(daysBetween(dayIn(office.runtime.now(), "Asia/Shanghai"), day) * DAY);
const set = (settings: CountySettings) =>
  office.db.database.inCounty(office.county.id, (tx) =>
    tx.update(jurisdictions).set({ settings }).where(eq(jurisdictions.jurisdictionId, office.county.id)),
  );
const told = (person: string) => office.sent.filter(({ to }) => to === person).map(({ text }) => text);
const row = async () => (await office.db.database.inCounty(office.county.id, (tx) => tx.select().from(cases))).at(-1);

describe("a day by which somebody hears from the service", () => {
  it("is not promised on a calendar that does not know its year, in no message about the case", async () => {
    await office.bind("deputy-D005", "D005");
    await passTo(`${YEAR}-12-29`);
    await office.say("resident", "东关菜市场的路灯坏了");
    await office.pass(DAY);
    await office.say("resident", "催办");
    await office.say("resident", "进度");
    const all = [...told("resident"), ...told("deputy-D005")].join("\n");
    expect(all).toContain("从反映起5个工作日内");
    expect(all).not.toMatch(/最晚|\d月\d+日（星期/);
    expect(await row()).toMatchObject({ dueWithin: 5 });
    const audit = await auditCounty(office.db.database, office.county);
    expect(audit.findings).toEqual([]);
  });

  it("is promised once the county has entered the days up to it, and by them", async () => {
    await passTo(`${YEAR}-12-29`);
    const next = YEAR + 1;
    const rest = [1, 2, 3].map((day) => [`${next}-01-0${day}`, "rest"] as const);
    await set({
      workingDays: 2,
      holidays: { ...daysOff(YEAR), ...daysOff(next), ...Object.fromEntries(rest), [`${next}-01-05`]: "work" },
    });
    await office.say("resident", "东关菜市场的路灯坏了");
    const due = (await row())!;
    expect(due.dueWithin).toBeNull();
    expect(told("resident").join("\n")).toContain("最晚");
    expect(due.dueOn > `${YEAR}-12-29` && due.dueOn <= `${next}-01-05`).toBe(true);
  });
});

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cases } from "../../db/schema/cases.ts";
import { jurisdictions } from "../../db/schema/county.ts";
import { auditCounty } from "../../src/casework/audit/audit-county.ts";
import { daysBetween } from "../../src/domain/calendar/days.ts";
import { dayIn } from "../../src/domain/calendar/deadline.ts";
import { type Office, openOffice } from "../casework/office.ts";
import { onDay } from "../clock-offset.ts";
import { type CommandLine, commandLine } from "../commands/liaison.ts";
import { daysOff } from "../county/holidays.ts";

const DAY = 86_400_000;
/** So far ahead the State Council has announced nothing; 28 December is a Friday. */
const YEAR = 2035;
const TODAY = `${YEAR}-12-28`;

let office: Office;
let clerk: CommandLine;
beforeEach(async () => {
  office = await openOffice();
  clerk = await commandLine(office.db.url, onDay(TODAY));
  await office.pass(daysBetween(dayIn(office.runtime.now(), "Asia/Shanghai"), TODAY) * DAY);
  await office.db.database.inCounty(office.county.id, (tx) =>
    tx.update(jurisdictions).set({ settings: { holidays: daysOff(YEAR) } }),
  );
});
afterEach(async () => {
  await clerk.close();
  await office.close();
});

const told = (person: string) => office.sent.filter(({ to }) => to === person).map(({ text }) => text);
const rows = () => office.db.database.inCounty(office.county.id, (tx) => tx.select().from(cases).orderBy(cases.number));

/** The days off of the next year, as a clerk types them: 31 December is off, and 29 December is worked for it. */
async function enterNextYear() {
  const next = Object.entries(daysOff(YEAR + 1)).map(([day]) => `${day},off`);
  const list = ["date,kind", `${YEAR}-12-31,off`, `${YEAR}-12-29,work`, ...next, `${YEAR + 1}-01-05,work`];
  await writeFile(join(clerk.folder, "list.csv"), `${list.join("\n")}\n`);
  return clerk.liaison("county", "set", "--calendar", `${YEAR + 1}=list.csv`);
}

describe("a message in the last days of a year", () => {
  it("is promised a number of working days, and the right day over New Year once a clerk has entered the next year", async () => {
    await office.say("early", "东关菜市场的路灯坏了");
    expect(told("early").join("\n")).toContain("从反映起5个工作日内");
    expect(told("early").join("\n")).not.toMatch(/最晚|\d月\d+日（/);

    expect(await enterNextYear()).toMatchObject({ status: 0 });
    await office.say("late", "东关菜市场的垃圾没人清");
    // Worked: Saturday 29 December, 2, 3, 4 January, and Saturday 5 January, made up for.
    expect(told("late").join("\n")).toContain("1月5日");
    const [first, second] = await rows();
    expect([first, second]).toMatchObject([{ dueWithin: 5 }, { dueOn: `${YEAR + 1}-01-05`, dueWithin: null }]);
  });

  it("keeps what was promised, whatever is set afterwards, in every later word about the case", async () => {
    await office.say("early", "东关菜市场的路灯坏了");
    await enterNextYear();
    await office.say("late", "东关菜市场的垃圾没人清");
    const before = await rows();
    const args = ["--working-days", "2", "--holiday", `${YEAR + 1}-01-03..${YEAR + 1}-01-06=off`];
    expect(await clerk.liaison("county", "set", ...args)).toMatchObject({ status: 0 });
    expect(await rows()).toEqual(before);
    for (const person of ["early", "late"]) await office.say(person, "进度");
    expect(told("early").at(-1)).toContain("5个工作日内");
    expect(told("late").at(-1)).toContain("1月5日");
    expect((await auditCounty(office.db.database, office.county)).findings).toEqual([]);

    await office.say("later", "东关菜市场的井盖丢了，没人管");
    // Saturday 29 December, and 2 January.
    expect((await rows()).at(-1)).toMatchObject({ dueOn: `${YEAR + 1}-01-02`, dueWithin: null });
  });
});

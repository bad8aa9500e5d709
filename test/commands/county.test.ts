import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import writeXlsx from "write-excel-file/node";
import { jurisdictions } from "../../db/schema/county.ts";
import { settingsChanges } from "../../db/schema/ledger.ts";
import { onDay } from "../clock-offset.ts";
import { CSV_2027, LIST_2027 } from "../county/holidays.ts";
import { type TestDatabase, testDatabase } from "../database.ts";
import { type CommandLine, commandLine } from "./liaison.ts";

let db: TestDatabase;
let line: CommandLine;
beforeAll(async () => {
  db = await testDatabase();
  line = await commandLine(db.url, onDay("2026-11-20"));
  await writeFile(join(line.folder, "2027.csv"), CSV_2027);
});
afterAll(async () => {
  await line.close();
  await db.close();
});
beforeEach(async () => {
  const id = await db.county("east");
  await db.database.inCounty(id, (tx) => tx.update(jurisdictions).set({ name: "County east", settings: {} }));
});

const set = (...args: string[]) => line.liaison("county", "set", "--county", "east", ...args);
const shown = async () => JSON.parse((await line.liaison("county", "show", "--json", "--county", "east")).out);
const kept = async () => {
  const id = await db.county("east");
  const [county] = await db.database.inCounty(id, (tx) => tx.select().from(jurisdictions));
  return [county?.name, county?.settings];
};
const ledger = async () =>
  db.database.inCounty(await db.county("east"), (tx) => tx.select().from(settingsChanges).orderBy(settingsChanges.seq));
const file = (name: string, text: string) => writeFile(join(line.folder, name), text);

describe("liaison county set", () => {
  it("says what each setting was and is, and keeps who changed it", async () => {
    const before = (await ledger()).length;
    const first = await set("--name", "东河县", "--working-days", "3", "--overload-share", "0.4");
    expect(first.status).toBe(0);
    expect(first.out).toBe(
      "name: County east -> 东河县\nworkingDays: 5 (default) -> 3\noverloadShare: 0.2 (default) -> 0.4\n",
    );
    const second = await set("--working-days", "default", "--category-threshold", "0.3", "--by", "王丽");
    expect(second.out).toBe("workingDays: 3 -> 5 (default)\ncategoryThreshold: 0.75 (default) -> 0.3\n");
    expect((await ledger()).slice(before)).toMatchObject([
      { what: "name", before: "County east", after: "东河县", by: "command line" },
      { what: "workingDays", before: null, after: 3, by: "command line" },
      { what: "overloadShare", before: null, after: 0.4, by: "command line" },
      { what: "workingDays", before: 3, after: null, by: "王丽" },
      { what: "categoryThreshold", before: null, after: 0.3, by: "王丽" },
    ]);
    expect(await shown()).toMatchObject({
      ...{ code: "east", name: "东河县", workingDays: 5, overloadShare: 0.4, categoryThreshold: 0.3, holidays: {} },
      changes: [{ what: "categoryThreshold", by: "王丽" }, { what: "workingDays" }, {}, {}, {}],
    });
  });

  it("changes nothing of another county, and adds nothing where all is as it was", async () => {
    await set("--working-days", "4");
    const before = (await ledger()).length;
    const again = await set("--working-days", "4");
    expect([again.status, again.out]).toEqual([0, ""]);
    expect(again.err).toContain("Nothing was changed: it is set like this already.");
    expect(await ledger()).toHaveLength(before);
    const west = JSON.parse((await line.liaison("county", "show", "--json", "--county", "west")).out);
    expect(west).toMatchObject({ workingDays: 5, changes: [] });
  });

  it("takes single days and spans, and takes them away again", async () => {
    const entered = await set("--holiday", "2027-02-05..2027-02-11=off", "--holiday", "2027-02-20=上班");
    expect(entered.status).toBe(0);
    expect(entered.out).toBe("holiday 2027-02-05..2027-02-11: default -> off\nholiday 2027-02-20: default -> work\n");
    expect(entered.err).toContain("The days off and make-up days of 2027 are not entered: from 2026-12-25 on nobody");
    expect((await set("--holiday", "2027-02-11=default", "--holiday", "2027-02-12=default")).out).toBe(
      "holiday 2027-02-11: off -> default\n",
    );
    expect(Object.keys((await shown()).holidays)).toHaveLength(7);
  });

  it("takes the whole list of a year in place of its entries, so that the year is known", async () => {
    await set("--holiday", "2027-03-08=off", "--holiday", "2026-12-05=work");
    const { status, out, err } = await set("--calendar", "2027=2027.csv");
    expect([status, err]).toEqual([0, ""]);
    expect(out.trim().split("\n")).toHaveLength(LIST_2027.length + 1);
    expect(out).toContain("holiday 2027-03-08: off -> default\n");
    const { calendar, holidays } = await shown();
    expect(calendar).toMatchObject({ knownUntil: "2027-12-31", missing: null, warning: null });
    expect(holidays).toMatchObject({ "2026-12-05": "work", "2027-01-09": "work", "2027-10-07": "off" });
    const plain = await line.liaison("county", "show", "--county", "east");
    expect(plain.out).toContain("calendar: known until 2027-12-31\n");
    expect(plain.out).toContain("holiday 2027-02-05..2027-02-12: off\n");

    const gone = await set("--calendar", "2027=default");
    expect(gone.out).toContain("holiday 2027-02-05..2027-02-12: off -> default\n");
    expect((await shown()).calendar).toMatchObject({ knownUntil: "2026-12-31", missing: "2027" });
  });

  it.each([
    ["without names of columns", CSV_2027.slice(CSV_2027.indexOf("\n") + 1)],
    [
      "in English, with more columns in another order",
      `what,note,date\n${LIST_2027.map(([d, w]) => `${w},x,${d}`).join("\n")}`,
    ],
    ["under names that nobody knows", CSV_2027.replace("日期,安排", "哪天,怎么样")],
    ["with days as a spreadsheet writes them", CSV_2027.replace("2027-06-09", "2027/6/9")],
    ["under a title", `2027年放假安排,\n${CSV_2027}`],
  ])("reads a list %s", async (_, text) => {
    await file("list.csv", text);
    expect(await set("--calendar", "2027=list.csv")).toMatchObject({ status: 0 });
    expect((await shown()).calendar.knownUntil).toBe("2027-12-31");
  });

  it("reads an Excel sheet in which single days became dates", async () => {
    const days = LIST_2027.map(([day, what]) => [
      day.includes("..") ? { value: day } : { value: new Date(`${day}T00:00:00Z`), format: "yyyy/m/d" },
      { value: what === "off" ? "放假" : "上班" },
    ]);
    const sheet = [[{ value: "2027年放假安排" }], [{ value: "日期" }, { value: "安排" }], ...days];
    await writeXlsx([{ sheet: "2027", data: sheet }]).toFile(join(line.folder, "2027.xlsx"));
    expect(await set("--calendar", "2027=2027.xlsx")).toMatchObject({ status: 0 });
    const { calendar, holidays } = await shown();
    expect(calendar.knownUntil).toBe("2027-12-31");
    expect(holidays).toMatchObject({ "2027-01-09": "work", "2027-06-09": "off", "2027-02-12": "off" });
  });

  it("says that a make-up day may be missing, and goes by the list", async () => {
    await file("list.csv", CSV_2027.replace("2027-05-08,work\n", ""));
    const { status, err } = await set("--calendar", "2027=list.csv");
    expect(status).toBe(0);
    expect(err).toContain("there should be 6 make-up days, and the list has 5");
  });

  it.each<[string, string[], string[]]>([
    ["no option", [], ["Say what to set, such as --working-days 3"]],
    [
      "numbers out of their range",
      ["--working-days", "0", "--overload-share", "40", "--category-threshold", "1.1"],
      ["from 1 to 250, not 0", "as 0.4 for 40 %, not 40", "from 0 to 1, as 0.3, not 1.1", "3 problems"],
    ],
    [
      "no numbers",
      ["--working-days", "five", "--overload-share", "40%", "--category-threshold", ""],
      [
        "--working-days five: it must be a number, or default",
        "--overload-share 40%",
        "--category-threshold",
        "3 problems",
      ],
    ],
    ["half a day", ["--working-days", "2.5"], ["a whole number from 1 to 250, not 2.5"]],
    ["less than nothing", ["--working-days", "-1", "--overload-share", "0"], ["not -1", "not 0", "2 problems"]],
    ["names", ["--name", " "], ["The county's name must have 1 to 40 characters"]],
    ["a name of two lines", ["--name", "东河县\n已办结"], ["in one line"]],
    ["a long name", ["--name", "县".repeat(41)], ["1 to 40 characters"]],
    ["days that there are not", ["--holiday", "2027-02-30=off"], ["there is no day “2027-02-30”"]],
    [
      "words that nobody knows",
      ["--holiday", "2027-02-03=free", "--holiday", "2027-02-04", "--holiday", "=off"],
      [
        "2027-02-03=free: write DAY=off, DAY=work or DAY=default",
        "2027-02-04: write DAY=off",
        "there is no day “”",
        "3 problems",
      ],
    ],
    [
      "a day twice",
      ["--holiday", "2027-02-03=off", "--holiday", "2027-02-03=work"],
      ["2027-02-03 stands there already, in --holiday 2027-02-03=off"],
    ],
    [
      "spans that overlap",
      ["--holiday", "2027-02-03..2027-02-05=off", "--holiday", "2027-02-05..2027-02-06=off"],
      ["2027-02-05 stands there already"],
    ],
    ["a span backwards", ["--holiday", "2027-02-11..2027-02-05=off"], ["ends before it begins"]],
    ["work on a day that is free by law", ["--holiday", "2027-10-01=work"], ["free by law (国庆节)"]],
    ["work on a working day", ["--holiday", "2027-03-03=work"], ["a Wednesday, which is worked anyway"]],
    [
      "a year far off",
      ["--holiday", "2207-03-03=off", "--calendar", "2207=2027.csv"],
      ["2207-03-03 is too far off", "--calendar 2207=2027.csv: write it as 2027=FILE"],
    ],
    ["no year", ["--calendar", "2027.csv"], ["write it as 2027=FILE"]],
    [
      "a year twice",
      ["--calendar", "2027=2027.csv", "--calendar", "2027=default"],
      ["the calendar of 2027 is given twice"],
    ],
    ["nobody", ["--working-days", "3", "--by", " "], ["--by: say who changes it"]],
    ["one good setting beside a wrong one", ["--working-days", "3", "--holiday", "2027-02-30=off"], ["1 problem"]],
    ["what there is not", ["--workdays", "3"], ["Unknown option '--workdays'"]],
  ])("refuses %s with status 2, names every problem, and writes nothing", async (_, args, said) => {
    const before = (await ledger()).length;
    const { status, out, err } = await set(...args);
    expect([status, out]).toEqual([2, ""]);
    for (const words of said) expect(err.toLowerCase()).toContain(words.toLowerCase());
    expect(await ledger()).toHaveLength(before);
    expect(await kept()).toEqual(["County east", {}]);
  });

  it.each<[string, string, string[]]>([
    ["without a feast", CSV_2027.replace("2027-06-09,off\n", ""), ["lacks 端午节: 2027-06-09"]],
    ["with a feast one day short", CSV_2027.replace("2027-02-05..", "2027-02-06.."), ["lacks 春节: 2027-02-05"]],
    ["of another year", CSV_2027.replaceAll("2027", "2028"), ["has days of other years than 2027", "lacks 元旦"]],
    ["with a line of another year", `${CSV_2027}2028-03-05,work\n`, ["has days of other years than 2027: 2028-03-05"]],
    ["with a make-up day in the week", CSV_2027.replace("2027-05-08", "2027-05-11"), ["2027-05-11 is a Tuesday"]],
    [
      "with words that nobody knows",
      CSV_2027.replace("2027-05-08,work", "2027-05-08,maybe"),
      ["list.csv:9: “maybe” is neither off (放假) nor work (上班)"],
    ],
    ["with default in it", `${CSV_2027}2027-03-06,default\n`, ["says default of 2027-03-06"]],
    [
      "with days that there are not",
      CSV_2027.replace("2027-06-09", "2027-06-31"),
      ["list.csv:10: the day “2027-06-31” is no day"],
    ],
    [
      "with a day twice",
      `${CSV_2027}2027-06-09,off\n`,
      ["list.csv:15: 2027-06-09 stands there already, in list.csv:10"],
    ],
    ["with an empty day", `${CSV_2027},off\n`, ["list.csv:15: the day is empty"]],
    [
      "with several problems",
      `${CSV_2027.replace("2027-06-09", "2027-06-31")}2027-04-31,off\n`,
      ["list.csv:10", "list.csv:15", "2 problems"],
    ],
    ["that holds nothing", "date,kind\n", ["holds no day"]],
  ])("refuses a list %s with status 1, and writes nothing", async (_, text, said) => {
    await file("list.csv", text);
    const { status, out, err } = await set("--calendar", "2027=list.csv", "--working-days", "3");
    expect([status, out]).toEqual([1, ""]);
    for (const words of said) expect(err).toContain(words);
    expect(await kept()).toEqual(["County east", {}]);
  });

  it("refuses a file that is not there, or is no table", async () => {
    expect(await set("--calendar", "2027=nowhere.csv")).toMatchObject({ status: 1, out: "" });
    await file("notice.txt", "元旦放假");
    expect((await set("--calendar", "2027=notice.txt")).err).toContain(".csv, .xlsx");
  });

  it("loses nothing of two changes at once", async () => {
    await Promise.all([set("--working-days", "6"), set("--overload-share", "0.5"), set("--holiday", "2027-03-08=off")]);
    expect(await shown()).toMatchObject({ workingDays: 6, overloadShare: 0.5, holidays: { "2027-03-08": "off" } });
  });
});

describe("liaison county show", () => {
  it("warns of a year that is missing, from 1 November on", async () => {
    const october = await commandLine(db.url, onDay("2026-10-31"));
    const early = await october.liaison("county", "show", "--county", "east");
    await october.close();
    expect([early.status, early.out.includes("promised a day")]).toEqual([0, false]);
    const { out } = await line.liaison("county", "show", "--county", "east");
    expect(out).toContain("liaison county set --county east --calendar 2027=FILE");
    await set("--working-days", "1");
    expect((await line.liaison("county", "show", "--county", "east")).out).toContain('only "within 1 working day"');
  });

  it("shows the latest changes, the newest first", async () => {
    await set("--working-days", "2", "--by", "王丽");
    await set("--working-days", "3");
    const lines = (await line.liaison("county", "show", "--county", "east")).out.trim().split("\n");
    const told = lines.filter((one) => /^\d{4}-\d\d-\d\dT/.test(one)).map((one) => one.replace(/^\S+ {2}/, ""));
    expect(told.slice(0, 2)).toEqual(["command line  workingDays: 2 -> 3", "王丽  workingDays: 5 (default) -> 2"]);
  });
});

describe("liaison county add", () => {
  it("refuses a name that nobody could read", async () => {
    for (const name of ["", " 东河县", "东河县\n", "县".repeat(41)]) {
      const { status, err } = await line.liaison("county", "add", "north", "--name", name);
      expect([name, status]).toEqual([name, 1]);
      expect(err).toContain("1 to 40 characters");
    }
  });
});

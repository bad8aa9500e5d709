import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { caseEvents } from "../../db/schema/cases.ts";
import { addDays } from "../../src/domain/calendar/days.ts";
import { dayIn } from "../../src/domain/calendar/deadline.ts";
import { zhDay } from "../../src/domain/wording/days.ts";
import { arrived } from "../arrived.ts";
import { startService, type TestService } from "../service.ts";
import { type CommandLine, commandLine } from "./liaison.ts";

let service: TestService;
let shell: CommandLine;
beforeAll(async () => {
  service = await startService();
  shell = await commandLine(service.ownerUrl);
});
afterAll(async () => {
  await shell.close();
  await service.close();
});

const intake = (...args: string[]) => shell.liaison("intake", ...args, "--county", "qinghe");
const sheet = async (name: string, ...rows: string[]) => {
  await writeFile(join(shell.folder, name), ["时间,方式,地点,内容,电话,怎么告知", ...rows].join("\n"));
  return name;
};
const TODAY = dayIn(new Date(), "Asia/Shanghai");
const YESTERDAY = addDays(TODAY, -1);
const LATER = addDays(TODAY, 400);
const SPOKEN = zhDay(YESTERDAY).replace(/（.*/u, "");
const GOOD = [
  `${YESTERDAY},来访,柳东村三组,老人说村口桥栏杆断了,13800000000,电话`,
  `${SPOKEN} 14:30,来电,柳东村一组,自来水发黄三天了,,再来`,
  `${YESTERDAY},来信,柳东村三组,我们网格的王代表收了物业的好处,,`,
];

describe("liaison intake FILE", () => {
  it("names every error by its row, and takes nothing down then", async () => {
    const file = await sheet(
      "bad.csv",
      GOOD[0]!,
      `${YESTERDAY},喊话,柳东村三组,路灯坏了,,`,
      `${YESTERDAY},来访,柳东村三组,,,`,
      `${YESTERDAY},来访,柳东村三组,水渠塌了,12,电话`,
      `${YESTERDAY},来访,不知道在哪,门口的树倒了,,`,
      "昨天下午,来访,柳东村三组,水渠塌了,,",
      `${YESTERDAY} 25:70,来访,柳东村三组,水渠塌了,,`,
      `${LATER},来访,柳东村三组,水渠塌了,,`,
    );
    const { status, err } = await intake(file, "--by", "何");
    expect(status).toBe(1);
    const lines = err.trimEnd().split("\n");
    expect(lines).toEqual([
      expect.stringMatching(/^bad\.csv:3: how “喊话”/),
      expect.stringMatching(/^bad\.csv:4: text is empty/),
      expect.stringMatching(/^bad\.csv:5: phone “12” is no phone number/),
      expect.stringMatching(/^bad\.csv:7: time “昨天下午” is no day/),
      expect.stringMatching(/^bad\.csv:8: time “25:70” is no time of day/),
      expect.stringMatching(/^bad\.csv:9: time “[-0-9]{10}” is still to come/),
      expect.stringMatching(/^bad\.csv:6: where it is cannot be told/),
    ]);
    expect(await service.cases()).toEqual([]);
  });

  it("only checks with --dry-run", async () => {
    const { status, out } = await intake(await sheet("good.csv", ...GOOD), "--by", "何", "--dry-run");
    expect([status, out.trimEnd().split("\n")]).toEqual([0, ["good.csv:2  new", "good.csv:3  new", "good.csv:4  new"]]);
    expect(await service.cases()).toEqual([]);
  });

  it("opens a case for each row as the desk does, and none twice under another name", async () => {
    const deputy = await service.deputy("D001");
    const first = await intake("good.csv", "--by", "何");
    expect(first.status).toBe(0);
    expect(first.out.match(/\d{4}-\d{6}/g)).toHaveLength(3);
    // The command goes by the real clock, of which that of the service is a little behind.
    service.advance(10 * 60_000);
    await service.deliverDue();
    const cases = await service.cases();
    expect(cases.map(({ sealed }) => sealed).toSorted()).toEqual([false, false, true]);
    const moments = await service.runtime.database.inCounty(service.jurisdiction("qinghe"), (tx) =>
      tx.select({ details: caseEvents.details }).from(caseEvents).where(eq(caseEvents.type, "taken_down")),
    );
    expect(moments.map(({ details }) => details.saidAt).toSorted()).toEqual([
      YESTERDAY,
      YESTERDAY,
      `${YESTERDAY} 14:30`,
    ]);
    const read = arrived(deputy).join("\n");
    expect(read).toContain("桥栏杆断了");
    expect(read).not.toMatch(/13800000000|好处/);
    const again = await intake(await sheet("other.csv", ...GOOD), "--by", "何");
    expect(again.out.match(/taken down before/g)).toHaveLength(3);
    expect(await service.cases()).toHaveLength(3);
  });

  it("says plainly that there are no occasions yet, and wants to know who typed it", async () => {
    expect((await intake("good.csv", "--by", "何", "--occasion", "O-1")).status).toBe(2);
    expect((await intake("good.csv", "--by", " ")).status).toBe(2);
    expect((await intake("good.csv")).status).toBe(2);
  });
});

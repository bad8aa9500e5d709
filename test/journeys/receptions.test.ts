import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditCounty } from "../../src/casework/audit/audit-county.ts";
import { countyByCode } from "../../src/casework/county/counties.ts";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { addDays } from "../../src/domain/calendar/days.ts";
import { zhDay } from "../../src/domain/wording/days.ts";
import { arrived, newest } from "../arrived.ts";
import { SAMPLES } from "../samples.ts";
import { CLOSED_AT_ONCE, importReceptions, todayOf } from "./answers.ts";
import { casesOf, MINUTE, onlyCase, SECOND, say, service, since, wait, withService } from "./resident.ts";

let deputy: Phone;
let folder: string;
withService();
beforeAll(async () => {
  deputy = await service.deputy("D003");
  folder = await mkdtemp(join(tmpdir(), "liaison-receptions-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const toldDeputy = () => arrived(deputy).length;

describe("a question for the day on which deputies receive people", () => {
  const file = async (...rows: string[]) => {
    const path = join(folder, "接待日.csv");
    await writeFile(path, ["联络站,日期,开始,结束,地点,接待代表", ...rows].join("\n"));
    return path;
  };

  it("is answered as before while the county has no list of such days", async () => {
    const phone = service.phone("reception-none");
    await say(service, phone, "我在柳东村一组，代表接待日是哪天？");
    expect(newest(phone)).toContain("接待日是哪天，我这里没有登记");
  });

  it("has a list that is checked cell by cell, and imported twice changes nothing", async () => {
    const today = todayOf(service);
    const bad = await importReceptions(
      service,
      await file(
        `ST99,${addDays(today, 7)},09:00,11:00,一楼,D003`,
        `ST01,下周三,09:00,11:00,一楼,`,
        `ST01,${addDays(today, 7)},25:00,11:00,一楼,`,
        `ST01,${addDays(today, 8)},11:00,09:00,一楼,D999`,
        `ST01,${addDays(today, 9)},9点,11:00,,`,
      ),
    );
    expect(bad).toMatchObject({ ok: false });
    expect(bad.ok ? [] : bad.errors).toEqual([
      expect.stringMatching(/接待日\.csv:2: .*ST99/),
      expect.stringMatching(/接待日\.csv:3: .*下周三/),
      expect.stringMatching(/接待日\.csv:4: .*25:00/),
      expect.stringMatching(/接待日\.csv:5: .*begins/),
      expect.stringMatching(/接待日\.csv:5: .*D999/),
      expect.stringMatching(/接待日\.csv:6: .*empty/),
    ]);
    const good = await file(
      `ST01,${addDays(today, -3)},09:00,11:00,柳河镇政府一楼,D001`,
      `ST01,${addDays(today, 5)},09:00,11:00,柳河镇政府一楼,D001`,
      `ST01,${addDays(today, 12)},9:00,11:00,柳河镇政府一楼,D001;D003`,
      `ST03,${addDays(today, 6)},14:30,17:00,东关社区,`,
    );
    expect(await importReceptions(service, good)).toMatchObject({ ok: true, counts: { receptions: { added: 4 } } });
    expect(await importReceptions(service, good)).toMatchObject({ ok: true, counts: { receptions: { unchanged: 4 } } });
  });

  it("is answered with the next one, without those who are away, and never with one that is over", async () => {
    const today = todayOf(service);
    const before = toldDeputy();
    const phone = service.phone("reception-asked");
    await say(service, phone, "柳东村一组路灯坏了");
    await wait(service, 2 * MINUTE);
    await say(service, phone, SAMPLES[24]);
    const [, asked] = await casesOf(service, phone);
    expect(asked).toMatchObject(CLOSED_AT_ONCE);
    expect(newest(phone)).toBe(
      [
        `编号${asked!.number}`,
        `柳河镇代表联络站下次接待日：${zhDay(addDays(today, 5))}09:00-11:00，柳河镇政府一楼。`,
        "接待代表：李秀兰。",
        "没答到，回“不是”，我们转给代表。",
      ].join("\n"),
    );
    const away = await service.deputy("D001");
    const last = addDays(today, 8).split("-").map(Number);
    await say(service, away, `请假到${last[1]}月${last[2]}日`);
    const another = service.phone("reception-away");
    await say(service, another, "我在柳东村一组，这个月代表啥时候在站里");
    const told = newest(another);
    expect(told).toContain(`${zhDay(addDays(today, 5))}的接待日取消，代表都不在。`);
    expect(told).toContain(`下次接待日：${zhDay(addDays(today, 12))}09:00-11:00`);
    expect(told).toContain("接待代表：李秀兰、赵德明。");
    expect(arrived(deputy).slice(before).join("\n")).not.toContain("接待");
    // “不是” opens the very case, for somebody of that station.
    await say(service, phone, "不是");
    expect(await service.case(asked!.number)).toMatchObject({ open: true, station: "ST01" });
  });

  it("without a place asks once for the township, and answers by digit or name", async () => {
    const phone = service.phone("reception-township");
    await say(service, phone, "接待日");
    await wait(service, 4 * SECOND);
    expect(newest(phone)).toMatch(/您在哪个乡镇、街道？[\s\S]*1[\s\S]*东关街道[\s\S]*2[\s\S]*柳河镇/);
    await say(service, phone, "2");
    expect(newest(phone)).toContain("柳河镇代表联络站下次接待日");
    expect(await onlyCase(service, phone)).toMatchObject(CLOSED_AT_ONCE);

    const named = service.phone("reception-named");
    await say(service, named, "代表接待日是哪天");
    await wait(service, 4 * SECOND);
    await say(service, named, "东关街道");
    expect(newest(named)).toMatch(/东关街道代表联络站下次接待日：.*14:30-17:00，东关社区。/);
    expect(newest(named)).not.toContain("接待代表");

    const lost = service.phone("reception-lost");
    await say(service, lost, "代表接待日是哪天");
    await wait(service, 2 * MINUTE);
    const before = arrived(lost).length;
    await say(service, lost, "我也说不清");
    expect(since(lost, before)).not.toContain("乡镇");
    expect(await onlyCase(service, lost)).toMatchObject({ open: true, state: "triage" });
  });

  it("says so where none is known there, and passes the question on", async () => {
    const phone = service.phone("reception-unknown");
    await say(service, phone, "我在老汽车站，代表接待日是哪天？");
    expect(arrived(phone).join("\n")).toContain("往后的接待日，我这里没有登记");
    const one = await onlyCase(service, phone);
    expect(one).toMatchObject({ open: true, station: "ST02" });
    expect(arrived(phone).join("\n")).toContain(`收到了，编号${one.number}`);
  });

  it("in a township too large for a list says so too, whether it is said at once or later, and no other place is told", async () => {
    const stations = join(folder, "联络站.csv");
    await writeFile(
      stations,
      ["code,name,township", ...["ST91", "ST92"].map((code) => `${code},云台乡${code}站,云台乡`)].join("\n"),
    );
    const grids = join(folder, "网格.csv");
    const rows = Array.from(
      { length: 14 },
      (_, at) => `云台-${at + 1},第${at + 1}网格,云台乡,云台第${at + 1}社区,${at < 7 ? "ST91" : "ST92"},`,
    );
    await writeFile(grids, ["code,name,township,community,station,aliases", ...rows].join("\n"));
    for (const path of [stations, grids]) expect(await importReceptions(service, path)).toMatchObject({ ok: true });
    service.runtime.atlases.forget(service.jurisdiction("qinghe"));
    const [burst, later] = [service.phone("large-burst"), service.phone("large-later")];
    await say(service, burst, "代表接待日是哪天", "云台乡");
    await say(service, later, "代表接待日是哪天");
    await wait(service, 2 * MINUTE);
    await say(service, later, "云台乡");
    for (const phone of [burst, later]) {
      expect(arrived(phone).join("\n")).toContain("云台乡往后的接待日，我这里没有登记");
      expect(await onlyCase(service, phone)).toMatchObject({ open: true });
    }
  });

  it("leaves what follows from the events of each case as it was", async () => {
    const { database } = service.runtime;
    const county = await countyByCode(database, "qinghe");
    expect((await auditCounty(database, county!)).findings).toEqual([]);
  });
});

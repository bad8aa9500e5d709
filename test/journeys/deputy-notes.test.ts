import { beforeAll, describe, expect, it } from "vitest";
import { caseNotes } from "../../db/schema/console.ts";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { arrived, newest } from "../arrived.ts";
import { onlyCase, say, service, withService } from "./resident.ts";

let deputy: Phone;
withService();
beforeAll(async () => {
  deputy = await service.deputy("D001");
});

describe("a deputy's note and visit", () => {
  it("are kept sealed for deputy and office, in no thread, and never reach the resident", async () => {
    const phone = service.phone("noted");
    await say(service, phone, "柳东村三组路灯坏了");
    const { number } = await onlyCase(service, phone);
    const short = Number(number.slice(5));
    const before = arrived(phone).length;
    await say(service, deputy, `备注 ${short} 这家老人耳背，要大声`);
    expect(newest(deputy)).toContain(`${short}号的备注记下了`);
    await say(service, deputy, `走访 ${short}`);
    expect(newest(deputy)).toContain("还没写走访看到什么");
    await say(service, deputy, `走访 ${short} 线断在井里`);
    expect(newest(deputy)).toContain("记下您去看过了");
    expect(arrived(phone)).toHaveLength(before);
    const view = await service.case(number);
    expect(JSON.stringify(view.messages)).not.toMatch(/耳背|断在井里/);
    expect(view.events.map(({ type, by }) => [type, by])).toEqual(
      expect.arrayContaining([
        ["noted", "deputy:D001"],
        ["visited", "deputy:D001"],
      ]),
    );
    const notes = await service.runtime.database.inCounty(service.jurisdiction("qinghe"), (tx) =>
      tx.select().from(caseNotes),
    );
    expect(notes.map(({ by }) => by)).toEqual(["李秀兰", "李秀兰"]);
    expect(notes.map(({ note }) => Buffer.from(note).toString("utf8")).join()).not.toMatch(/耳背|断在井里/);
    await say(service, phone, "进度");
    await say(service, phone, "我的数据");
    expect(arrived(phone).join()).not.toMatch(/耳背|断在井里/);
    await say(service, deputy, `办结 ${short} 修好了`);
    expect(newest(phone)).toContain("代表去看过");
  });
});

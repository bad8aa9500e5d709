import { beforeAll, describe, expect, it } from "vitest";
import { listAnswers } from "../../src/casework/settings/answer-library.ts";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { arrived, newest } from "../arrived.ts";
import { CLOSED_AT_ONCE, putIntoForce } from "./answers.ts";
import { casesOf, DAY, letPass, MINUTE, onlyCase, SECOND, say, service, short, wait, withService } from "./resident.ts";

let deputy: Phone;
withService();
beforeAll(async () => {
  deputy = await service.deputy("D003");
  await putIntoForce(
    service,
    {
      code: "school",
      triggers: "锦绣家园小学划片;锦绣家园划到哪个小学;孩子上小学划片到哪",
      body: "锦绣家园划在东关小学，8月15日起报名（县教育局）。",
    },
    { code: "card", triggers: "老年证怎么办;老年证在哪里办", body: "带身份证和照片，到镇便民服务中心。" },
    { code: "twin-1", triggers: "医保怎么转移", body: "一" },
    { code: "twin-2", triggers: "医保怎么转移", body: "二" },
    { code: "worn", triggers: "身份证怎么补办", body: "到派出所。" },
  );
});

const toldDeputy = () => arrived(deputy).length;
const inLibrary = async (code: string) => {
  const { database, now } = service.runtime;
  const all = await database.inCounty(service.jurisdiction("qinghe"), (tx) => listAnswers(tx, now()));
  return all.find((one) => one.code === code)!;
};

describe("a question that the library answers", () => {
  it("is answered at once: its case is closed, nobody else is told, nobody is asked for a verdict", async () => {
    const before = toldDeputy();
    const phone = service.phone("at-once");
    await say(service, phone, "请问老年证怎么办？");
    const one = await onlyCase(service, phone);
    expect(one).toMatchObject(CLOSED_AT_ONCE);
    expect(newest(phone)).toContain(
      `编号${one.number}\n带身份证和照片，到镇便民服务中心。\n没答到，回“不是”，我们转给代表。`,
    );
    const then = arrived(phone).length;
    await letPass(service, 2 * DAY);
    expect(arrived(phone).slice(then)).toEqual([]);
    expect(toldDeputy()).toBe(before);
    expect((await inLibrary("card")).hits).toBe(1);
    // What is thanked for stays closed.
    await say(service, phone, "谢谢");
    expect(await onlyCase(service, phone)).toMatchObject(CLOSED_AT_ONCE);
    // Their window is open again.
    await say(service, deputy, "列表");
  });

  it("is opened again by a no: the deputy of the place has it with its resident's own words, and a day is named", async () => {
    const phone = service.phone("at-once-no");
    await say(service, phone, "柳东村一组老年证怎么办");
    // Another place than none is another question: it goes to its deputy at once.
    expect(await onlyCase(service, phone)).toMatchObject({ open: true, deputy: "D003" });
    await wait(service, 2 * MINUTE);
    await say(service, phone, "老年证在哪里办？");
    const [, second] = await casesOf(service, phone);
    expect(second).toMatchObject(CLOSED_AT_ONCE);
    const before = toldDeputy();
    await say(service, phone, "不是");
    await wait(service, 4 * SECOND);
    expect(newest(phone)).toContain("还是在柳东村一组吗");
    await say(service, phone, "是");
    const again = await service.case(second!.number);
    expect(again).toMatchObject({ open: true, outcome: null, deputy: "D003" });
    expect(newest(phone)).toMatch(new RegExp(`编号${second!.number}.*赵德明.*最晚`, "s"));
    expect(arrived(deputy).slice(before).join("\n")).toContain("老年证在哪里办");
    expect((await inLibrary("card")).refusals).toBe(1);
    // Once more says nothing of it any more.
    await say(service, phone, "不是");
    expect((await casesOf(service, phone)).filter(({ open }) => open)).toHaveLength(2);
  });

  it("is asked for its place where it is refused and none is known, and then goes to that deputy", async () => {
    const phone = service.phone("at-once-nowhere");
    await say(service, phone, "老年证怎么办？");
    await say(service, phone, "不是，我问的是外地户口的");
    await wait(service, 4 * SECOND);
    expect(await onlyCase(service, phone)).toMatchObject({ open: true, state: "triage" });
    expect(newest(phone)).toContain("请问在哪里？");
    await say(service, phone, "柳东村一组");
    expect(await onlyCase(service, phone)).toMatchObject({ state: "assigned", deputy: "D003" });
    expect(arrived(deputy).join("\n")).toContain("外地户口");
  });

  it.each([
    ["two answers fit", "医保怎么转移？"],
    ["it has a word of its own", "老年证丢了怎么办？"],
    ["it complains", "办个老年证跑了三趟都不给办，你们到底管不管，老年证怎么办"],
    ["it tells of danger", "我爸晕倒了没气了，老年证怎么办"],
    ["it accuses", "村支书办老年证收了我五百块好处费，老年证怎么办"],
  ])("goes to a person where %s", async (why, words) => {
    const phone = service.phone(`at-once-not-${why}`);
    await say(service, phone, words);
    expect(await onlyCase(service, phone)).toMatchObject({ open: true });
    expect(arrived(phone).join("\n")).not.toContain("没答到");
  });

  it("goes to a person once the answer is over", async () => {
    await putIntoForce(service, { code: "soon", triggers: "暖气费怎么交", body: "到供热公司交。", days: 1 });
    const first = service.phone("at-once-soon");
    await say(service, first, "暖气费怎么交？");
    expect(await onlyCase(service, first)).toMatchObject(CLOSED_AT_ONCE);
    await letPass(service, 2 * DAY);
    await say(service, deputy, "列表");
    const late = service.phone("at-once-over");
    await say(service, late, "暖气费怎么交？");
    expect(await onlyCase(service, late)).toMatchObject({ open: true });
  });

  it("asked twice in one breath is one case, and in a burst with a matter neither is lost", async () => {
    const phone = service.phone("at-once-burst");
    await say(service, phone, "老年证怎么办？", "老年证怎么办？", "你好");
    expect(await onlyCase(service, phone)).toMatchObject(CLOSED_AT_ONCE);
    const other = service.phone("at-once-behind");
    await say(service, other, "柳东村一组路灯坏了半个月了", "老年证怎么办？");
    const open = (await casesOf(service, other)).filter((one) => one.open);
    expect(open).toHaveLength(1);
    expect(open[0]?.summary).toContain("路灯");
    const words = (
      await Promise.all((await casesOf(service, other)).map(({ number }) => service.case(number)))
    ).flatMap(({ messages }) => messages.map(({ text }) => text));
    expect(words.join("\n")).toContain("老年证");
  });

  it("is one of several matters of a message: it is answered, the others are cases", async () => {
    const phone = service.phone("at-once-several");
    await say(service, phone, "1.柳东村一组路灯坏了半个月了。2.老年证怎么办？");
    const all = await casesOf(service, phone);
    expect(all.map(({ open, outcome }) => ({ open, outcome }))).toEqual([
      { open: true, outcome: null },
      { open: false, outcome: "explained" },
    ]);
    const told = arrived(phone).join("\n");
    for (const { number } of all) expect(told).toContain(`编号${number}`);
    expect(told).toContain("到镇便民服务中心");
    await say(service, phone, `${short(all[1]!.number)} 不是`);
    expect(await service.case(all[1]!.number)).toMatchObject({ open: true, outcome: null });
    await wait(service, 4 * SECOND);
    await say(service, phone, "是");
    expect(await service.case(all[1]!.number)).toMatchObject({ deputy: "D003" });
  });

  it("leaves service with the third refusal of ten, until somebody reviews the answer again", async () => {
    for (const person of [1, 2, 3, 4]) {
      const phone = service.phone(`worn-${person}`);
      await say(service, phone, "身份证怎么补办？");
      const isOut = person === 4;
      expect(await onlyCase(service, phone)).toMatchObject({ open: isOut });
      if (!isOut) await say(service, phone, "不是");
    }
    expect(await inLibrary("worn")).toMatchObject({ hits: 3, refusals: 3, outSince: expect.any(Date) });
    await putIntoForce(service, { code: "worn", triggers: "身份证怎么补办", body: "到户籍派出所。" });
    const phone = service.phone("worn-again");
    await say(service, phone, "身份证怎么补办？");
    expect(newest(phone)).toContain("到户籍派出所");
  });

  it("is never that of a sealed case, whatever its resident says afterwards", async () => {
    const phone = service.phone("at-once-sealed");
    await putIntoForce(service, { code: "bus", triggers: "公交卡在哪办", body: "到汽车站办。" });
    await say(service, phone, "公交卡在哪办？");
    expect(await onlyCase(service, phone)).toMatchObject(CLOSED_AT_ONCE);
    await wait(service, 2 * MINUTE);
    await say(service, phone, "村支书收了我两万块钱才给办老年证");
    const [answered, sealed] = await casesOf(service, phone);
    expect([answered?.sealed, sealed?.sealed]).toEqual([false, true]);
    const before = toldDeputy();
    await wait(service, 2 * MINUTE);
    await say(service, phone, `${short(sealed!.number)} 不是`);
    expect(await service.case(sealed!.number)).toMatchObject({ sealed: true, state: "triage", deputy: null });
    expect(await service.case(answered!.number)).toMatchObject({ open: false });
    expect(arrived(deputy).slice(before).join("\n")).not.toContain("村支书");
  });
});

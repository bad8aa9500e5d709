import { and, eq, isNull } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { acts } from "../../db/schema/ledger.ts";
import { outbox } from "../../db/schema/outbox.ts";
import { audience, consequenceLinks, topics } from "../../db/schema/topics.ts";
import { auditCounty } from "../../src/casework/audit/audit-county.ts";
import { countyByCode } from "../../src/casework/county/counties.ts";
import { lookAfterTopics } from "../../src/casework/topics/look-after.ts";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { arrived, newest } from "../arrived.ts";
import { startService, type TestService } from "../service.ts";
import { casesOf, letPass, MINUTE, onlyCase, say, short, wait } from "./resident.ts";

let service: TestService;
let deputy: Phone;
beforeAll(async () => {
  service = await startService();
  deputy = await service.deputy("D001");
});
afterAll(() => service.close());

const inCounty = <T>(work: Parameters<typeof service.runtime.database.inCounty<T>>[1]) =>
  service.runtime.database.inCounty(service.jurisdiction("qinghe"), work);

const topicOf = async (sign: string) =>
  (await inCounty((tx) => tx.select().from(topics).where(eq(topics.sign, sign))))[0]!;
const membersOf = (topicId: string) =>
  inCounty((tx) =>
    tx
      .select()
      .from(consequenceLinks)
      .where(and(eq(consequenceLinks.toId, topicId), isNull(consequenceLinks.endedAt))),
  );

const WATER = [
  "柳东村三组停水了，从早上到现在一滴都没有",
  "我们柳东村三组又没水了，饭都做不成",
  "柳东村三组水龙头放不出水",
  "柳东村三组自来水不来了，老人没水喝",
  "柳东村三组停水，没有通知",
  "柳东村三组水停了，什么时候来",
  "柳东村三组家里没有水用",
  "柳东村三组断水一天了",
  "柳东村三组一滴水都没有",
  "停水停水，柳东村三组",
  "柳东村三组今天没水，娃的衣服都没法洗",
  "柳东村三组水出不来",
];

describe("twelve people who say within a day that the water is off", () => {
  const residents: Phone[] = [];
  it("have twelve cases with own numbers and receipts in one topic, and their deputy gets three messages at most", async () => {
    const before = arrived(deputy).length;
    for (const [index, text] of WATER.entries()) {
      const phone = service.phone(`water-${index}`);
      residents.push(phone);
      await say(service, phone, text);
      await letPass(service, 6_000);
    }
    await letPass(service, 10 * MINUTE);
    await letPass(service, 2 * MINUTE);
    const numbers = new Set<string>();
    for (const phone of residents) {
      const { number, topic } = await onlyCase(service, phone);
      numbers.add(number);
      expect(topic).toBe("T-2026-0001");
      expect(arrived(phone).join()).toContain(number);
    }
    expect(numbers.size).toBe(12);
    const topic = await topicOf("water-out");
    expect(topic).toMatchObject({ state: "open", number: "T-2026-0001", toldPeople: 12 });
    expect(await membersOf(topic.id)).toHaveLength(12);
    const told = arrived(deputy).slice(before);
    expect(told.length).toBeLessThanOrEqual(3);
    expect(told.at(-1)).toContain("又有2人说（共12人），在一起办");
  });

  it("are shown to their deputy, and answered by one message, each with the own number and nobody's else", async () => {
    await say(service, deputy, "主题 1");
    expect(newest(deputy)).toContain("12人，在办");
    await say(service, deputy, "回复 主题1 今晚8点来水");
    expect(newest(deputy)).toContain("正在发给12个人");
    await letPass(service, 5_000);
    const all = await Promise.all(residents.map((phone) => onlyCase(service, phone)));
    for (const [index, phone] of residents.entries()) {
      const own = all[index]!.number;
      const answers = arrived(phone).filter((text) => text.includes("今晚8点来水"));
      expect(answers).toHaveLength(1);
      expect(answers[0]).toContain(`编号${own}（12人反映同一件事），李秀兰代表答复：「今晚8点来水」`);
      for (const { number } of all) if (number !== own) expect(arrived(phone).join("\n")).not.toContain(number);
      expect(all[index]).toMatchObject({ state: "answered" });
    }
  });

  it("are answered one by one where the deputy says so after the question", async () => {
    const { number } = await onlyCase(service, residents[3]!);
    await say(service, deputy, `回复 ${short(number)} 您家单独看一下`);
    expect(newest(deputy)).toContain("另外11人说的是同一件事");
    const before = residents.map((phone) => arrived(phone).length);
    await say(service, deputy, "2");
    await letPass(service, 5_000);
    const got = residents.filter((phone, index) => arrived(phone).length > before[index]!);
    expect(got).toEqual([residents[3]]);
  });

  it("are closed together, and each says alone whether it is done", async () => {
    const { number } = await onlyCase(service, residents[0]!);
    await say(service, deputy, `办结 ${short(number)} 水来了，管子修好了`);
    await say(service, deputy, "1");
    expect(newest(deputy)).toContain("正在告诉12个人办结了");
    await letPass(service, 5_000);
    for (const phone of residents) {
      expect(arrived(phone).filter((text) => text.includes("管子修好了"))).toHaveLength(1);
      expect(await onlyCase(service, phone)).toMatchObject({ state: "closed" });
    }
    expect(await topicOf("water-out")).toMatchObject({ state: "closed" });
    await say(service, residents[0]!, "1");
    await say(service, residents[1]!, "不用告诉我");
    expect(newest(residents[1]!)).toContain("不再发给您");
    for (const index of [2, 3]) await say(service, residents[index]!, "2");
    await letPass(service, 5_000);
    expect(await topicOf("water-out")).toMatchObject({ state: "closed" });
    expect(await onlyCase(service, residents[2]!)).toMatchObject({ open: true });
    await say(service, residents[4]!, "2");
    await letPass(service, 5_000);
    expect(await topicOf("water-out")).toMatchObject({ state: "open" });
    await say(service, deputy, "帮助");
    expect(arrived(deputy).join("\n")).toContain("3人说没好，这件事重新办");
    expect(newest(residents[5]!)).toContain("有人说还没好，正在重新办");
    expect(newest(residents[5]!)).toContain("不用告诉我");
    expect(newest(residents[1]!)).not.toContain("重新办");
    expect(await onlyCase(service, residents[5]!)).toMatchObject({ state: "closed" });
    await say(service, deputy, "主题 1");
    expect(newest(deputy)).toContain("好了1，没好3");
  });
});

describe("three people who tell the same over some days", () => {
  it("are offered to the deputy, who says whether it is one matter", async () => {
    await say(service, deputy, "帮助");
    const phones = ["lamp-1", "lamp-2", "lamp-3"].map((person) => service.phone(person));
    for (const phone of phones) {
      await say(service, phone, "柳东村三组路灯不亮");
      await letPass(service, 30 * MINUTE);
    }
    const topic = await topicOf("lamp-out");
    expect(topic).toMatchObject({ state: "offered" });
    expect(newest(deputy)).toContain("有3人说的像是同一件事");
    expect(await membersOf(topic.id)).toEqual([]);
    await say(service, deputy, "主题 2 合");
    expect(newest(deputy)).toContain("3人的事合在一起办了");
    await letPass(service, 5_000);
    expect(await membersOf(topic.id)).toHaveLength(3);
  });

  it("are let alone where the deputy says that it is not one", async () => {
    for (const person of ["road-1", "road-2", "road-3"]) {
      await say(service, service.phone(person), "柳东村三组路面有大坑");
      await letPass(service, 30 * MINUTE);
    }
    await say(service, deputy, "主题 3 不合");
    expect(newest(deputy)).toContain("主题3的几件分开办");
    await say(service, service.phone("road-4"), "柳东村三组路上坑坑洼洼");
    await letPass(service, 30 * MINUTE);
    expect(await topicOf("road-hole")).toMatchObject({ state: "declined" });
    expect((await onlyCase(service, service.phone("road-4"))).topic).toBeNull();
    await say(service, deputy, "主题 3");
    expect(newest(deputy)).toContain("没有主题3");
  });
});

describe("two passes over a county at once", () => {
  it("find one matter once", async () => {
    for (const person of ["pole-1", "pole-2", "pole-3"]) {
      await say(service, service.phone(person), "柳东村三组垃圾没人清，堆成山了");
    }
    service.advance(30 * MINUTE);
    const passes = Array.from({ length: 4 }, () => lookAfterTopics(service.runtime, service.jurisdiction("qinghe")));
    await Promise.all(passes);
    const found = await inCounty((tx) => tx.select().from(topics).where(eq(topics.sign, "rubbish")));
    expect(found).toMatchObject([{ state: "offered" }]);
  });
});

describe("somebody who joins by a number", () => {
  it("gets a case and a number of their own, and reads nothing of the other", async () => {
    const first = service.phone("second-1");
    await say(service, first, "柳东村三组的电线杆歪了快倒了吧，王老五家门口那根");
    const { number } = await onlyCase(service, first);
    const other = service.phone("second-2");
    await say(service, other, `附议 ${short(number)}`);
    const own = await onlyCase(service, other);
    expect(own.number).not.toBe(number);
    expect(newest(other)).toContain(`您自己的编号是${own.number}`);
    expect(arrived(other).join("\n")).not.toMatch(/电线杆|王老五/);
    await letPass(service, 5_000);
    expect((await onlyCase(service, other)).topic).toBe((await onlyCase(service, first)).topic);
    expect((await onlyCase(service, other)).topic).not.toBeNull();
    await say(service, other, `附议 ${short(number)}`);
    expect(await casesOf(service, other)).toHaveLength(1);
  });

  it("is told the same of a number that there is not and of one that is sealed", async () => {
    const accuser = service.phone("accuser");
    await say(service, accuser, "我要举报柳东村的书记收了施工队的钱");
    const { number, sealed } = await onlyCase(service, accuser);
    expect(sealed).toBe(true);
    const curious = service.phone("curious");
    await say(service, curious, "你好");
    await say(service, curious, `附议 ${short(number)}`);
    const ofSealed = newest(curious).split("\n").at(-1)!;
    await say(service, curious, "附议 98765");
    expect(ofSealed.replace(short(number), "98765")).toBe(newest(curious));
    expect(await casesOf(service, curious)).toEqual([]);
  });
});

describe("what is never one of many", () => {
  it("is a danger, of which its deputy hears at once, nor a case whose resident accuses somebody afterwards", async () => {
    const before = arrived(deputy).length;
    await say(service, service.phone("danger"), "柳东村三组停水了，电线掉水里冒火花，有人触电了快来救命");
    expect(arrived(deputy).slice(before).join()).toContain("【急】");
    const [topic] = await inCounty((tx) => tx.select().from(topics).where(eq(topics.state, "open")));
    const accuser = service.phone("water-6");
    await say(service, accuser, "柳东村三组路灯不亮");
    await letPass(service, 5_000);
    await say(service, accuser, "我要举报李秀兰收钱不办事");
    await letPass(service, 5_000);
    const links = await inCounty((tx) => tx.select().from(consequenceLinks).where(isNull(consequenceLinks.endedAt)));
    for (const one of await casesOf(service, accuser)) expect(one.topic).toBeNull();
    expect(links.length).toBeGreaterThan(0);
    expect(topic).toBeDefined();
  });
});

describe("an answer to many that is cut off between two of them", () => {
  it("reaches each exactly once, however often it begins again", async () => {
    const topic = await topicOf("lamp-out");
    const members = ["lamp-1", "lamp-2", "lamp-3"].map((person) => service.phone(person));
    await say(service, deputy, "回复 主题2 下周一来修");
    const { database } = service.runtime;
    const real = database.inCounty.bind(database);
    for (let kill = 1; kill < 12; kill += 1) {
      let left = kill;
      const dying = {
        ...service.runtime,
        database: {
          ...database,
          inCounty: (async (id: string, work: never) => {
            if (left === 0) throw new Error("killed");
            left -= 1;
            return real(id, work);
          }) as typeof database.inCounty,
        },
      };
      await lookAfterTopics(dying, service.jurisdiction("qinghe")).catch(() => undefined);
    }
    await letPass(service, 5_000);
    for (const phone of members) expect(arrived(phone).filter((text) => text.includes("下周一来修"))).toHaveLength(1);
    const replies = await inCounty((tx) =>
      tx
        .select()
        .from(outbox)
        .where(and(eq(outbox.kind, "reply"), eq(outbox.state, "delivered"))),
    );
    expect(replies.length).toBeGreaterThan(0);
    const answered = await inCounty((tx) =>
      tx
        .select()
        .from(acts)
        .where(and(eq(acts.subjectId, topic.id), eq(acts.type, "answered"))),
    );
    expect(answered).toHaveLength(1);
    expect(await inCounty((tx) => tx.select().from(audience).where(eq(audience.subjectId, topic.id)))).toHaveLength(3);
    await wait(service, MINUTE);
  });
});

describe("what happened to topics", () => {
  it("follows again from their acts and the events of their cases", async () => {
    const county = await countyByCode(service.runtime.database, "qinghe");
    expect((await auditCounty(service.runtime.database, county!)).findings).toEqual([]);
  });
});

import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { conversations } from "../../db/schema/conversations.ts";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { arrived, newest } from "../arrived.ts";
import { casesOf, MINUTE, onlyCase, outcomesOf, SECOND, say, service, short, wait, withService } from "./resident.ts";

let deputy: Phone;
withService();
beforeAll(async () => {
  deputy = await service.deputy("D003");
});

/** A resident with as many open cases at 柳东-1. */
async function withCases(person: string, ...texts: string[]): Promise<{ phone: Phone; numbers: string[] }> {
  const phone = service.phone(person);
  for (const text of texts) {
    await say(service, phone, text);
    await wait(service, 5 * MINUTE);
  }
  await say(service, deputy, "列表");
  return { phone, numbers: (await casesOf(service, phone)).map((one) => one.number) };
}

describe("a command word", () => {
  it.each([
    ["进度", "等答复"],
    ["進度。", "等答复"],
    ["　进　度　！", "等答复"],
    ["查一下进度", "等答复"],
    ["status", "waiting for an answer"],
    ["催办", "催办记下了"],
    ["催辦！！", "催办记下了"],
    ["Remind", "reminder"],
    ["为什么", "网格"],
    ["為什麼？", "网格"],
    ["為甚麼？", "网格"],
    ["why?", "grid"],
    ["帮助", "催办"],
    ["幫助", "催办"],
    ["ＨＥＬＰ", "remind"],
    ["我的数据", "删除我的数据"],
    ["My Data", "delete my data"],
  ])("%s", async (word, answer) => {
    const { phone } = await withCases(`command-${word}`, "柳东村一组路灯坏了");
    await say(service, phone, word);
    expect(newest(phone).toLowerCase()).toContain(answer.toLowerCase());
    await onlyCase(service, phone);
    expect((await outcomesOf(service, phone)).at(-1)).toBe("command");
  });

  it("with a number says how that case stands, or that it is none of theirs, and never that nothing is open", async () => {
    const { phone, numbers } = await withCases("numbers", "柳东村一组路灯坏了", "柳东村一组水管漏水了好几天");
    const other = await withCases("numbers-other", "柳东村一组井盖丢了");
    const [first] = numbers;
    await say(service, phone, `撤回 ${short(first!)}号`);
    for (const word of ["撤回", "催办", "换地方"]) {
      await say(service, phone, `${word} ${first}`);
      expect(newest(phone)).toMatch(new RegExp(`${first}[\\s\\S]*已撤回`));
      await say(service, phone, `${word} ${other.numbers[0]}`);
      expect(newest(phone)).toContain(`没有编号${other.numbers[0]}`);
    }
    await say(service, phone, "进度 ９９９９");
    expect(newest(phone)).toContain("没有编号9999");
  });

  it("without any case says so and opens none", async () => {
    const phone = service.phone("no-case");
    await say(service, phone, "进度", "催办", "撤回", "为什么", "换地方");
    expect(arrived(phone).filter((text) => text.includes("没有在办的事")).length).toBeGreaterThan(0);
    expect(await casesOf(service, phone)).toEqual([]);
  });
});

describe("进度", () => {
  it("lists every open case with its holder and day", async () => {
    const { phone, numbers } = await withCases("status", "柳东村一组路灯坏了", "锦绣家园电梯停了");
    await say(service, phone, "进度");
    for (const number of numbers) expect(newest(phone)).toContain(number);
    expect(newest(phone)).toContain("赵德明");
    expect(newest(phone)).toContain("路灯坏了");
    await say(service, phone, `进度 ${short(numbers[1]!)}`);
    expect(newest(phone)).not.toContain(numbers[0]!);
  });
});

describe("催办", () => {
  it("reaches the deputy", async () => {
    const { phone, numbers } = await withCases("remind", "柳东村一组路灯坏了");
    await say(service, phone, "催办");
    expect(newest(deputy)).toContain(`${short(numbers[0]!)}号，居民催办`);
    expect((await onlyCase(service, phone)).events.map((event) => event.type)).toContain("reminded");
  });

  it("with two open cases asks which", async () => {
    const { phone, numbers } = await withCases("remind-two", "柳东村一组路灯坏了", "柳东村一组水管漏水");
    await say(service, phone, "催办");
    expect(newest(phone)).toContain("哪一件");
    await say(service, phone, "2");
    expect(newest(phone)).toContain("催办记下了");
    const reminded = newest(phone).includes(numbers[0]!) ? numbers[0]! : numbers[1]!;
    const types = (await service.case(reminded)).events.map((event) => event.type);
    expect(types).toContain("reminded");
  });

  it("with the number needs no question", async () => {
    const { phone, numbers } = await withCases("remind-number", "柳东村一组路灯坏了", "柳东村一组水管漏水");
    await say(service, phone, `催办 ${short(numbers[0]!)}`);
    expect(newest(phone)).toContain(`编号${numbers[0]}`);
  });
});

describe("撤回", () => {
  it("closes the case and tells the deputy", async () => {
    const { phone, numbers } = await withCases("withdraw", "柳东村一组路灯坏了");
    await say(service, phone, "撤回");
    expect(await onlyCase(service, phone)).toMatchObject({ state: "closed", outcome: "withdrawn" });
    expect(newest(phone)).toContain("撤回了");
    expect(newest(deputy)).toContain(`${short(numbers[0]!)}号，居民撤回了`);
  });

  it("leaves the question about another case open", async () => {
    const { phone, numbers } = await withCases("withdraw-other", "柳东村一组路灯坏了", "人民公园太脏");
    await say(service, phone, `撤回 ${short(numbers[0]!)}`, "2");
    expect((await casesOf(service, phone)).map((one) => [one.state, one.grid])).toEqual([
      ["closed", "柳东-1"],
      ["assigned", "东关-2"],
    ]);
  });
});

describe("a case that was closed after it was offered as a choice", () => {
  it.each(["withdraw", "remind", "relocate"] as const)(
    "is told as it stands when it is chosen for %s, and its resident is heard afterwards",
    async (about) => {
      const { phone, numbers } = await withCases(`chooses late ${about}`, "柳东村一组路灯坏了", "柳东村一组水管爆了");
      const [first = "", second = ""] = numbers;
      await say(service, phone, `撤回 ${short(first)}`);
      const at = service.runtime.now().toISOString();
      const question = { kind: "which-case" as const, about, cases: [second, first], waiting: [], at };
      const peer = (account: string) => service.runtime.vault.blindIndex(phone.openid, account);
      await service.runtime.database.inCounty(service.jurisdiction("qinghe"), async (tx) => {
        const found = (await tx.select().from(conversations)).find((one) => one.peer === peer(one.accountId));
        await tx.update(conversations).set({ dialog: { question } }).where(eq(conversations.id, found!.id));
      });
      await say(service, phone, "2", "进度");
      expect(await outcomesOf(service, phone)).not.toContain(null);
      expect((await casesOf(service, phone)).map((one) => one.outcome)).toEqual(["withdrawn", null]);
    },
  );
});

describe("换地方", () => {
  it("moves the case, and its former deputy knows", async () => {
    const { phone, numbers } = await withCases("move", "柳东村一组路灯坏了");
    await say(service, phone, "换地方");
    expect(newest(phone)).toContain("换个地方");
    await say(service, phone, "在锦绣家园");
    expect(await onlyCase(service, phone)).toMatchObject({ grid: "东关-1", deputy: "D005", state: "assigned" });
    expect(newest(phone)).toContain("周志强");
    expect(newest(deputy)).toContain(`${short(numbers[0]!)}号不用您办了`);
    await say(service, deputy, `回复 ${short(numbers[0]!)} 我来办`);
    expect(newest(phone)).not.toContain("我来办");
  });
});

describe("a corrected place", () => {
  it("moves the case as well, in the resident's own words", async () => {
    const { phone, numbers } = await withCases("corrected", "柳东村一组路灯坏了");
    await say(service, phone, "不好意思我说错了，是锦绣家园的");
    expect(await onlyCase(service, phone)).toMatchObject({ grid: "东关-1", deputy: "D005", state: "assigned" });
    expect(newest(phone)).toContain("周志强");
    expect(newest(deputy)).toContain(`${short(numbers[0]!)}号不用您办了`);
  });

  it("moves the case of which was spoken just now, and no other", async () => {
    const { phone, numbers } = await withCases("corrected-two", "柳东村一组路灯坏了", "柳东小学门口没有减速带");
    await say(service, phone, "不是柳东小学，是锦绣家园");
    const grids = (await casesOf(service, phone)).map(({ number, grid }) => [number, grid]);
    expect(grids).toContainEqual([numbers[1], "东关-1"]);
    expect(grids).not.toContainEqual([numbers[0], "东关-1"]);
  });

  it("that is too large is asked for more closely, and the answer moves the case", async () => {
    const { phone } = await withCases("corrected-large", "柳东村一组路灯坏了");
    await say(service, phone, "地址错了，是东关街道的");
    await wait(service, 3 * SECOND);
    expect(newest(phone)).toMatch(/东关街道|哪/);
    await say(service, phone, "锦绣家园");
    expect(await onlyCase(service, phone)).toMatchObject({ grid: "东关-1", deputy: "D005", state: "assigned" });
  });

  it.each(["不对，是锦绣家园", "换地方 锦绣家园", "我说的是锦绣家园"])(
    "%s: the case moves, nothing new opens",
    async (words) => {
      const { phone } = await withCases(`corrected-${words}`, "柳东村一组路灯坏了");
      await say(service, phone, words);
      expect(await onlyCase(service, phone)).toMatchObject({ grid: "东关-1", deputy: "D005", state: "assigned" });
    },
  );

  it("that sounds like one but is on no map is asked for, and the deputy reads that it is elsewhere", async () => {
    const { phone, numbers } = await withCases("corrected-next-door", "柳东村一组路灯坏了");
    await say(service, phone, "不对,我说的是隔壁村");
    expect(newest(deputy)).toContain("隔壁村");
    expect(newest(phone)).toContain(`编号${numbers[0]}换个地方`);
    await say(service, phone, "锦绣家园");
    expect(await onlyCase(service, phone)).toMatchObject({ grid: "东关-1", deputy: "D005", state: "assigned" });
  });

  it("that nobody knows is told to the deputy as what it is", async () => {
    const { phone } = await withCases("corrected-unknown", "柳东村一组路灯坏了");
    await say(service, phone, "说错了，是火星基地");
    expect((await onlyCase(service, phone)).grid).toBe("柳东-1");
    expect(newest(deputy)).toContain("火星基地");
  });
});

describe("为什么", () => {
  it("tells the rule and the facts", async () => {
    const { phone } = await withCases("why", "柳东小学门口没有减速带");
    await say(service, phone, "为什么是他？");
    expect(newest(phone)).toContain("柳东小学");
    expect(newest(phone)).toContain("柳东村三组");
    expect(newest(phone)).toContain("李秀兰");
  });
});

describe("one's own data", () => {
  it("are told", async () => {
    const { phone } = await withCases("data", "柳东村一组路灯坏了");
    await say(service, phone, "我的数据");
    expect(newest(phone)).toContain("1件事");
  });

  it("are deleted by the office: a request with a number and a day, that no deputy sees", async () => {
    const { phone } = await withCases("delete", "柳东村一组路灯坏了");
    await say(service, phone, "把我以前发的都删了");
    const request = (await casesOf(service, phone))[1]!;
    expect(request).toMatchObject({ sealed: true, state: "triage", category: "data-request" });
    expect(newest(phone)).toContain(request.number);
  });
});

describe("words that only hold a command word", () => {
  it.each([
    "你们办事进度太慢了，柳东村一组路灯坏了半年",
    "柳东村一组为什么还没通水",
    "催办了三次没人来，柳东村一组水管漏水",
  ])("are a matter: %s", async (text) => {
    const phone = service.phone(`words-${text}`);
    await say(service, phone, text);
    expect(await onlyCase(service, phone)).toMatchObject({ state: "assigned", grid: "柳东-1" });
  });
});

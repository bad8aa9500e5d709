import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { arrived } from "../arrived.ts";
import { startService, type TestService } from "../service.ts";
import { casesOf, MINUTE, onlyCase, say, since, wait } from "./resident.ts";

let service: TestService;
const people = ["D001", "D002", "D004", "D005", "D009", "D010"] as const;
const phones = new Map<string, Phone>();

beforeAll(async () => {
  service = await startService();
  for (const code of people) phones.set(code, await service.deputy(code));
});

afterAll(() => service.close());

/** Lets something be said and looks at what deputies were told meanwhile. */
async function toldDeputiesBy(talk: () => Promise<void>): Promise<string> {
  const before = new Map(people.map((code) => [code, arrived(phones.get(code)!).length]));
  await talk();
  await wait(service, 5 * MINUTE);
  for (const code of people) await say(service, phones.get(code)!, "列表");
  return people.map((code) => since(phones.get(code)!, before.get(code) ?? 0)).join("\n");
}

describe("an accusation that hides", () => {
  it.each([
    ["behind the sound of the office", "东关菜市场,咱这个戴表把摊位转手卖了"],
    ["behind the office in letters", "东关菜市场的 dai biao 把摊位转手卖了"],
    ["behind marks between the signs", "东.关.菜.市.场.代.表.把.摊.位.卖.了"],
    ["behind emoji", "东关菜市场周😡代😡表把摊😡位卖😡了"],
    ["behind a command", "催办 东关菜市场周代表把摊位转手卖了"],
    ["behind a matter of its own", "东关菜市场路灯坏了,周代表把摊位转手卖了"],
    ["behind the place of another deputy", "柳东村三组路灯坏了,菜市场周代表把摊位转手卖了"],
    ["behind a name without its office", "东关菜市场的摊位叫周志强转手卖了"],
    ["behind a description", "东关菜市场,管我们这片的那位把摊位转手卖了"],
    ["in English with a Chinese name", "东关菜市场: 周志强 sold the 摊位 to his nephew"],
  ])("%s reaches nobody but the office", async (where, text) => {
    const phone = service.phone(`hides ${where}`);
    const told = await toldDeputiesBy(() => say(service, phone, text));
    expect(told).not.toContain("摊位");
    expect(await onlyCase(service, phone)).toMatchObject({ sealed: true, deputy: null, state: "triage" });
  });

  it("in the title of a link reaches nobody but the office", async () => {
    const phone = service.phone("hides in a link");
    const told = await toldDeputiesBy(async () => {
      await say(service, phone, "东关菜市场的路灯坏了");
      await phone.sendRaw({
        MsgType: "link",
        Title: "东关菜市场周代表把摊位转手卖了",
        Description: "收了三万块",
        Url: "https://example.org/1",
      });
      await service.settled();
    });
    expect(told).toContain("路灯坏了");
    expect(told).not.toMatch(/摊位|三万/);
    expect((await casesOf(service, phone)).map((one) => one.sealed)).toEqual([false, true]);
  });

  it("said aloud reaches nobody but the office", async () => {
    const phone = service.phone("hides in a voice");
    const told = await toldDeputiesBy(async () => {
      await phone.sendVoice(new Uint8Array([1, 2, 3]), "东关菜市场的代表把摊位转手卖了");
      await service.settled();
    });
    expect(told).not.toContain("摊位");
    expect(await onlyCase(service, phone)).toMatchObject({ sealed: true, deputy: null });
  });

  it.each([
    ["as an answer to our question where it is", ["路灯坏了", "东关菜市场,周代表把摊位转手卖了"]],
    ["in a burst with a harmless matter", ["东关菜市场路灯坏了", "还有", "周代表把摊位转手卖了"]],
    ["in pieces, whose first has no reproach", ["我说说东关菜市场周代表", "把摊位", "转手卖了", "钱进了他自己腰包"]],
    ["in pieces, with the person last", ["东关菜市场的扶贫款让人吞了,钱进了腰包", "就是周代表干的"]],
    ["as an answer to a question of one's own", ["东关菜市场的摊位让人卖了", "谁吞的?周志强"]],
  ])("%s reaches nobody but the office", async (_, texts) => {
    const phone = service.phone(`hides ${texts.join()}`);
    const told = await toldDeputiesBy(() => say(service, phone, ...texts));
    expect(told).not.toMatch(/转手卖|腰包|吞/);
    expect((await casesOf(service, phone)).some((one) => one.sealed)).toBe(true);
  });

  it("in the words to a rating, or after a case was closed, reaches nobody but the office", async () => {
    const phone = service.phone("rates and accuses");
    await say(service, phone, "东关菜市场门口的井盖丢了");
    const { number } = await onlyCase(service, phone);
    await say(service, phones.get("D005")!, `办结 ${Number(number.slice(5))} 已装新井盖`);
    const told = await toldDeputiesBy(async () => {
      await say(service, phone, "2 不满意,换的是便宜货,差价进了周代表腰包");
      await wait(service, 5 * MINUTE);
      await say(service, phone, "他还威胁我撤诉");
    });
    expect(told).not.toMatch(/差价|威胁/);
    expect((await casesOf(service, phone)).map((one) => one.sealed)).toEqual([false, true]);
  });

  it("is explained to the office by its kinds, without a word of it", async () => {
    const phone = service.phone("explained");
    await say(service, phone, "周代表威胁我,还收了摊贩三千块");
    const { decision } = await onlyCase(service, phone);
    expect(decision?.facts).toMatchObject({ sealed: true, sealedFor: expect.arrayContaining(["threatens", "takes"]) });
    expect(JSON.stringify(decision)).not.toMatch(/威胁|三千/);
    await say(service, phone, "为什么");
    expect(arrived(phone).at(-1)).not.toMatch(/周|threatens/);
  });

  it("that somebody passed names on is not taken for asking for names", async () => {
    const phone = service.phone("betrayed");
    await say(service, phone, "代表把投诉人的名字告诉我老板");
    expect(await onlyCase(service, phone)).toMatchObject({ sealed: true, deputy: null });
  });
});

describe("what only comes close to an accusation", () => {
  it.each([
    "周志强代表您好,东关菜市场物业收了钱不清垃圾",
    "东关菜市场的路灯坏了,跟周代表说过,他还没来看",
    "东关菜市场,我叫周志强,摊位漏水",
    "东关菜市场的老板骂人还打人,请周代表管管",
  ])("reaches its deputy: %s", async (text) => {
    const phone = service.phone(`close ${text}`);
    await say(service, phone, text);
    const own = await casesOf(service, phone);
    expect(own.map((one) => [one.sealed, one.deputy])).toEqual([[false, "D005"]]);
  });
});

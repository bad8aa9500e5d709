import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { conversations } from "../../db/schema/conversations.ts";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { arrived, newest } from "../arrived.ts";
import { PARAPHRASED } from "../domain/dialog/paraphrases.ts";
import { SAMPLES } from "../samples.ts";
import { startService, type TestService } from "../service.ts";
import { expectEveryMessageEnded, HOUR, MINUTE, onlyCase, SECOND, say, short, since, wait } from "./resident.ts";

let service: TestService;
const deputies = new Map<string, Phone>();
beforeAll(async () => {
  service = await startService();
  for (const code of ["D001", "D002", "D009"]) deputies.set(code, await service.deputy(code));
});
afterAll(() => service.close());
afterEach(() => expectEveryMessageEnded(service));

const deputy = (code: string) => deputies.get(code)!;
const AT_WORK = "我们12个人在南大街工地干了仨月,一分没给,老板说年后,娃等着交学费";

/** Somebody who lives in 柳东-3, and scanned that code an hour ago; the deputies can be written to. */
async function villager(person: string): Promise<Phone> {
  for (const phone of deputies.values()) await phone.say("统计");
  const phone = service.phone(person);
  await phone.scan("g:柳东-3");
  await service.settled();
  await wait(service, HOUR);
  return phone;
}
const homeOf = async (phone: Phone) => {
  const { runtime } = service;
  const rows = await runtime.database.inCounty(service.jurisdiction("qinghe"), (tx) => tx.select().from(conversations));
  return rows.find((row) => row.peer === runtime.vault.blindIndex(phone.openid, row.accountId))?.homeGrid;
};

describe("several people who were not paid", () => {
  it("have an urgent case of the deputy where they worked; the deputy of their home sees it and is told once", async () => {
    const phone = await villager("crew");
    const [home, work] = [arrived(deputy("D001")).length, arrived(deputy("D009")).length];
    await say(service, phone, AT_WORK);
    const view = await onlyCase(service, phone);
    expect(view).toMatchObject({
      state: "assigned",
      deputy: "D009",
      grid: "城关-2",
      category: "labour",
      priority: true,
    });
    expect(since(deputy("D009"), work)).toMatch(/^【急】新的一件[\s\S]*一分没给/);
    expect(since(deputy("D001"), home)).toMatch(
      /^【关注】【急】您网格的居民在别处干活没拿到钱[\s\S]*由陈国庆代表负责，您不用办/,
    );
    expect(since(deputy("D001"), home).match(/【关注】/g)).toHaveLength(1);
    expect(view.decision?.facts.home).toMatchObject({ grid: { code: "柳东-3" } });
    expect(arrived(phone).join("\n")).toMatch(/按急事办[\s\S]*12333/);
    expect(arrived(phone).join("\n")).not.toContain("活是在哪里干的");

    await say(service, deputy("D001"), short(view.number));
    expect(newest(deputy("D001"))).toMatch(/^【关注】【急】由陈国庆代表负责，您只看[\s\S]*一分没给/);
    await say(service, deputy("D001"), `回复 ${short(view.number)} 我去找老板`);
    expect(newest(deputy("D001"))).toContain("由陈国庆代表负责，您是关注");
    expect(arrived(phone).join("\n")).not.toContain("我去找老板");
    await say(service, deputy("D002"), short(view.number));
    expect(newest(deputy("D002"))).toContain("没有找到");
  });

  it("have it at home until they say where they worked, and then there, with the home looking on", async () => {
    const phone = await villager("later");
    const home = arrived(deputy("D001")).length;
    await say(service, phone, SAMPLES[25]);
    const { number } = await onlyCase(service, phone);
    expect(await service.case(number)).toMatchObject({ deputy: "D001", grid: "柳东-3", priority: true });
    expect(newest(phone)).toContain("活是在哪里干的");
    await wait(service, 2 * MINUTE);
    await say(service, phone, "工地在南大街");
    expect(await onlyCase(service, phone)).toMatchObject({ number, deputy: "D009", grid: "城关-2" });
    const told = since(deputy("D001"), home);
    expect(told).toMatch(/新的一件[\s\S]*【关注】【急】您网格的居民在别处干活/);
    expect(told).not.toContain("已改由别人负责");
    expect(await homeOf(phone)).toBe("柳东-3");
  });

  it("who are strangers are asked where, told the law's way at once, and do not live where they worked", async () => {
    const phone = service.phone("strangers");
    await say(service, phone, SAMPLES[25]);
    await wait(service, 3 * SECOND);
    expect(await onlyCase(service, phone)).toMatchObject({ state: "clarifying", priority: true, category: "labour" });
    expect(arrived(phone).join("\n")).toMatch(/12333/);
    await wait(service, 2 * MINUTE);
    await say(service, phone, "南大街");
    expect(await onlyCase(service, phone)).toMatchObject({ state: "assigned", deputy: "D009" });
    expect(await homeOf(phone)).toBe(null);
  });
});

it("said in other words it is urgent, filed under work and told the law's way, nine times of ten at least", async () => {
  const texts = PARAPHRASED[25].trim().split(/\s*\n\s*/);
  const right: string[] = [];
  for (const [index, text] of texts.entries()) {
    const phone = await villager(`other-words-${index}`);
    await say(service, phone, text);
    const { priority, category, deputy: holder } = await onlyCase(service, phone);
    const isTold = arrived(phone).join("\n").includes("12333");
    if (priority && category === "labour" && holder === "D001" && isTold) right.push(text);
  }
  expect(texts).toHaveLength(10);
  expect(right.length).toBeGreaterThanOrEqual(9);
});

it("one who was not paid alone has a case like any other, and the home still looks on", async () => {
  const phone = await villager("single");
  const home = arrived(deputy("D001")).length;
  await say(service, phone, "在南大街工地干了两个月，老板欠我工资不给");
  expect(await onlyCase(service, phone)).toMatchObject({ deputy: "D009", priority: false });
  expect(since(deputy("D001"), home)).toMatch(/^【关注】您网格的居民/);
});

it("what is paid at home is followed by the home's higher levels alone", async () => {
  const phone = await villager("local");
  await say(service, phone, "我们5个人在柳东村三组修渠，工钱一分没给");
  expect(await onlyCase(service, phone)).toMatchObject({ deputy: "D001", grid: "柳东-3" });
  expect(newest(deputy("D002"))).toMatch(/^【关注】【急】您网格里的急事/);
});

import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { otherSide } from "../../src/domain/routing/border-side.ts";
import { route } from "../../src/domain/routing/route.ts";
import { arrived, newest } from "../arrived.ts";
import { PARAPHRASED } from "../domain/dialog/paraphrases.ts";
import { SAMPLES } from "../samples.ts";
import { startService, type TestService } from "../service.ts";
import { expectEveryMessageEnded, MINUTE, onlyCase, SECOND, say, short, since, wait } from "./resident.ts";

const DEPUTIES = ["D001", "D002", "D003", "D009"];

let service: TestService;
const deputies = new Map<string, Phone>();
beforeAll(async () => {
  service = await startService();
  for (const code of DEPUTIES) deputies.set(code, await service.deputy(code));
});
afterAll(() => service.close());
afterEach(() => expectEveryMessageEnded(service));

const deputy = (code: string) => deputies.get(code)!;
/** What each deputy, who has just written and can be written to, reads of what is done about a resident's case, by code. */
const toldBy = async (resident: Phone, work: () => Promise<unknown>): Promise<Record<string, string>> => {
  for (const phone of deputies.values()) await say(service, phone, "统计");
  const before = new Map([...deputies].map(([code, phone]) => [code, arrived(phone).length]));
  await work();
  // Meanwhile a deputy may be reminded of the case of another test.
  const number = short((await onlyCase(service, resident)).number);
  const told = [...deputies].map(([code, phone]) => {
    const read = arrived(phone).slice(before.get(code));
    return [code, read.filter((text) => new RegExp(`\\b${number}\\b`).test(text)).join("\n")] as const;
  });
  return Object.fromEntries(told.filter(([, text]) => text !== ""));
};
/** A danger on the border that a resident tells of: the deputy who has it, and the one of the other side. */
const danger = async (person: string, text: string = SAMPLES[21]) => {
  const phone = service.phone(person);
  const told = await toldBy(phone, () => say(service, phone, text));
  return { phone, told, view: await onlyCase(service, phone) };
};

describe("a danger on the border of two townships", () => {
  it("is told to a deputy of both at once, and nobody is asked where it is", async () => {
    const { phone, told, view } = await danger("rail");
    expect(view).toMatchObject({ state: "assigned", priority: true, station: "ST01" });
    expect(Object.keys(told).toSorted()).toEqual(["D009", view.deputy].toSorted());
    expect(told[view.deputy!]).toMatch(/^【急】新的一件[\s\S]*护栏断了[\s\S]*回“回复/);
    expect(told.D009).toMatch(/^【关注】【急】两地交界处有危险[\s\S]*护栏断了[\s\S]*就由您负责/);
    expect(arrived(phone).join("\n")).not.toContain("请问");
    await say(service, phone, "为什么");
    expect(newest(phone)).toContain("两边的代表都通知了");
  });

  it("leaves on record why two places, which was chosen and why", async () => {
    const { view } = await danger("record");
    const { decision } = view;
    expect(decision).toMatchObject({
      rule: "border",
      facts: {
        ...{ placeBy: "name", placeEvidence: "城关镇、柳河镇", station: { code: "ST01" } },
        border: { danger: "railing", grid: null, station: { code: "ST02" } },
      },
      chosen: { kind: "deputy", deputy: view.deputy },
    });
    expect(decision!.candidates).toEqual(expect.arrayContaining(["D001", "D002", "D003", "D009"]));
    expect(route(decision!.facts)).toEqual(decision);
    expect(otherSide(decision!.facts, decision!.facts.border!, view.deputy!).station?.code).toBe("ST02");
  });

  it("is whose who answers first: the one who had it follows it, and the resident knows", async () => {
    const { phone, view } = await danger("first");
    const [holder, before] = [view.deputy!, arrived(phone).length];
    const told = await toldBy(phone, () =>
      say(service, deputy("D009"), `回复 ${short(view.number)} 我十分钟到，已拉警戒线`),
    );
    expect(told.D009).toMatch(/您先答复了，现在由您负责[\s\S]*正在转给居民/);
    expect(told[holder]).toMatch(/陈国庆代表先答复了居民，现在由陈国庆代表负责，您不用办了/);
    expect(since(phone, before)).toMatch(/陈国庆代表[\s\S]*陈国庆代表[\s\S]*我十分钟到/);
    const taken = await onlyCase(service, phone);
    expect(taken).toMatchObject({ deputy: "D009", state: "answered", station: "ST02" });
    expect(taken.events.slice(-2)).toMatchObject([
      { type: "taken", by: "deputy:D009" },
      { type: "replied", by: "deputy:D009" },
    ]);
    await say(service, phone, "为什么");
    expect(newest(phone)).toContain("陈国庆代表先答复，所以由陈国庆代表负责");
    await say(service, deputy(holder), `回复 ${short(view.number)} 我也去`);
    expect(newest(deputy(holder))).toMatch(/由陈国庆代表负责，您是关注/);
    await say(service, deputy(holder), "列表");
    expect(newest(deputy(holder))).toMatch(new RegExp(`关注[\\s\\S]*${short(view.number)}号`));
    expect(arrived(phone).join("\n")).not.toContain("我也去");
  });

  it("stays with its holder who has answered, whatever the other side says afterwards", async () => {
    const { phone, view } = await danger("late");
    await say(service, deputy(view.deputy!), `回复 ${short(view.number)} 正在去的路上`);
    const before = arrived(phone).length;
    for (const said of ["回复 # 我去", "办结 # 修好了", "退回 # 不归我", "转办 # D002，请他办"])
      await say(service, deputy("D009"), said.replace("#", short(view.number)));
    expect(newest(deputy("D009"))).toContain("您是关注，不用办");
    expect(await onlyCase(service, phone)).toMatchObject({ deputy: view.deputy, state: "answered" });
    expect(since(phone, before)).toBe("");
  });

  it("is not meant by a bare word of the other side", async () => {
    const { phone, view } = await danger("bare");
    await say(service, deputy("D009"), "列表");
    const mine = /您手上有/.test(newest(deputy("D009")));
    await say(service, deputy("D009"), "回复 我去看看");
    expect(await onlyCase(service, phone)).toMatchObject({ deputy: view.deputy, state: "assigned" });
    if (!mine) expect(arrived(phone).join("\n")).not.toContain("我去看看");
  });

  it("goes to the next of both sides when it is handed back, and the other side still follows", async () => {
    const { phone, view } = await danger("returned");
    await say(service, deputy(view.deputy!), `退回 ${short(view.number)} 我在外地`);
    const next = await onlyCase(service, phone);
    expect(next.deputy).not.toBe(view.deputy);
    expect(next).toMatchObject({
      state: "assigned",
      decision: { passedOver: [{ deputy: view.deputy, why: "returned" }] },
    });
    await say(service, deputy("D009"), short(view.number));
    expect(newest(deputy("D009"))).toMatch(/^【关注】/);
  });

  it("that is one to life reaches both sides too, behind the emergency card", async () => {
    const { phone, told } = await danger("life", "城关镇和柳河镇交界那座桥，有人掉河里了，快来人");
    expect(arrived(phone)[0]).toMatch(/^先保人/);
    expect(Object.keys(told)).toHaveLength(2);
    expect(told.D009).toMatch(/^【关注】【急】/);
  });

  it("is whose it can be, where the other side has nobody", async () => {
    const { view, told } = await danger("alone", "南坡乡和柳河镇交界的路塌了半边");
    expect(view).toMatchObject({ state: "assigned", station: "ST01", decision: { rule: "border" } });
    expect(Object.keys(told)).toEqual([view.deputy]);
  });

  it("is known by the answer as well, when the places were not said at first", async () => {
    const phone = service.phone("asked");
    await say(service, phone, "两个镇交界那座桥，护栏断了");
    await wait(service, 3 * SECOND);
    expect(await onlyCase(service, phone)).toMatchObject({ state: "clarifying" });
    await wait(service, 2 * MINUTE);
    const told = await toldBy(phone, () => say(service, phone, "城关镇和柳河镇交界的地方"));
    expect(await onlyCase(service, phone)).toMatchObject({
      state: "assigned",
      priority: true,
      decision: { rule: "border" },
    });
    expect(told.D009).toMatch(/^【关注】/);
  });
});

it.each(
  PARAPHRASED[21]
    .trim()
    .split(/\s*\n\s*/)
    .map((text, index) => [text, index] as const),
)("the same in other words is told to both: %s", async (text, index) => {
  const { view, told } = await danger(`other-words-${index}`, text);
  expect(view).toMatchObject({ state: "assigned", priority: true, decision: { rule: "border" } });
  expect(Object.keys(told).toSorted()).toEqual(["D009", view.deputy].toSorted());
});

describe("nobody of another place is told", () => {
  it.each([
    ["no danger", "dull", "城关镇和柳河镇交界那里的路灯不亮"],
    ["a wish", "wish", "建议在城关镇和柳河镇交界的桥上装护栏"],
  ])("of %s on a border: its resident is asked where", async (_what, person, text) => {
    const { view, told } = await danger(person, text);
    expect([view.state, told]).toEqual(["clarifying", {}]);
  });

  it("of a danger where the resident scanned a place", async () => {
    const phone = service.phone("scanned");
    await phone.scan("g:城关-2");
    const told = await toldBy(phone, () => say(service, phone, SAMPLES[21]));
    expect(await onlyCase(service, phone)).toMatchObject({ grid: "城关-2", deputy: "D009", priority: false });
    expect(Object.keys(told)).toEqual(["D009"]);
  });
});

import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inbox } from "../../db/schema/conversations.ts";
import { wecomCustomer } from "../../src/channels/wecom-customer/channel.ts";
import type { Phone } from "../../src/demo/platforms/face/platform.ts";
import { type SimulatedCustomerService, startWecomCustomer } from "../../src/demo/platforms/wecom-customer.ts";
import { arrived } from "../arrived.ts";
import { positionIn } from "../county/county.ts";
import { QINGHE } from "../county/qinghe.ts";
import { hasRedis } from "../redis.ts";
import { startService, type TestService } from "../service.ts";
import { HOUR, short } from "./resident.ts";

const SEND = "/cgi-bin/kf/send_msg";
const SEND_BY_CODE = "/cgi-bin/kf/send_msg_on_event";

describe.each(["postgres", ...(hasRedis ? (["redis"] as const) : [])] as const)("微信客服 over %s", (backend) => {
  let service: TestService;
  let platform: SimulatedCustomerService;
  beforeAll(async () => {
    const startPlatform = async (now: () => Date) => {
      platform = await startWecomCustomer({ now });
      return platform;
    };
    service = await startService({ backend, beside: { channel: wecomCustomer, startPlatform } });
  });
  afterAll(() => service.close());

  const opened = async (person: string, scene: string | null = null): Promise<Phone> => {
    const phone = platform.phone("qinghe", person);
    await phone.open(scene);
    await service.settled();
    return phone;
  };
  const say = async (phone: Phone, text: string) => {
    await phone.say(text);
    await service.settled();
    service.advance(5000);
    await service.deliverDue();
  };
  const texts = (phone: Phone) => phone.lines().flatMap(({ by, text }) => (by === "service" ? [text] : []));
  const numberOf = async () => (await service.cases()).at(-1)!.number;
  const callsTo = (person: string, path: string) =>
    platform.log().filter((entry) => entry.kind === "call" && entry.path === path && entry.person === person);

  it("carries a matter from the code on the wall to the deputy on WeChat, the answer back, and the verdict by a tap", async () => {
    const deputy = await service.deputy("D001");
    const phone = await opened("wm1", "g:柳东-2");
    const welcomes = platform.log().filter(({ path }) => path === SEND_BY_CODE);
    expect(welcomes.at(-1)).toMatchObject({ code: null });
    expect(texts(phone).join("\n")).toContain("柳东村二组");
    await phone.photo(new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 16]));
    await say(phone, "31号楼前路灯坏了");
    const number = await numberOf();
    expect(texts(phone).join("\n")).toContain(number);
    expect(arrived(deputy).join("\n")).toContain("31号楼前路灯坏了");
    await deputy.say(`回复 ${number} 灯泡买好了，周五装`);
    await service.settled();
    expect(texts(phone).at(-1)).toContain("灯泡买好了");
    await deputy.say(`办结 ${number} 灯修好了`);
    await service.settled();
    const question = phone.lines().findLast(({ buttons }) => buttons.length > 0)!;
    expect(question.text).toContain("灯修好了");
    await phone.press(question, question.buttons[0]!.key, 2);
    await service.settled();
    expect(await service.case(number)).toMatchObject({ state: "closed", rating: 5 });
  });

  it("sends no more than the platform allows: after two days what is answered waits for the next word", async () => {
    const deputy = await service.deputy("D001");
    const phone = await opened("wm2", "g:柳东-2");
    await say(phone, "32号楼前路灯坏了");
    const number = await numberOf();
    service.advance(49 * HOUR);
    const words = `电工已经约好${short(number)}`;
    await deputy.say(`回复 ${number} ${words}`);
    await service.settled();
    expect(texts(phone).join()).not.toContain(words);
    await say(phone, "进度");
    expect(texts(phone).filter((text) => text.includes(words))).toHaveLength(1);
    expect(callsTo("wm2", SEND).filter(({ code }) => code !== null)).toEqual([]);
  });

  it("uses the code of a session's end for what waits, within its twenty seconds", async () => {
    const deputy = await service.deputy("D001");
    const phone = await opened("wm3", "g:柳东-2");
    await say(phone, "33号楼前路灯坏了");
    const number = await numberOf();
    service.advance(49 * HOUR);
    const words = `备件到了${short(number)}`;
    await deputy.say(`回复 ${number} ${words}`);
    await service.settled();
    expect(texts(phone).join()).not.toContain(words);
    await platform.endSession("qinghe", "wm3");
    await service.settled();
    expect(texts(phone).filter((text) => text.includes(words))).toHaveLength(1);
  });

  it("takes back a session that has ended, and leaves one that a person of the staff has", async () => {
    const deputy = await service.deputy("D001");
    const phone = await opened("wm4", "g:柳东-2");
    await say(phone, "34号楼前路灯坏了");
    const number = await numberOf();
    platform.takeOver("qinghe", "wm4");
    const words = `已派人去${short(number)}`;
    await deputy.say(`回复 ${number} ${words}`);
    await service.settled();
    expect(texts(phone).join()).not.toContain(words);
    await platform.endSession("qinghe", "wm4");
    service.advance(21_000);
    await say(phone, "还有人管吗");
    await service.settled();
    expect(texts(phone).filter((text) => text.includes(words))).toHaveLength(1);
  });

  it("hears a report again that came before the call that it is about had ended", async () => {
    const deputy = await service.deputy("D001");
    const phone = await opened("wm6", "g:柳东-2");
    await say(phone, "36号楼前路灯坏了");
    const number = await numberOf();
    const words = `灯泡在路上${short(number)}`;
    platform.fail({ path: SEND, to: "wm6", times: 1, kind: "late-report", code: 6, delayMs: 700 });
    const unlisten = platform.listen((event) => {
      if (event.type === "log" && event.entry.path === SEND && event.entry.person === "wm6") platform.advanceClock(0);
    });
    await deputy.say(`回复 ${number} ${words}`);
    const heardTwice = async () => {
      const rows = await service.runtime.database.inCounty(service.jurisdiction("qinghe"), (tx) =>
        tx.select().from(inbox).where(eq(inbox.kind, "delivery-report")),
      );
      return rows.some(({ attempts }) => attempts > 0);
    };
    await expect.poll(heardTwice, { timeout: 60_000, interval: 30 }).toBe(true);
    unlisten();
    const deliveryOf = async () =>
      (await service.case(number)).messages.find(({ text, direction }) => direction === "out" && text.includes(words))
        ?.delivery;
    await expect.poll(deliveryOf, { timeout: 60_000, interval: 30 }).toBe("delivered");
    service.advance(HOUR);
    await expect.poll(deliveryOf, { timeout: 60_000, interval: 30 }).toBe("failed");
    await say(phone, "进度");
    expect(texts(phone).filter((text) => text.includes(words))).toHaveLength(1);
    expect(await deliveryOf()).toBe("delivered");
  });

  it("is tried by its test: token and callback address are right, and wrong ones are named", async () => {
    const account = (await service.runtime.accounts.find("wecom-customer", "qinghe"))!;
    const found = (await service.runtime.accounts.byId(account.jurisdictionId, account.id))!;
    const address = `${service.url}/webhooks/wecom-customer/qinghe`;
    expect(await found.sender.test!(address)).toMatchObject([
      { what: "token", verdict: "fine" },
      { what: "callback", verdict: "fine", code: "answered" },
    ]);
    expect((await found.sender.test!(`${service.url}/webhooks/wecom-customer/other`))[1]).toMatchObject({
      verdict: "wrong",
    });
  });

  it("hears a place, shows a picture, and gives a link that hands over a scene", async () => {
    const phone = await opened("wm5");
    await phone.place({ ...positionIn(QINGHE, "柳东-2", 0.5, 0.5), label: "路口" });
    await service.settled();
    await say(phone, "35号井盖没了");
    expect(await service.case(await numberOf())).toMatchObject({ grid: "柳东-2" });
    const account = (await service.runtime.accounts.find("wecom-customer", "qinghe"))!;
    const found = (await service.runtime.accounts.byId(account.jurisdictionId, account.id))!;
    const link = await found.sender.link("g:柳东-2");
    expect(link).toMatchObject({
      ok: true,
      url: expect.stringContaining(`scene_param=${encodeURIComponent("g:柳东-2")}`),
    });
  });
});

it("what was said before the account was ours is kept, and not answered", async () => {
  let platform: SimulatedCustomerService | undefined;
  const startPlatform = async (now: () => Date) => {
    platform = await startWecomCustomer({ now: () => new Date(now().getTime() - 2 * HOUR) });
    return platform;
  };
  const service = await startService({ beside: { channel: wecomCustomer, startPlatform } });
  try {
    const phone = platform!.phone("qinghe", "wm9");
    platform!.silence("qinghe", true);
    await phone.say("41号楼前路灯坏了");
    platform!.silence("qinghe", false);
    platform!.advanceClock(2 * HOUR + 1000);
    await phone.say("42号楼前柳东村二组路灯坏了");
    await service.settled();
    const cases = await service.cases();
    expect(cases.map(({ summary }) => summary)).toEqual([expect.stringContaining("42号楼")]);
    expect(phone.lines().filter(({ by, text }) => by === "service" && text.includes("41号楼"))).toEqual([]);
  } finally {
    await service.close();
  }
});

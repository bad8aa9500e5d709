import { afterAll, beforeAll, expect, it } from "vitest";
import { telegram } from "../../src/channels/telegram/channel.ts";
import type { Phone, SimulatedPlatform } from "../../src/demo/platforms/face/platform.ts";
import { startTelegram } from "../../src/demo/platforms/telegram.ts";
import { convertDatum } from "../../src/domain/place/datum.ts";
import { positionIn } from "../county/county.ts";
import { QINGHE } from "../county/qinghe.ts";
import { startService, type TestService } from "../service.ts";
import { HOUR, short } from "./resident.ts";

const toSatellites = (longitude: number, latitude: number) => convertDatum([longitude, latitude], "gcj02", "wgs84");

let service: TestService;
let platform: SimulatedPlatform;
beforeAll(async () => {
  service = await startService({
    beside: { channel: telegram, startPlatform: (now) => startTelegram({ now, toSatellites }) },
  });
  platform = service.beside!;
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

it("a resident on Telegram and a deputy on WeChat: place by the link, photo, answer days later, without any window", async () => {
  const phone = await opened("3001", "g:柳东-2");
  const deputy = await service.deputy("D001");
  await say(phone, "21号楼前路灯坏了");
  const number = await numberOf();
  expect(texts(phone).join("\n")).toContain(number);
  service.advance(60 * HOUR);
  await service.passTime();
  await deputy.say(`回复 ${short(number)} 灯泡已经买好，周五装`);
  await service.settled();
  expect(texts(phone).at(-1)).toContain("灯泡已经买好");
});

it("the notice names the platform on which it is read", async () => {
  const phone = await opened("3002");
  await say(phone, "柳东村二组22号楼前路灯坏了");
  expect(texts(phone).join("\n")).toContain("看不到您的Telegram");
  expect(texts(phone).join("\n")).not.toContain("微信");
});

it("a question is buttons; one pressed twice answers it once, and an old one changes nothing", async () => {
  const phone = await opened("3003");
  await phone.place({ ...positionIn(QINGHE, "柳东-1", 0.99, 0.5), label: "路口" });
  await service.settled();
  await say(phone, "这里的井盖没了");
  const question = phone.lines().findLast(({ buttons }) => buttons.length > 0)!;
  expect(question.text).toContain("交界");
  const second = question.buttons.find(({ label }) => label.includes("柳东村二组"))!;
  await phone.press(question, second.key, 2);
  await service.settled();
  const number = await numberOf();
  const placed = await service.case(number);
  expect(placed).toMatchObject({ state: "assigned", grid: "柳东-2" });
  const first = question.buttons.find(({ label }) => label.includes("柳东村一组"))!;
  await phone.press(question, first.key);
  await service.settled();
  expect((await service.case(number)).grid).toBe("柳东-2");
});

it("a deputy who quotes what they were told answers that case, whichever they read last", async () => {
  const deputy = await opened("3100");
  await say(deputy, `绑定 ${await service.invite("D003")}`);
  const numbers: string[] = [];
  for (const [index, person] of ["3101", "3102"].entries()) {
    await say(await opened(person, "g:柳东-1"), `${31 + index}号楼前路灯坏了`);
    numbers.push(await numberOf());
  }
  expect(await Promise.all(numbers.map(async (number) => (await service.case(number)).deputy))).toEqual([
    "D003",
    "D003",
  ]);
  const [first = "", second = ""] = numbers;
  const told = deputy.lines().find(({ by, text }) => by === "service" && text.includes(first))!;
  await deputy.say("回复 灯泡周五换好", told);
  await service.settled();
  expect(texts(platform.phone("qinghe", "3101")).at(-1)).toContain("灯泡周五换好");
  expect(texts(platform.phone("qinghe", "3102")).join()).not.toContain("灯泡周五换好");
  expect([await service.case(first), await service.case(second)].map(({ state }) => state)).toEqual([
    "answered",
    "assigned",
  ]);
});

it("an answer quotes what it answers, and a resident who quotes one of two cases is not asked which", async () => {
  const phone = await opened("3201");
  const numbers: string[] = [];
  for (const text of ["柳东村二组61号楼前路灯坏了", "柳东村二组62号楼门口的井盖丢了"]) {
    await say(phone, text);
    numbers.push(await numberOf());
    service.advance(2 * HOUR);
  }
  const [lamp = "", lid = ""] = numbers;
  const receipt = phone.lines().find(({ by, text }) => by === "service" && text.includes(lamp))!;
  expect(receipt.quotes).toContain("路灯坏了");
  await phone.say("催办", receipt);
  await service.settled();
  expect(texts(phone).at(-1)).toContain(lamp);
  await phone.say("还是没人来看", receipt);
  await service.settled();
  service.advance(5000);
  await service.deliverDue();
  const heard = async (number: string) => (await service.case(number)).messages.map(({ text }) => text).join("\n");
  expect(await heard(lamp)).toContain("还是没人来看");
  expect(await heard(lid)).not.toContain("还是没人来看");
});

import sharp from "sharp";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { arrived, newest } from "../arrived.ts";
import { startService, type TestService } from "../service.ts";
import { CUSTOM_SEND, shownOf, withCase } from "./delivery.ts";
import { casesOf, expectEveryMessageEnded, HOUR, letPass, MINUTE, say, short } from "./resident.ts";

let service: TestService;
let deputy: Phone;
beforeAll(async () => {
  service = await startService();
  deputy = await service.deputy("D001");
});
afterAll(() => service.close());
afterEach(async () => {
  service.wechat.clearFaults();
  await expectEveryMessageEnded(service);
});

const picture = () =>
  sharp({ create: { width: 8, height: 8, channels: 3, background: "#336699" } })
    .jpeg()
    .toBuffer();
const pictures = (phone: Phone) =>
  phone.messages().filter((one) => one.direction === "in" && one.content.kind === "picture");
const menu = (phone: Phone) => JSON.stringify(phone.messages().at(-1)?.content);

describe("a deputy on the phone", () => {
  it("sends a photo of what was done; the resident sees it when the deputy says yes", async () => {
    const { phone, number } = await withCase(service, "photo-passed");
    await deputy.sendPhoto(await picture());
    await service.settled();
    expect(menu(deputy)).toContain(`记在${short(number)}号里`);
    expect(pictures(phone)).toHaveLength(0);
    await deputy.tapChoice("101");
    await service.settled();
    await letPass(service, MINUTE);
    expect(pictures(phone)).toHaveLength(1);
    expect(arrived(phone).join("\n")).toContain("李秀兰代表给您发来1张照片");
    expect(await shownOf(service, number)).toEqual(["receipt delivered", "reply delivered", "photo delivered"]);
    expect(await casesOf(service, deputy)).toEqual([]);
    await say(service, deputy, `办结 ${short(number)} 灯亮了`);
  });

  it("answers aloud, and sends a photo with several cases at hand, which is asked for its case", async () => {
    const first = await withCase(service, "aloud-one");
    const second = await withCase(service, "aloud-two");
    await deputy.sendVoice(Buffer.from("voice"), `回复${short(second.number)}，电工下午到。`);
    await service.settled();
    expect(newest(second.phone)).toContain("电工下午到");
    const third = await withCase(service, "aloud-three");
    await deputy.sendPhoto(await picture());
    await service.settled();
    expect(menu(deputy)).toContain("这张照片是哪一件的？");
    for (const { number } of [first, second, third]) expect(menu(deputy)).toContain(`${short(number)}号`);
    expect(await casesOf(service, deputy)).toEqual([]);
    for (const { number } of [first, second, third]) await say(service, deputy, `办结 ${short(number)} 灯亮了`);
  });

  it("whose photo left without an answer is told again, with a line that says so", async () => {
    service.advance(HOUR);
    const { phone, number } = await withCase(service, "photo-unseen");
    await deputy.sendPhoto(await picture());
    await service.settled();
    service.wechat.fail({ path: CUSTOM_SEND, to: phone.openid, times: 1, kind: "slow", delayMs: 0 });
    service.wechat.fail({ path: CUSTOM_SEND, to: phone.openid, times: 1, kind: "http-502" });
    await deputy.tapChoice("101");
    await service.settled();
    expect(pictures(phone)).toHaveLength(0);
    expect((await shownOf(service, number)).at(-1)).toBe("photo uncertain");
    await say(service, phone, "进度");
    expect(pictures(phone)).toHaveLength(1);
    expect(arrived(phone).join("\n")).toContain(`编号${number}的这张照片您可能已经收到过`);
    expect((await shownOf(service, number)).at(-1)).toBe("photo delivered");
  });
});

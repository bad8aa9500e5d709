import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { feishu } from "../../src/channels/feishu/channel.ts";
import type { Phone } from "../../src/demo/platforms/face/platform.ts";
import { startFeishu } from "../../src/demo/platforms/feishu.ts";
import { newest } from "../arrived.ts";
import { hasRedis } from "../redis.ts";
import { startService } from "../service.ts";
import { HOUR, letPass, short } from "./resident.ts";

const texts = (phone: Phone) => phone.lines().flatMap(({ by, text }) => (by === "service" ? [text] : []));

const pictures = (phone: Phone) => phone.lines().filter(({ by, picture }) => by === "service" && picture !== null);
const picture = () =>
  sharp({ create: { width: 8, height: 8, channels: 3, background: "#336699" } })
    .jpeg()
    .toBuffer();

describe.each(["postgres", ...(hasRedis ? (["redis"] as const) : [])] as const)(
  "a resident on WeChat and a deputy on Feishu, over %s",
  (backend) => {
    it("the deputy binds, is told, sees the photo, answers by quoting at any time, and is reached again after stopping the bot", async () => {
      const service = await startService({
        backend,
        beside: { channel: feishu, startPlatform: (now) => startFeishu({ now, answerWithinMs: 60_000 }) },
      });
      try {
        const deputy = service.beside!.phone("qinghe", "ou_deputy");
        const say = async (text: string, answering?: ReturnType<Phone["lines"]>[number]) => {
          await deputy.say(text, answering);
          await service.settled();
        };
        await deputy.open(null);
        await service.settled();
        await say(`绑定 ${await service.invite("D001")}`);

        const resident = service.phone(`feishu over ${backend}`);
        const numbers: string[] = [];
        for (const house of [41, 42]) {
          await resident.say(`柳东村二组${house}号楼前路灯坏了，另算一件`);
          await service.settled();
          service.advance(HOUR);
          await service.deliverDue();
          numbers.push((await service.cases()).at(-1)!.number);
          if (house === 42) continue;
          await resident.sendPhoto(await picture());
          await service.settled();
          await letPass(service, HOUR);
          expect(pictures(deputy)).toHaveLength(1);
          await deputy.photo(await picture());
          await service.settled();
          const asked = deputy.lines().findLast(({ buttons }) => buttons.length > 0)!;
          await deputy.press(asked, asked.buttons.find(({ label }) => label !== asked.buttons.at(-1)?.label)!.key);
          await service.settled();
          await letPass(service, HOUR);
          expect(resident.messages().some((one) => one.direction === "in" && one.content.kind === "picture")).toBe(
            true,
          );
        }
        const [first = "", second = ""] = numbers;
        expect(first).not.toBe(second);
        const told = deputy.lines().find(({ by, text }) => by === "service" && text.includes(first))!;
        expect(told.text).toContain("41号楼");

        service.advance(60 * HOUR);
        await service.passTime();
        await resident.say("在吗");
        await service.settled();
        await say("回复 灯泡周五换好", told);
        await service.deliverDue();
        expect(newest(resident)).toContain("灯泡周五换好");
        expect((await service.case(first)).state).toBe("answered");
        expect((await service.case(second)).state).toBe("assigned");

        await deputy.block();
        await resident.say(`补充 ${short(second)} 晚上全黑，老人不敢走`);
        await service.settled();
        await service.deliverDue();
        expect(texts(deputy).join("\n")).not.toContain("老人不敢走");
        await deputy.unblock();
        await say("列表");
        await service.deliverDue();
        expect(texts(deputy).join("\n").split("老人不敢走")).toHaveLength(2);
      } finally {
        await service.close();
      }
    });
  },
);

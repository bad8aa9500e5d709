import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { dingtalk } from "../../src/channels/dingtalk/channel.ts";
import { feishu } from "../../src/channels/feishu/channel.ts";
import { startDingtalk } from "../../src/demo/platforms/dingtalk.ts";
import type { Phone } from "../../src/demo/platforms/face/platform.ts";
import { startFeishu } from "../../src/demo/platforms/feishu.ts";
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
  "a resident on DingTalk and a deputy on Feishu, over %s",
  (backend) => {
    it("speaks and shows, by a connection that is lost in between; the deputy answers days later", async () => {
      const service = await startService({
        backend,
        beside: [
          { channel: dingtalk, startPlatform: (now) => startDingtalk({ now }) },
          { channel: feishu, startPlatform: (now) => startFeishu({ now, answerWithinMs: 60_000 }) },
        ],
      });
      try {
        const [here, there] = service.platforms.map((platform) => platform.phone.bind(platform, "qinghe"));
        const [resident, deputy] = [here!("staff1"), there!("ou_deputy")];
        const heard = async (deed: Promise<unknown>) => {
          await deed;
          await service.settled();
        };
        await heard(deputy.open(null));
        await heard(deputy.say(`绑定 ${await service.invite("D001")}`));
        await heard(resident.voice(Buffer.from("#!AMR"), "柳东村二组51号楼前路灯坏了"));
        const number = (await service.cases()).at(-1)!.number;
        expect(texts(resident).join("\n")).toContain(number);
        await heard(resident.photo(await picture()));
        await letPass(service, HOUR);
        const told = deputy.lines().find(({ by, text }) => by === "service" && text.includes(number))!;
        expect(told.text).toContain("51号楼");
        expect(pictures(deputy)).toHaveLength(1);

        service.platforms[0]!.fail({ path: "/v1.0/gateway/connections/open", times: 1, kind: "http-500" });
        service.advance(60 * HOUR);
        await heard(deputy.say("回复 灯泡周五换好", told));
        await service.deliverDue();
        expect(texts(resident).at(-1)).toContain("灯泡周五换好");
        expect((await service.case(number)).state).toBe("answered");
        const before = texts(deputy).length;
        await heard(resident.say(`补充 ${short(number)} 晚上全黑，老人不敢走`));
        await service.deliverDue();
        expect(texts(deputy).slice(before).join("\n")).toContain("老人不敢走");
      } finally {
        await service.close();
      }
    });
  },
);

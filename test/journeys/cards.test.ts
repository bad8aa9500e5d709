import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cases } from "../../db/schema/cases.ts";
import { attempts, outbox } from "../../db/schema/outbox.ts";
import { lockCase } from "../../src/casework/cases/load.ts";
import { bindMember } from "../../src/casework/deputy/members/bind-member.ts";
import { sealCase } from "../../src/casework/office/seal-case.ts";
import { openTurn } from "../../src/casework/turn/open-turn.ts";
import { finishTurn } from "../../src/casework/turn/turn.ts";
import { wecom } from "../../src/channels/wecom/channel.ts";
import type { Phone, ScreenLine, SimulatedPlatform } from "../../src/demo/platforms/face/platform.ts";
import { startWecom } from "../../src/demo/platforms/wecom.ts";
import { arrived, newest } from "../arrived.ts";
import { hasRedis } from "../redis.ts";
import { startService, type TestService } from "../service.ts";
import { HOUR, short } from "./resident.ts";

const MINUTE = 60_000;

describe.each(hasRedis ? (["postgres", "redis"] as const) : (["postgres"] as const))(
  "cards, queue in %s",
  (backend) => {
    let service: TestService;
    let platform: SimulatedPlatform;
    let deputy: Phone;
    let house = 0;
    beforeAll(async () => {
      service = await startService({
        backend,
        beside: { channel: wecom, startPlatform: (now) => startWecom({ now }) },
      });
      platform = service.beside!;
      deputy = platform.phone("qinghe", "zhangsan");
      await deputy.open(null);
      await say(`绑定 ${await service.invite("D003")}`);
    });
    afterAll(() => service.close());

    const settle = async () => {
      await service.settled();
      await service.deliverDue();
    };
    const say = async (text: string) => {
      await deputy.say(text);
      await settle();
    };
    const press = async (line: ScreenLine, label: string) => {
      await deputy.press(line, line.buttons.find((button) => button.label === label)!.key);
      await settle();
      return deputy.lines().find(({ id }) => id === line.id)!;
    };
    const texts = () => deputy.lines().flatMap(({ by, text }) => (by === "service" ? [text] : []));
    /** A resident on WeChat tells of a lamp, and the deputy on WeCom has it as a card. */
    const told = async (more = "") => {
      house += 1;
      const resident = service.phone(`cards-${house}`);
      await resident.say(`柳东村一组${house}号楼前路灯坏了${more}`);
      await settle();
      const { number } = (await service.cases()).at(-1)!;
      const card = deputy.lines().findLast(({ buttons }) => buttons.length > 0)!;
      expect(card.text).toContain(number);
      return { resident, number, card };
    };

    it("a deputy works a case by buttons, and writes nothing but what its resident reads", async () => {
      const { resident, number, card } = await told();
      expect(card.text).toMatch(/新的群众意见 \d+\n编号：2026-\d{6}\n地点：.*\n期限：/);
      expect(card.text).toContain("路灯坏了");
      expect(card.text).not.toMatch(/回“接收/);
      const accepted = await press(card, "接单");
      expect(accepted).toMatchObject({ revised: "已接单" });
      expect(newest(resident)).toContain("看到");
      const answering = await press(accepted, "答复");
      expect(answering.revised).toBe("请写答复");
      await say("灯泡周五换好");
      expect(arrived(resident).join("\n")).toContain("灯泡周五换好");
      const closing = await press(answering, "办结");
      await say("取消");
      expect((await service.case(number)).state).toBe("answered");
      await press(closing, "办结");
      await say("灯换好了");
      expect((await service.case(number)).state).toBe("closed");
      expect(arrived(resident).join("\n")).toContain("灯换好了");
      await service.passTime();
      await settle();
      expect(deputy.lines().find(({ id }) => id === card.id)).toMatchObject({ revised: "已办结", buttons: [] });
    });

    it("the same by words alone, and one case in words while the other's button waits for them", async () => {
      const one = await told();
      const other = await told();
      await press(one.card, "答复");
      await say(`回复 ${short(other.number)} 这盏灯明天修`);
      expect(arrived(other.resident).join("\n")).toContain("这盏灯明天修");
      expect(arrived(one.resident).join("\n")).not.toContain("这盏灯");
      await say("您那盏灯后天修");
      expect(arrived(one.resident).join("\n")).toContain("您那盏灯后天修");
      await say(`办结 ${short(one.number)} 修好了`);
      expect((await service.case(one.number)).state).toBe("closed");
    });

    it("passes a case on by a button and a name", async () => {
      const { number, card } = await told();
      await press(card, "转办");
      await say("李秀兰，她那边的");
      expect((await service.case(number)).deputy).not.toBe("D003");
      await service.passTime();
      await settle();
      const line = deputy.lines().find(({ id }) => id === card.id)!;
      expect(line).toMatchObject({ revised: "不归您办了", buttons: [] });
    });

    it("words too long for a card's face come before it, whole", async () => {
      const long = `，${"从上个月开始每天晚上都看不清路，".repeat(14)}孩子放学很危险`;
      const { card } = await told(long);
      const at = deputy.lines().findIndex(({ id }) => id === card.id);
      expect(deputy.lines()[at - 1]!.text).toContain("孩子放学很危险");
      expect(card.text.length).toBeLessThan(300);
    });

    it("a card of a case that is sealed meanwhile is over, and its buttons do nothing", async () => {
      const { number, card } = await told();
      const before = await service.case(number);
      await service.runtime.database.inCounty(service.jurisdiction("qinghe"), async (tx) => {
        const [subject] = await tx.select().from(cases).where(eq(cases.number, number));
        const turn = (await openTurn(service.runtime, tx, subject!.conversationId, "林晓"))!;
        await sealCase(turn, await lockCase(turn, subject!.id));
        await finishTurn(turn);
      });
      await press(card, "接单");
      expect(texts().at(-1)).toContain("现在不归您办");
      await press(card, "答复");
      await say("什么都别说");
      expect((await service.case(number)).events).toHaveLength(before.events.length + 1);
      await service.passTime();
      await settle();
      expect(deputy.lines().find(({ id }) => id === card.id)).toMatchObject({ revised: "不归您办了", buttons: [] });
    });

    it("forty answers in a minute arrive all, also where they say the same", async () => {
      const before = texts().length;
      for (let index = 0; index < 40; index += 1) await deputy.say("帮助");
      await settle();
      expect(texts().length - before).toBeLessThan(40);
      for (let minute = 0; minute < 4; minute += 1) {
        service.advance(MINUTE + 5000);
        await settle();
      }
      expect(texts().length - before).toBe(40);
      const rows = await service.runtime.database.inCounty(service.jurisdiction("qinghe"), (tx) =>
        tx.select().from(outbox).where(eq(outbox.state, "waiting")),
      );
      expect(rows.filter(({ awaitsContact }) => !awaitsContact)).toEqual([]);
    });

    it("the office makes a member's chat a deputy's, who is told and may refuse", async () => {
      const bind = (member: string, deputyCode = "D002") =>
        bindMember(service.runtime, service.jurisdiction("qinghe"), {
          ...{ deputy: deputyCode, channel: wecom, account: "qinghe", member },
        });
      const member = platform.phone("qinghe", "WangJianguo");
      const shown = () => member.lines().map(({ text }) => text);
      expect(await bind("WangJianguo")).toMatchObject({ ok: true });
      await settle();
      expect(shown().join("\n")).toContain("王建国代表您好");
      expect(await bind("wangjianguo")).toMatchObject({ ok: true });
      expect(await bind("wangjianguo", "D001")).toMatchObject({ ok: false });
      expect(await bind("two words")).toMatchObject({ ok: false });
      await settle();
      expect(shown().filter((text) => text.includes("代表您好"))).toHaveLength(1);
      await member.say("列表");
      await settle();
      expect(shown().at(-1)).toContain("您手上");
      await member.say("不是我");
      await settle();
      expect(shown().at(-1)).toContain("不再收代表的事");
      await member.say("列表");
      await settle();
      expect(shown().at(-1)).not.toContain("您手上");
    });

    it("keeps the code of a card sealed, until it is used", async () => {
      const { card, number } = await told();
      const handles = () =>
        service.runtime.database.inCounty(service.jurisdiction("qinghe"), async (tx) =>
          (await tx.select({ handle: attempts.handle }).from(attempts)).flatMap(({ handle }) => handle ?? []),
        );
      const [first] = await handles();
      expect(Buffer.from(first!).toString("latin1")).not.toMatch(/^[\w-]{32}$/);
      service.advance(15 * 24 * HOUR);
      await say(`办结 ${short(number)} 修好了`);
      await service.passTime();
      await settle();
      expect(await handles()).toEqual([]);
      expect(deputy.lines().find(({ id }) => id === card.id)?.revised).toBeNull();
    });
  },
);

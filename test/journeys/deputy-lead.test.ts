import { describe, expect, it } from "vitest";
import { arrived, newest } from "../arrived.ts";
import { hasRedis } from "../redis.ts";
import { startService } from "../service.ts";
import { onlyCase, say, short } from "./resident.ts";

describe.each(["postgres", ...(hasRedis ? (["redis"] as const) : [])] as const)(
  "a deputy who leads a case over %s",
  (backend) => {
    it("accepts it, has somebody help, answers with a kept sentence, and is away each week", async () => {
      const service = await startService({ backend });
      try {
        const deputy = await service.deputy("D001");
        const helper = await service.deputy("D002");
        const phone = service.phone(`led over ${backend}`);
        await say(service, phone, "柳东村三组路灯坏了");
        const { number } = await onlyCase(service, phone);
        const id = short(number);
        await say(service, deputy, `接收 ${id}`);
        expect(newest(phone)).toContain("李秀兰代表看到了，还没有答复");
        await say(service, deputy, `协办 ${id} D002，请一起去看看`);
        expect(newest(helper)).toContain("【协办】李秀兰代表请您帮忙");
        await say(service, helper, `协办 ${id} 我八点到`);
        expect(newest(deputy)).toContain("「我八点到」");
        await say(service, deputy, "存常用语 您好，已经去看过，这两天修");
        await say(service, deputy, `用 1 ${id}`);
        expect(newest(phone)).not.toContain("这两天修");
        await say(service, deputy, "1");
        expect(newest(phone)).toContain("「您好，已经去看过，这两天修」");
        await say(service, deputy, "每周三开会不在", "1");
        expect(newest(deputy)).toMatch(/^记下了，您每周三（从/);
        expect(await service.case(number)).toMatchObject({ deputy: "D001", assisting: ["D002"], state: "answered" });
        expect(arrived(phone).join("\n")).not.toMatch(/八点|协办/);
      } finally {
        await service.close();
      }
    });
  },
);

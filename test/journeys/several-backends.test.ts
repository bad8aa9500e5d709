import { describe, expect, it } from "vitest";
import { arrived } from "../arrived.ts";
import { hasRedis } from "../redis.ts";
import { startService } from "../service.ts";
import { casesOf, SECOND, say, short, wait } from "./resident.ts";

describe.each(["postgres", ...(hasRedis ? (["redis"] as const) : [])] as const)(
  "several matters over %s",
  (backend) => {
    it("are apart, joined by what comes behind, and one again by one message", async () => {
      const service = await startService({ backend });
      try {
        const phone = service.phone(`several over ${backend}`);
        await say(service, phone, "1.柳东村一组路灯坏了半个月了。2.我妈的高龄补贴今年一分没到，麻烦查查。");
        await wait(service, 20 * SECOND);
        await say(service, phone, "另外一件事：村口的公交站牌让人撞倒了一直没人扶");
        const all = await casesOf(service, phone);
        expect(all.map(({ summary }) => summary)).toEqual([
          expect.stringContaining("路灯"),
          expect.stringContaining("高龄补贴"),
          expect.stringContaining("站牌"),
        ]);
        for (const { number } of all) expect(arrived(phone).join("\n")).toContain(`编号${number}`);
        await say(service, phone, `合并 ${short(all[1]!.number)} 到 ${short(all[0]!.number)}`);
        expect((await casesOf(service, phone)).map(({ open }) => open)).toEqual([true, false, true]);
      } finally {
        await service.close();
      }
    });
  },
);

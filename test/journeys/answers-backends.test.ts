import { describe, expect, it } from "vitest";
import { newest } from "../arrived.ts";
import { hasRedis } from "../redis.ts";
import { startService } from "../service.ts";
import { CLOSED_AT_ONCE, putIntoForce } from "./answers.ts";
import { casesOf, say } from "./resident.ts";

describe.each(["postgres", ...(hasRedis ? (["redis"] as const) : [])] as const)(
  "answers at once over %s",
  (backend) => {
    it("are given once to each of many who ask at one moment, and opened again for one", async () => {
      const service = await startService({ backend });
      try {
        await putIntoForce(service, { code: "card", triggers: "老年证怎么办", body: "带身份证。" });
        const phones = Array.from({ length: 8 }, (_, at) => service.phone(`at-once-${backend}-${at}`));
        await Promise.all(phones.map((phone) => phone.say("老年证怎么办？")));
        await service.settled();
        for (const phone of phones) {
          expect(newest(phone)).toContain("带身份证。");
          expect(await casesOf(service, phone)).toMatchObject([CLOSED_AT_ONCE]);
        }
        await say(service, phones[0]!, "不是");
        const open = await Promise.all(phones.map(async (phone) => (await casesOf(service, phone))[0]?.open));
        expect(open).toEqual([true, ...Array.from({ length: 7 }, () => false)]);
      } finally {
        await service.close();
      }
    });
  },
);

import { describe, expect, it } from "vitest";
import { newest } from "../arrived.ts";
import { hasRedis } from "../redis.ts";
import { startService } from "../service.ts";
import { openWebChat, type WebVisitorClient, webVisitor } from "../web-visitor.ts";
import { say } from "./resident.ts";

/** Listens as an open page does, until so many posts were told. */
async function heard(visitor: WebVisitorClient, since: string, posts: number): Promise<string[]> {
  const response = await visitor.get(`/live?since=${since}`);
  expect(response.headers.get("content-type")).toContain("text/event-stream");
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const ids = [...text.matchAll(/^id: (\d+)$/gm)].map(([, id = ""]) => id);
    if (ids.length >= posts) {
      await reader.cancel();
      return ids;
    }
    const { value, done } = await reader.read();
    if (done) throw new Error("the stream ended early");
    text += value;
  }
}

describe.each(["postgres", ...(hasRedis ? (["redis"] as const) : [])] as const)(
  "a resident on the page and a deputy on WeChat over %s",
  (backend) => {
    it("speak with each other, from the scanned code to the verdict; nobody else reads it", async () => {
      const service = await startService({ backend });
      try {
        await openWebChat(service);
        const deputy = await service.deputy("D001");
        const resident = webVisitor(service);
        await resident.say("柳东村三组晒场边上的路灯坏了，我叫王秀英，电话13812345678", { scene: "g:柳东-3" });
        await service.settled();
        const [one] = await service.cases();
        const number = one!.number;
        const short = String(Number(number.slice(5)));
        expect((await resident.arrived()).join("\n")).toContain(number);
        expect(newest(deputy)).toContain("路灯");
        expect(newest(deputy)).not.toMatch(/王秀英|13812345678/);

        const first = (await heard(resident, "0", 1))[0]!;
        await say(service, deputy, `回复 ${short} 电工明天上午来修`);
        const news = await heard(resident, first, 1);
        expect(news).not.toContain(first);
        expect((await resident.arrived()).join("\n")).toContain("电工明天上午来修");
        // What was heard is not told again.
        expect((await heard(resident, "0", 2)).length).toBeGreaterThanOrEqual(2);

        await say(service, deputy, `办结 ${short} 换了新灯`);
        expect((await resident.arrived()).join("\n")).toContain("换了新灯");
        expect((await resident.say("1")).ok).toBe(true);
        await service.settled();
        expect(await service.case(number)).toMatchObject({ state: "closed", rating: expect.anything() });

        const accuser = webVisitor(service);
        await accuser.say("我们网格的王代表收了物业的好处，跟他反映多少次都不办");
        await service.settled();
        const sealed = (await service.cases()).find((row) => row.number !== number);
        expect((await service.case(sealed!.number)).sealed).toBe(true);
        expect((await accuser.lines()).join("\n")).toContain("收了物业的好处");
        for (const other of [resident, webVisitor(service)]) {
          for (const path of ["/mine", "/fresh", ""]) {
            const html = await (await other.get(path)).text();
            expect(html).not.toContain("收了物业的好处");
            expect(html).not.toContain(sealed!.number);
          }
          await other.say(`进度 ${Number(sealed!.number.slice(5))}`);
          await service.settled();
          expect((await other.arrived()).join("\n")).not.toContain("收了物业的好处");
        }
      } finally {
        await service.close();
      }
    });
  },
);

import { describe, expect, it } from "vitest";
import { auditCounty } from "../../src/casework/audit/audit-county.ts";
import { countyByCode } from "../../src/casework/county/counties.ts";
import { inviteRole } from "../../src/casework/deputy/invite-role.ts";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { arrived, newest } from "../arrived.ts";
import { hasRedis } from "../redis.ts";
import { startService, type TestService } from "../service.ts";
import { casesOf, DAY, letPass, onlyCase, say, short, since } from "./resident.ts";

const photo = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const GRID = "柳东-3";
const pictures = (phone: Phone) => phone.messages().filter(({ content }) => content.kind === "picture").length;
const invite = (service: TestService, ref: string) =>
  inviteRole(service.runtime, service.jurisdiction("qinghe"), { role: "grid-worker", ref });

describe.each(["postgres", ...(hasRedis ? (["redis"] as const) : [])] as const)(
  "the worker of a grid over %s",
  (backend) => {
    it("sees what is open in the grid, is asked to look, and tells its deputy alone what they saw", async () => {
      const service = await startService({ backend });
      try {
        const deputy = await service.deputy("D001");
        const [worker, resident] = [service.phone("worker"), service.phone("lamp")];
        await say(service, resident, "柳东村三组1号楼前路灯坏了，我叫王秀英，电话13812345678");
        const { number } = await onlyCase(service, resident);
        const id = short(number);
        await say(service, deputy, `转办 ${id} 网格员，请去看看`);
        expect(newest(deputy)).toContain("还没有网格员在这里");
        expect((await service.case(number)).events.map(({ type }) => type)).not.toContain("site_asked");

        const code = await invite(service, GRID);
        await say(service, worker, `绑定 ${code}`);
        expect(newest(worker)).toMatch(/网格员。这个网格在办的有1件/);
        const other = service.phone("other");
        await say(service, other, `绑定 ${code}`);
        expect(newest(other)).toContain("不能用");
        expect(await invite(service, "不存在-1")).toBeNull();
        await say(service, worker, "列表");
        expect(newest(worker)).toContain(`${id}号`);
        expect(newest(worker)).toContain("李秀兰代表在办");
        await say(service, worker, id);
        expect(newest(worker)).toMatch(/内容：.*路灯坏了/);

        await say(service, deputy, `转办 ${id} 网格员，请看看是哪一盏`);
        expect(newest(worker)).toMatch(new RegExp(`^【请去看看】${id}号，李秀兰代表请您到现场看一看`));
        expect(newest(worker)).toContain("请看看是哪一盏");
        expect(newest(deputy)).toContain("这件仍在您手上");
        expect(arrived(worker).join()).not.toMatch(/王秀英|13812345678|o_/);

        await say(service, worker, `现场 ${id}`);
        expect(newest(worker)).toContain("没有记下");
        await say(service, worker, `现场 ${id} 灯杆歪了，电话13900001111`);
        expect(newest(worker)).toContain("代表看得到，居民看不到");
        expect(newest(deputy)).toMatch(/灯杆歪了/);
        expect(newest(deputy)).toContain("这是网格员说的，居民还不知道");
        expect(newest(deputy)).not.toContain("13900001111");
        const before = pictures(deputy);
        await worker.sendPhoto(photo);
        await service.settled();
        expect(newest(worker)).toContain(`${id}号的照片收到了`);
        expect(pictures(deputy)).toBe(before + 1);
        expect(pictures(resident)).toBe(0);
        expect(arrived(resident).join("\n")).not.toMatch(/灯杆|网格员/);
        expect(await service.case(number)).toMatchObject({
          deputy: "D001",
          open: true,
          claims: { unit: null, deputy: null, resident: null },
          events: expect.arrayContaining([
            expect.objectContaining({ type: "site_asked", by: "deputy:D001" }),
            expect.objectContaining({ type: "site_noted", by: `grid-worker:${GRID}` }),
          ]),
          messages: expect.arrayContaining([expect.objectContaining({ party: "grid-worker", kind: "site-words" })]),
        });

        await say(service, worker, "柳东村三组2号楼前下水道堵了");
        expect((await casesOf(service, worker)).at(-1)).toMatchObject({ deputy: "D001", open: true });
        const county = (await countyByCode(service.runtime.database, "qinghe"))!;
        expect((await auditCounty(service.runtime.database, county)).findings).toEqual([]);
      } finally {
        await service.close();
      }
    });
  },
);

describe("what a grid worker never sees", () => {
  it("is sealed, of a child, a petition, of who stays unnamed, or speaks of grid workers; nor what lies elsewhere", async () => {
    const service = await startService();
    try {
      const deputy = await service.deputy("D001");
      const worker = service.phone("worker");
      await say(service, worker, `绑定 ${await invite(service, GRID)}`);
      const told: Readonly<Record<string, string>> = {
        accused: "柳东村三组的李秀兰代表收了物业的好处",
        petition: "柳东村三组征地补偿反映三次了没人管，我要上访",
        unnamed: "柳东村三组3号楼前有人偷倒垃圾，别说是我说的",
        neighbour: "柳东村三组的网格员从来不来，4号楼前积水没人管",
        violence: "柳东村三组5号楼有人打老婆，天天打",
        elsewhere: "柳东村一组6号楼前路灯坏了",
      };
      const numbers: string[] = [];
      for (const [person, text] of Object.entries(told)) {
        const phone = service.phone(person);
        await say(service, phone, text);
        numbers.push(...(await casesOf(service, phone)).map(({ number }) => number));
      }
      expect(numbers).toHaveLength(Object.keys(told).length);
      await say(service, worker, "列表");
      const from = arrived(worker).length;
      for (const number of numbers) {
        await say(service, worker, number, `现场 ${number} 我看过`);
        await say(service, deputy, `转办 ${number} 网格员，请去看看`);
      }
      await letPass(service, DAY);
      const read = since(worker, from);
      for (const number of numbers) expect(read).not.toMatch(new RegExp(`(?<!没有)${number}|内容：`));
      expect(newest(worker)).not.toContain("请去看看");
      const seen = await Promise.all(numbers.map((number) => service.case(number)));
      const types = seen.flatMap(({ events }) => events.map(({ type }) => type));
      expect(types.filter((type) => type.startsWith("site_"))).toEqual([]);
    } finally {
      await service.close();
    }
  });
});

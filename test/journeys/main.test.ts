import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { arrived, newest } from "../arrived.ts";
import { hasRedis } from "../redis.ts";
import { startService, type TestService } from "../service.ts";

const backends: ("postgres" | "redis")[] = hasRedis ? ["postgres", "redis"] : ["postgres"];

describe.each(backends)("the main job, with the queue on %s", (backend) => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService({ backend });
  });
  afterAll(() => service.close());

  it("carries a message to the deputy of the grid, the answer back, and the verdict", async () => {
    const deputy = await service.deputy("D001");
    const resident = service.phone("lamp");
    await resident.say("柳河镇柳东村三组村口到小学那段路灯坏了6盏,晚上接孩子看不见");
    await service.settled();

    const [receipt] = arrived(resident);
    const [one] = await service.cases();
    expect(one).toMatchObject({ state: "assigned", open: true, grid: "柳东-3", deputy: "D001", station: "ST01" });
    expect(receipt).toContain(one!.number);
    expect(receipt).toContain("李秀兰");
    expect(receipt).toContain("柳河镇代表联络站");
    expect(receipt).toMatch(/\d{1,2}月\d{1,2}日|\d{4}-\d{2}-\d{2}/);
    expect(arrived(resident)).toHaveLength(1);
    expect(newest(deputy)).toContain("路灯坏了6盏");
    expect(newest(deputy)).toContain(one!.number);

    await deputy.say("回复 已联系供电所，明天来修");
    await service.settled();
    expect(newest(resident)).toContain("已联系供电所，明天来修");
    expect(newest(resident)).toContain("李秀兰");
    expect((await service.case(one!.number)).state).toBe("answered");

    await deputy.say(`办结 ${Number(one!.number.slice(5))} 六盏灯都换好了`);
    await service.settled();
    expect(newest(resident)).toContain("六盏灯都换好了");
    expect(await service.case(one!.number)).toMatchObject({
      state: "closed",
      outcome: "solved",
      open: false,
      rating: null,
    });

    await resident.tapChoice("101");
    await service.settled();
    const closed = await service.case(one!.number);
    expect(closed).toMatchObject({ state: "closed", rating: 5 });
    expect(closed.events.map((event) => event.type)).toEqual(
      expect.arrayContaining(["opened", "assigned", "replied", "closed", "rated"]),
    );
    expect(closed.messages.filter((message) => message.direction === "out").map((message) => message.delivery)).toEqual(
      expect.not.arrayContaining(["waiting", "failed", "uncertain"]),
    );
    expect(closed.decision).toMatchObject({
      ruleset: "default",
      rule: "grid",
      chosen: { kind: "deputy", deputy: "D001" },
    });
  });

  it("opens the case again at the same deputy when the resident is not satisfied", async () => {
    const deputy = await service.deputy("D003");
    const resident = service.phone("water");
    await resident.say("柳东村一组自来水发黄，好几天了");
    await service.settled();
    await deputy.say("办结 已通知水厂冲洗管道");
    await service.settled();
    await resident.say("不满意，水还是黄的");
    await service.settled();
    const [number] = (await service.cases()).filter((one) => one.deputy === "D003").map((one) => one.number);
    expect(await service.case(number!)).toMatchObject({ state: "assigned", open: true, deputy: "D003" });
    expect(newest(deputy)).toContain("水还是黄的");
    expect(newest(resident)).toContain(number!);
  });

  it("keeps counties apart: the same person in another county is another conversation", async () => {
    const resident = service.phone("lamp", "baishi");
    await resident.say("进度");
    await service.settled();
    expect(arrived(resident).join()).not.toContain("路灯");
    expect(await service.cases("baishi")).toEqual([]);
  });
});

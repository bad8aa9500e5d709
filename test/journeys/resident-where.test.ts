import { describe, expect, it } from "vitest";
import { arrived, newest } from "../arrived.ts";
import { casesOf, DAY, HOUR, MINUTE, onlyCase, SECOND, say, service, since, wait, withService } from "./resident.ts";

withService();

const later = () => wait(service, 3 * SECOND);

describe("an estate of which only the phases are known", () => {
  it.each(["二期", "我们是2期的"])("is asked about with its phases, and %s answers", async (answer) => {
    const phone = service.phone(`phase-${answer}`);
    await say(service, phone, "梧桐苑的垃圾桶满了没人清");
    await later();
    expect(newest(phone)).toContain("哪一片");
    expect(newest(phone)).toContain("梧桐苑一期");
    await say(service, phone, answer);
    expect(await onlyCase(service, phone)).toMatchObject({ grid: "东关-2", deputy: "D005" });
    expect(newest(phone)).toContain("地点：东关街道菜市场网格（梧桐苑二期）。");
  });

  it("corrects a place like any other, and is asked about then", async () => {
    const phone = service.phone("phase-corrected");
    await say(service, phone, "柳西村的垃圾桶满了没人清");
    await wait(service, 2 * HOUR);
    await say(service, phone, "不对 是梧桐苑");
    await later();
    expect(newest(phone)).toContain("哪一片");
    await say(service, phone, "一期");
    expect(await onlyCase(service, phone)).toMatchObject({ grid: "城关-2", deputy: "D009" });
  });
});

describe("a name that is almost right", () => {
  it("is taken where it sounds the same, and the receipt says for what", async () => {
    const phone = service.phone("near-sound");
    await say(service, phone, "梧同苑二期的垃圾桶满了没人清");
    expect(await onlyCase(service, phone)).toMatchObject({ grid: "东关-2" });
    expect(newest(phone)).toContain("地点：东关街道菜市场网格（梧桐苑2期）。");
  });

  it.each([
    ["是的", "城关-2"],
    ["1", "城关-2"],
    ["不是，在柳西村", "柳西-1"],
  ])("is offered where it does not, and %s answers", async (answer, grid) => {
    const phone = service.phone(`near-${answer}`);
    await say(service, phone, "梧枫苑一期的垃圾桶满了没人清");
    await later();
    expect(newest(phone)).toContain("您说的是城关镇南大街社区南大街网格（梧桐苑1期）吗？");
    await say(service, phone, answer);
    expect(await onlyCase(service, phone)).toMatchObject({ grid });
  });

  it("leads to the question where, once, when it is another one", async () => {
    const phone = service.phone("near-no");
    await say(service, phone, "柳河大墙的护栏松了");
    await later();
    expect(newest(phone)).toContain("柳河大桥");
    await say(service, phone, "不是");
    await later();
    expect(newest(phone)).toContain("请问在哪里？");
  });
});

describe("several places in one text", () => {
  it("are told as such, and one is chosen", async () => {
    const phone = service.phone("several");
    await say(service, phone, "南大街和柳西村的路灯都不亮");
    await later();
    expect(newest(phone)).toContain("您说了好几个地方，是哪一处？");
    await say(service, phone, "柳西村");
    expect(await onlyCase(service, phone)).toMatchObject({ grid: "柳西-1" });
  });

  it("are left to the office where it is all of them", async () => {
    const phone = service.phone("several-all");
    await say(service, phone, "南大街和柳西村的路灯都不亮");
    await later();
    await say(service, phone, "都是");
    expect(await onlyCase(service, phone)).toMatchObject({ state: "triage", grid: null });
    expect(newest(phone)).toContain("县人大代表工作机构");
  });

  it("are one where somebody moved", async () => {
    const phone = service.phone("several-moved");
    await say(service, phone, "我家从南坡村搬到锦绣家园了，楼下的灯一直不亮");
    expect(await onlyCase(service, phone)).toMatchObject({ grid: "东关-1" });
  });
});

describe("a place alone", () => {
  it.each(["南坡村", "我家住锦绣家园3号楼", "人民公园那边"])("opens no case: %s", async (place) => {
    const phone = service.phone(`alone-${place}`);
    await say(service, phone, place);
    await later();
    expect(newest(phone)).toContain("那里出了什么事？");
    expect(await casesOf(service, phone)).toEqual([]);
  });

  it("is the place of what is said next, hours later too", async () => {
    const phone = service.phone("alone-then");
    await say(service, phone, "锦绣家园");
    await wait(service, 5 * HOUR);
    await say(service, phone, "电梯三天没动了");
    expect(await onlyCase(service, phone)).toMatchObject({ grid: "东关-1", summary: "锦绣家园 电梯三天没动了" });
  });

  it("is not asked about when the matter follows at once", async () => {
    const phone = service.phone("alone-burst");
    await say(service, phone, "南大街", "井盖没了一个");
    await later();
    expect(await onlyCase(service, phone)).toMatchObject({ grid: "城关-2" });
    expect(arrived(phone).join()).not.toContain("出了什么事");
  });

  it("is left for another one that comes with the matter", async () => {
    const phone = service.phone("alone-other");
    await say(service, phone, "柳西村");
    await wait(service, 10 * MINUTE);
    await say(service, phone, "第二小学门口没有减速带");
    expect(await onlyCase(service, phone)).toMatchObject({ grid: "城关-2" });
  });
});

describe("a late correction of the place", () => {
  it.each([
    "上午报错地方了 是南大街",
    "昨天说的不是柳西村，是南大街",
    "上回那个地址写错了，应该是南大街",
    "前天的地址应该是南大街",
  ])("moves the case: %s", async (words) => {
    const phone = service.phone(`late-${words}`);
    await say(service, phone, "柳西村的路灯不亮");
    await wait(service, 6 * HOUR);
    const before = arrived(phone).length;
    await say(service, phone, words);
    expect(await onlyCase(service, phone)).toMatchObject({ grid: "城关-2", deputy: "D009" });
    expect(since(phone, before)).toContain("地点：城关镇南大街网格。");
  });

  it("without the right place asks for it", async () => {
    const phone = service.phone("late-denied");
    await say(service, phone, "柳西村的路灯不亮");
    await wait(service, 20 * HOUR);
    await say(service, phone, "昨天说的地方不是柳西村");
    expect(newest(phone)).toContain("换个地方");
    await say(service, phone, "南大街");
    expect(await onlyCase(service, phone)).toMatchObject({ grid: "城关-2" });
  });

  it("of several cases moves the one that lies at the wrong place, and asks where nothing tells", async () => {
    const phone = service.phone("late-several");
    await say(service, phone, "柳西村的路灯不亮");
    await wait(service, 2 * HOUR);
    await say(service, phone, "菜市场网格的下水道堵了");
    await wait(service, 6 * HOUR);
    await say(service, phone, "早上说的不是柳西村，是南大街");
    expect((await casesOf(service, phone)).map((one) => one.grid)).toEqual(["城关-2", "东关-2"]);
    await wait(service, 6 * HOUR);
    await say(service, phone, "昨天地址写错了，应该是南坡村");
    expect(newest(phone)).toContain("哪一件");
    await say(service, phone, "1");
    const grids = (await casesOf(service, phone)).map((one) => one.grid);
    expect(grids.filter((grid) => grid === "南坡-1")).toHaveLength(1);
  });
});

describe("a later matter without a place", () => {
  const reported = async (person: string) => {
    const phone = service.phone(person);
    await say(service, phone, "锦绣家园的电梯不动了");
    await wait(service, 3 * DAY);
    await say(service, phone, "楼道里堆满了杂物");
    await later();
    return phone;
  };

  it.each(["1", "是的", "还在锦绣家园"])("is asked about with the last place first: %s", async (answer) => {
    const phone = await reported(`last-${answer}`);
    expect(newest(phone)).toContain("还是在锦绣家园吗？");
    await say(service, phone, answer);
    expect((await casesOf(service, phone))[1]).toMatchObject({ grid: "东关-1" });
  });

  it.each([
    ["2", null],
    ["不是", null],
    ["不是，在南大街", "城关-2"],
  ])("lies elsewhere: %s", async (answer, grid) => {
    const phone = await reported(`last-not-${answer}`);
    await say(service, phone, answer);
    await later();
    expect((await casesOf(service, phone))[1]).toMatchObject({ grid });
    if (grid === null) expect(newest(phone)).toContain("请问在哪里？");
  });

  it("is placed at home without a question where that is the last place, and offers both where it is not", async () => {
    const phone = service.phone("last-home");
    await phone.scan("g:东关-2");
    await say(service, phone, "下水道堵了");
    await wait(service, 2 * DAY);
    await say(service, phone, "楼道的灯坏了");
    expect((await casesOf(service, phone))[1]).toMatchObject({ grid: "东关-2" });
    await wait(service, 2 * DAY);
    await say(service, phone, "柳西村的水渠塌了");
    await wait(service, 2 * DAY);
    await say(service, phone, "垃圾桶满了没人清");
    await later();
    expect(newest(phone)).toContain("还是在柳西村吗？");
    expect(newest(phone)).toContain("3. 都不是");
    await say(service, phone, "2");
    expect((await casesOf(service, phone))[3]).toMatchObject({ grid: "东关-2" });
  });

  it("is asked where from nothing after a quarter of a year", async () => {
    const phone = service.phone("last-old");
    await say(service, phone, "锦绣家园的电梯不动了");
    await wait(service, 100 * DAY);
    await say(service, phone, "楼道里堆满了杂物");
    await later();
    expect(newest(phone)).toContain("请问在哪里？");
  });
});

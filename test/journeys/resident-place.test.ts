import { describe, expect, it } from "vitest";
import { arrived, newest } from "../arrived.ts";
import { positionIn } from "../county/county.ts";
import { QINGHE } from "../county/qinghe.ts";
import { casesOf, MINUTE, onlyCase, SECOND, say, service, wait, withService } from "./resident.ts";

withService();

const at = (grid: string, label = "", right = 0.5, up = 0.5) => ({ ...positionIn(QINGHE, grid, right, up), label });

describe("a scanned code", () => {
  it("of a grid places what is said next, and is home from then on", async () => {
    const phone = service.phone("scan-grid");
    await phone.unfollow();
    await phone.scan("g:东关-2");
    await service.settled();
    expect(newest(phone)).toContain("菜市场网格");
    await say(service, phone, "下水道堵了臭得很");
    expect(await onlyCase(service, phone)).toMatchObject({
      state: "assigned",
      grid: "东关-2",
      deputy: "D005",
      decision: { facts: { placeBy: "scene" } },
    });
    await wait(service, 2 * MINUTE);
    await say(service, phone, "垃圾也没人收");
    expect((await casesOf(service, phone))[1]).toMatchObject({
      grid: "东关-2",
      decision: { facts: { placeBy: "home" } },
    });
  });

  it("of a station gives the case to one of the station's deputies", async () => {
    const phone = service.phone("scan-station");
    await phone.scan("s:ST02");
    await say(service, phone, "公交车老是晚点");
    expect(await onlyCase(service, phone)).toMatchObject({
      state: "assigned",
      grid: null,
      station: "ST02",
      deputy: "D009",
    });
    expect(newest(phone)).toContain("陈国庆");
  });

  it("of a deputy gives the case to that deputy", async () => {
    const phone = service.phone("scan-deputy");
    await phone.scan("d:D006");
    await say(service, phone, "小区的路坑坑洼洼");
    expect(await onlyCase(service, phone)).toMatchObject({ grid: "东关-1", deputy: "D006" });
    expect((await onlyCase(service, phone)).decision?.rule).toBe("scanned-deputy");
  });

  it("that nobody knows only greets", async () => {
    const phone = service.phone("scan-nothing");
    await phone.scan("g:没有这个");
    await phone.scan("乱七八糟");
    await service.settled();
    await say(service, phone, "路灯坏了");
    await wait(service, 3 * SECOND);
    expect((await onlyCase(service, phone)).state).toBe("clarifying");
  });

  it("answers the question that waits", async () => {
    const phone = service.phone("scan-answers");
    await say(service, phone, "路灯坏了");
    await wait(service, 3 * SECOND);
    await phone.scan("g:城关-2");
    await service.settled();
    expect(await onlyCase(service, phone)).toMatchObject({ state: "assigned", grid: "城关-2", deputy: "D009" });
    expect(newest(phone)).toContain((await onlyCase(service, phone)).number);
  });
});

describe("a shared position", () => {
  it("waits for the words, and the deputy reads how the spot is called", async () => {
    const deputy = await service.deputy("D001");
    const phone = service.phone("position-first");
    await phone.sendLocation(at("柳东-3", "柳河大桥东头"));
    await service.settled();
    expect(newest(phone)).toContain("柳河大桥东头");
    expect(await casesOf(service, phone)).toEqual([]);
    await wait(service, 10 * MINUTE);
    await say(service, phone, "桥面塌了一块");
    expect(await onlyCase(service, phone)).toMatchObject({ grid: "柳东-3", deputy: "D001" });
    expect((await onlyCase(service, phone)).decision?.facts.placeBy).toBe("position");
    expect(newest(deputy)).toContain("柳河大桥东头");
    expect(newest(deputy)).toContain("桥面塌了一块");
  });

  it("is forgotten after a quarter of an hour", async () => {
    const phone = service.phone("position-old");
    await phone.sendLocation(at("柳东-3"));
    await service.settled();
    await wait(service, 16 * MINUTE);
    await say(service, phone, "桥面塌了一块");
    expect((await onlyCase(service, phone)).state).toBe("clarifying");
  });

  it("near a border asks which side, and takes a tap", async () => {
    const phone = service.phone("border");
    await phone.sendLocation(at("柳东-1", "路口", 0.99));
    await service.settled();
    await say(service, phone, "这里的井盖没了");
    await wait(service, 3 * SECOND);
    expect(newest(phone)).toContain("交界");
    expect(newest(phone)).toContain("柳东村一组");
    expect(newest(phone)).toContain("柳东村二组");
    await phone.tapChoice("102");
    await service.settled();
    expect(await onlyCase(service, phone)).toMatchObject({ state: "assigned", grid: "柳东-2", deputy: "D001" });
  });

  it("after the words places the case that stood at home", async () => {
    const phone = service.phone("position-after");
    await phone.scan("g:城关-1");
    await say(service, phone, "北大街垃圾没人收");
    await wait(service, 2 * MINUTE);
    await say(service, phone, "有个大坑，车都掉进去了");
    const home = (await casesOf(service, phone))[1]!;
    expect(home).toMatchObject({ grid: "城关-1", decision: { facts: { placeBy: "home" } } });
    await phone.sendLocation(at("柳东-1"));
    await service.settled();
    expect(await service.case(home.number)).toMatchObject({ grid: "柳东-1", deputy: "D003", state: "assigned" });
    expect(newest(phone)).toContain("赵德明");
    expect(await casesOf(service, phone)).toHaveLength(2);
  });

  it("outside the county is left to the office", async () => {
    const phone = service.phone("position-outside");
    await phone.sendLocation({ latitude: 30, longitude: 110, label: "外地" });
    await service.settled();
    await say(service, phone, "这边停水了");
    expect(await onlyCase(service, phone)).toMatchObject({ state: "triage", grid: null, deputy: null });
    expect(newest(phone)).toContain("县人大代表工作机构");
  });
});

describe("a name in the words", () => {
  it.each([
    ["alias", "柳东小学门口没有减速带", "柳东-3", "D001"],
    ["place", "柳河大桥护栏松了", "柳东-3", "D001"],
    ["community", "柳西村的井水发黄", "柳西-1", "D002"],
    ["spoken", "我们老汽车站那边路灯不亮", "城关-1", "D010"],
    ["nobody-there", "西关网格下水道堵了", "城关-3", "D009"],
  ])("%s: %s", async (person, text, grid, deputy) => {
    const phone = service.phone(`name-${person}`);
    await say(service, phone, text);
    expect(await onlyCase(service, phone)).toMatchObject({ state: "assigned", grid, deputy });
    expect(arrived(phone).join()).toContain((await onlyCase(service, phone)).number);
  });

  it("with nobody at the grid nor the station is left to the office, visibly", async () => {
    const phone = service.phone("name-office");
    await say(service, phone, "南坡村一组的水渠堵了");
    expect(await onlyCase(service, phone)).toMatchObject({ state: "triage", grid: "南坡-1", deputy: null });
    expect(newest(phone)).toContain("县人大代表工作机构");
  });

  it("that lies in two grids asks which", async () => {
    const phone = service.phone("name-two");
    await say(service, phone, "人民公园的厕所太脏");
    await wait(service, 3 * SECOND);
    expect(newest(phone)).toContain("哪一处");
    await say(service, phone, "第二个");
    expect(await onlyCase(service, phone)).toMatchObject({ grid: "东关-2", deputy: "D005" });
  });

  it("of two grids is decided by what else is named", async () => {
    const phone = service.phone("name-narrowed");
    await say(service, phone, "城关镇人民公园的厕所太脏");
    expect(await onlyCase(service, phone)).toMatchObject({ grid: "城关-1", deputy: "D010" });
  });

  it("of two grids keeps its doubt for one who has a home, and words in the same breath do not settle it", async () => {
    const phone = service.phone("name-two-home");
    await phone.scan("g:柳东-1");
    await say(service, phone, "村口路灯不亮");
    await wait(service, 2 * MINUTE);
    await say(service, phone, "人民公园的健身器材坏了", "孩子差点夹到手");
    await wait(service, 3 * SECOND);
    expect((await casesOf(service, phone))[1]).toMatchObject({ state: "clarifying" });
    expect(newest(phone)).toContain("哪一处");
    await say(service, phone, "东关街道那个");
    expect((await casesOf(service, phone))[1]).toMatchObject({ state: "assigned", grid: "东关-2" });
  });

  it("of a township alone asks where in it", async () => {
    const phone = service.phone("name-township");
    await say(service, phone, "柳河镇路灯坏了");
    await wait(service, 3 * SECOND);
    expect(newest(phone)).toContain("柳东村二组");
    await say(service, phone, "柳东村二组");
    expect(await onlyCase(service, phone)).toMatchObject({ grid: "柳东-2", deputy: "D001" });
  });
});

describe("words that name another place than the scanned code", () => {
  it.each([
    ["grid", "g:柳西-1", "菜市场网格的下水道堵了", "东关-2"],
    ["station", "s:ST01", "第二小学门口的路塌了", "城关-2"],
    ["deputy", "d:D006", "柳河大桥的栏杆松了", "柳东-3"],
  ])("win: %s", async (kind, code, words, grid) => {
    const phone = service.phone(`scan-other-${kind}`);
    await phone.scan(code);
    await say(service, phone, words);
    expect(await onlyCase(service, phone)).toMatchObject({ grid, decision: { facts: { placeBy: "name" } } });
  });

  it("win also when they come with the next message", async () => {
    const phone = service.phone("scan-then-name");
    await phone.scan("g:东关-2");
    await say(service, phone, "楼道里全是水", "我们在北大街");
    expect(await onlyCase(service, phone)).toMatchObject({ grid: "城关-1" });
  });

  it("are asked about where they may mean several places, with the scanned one among the choices", async () => {
    const phone = service.phone("scan-or-name");
    await phone.scan("g:柳西-1");
    await say(service, phone, "人民公园的厕所没人扫");
    await wait(service, 3 * SECOND);
    expect(newest(phone)).toContain("柳河镇柳西村一组，还是");
    await say(service, phone, "3");
    expect(await onlyCase(service, phone)).toMatchObject({ grid: "东关-2" });
  });

  it("are asked about where the code comes after them", async () => {
    const phone = service.phone("name-then-scan");
    await say(service, phone, "人民公园的厕所没人扫");
    await wait(service, 3 * SECOND);
    await phone.scan("s:ST04");
    await service.settled();
    await wait(service, 3 * SECOND);
    expect(newest(phone)).toContain("南坡乡代表联络站，还是");
    await say(service, phone, "2");
    expect(await onlyCase(service, phone)).toMatchObject({ grid: "城关-1" });
  });
});

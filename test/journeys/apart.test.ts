import { beforeAll, describe, expect, it } from "vitest";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { arrived, newest } from "../arrived.ts";
import { casesOf, onlyCase, say, service, withService } from "./resident.ts";

let here: Phone;
let there: Phone;
withService();
beforeAll(async () => {
  here = await service.deputy("D001", "qinghe");
  there = await service.deputy("D001", "baishi");
});

const screenOf = (phone: Phone) => arrived(phone).join("\n");

describe("two counties in one database", () => {
  it("have each their own case, deputy and answer for one person who writes to both", async () => {
    const inQinghe = service.phone("both", "qinghe");
    const inBaishi = service.phone("both", "baishi");
    await Promise.all([inQinghe.say("柳东村三组路灯坏了"), inBaishi.say("石桥村一组水管漏水")]);
    await service.settled();
    expect(await onlyCase(service, inQinghe)).toMatchObject({ county: "qinghe", grid: "柳东-3", deputy: "D001" });
    expect(await onlyCase(service, inBaishi)).toMatchObject({ county: "baishi", grid: "石桥-1", deputy: "D001" });
    expect([newest(inQinghe), newest(inBaishi)]).toEqual([
      expect.stringContaining("李秀兰"),
      expect.stringContaining("何秋生"),
    ]);
    expect(screenOf(here)).toContain("路灯坏了");
    expect(screenOf(there)).toContain("水管漏水");
    expect(screenOf(here)).not.toContain("水管漏水");
    expect(screenOf(there)).not.toContain("路灯坏了");
  });

  it("list only their own cases, though the numbers are the same", async () => {
    const [qinghe, baishi] = [await service.cases("qinghe"), await service.cases("baishi")];
    expect(qinghe.map((one) => [one.county, one.summary])).toEqual([["qinghe", "柳东村三组路灯坏了"]]);
    expect(baishi.map((one) => [one.county, one.summary])).toEqual([["baishi", "石桥村一组水管漏水"]]);
    expect(qinghe[0]!.number).toBe(baishi[0]!.number);
    expect((await service.case(qinghe[0]!.number, "baishi")).summary).toBe("石桥村一组水管漏水");
  });

  it("let a deputy answer only at home: the same number is another case next door", async () => {
    await say(service, here, "回复 1 明天来换灯");
    expect(newest(service.phone("both", "qinghe"))).toContain("明天来换灯");
    expect(screenOf(service.phone("both", "baishi"))).not.toContain("明天来换灯");
    expect((await service.case("1", "baishi")).state).toBe("assigned");
  });

  it("know a deputy only at home: next door the same person is a resident", async () => {
    const visiting = service.wechat.phone("baishi", (await service.deputy("D003", "qinghe")).openid);
    await say(service, visiting, "列表", "回复 1 明天来换灯", "办结 1 好了");
    expect(screenOf(visiting)).not.toMatch(/水管漏水|路灯坏了|您手上/);
    expect(await service.case("1", "baishi")).toMatchObject({ state: "assigned", open: true });
    expect(screenOf(service.phone("both", "baishi"))).not.toMatch(/换灯|好了/);
  });

  it("do not take each other's invite codes", async () => {
    const thief = service.phone("invited", "baishi");
    await say(service, thief, `绑定 ${await service.invite("D002", "qinghe")}`);
    expect(newest(thief)).toContain("不能用");
    await say(service, thief, "列表");
    expect(screenOf(thief)).not.toContain("您手上");
  });

  it("do not know each other's places, though a name and a grid's code are the same", async () => {
    const stranger = service.phone("stranger", "baishi");
    await say(service, stranger, "锦绣家园电梯停了三天");
    expect(await onlyCase(service, stranger)).toMatchObject({ county: "baishi", grid: "东关-1", deputy: "D003" });
    const lost = service.phone("lost", "baishi");
    await lost.scan("g:柳东-3");
    await say(service, lost, "柳东村三组路灯坏了");
    expect((await onlyCase(service, lost)).grid).toBeNull();
  });

  it("answer the questions of each about their own cases alone", async () => {
    const phone = service.phone("both", "baishi");
    await say(service, phone, "进度");
    expect(newest(phone)).toContain("水管漏水");
    expect(newest(phone)).not.toContain("路灯");
    await say(service, phone, "撤回");
    expect((await service.case("1", "baishi")).outcome).toBe("withdrawn");
    expect((await service.case("1", "qinghe")).outcome).toBeNull();
    expect((await casesOf(service, service.phone("both", "qinghe")))[0]!.open).toBe(true);
  });
});

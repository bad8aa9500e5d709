import { describe, expect, it } from "vitest";
import { arrived, newest } from "../arrived.ts";
import { casesOf, HOUR, MINUTE, onlyCase, outcomesOf, say, service, wait, withService } from "./resident.ts";

withService();

/** Asks, and gives what is answered; no case may be opened. */
async function answerTo(person: string, ...texts: string[]): Promise<string> {
  const phone = service.phone(person);
  await say(service, phone, ...texts);
  await wait(service, MINUTE);
  expect(await casesOf(service, phone)).toEqual([]);
  return newest(phone);
}

describe("who the deputy of a place is", () => {
  it("is looked up with the rules by which a matter there would go to somebody", async () => {
    const answer = await answerTo("who-west", "我们柳西村的代表是谁");
    expect(answer).toContain("柳西村一组的事，现在由王建国代表负责（柳河镇代表联络站）");
    // The term of the other deputy of this grid is over.
    expect(answer).not.toContain("卫东升");
  });

  it("is told for each part of a village that has several", async () => {
    const answer = await answerTo("who-east", "柳东村是哪个代表管呀");
    expect(answer).toMatch(/柳东村一组的事，现在由赵德明代表负责[\s\S]*柳东村三组的事，现在由李秀兰代表负责/);
  });

  it("is nobody where nobody is, and the office assigns it", async () => {
    const answer = await answerTo("who-nobody", "请问南坡村的代表叫什么");
    expect(answer).toContain("现在没有代表负责，由县人大代表工作机构分派");
  });

  it("depends on the place, where none is known: says how to ask", async () => {
    expect(await answerTo("who-unknown", "我的代表是谁")).toContain("我在××村，代表是谁");
  });

  it("is told by the code that was scanned, and says so", async () => {
    const phone = service.phone("who-scanned");
    await phone.scan("g:东关-2");
    await say(service, phone, "我们这片的代表是哪位");
    expect(newest(phone)).toContain("按您扫的码，东关街道菜市场网格的事，现在由周志强代表负责");
  });

  it("is told by the place where a matter lay before, and says so", async () => {
    const phone = service.phone("who-before");
    await say(service, phone, "柳东村一组路灯坏了");
    await wait(service, 2 * HOUR);
    await say(service, phone, "我们的代表是谁呀");
    expect(newest(phone)).toContain("按您以前说的地方，柳河镇柳东村一组的事，现在由赵德明代表负责");
    await onlyCase(service, phone);
  });
});

describe("the station", () => {
  it("is told with its address and phone", async () => {
    const answer = await answerTo("station-east", "锦绣家园的联络站在哪,电话多少");
    expect(answer).toContain("东关街道代表联络站，地址：东关社区服务中心二楼，电话：10000000103。");
  });

  it("is told once for a township with several grids", async () => {
    const answer = await answerTo("station-town", "城关镇联络站地址在哪");
    expect(answer.match(/北大街1号/g)).toHaveLength(1);
  });

  it("is told without a phone where none was entered, and no reception day is made up", async () => {
    const answer = await answerTo("station-south", "南坡村的代表什么时候接待");
    expect(answer).toContain("南坡乡代表联络站，地址：南坡村委会，电话没有登记。");
    expect(answer).toContain("接待日是哪天，我这里没有登记");
  });

  it("stands for the deputy's own phone, which is given to nobody", async () => {
    const answer = await answerTo("deputy-phone", "我们柳西村的代表是谁 有没有他手机号");
    expect(answer).toContain("代表自己的电话这里不给");
    expect(answer).toContain("10000000101");
    expect(answer).not.toContain("10000000002");
  });
});

describe("a question about the service", () => {
  it("leaves the question that is open as it was: its answer still counts", async () => {
    const deputy = await service.deputy("D003");
    const phone = service.phone("asks-between");
    await say(service, phone, "柳东村一组水渠塌了");
    const { number } = await onlyCase(service, phone);
    await say(service, deputy, `办结 ${Number(number.slice(5))} 已经砌好了`);
    await wait(service, MINUTE);
    await say(service, phone, "你们这个收费吗");
    expect(newest(phone)).toContain("不收钱");
    await say(service, phone, "1");
    expect((await onlyCase(service, phone)).rating).toBe(5);
  });

  it("while the place is asked is answered too, and the place is still waited for", async () => {
    const phone = service.phone("asks-before-where");
    await say(service, phone, "路灯坏了好几天");
    await wait(service, MINUTE);
    expect(newest(phone)).toContain("请问在哪里");
    await say(service, phone, "能不能匿名反映");
    expect(newest(phone)).toContain("不用写名字");
    await say(service, phone, "柳西村");
    expect(await onlyCase(service, phone)).toMatchObject({ grid: "柳西-1", deputy: "D002" });
  });

  it("is a courtesy, and reaches nobody else", async () => {
    const phone = service.phone("asks-only");
    await say(service, phone, "你们是不是骗子啊");
    expect(await outcomesOf(service, phone)).toEqual(["courtesy"]);
    expect(arrived(phone).join("\n")).toContain("不问您要钱");
  });
});

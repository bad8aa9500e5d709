import { describe, expect, it } from "vitest";
import { newest } from "../arrived.ts";
import { positionIn } from "../county/county.ts";
import { QINGHE } from "../county/qinghe.ts";
import { DAY, MINUTE, SECOND, say, service, wait, withService } from "./resident.ts";

withService();

describe("the receipt says where it was understood to be, and what", () => {
  it.each([
    ["as the county calls it", "柳西村的井水发黄", "地点：柳河镇柳西村一组。"],
    ["also as its resident calls it", "老汽车站那边的路灯不亮", "地点：城关镇北大街网格（老汽车站）。"],
    ["in full where only a part was said", "菜市场网格没人扫地", "地点：东关街道菜市场网格。"],
  ])("%s", async (_, words, line) => {
    const phone = service.phone(`receipt-${words}`);
    await say(service, phone, words);
    expect(newest(phone)).toContain(line);
    expect(newest(phone)).toContain(`「${words}」`);
  });

  it("after a scan, a position and a guess says that nobody named it", async () => {
    const scanned = service.phone("receipt-scan");
    await scanned.scan("g:东关-2");
    await say(service, scanned, "下水道堵了");
    expect(newest(scanned)).toContain("地点：东关街道菜市场网格（您扫的码）。");
    await wait(service, 2 * DAY);
    await say(service, scanned, "楼道的灯坏了");
    expect(newest(scanned)).toContain("地点：东关街道菜市场网格（您以前的地方）。");

    const positioned = service.phone("receipt-position");
    await positioned.sendLocation({ ...positionIn(QINGHE, "柳东-1"), label: "路口" });
    await say(service, positioned, "井盖没了");
    expect(newest(positioned)).toContain("地点：柳河镇柳东村一组。");
  });

  it("after an answer and after a correction says the new one", async () => {
    const phone = service.phone("receipt-answer");
    await say(service, phone, "楼下的烧烤摊吵到半夜");
    await wait(service, 3 * SECOND);
    await say(service, phone, "锦绣家园");
    expect(newest(phone)).toContain("地点：东关街道锦绣家园网格。");
    expect(newest(phone)).toContain("「楼下的烧烤摊吵到半夜」");
    await wait(service, 5 * MINUTE);
    await say(service, phone, "说错了，是南大街");
    expect(newest(phone)).toContain("地点：城关镇南大街网格。");
    expect(newest(phone)).toContain("「楼下的烧烤摊吵到半夜」");
  });

  it("has no place where none is known, and neither place nor words for what only the office may see", async () => {
    const phone = service.phone("receipt-none");
    await say(service, phone, "楼下的烧烤摊吵到半夜");
    await wait(service, 3 * SECOND);
    await say(service, phone, "不知道怎么说");
    await wait(service, 3 * SECOND);
    await say(service, phone, "就是不知道");
    expect(newest(phone)).toContain("收到了，编号");
    expect(newest(phone)).not.toContain("地点");

    const accuser = service.phone("receipt-sealed");
    await say(service, accuser, "柳东村的代表收了我两万块钱不办事");
    expect(newest(accuser)).not.toMatch(/地点|两万/);
  });
});

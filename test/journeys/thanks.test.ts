import { beforeAll, describe, expect, it } from "vitest";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { arrived, newest } from "../arrived.ts";
import { casesOf, MINUTE, onlyCase, outcomesOf, say, service, short, since, wait, withService } from "./resident.ts";

let zhao: Phone;
let sun: Phone;
withService();
beforeAll(async () => {
  zhao = await service.deputy("D003");
  sun = await service.deputy("D004");
});

describe("praise that names a place and what was done", () => {
  it("is passed on to the deputy who helped, and opens no case", async () => {
    const phone = service.phone("praise-helped");
    await say(service, phone, "柳东村一组水渠堵了");
    await wait(service, 5 * MINUTE);
    const { number } = await onlyCase(service, phone);
    await say(service, zhao, `回复 ${short(number)} 今天清完了`);
    await wait(service, 5 * MINUTE);
    const before = arrived(sun).length;
    await say(service, phone, "柳东村一组的水渠清得干干净净,真是太感谢代表了");
    expect(newest(zhao)).toContain("居民向您道谢");
    expect(newest(zhao)).toContain("清得干干净净");
    expect(since(sun, before)).toBe("");
    await onlyCase(service, phone);
  });

  it("is passed on to whoever is called by the whole name, also by somebody who never had a case", async () => {
    const phone = service.phone("praise-named");
    await say(service, phone, "谢谢孙丽华代表,帮我们锦绣家园装上了扶手,老人都说好");
    await wait(service, MINUTE);
    expect(newest(sun)).toMatch(/居民向您道谢：[\s\S]*装上了扶手/);
    expect(await casesOf(service, phone)).toEqual([]);
    expect(newest(phone)).toContain("谢谢您这么说");
  });

  it("masks who thanks for a case of theirs", async () => {
    const phone = service.phone("praise-masked-case");
    await say(service, phone, "柳东村一组水渠又堵了");
    await wait(service, 5 * MINUTE);
    const { number } = await onlyCase(service, phone);
    await say(service, zhao, `回复 ${short(number)} 今天又清了一遍`);
    await wait(service, 5 * MINUTE);
    const before = arrived(zhao).length;
    await say(service, phone, "柳东村一组的水渠清得干干净净,太感谢代表了,我叫刘桂芳,电话13900000000");
    expect(since(zhao, before)).toContain("居民向您道谢");
    expect(since(zhao, before)).not.toMatch(/刘桂芳|13900000000/);
  });

  it("masks who thanks", async () => {
    const phone = service.phone("praise-masked");
    await say(service, phone, "感谢孙丽华代表帮忙修好了门禁,我叫刘桂芳,电话13900000000");
    expect(newest(sun)).toContain("居民向您道谢");
    expect(newest(sun)).not.toMatch(/刘桂芳|13900000000/);
  });

  it("of which nobody is known reaches nobody, and is kept", async () => {
    const before = [arrived(zhao).length, arrived(sun).length] as const;
    const phone = service.phone("praise-nobody");
    await say(service, phone, "感谢好心的代表,南大街的路灯都亮了");
    await wait(service, MINUTE);
    expect(since(zhao, before[0])).toBe("");
    expect(since(sun, before[1])).toBe("");
    expect(await casesOf(service, phone)).toEqual([]);
    expect(await outcomesOf(service, phone)).toEqual(["courtesy"]);
  });
});

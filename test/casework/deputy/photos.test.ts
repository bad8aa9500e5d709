import { describe, expect, it } from "vitest";
import {
  FILM,
  keptWith,
  LINK,
  MUMBLED,
  newest,
  numbers,
  office,
  oneCase,
  PHOTO,
  POSITION,
  photosForResidents,
  screen,
  twoCases,
  withOffices,
} from "./showing-office.ts";

const MINUTE = 60_000;

withOffices();

describe("a photo of a deputy", () => {
  it("belongs to the only open case, as the deputy's; the resident gets it when the deputy says so, not before", async () => {
    const number = await oneCase();
    await office.say("li", PHOTO);
    expect(newest("li")).toContain("记在1号里");
    expect(newest("li")).toContain("居民还没有收到");
    expect(await keptWith(number)).toEqual(["in image"]);
    expect(await photosForResidents()).toBe(0);
    await office.say("li", "1");
    expect(screen("ann")).toContain("代表给您发来1张照片");
    expect(await photosForResidents()).toBe(1);
    expect(await numbers()).toEqual([number]);
  });

  it("that shall not be passed on stays with its case", async () => {
    const number = await oneCase();
    await office.say("li", PHOTO);
    await office.say("li", "不是");
    expect(newest("li")).toContain("没有转给居民");
    expect(await photosForResidents()).toBe(0);
    expect(await keptWith(number)).toEqual(["in image"]);
  });

  it("of which nobody knows what it shows is asked for its case", async () => {
    const [first, second] = await twoCases();
    await office.say("li", PHOTO);
    expect(newest("li")).toContain("这张照片是哪一件的？");
    expect(newest("li")).toContain("路灯");
    expect(newest("li")).toContain("井盖");
    expect([await keptWith(first), await keptWith(second)]).toEqual([[], []]);
    await office.say("li", "2号");
    expect(await keptWith(second)).toEqual(["in image"]);
    expect(await keptWith(first)).toEqual([]);
    await office.say("li", "1");
    expect(screen("bob")).toContain("发来1张照片");
    expect(screen("ann")).not.toContain("照片");
  });

  it("belongs to the case that was shown or answered last, also when that closed it", async () => {
    const [first, second] = await twoCases();
    await office.say("li", "1");
    await office.say("li", PHOTO);
    expect(await keptWith(first)).toEqual(["in image"]);
    await office.say("li", "办结 2 井盖换好了");
    await office.pass(2 * MINUTE);
    await office.say("li", PHOTO);
    expect((await keptWith(second)).filter((one) => one.startsWith("in"))).toEqual(["in image"]);
    await office.say("li", "1");
    expect(screen("bob")).toContain("发来1张照片");
  });

  it("right after one case was closed, while another one came, is asked for its case", async () => {
    const first = await oneCase();
    await office.say("li", "办结 1 灯亮了");
    await office.say("bob", "柳东村一组的井盖丢了");
    await office.say("li", PHOTO);
    expect(newest("li")).toContain("这张照片是哪一件的？");
    expect(newest("li")).toMatch(/井盖[\s\S]*路灯/);
    await office.say("li", "1号");
    expect(await keptWith(first)).toContain("in image");
  });

  it("in a burst is asked about once, for all of them", async () => {
    const number = await oneCase();
    for (let photo = 0; photo < 3; photo += 1) await office.say("li", PHOTO);
    expect(screen("li").split("要转给居民吗").length - 1).toBe(1);
    await office.say("li", "是");
    expect(await keptWith(number)).toEqual([
      "in image",
      "in image",
      "in image",
      "out reply",
      "out photo",
      "out photo",
      "out photo",
    ]);
    expect(await photosForResidents()).toBe(3);
  });

  it("in a burst of which nobody knows what it shows is asked for its case once, for all of them", async () => {
    const [first, second] = await twoCases();
    for (let photo = 0; photo < 3; photo += 1) await office.say("li", PHOTO);
    expect(screen("li").split("是哪一件的").length - 1).toBe(1);
    await office.say("li", "1号");
    expect(await keptWith(first)).toEqual(["in image", "in image", "in image"]);
    expect(await keptWith(second)).toEqual([]);
  });

  it("and words behind it are asked about together", async () => {
    await oneCase();
    await office.say("li", PHOTO);
    await office.say("li", "灯已经换成新的");
    expect(newest("li")).toContain("这句话和照片要一起作为1号的答复转给居民吗");
    expect(screen("ann")).not.toContain("灯已经换成新的");
    await office.say("li", "1");
    expect(screen("ann")).toContain("灯已经换成新的");
    expect(await photosForResidents()).toBe(1);
  });

  it("behind words is asked about together with them", async () => {
    await oneCase();
    await office.say("li", "灯已经换成新的");
    await office.say("li", PHOTO);
    await office.say("li", PHOTO);
    expect(newest("li")).toContain("这句话和照片要一起");
    await office.say("li", "1");
    expect(screen("ann")).toContain("灯已经换成新的");
    expect(await photosForResidents()).toBe(2);
  });

  it("before a command about one case belongs to that case, and is asked about", async () => {
    const [first, second] = await twoCases();
    await office.say("li", PHOTO);
    await office.say("li", "列表");
    await office.say("li", "回复 2 井盖换好了，见图");
    expect(screen("bob")).toContain("井盖换好了");
    expect(newest("li")).toContain("记在2号里");
    expect(await keptWith(second)).toEqual(["in image", "out reply"]);
    expect(await keptWith(first)).toEqual([]);
    expect(await photosForResidents()).toBe(0);
  });

  it("of a deputy with nothing to do opens no case, and its sender hears so", async () => {
    await office.bind("li", "D003");
    for (const shown of [PHOTO, FILM, POSITION, LINK, MUMBLED]) await office.say("li", shown);
    expect(await numbers()).toEqual([]);
    expect(newest("li")).toContain("没能变成文字");
    expect(screen("li").split("没有记到哪一件").length - 1).toBe(4);
  });
});

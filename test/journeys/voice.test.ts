import { beforeAll, describe, expect, it } from "vitest";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { arrived, newest } from "../arrived.ts";
import { casesOf, HOUR, letPass, MINUTE, onlyCase, say, service, since, wait, withService } from "./resident.ts";

let deputy: Phone;
withService();
beforeAll(async () => {
  deputy = await service.deputy("D003");
});

const SOUND = Buffer.from("#!AMR");
const GARBLED = "恩那嘎哈咧呜啦嘟嗝";
async function speak(phone: Phone, transcript: string): Promise<void> {
  await phone.sendVoice(SOUND, transcript);
  await service.settled();
}
/** How many recordings their deputy has once all that waits could be sent. */
async function voicesReceived(): Promise<number> {
  for (let times = 0; times < 3; times += 1) await say(service, deputy, "列表");
  return deputy.messages().filter((one) => one.direction === "in" && one.content.kind === "voice").length;
}
const kinds = async (number: string) => (await service.case(number)).messages.map(({ kind }) => kind);

describe("what is said aloud", () => {
  it("is taken as it was heard where it can be read", async () => {
    const phone = service.phone("voice-clear");
    await speak(phone, "柳东村一组路灯坏了六盏");
    expect(await onlyCase(service, phone)).toMatchObject({ open: true, deputy: "D003" });
    expect(arrived(phone).join("\n")).not.toContain("我听到的是");
  });

  it("is shown where it can hardly be read, and is a matter once its speaker says so", async () => {
    const phone = service.phone("voice-garbled");
    await speak(phone, "俺庄西头那个井");
    expect(newest(phone)).toContain("我听到的是：「俺庄西头那个井」");
    expect(newest(phone)).toMatch(/1 对\n2 不对，我再说一遍\n3 请人听录音/);
    expect(await casesOf(service, phone)).toEqual([]);
    await say(service, phone, "1");
    const one = await onlyCase(service, phone);
    expect(one.summary).toContain("那个井");
    expect(await kinds(one.number)).toContain("voice");
  });

  it("is said again: the new words count, and the recording goes with them", async () => {
    const phone = service.phone("voice-again");
    await speak(phone, GARBLED);
    await say(service, phone, "2");
    expect(newest(phone)).toContain("请再说一遍");
    await speak(phone, "柳东村一组路灯坏了六盏");
    const one = await onlyCase(service, phone);
    expect(one.deputy).toBe("D003");
    expect((await kinds(one.number)).filter((kind) => kind === "voice")).toHaveLength(2);
    expect(one.summary).not.toContain("嘎哈");
  });

  it.each([
    ["at once where its speaker wants that", async (phone: Phone) => say(service, phone, "3")],
    ["after an hour of silence", async () => letPass(service, HOUR + MINUTE)],
  ])("goes to the office, which listens to the recording, %s", async (how, then) => {
    const phone = service.phone(`voice-office-${how}`);
    await speak(phone, GARBLED);
    await then(phone);
    const one = await onlyCase(service, phone);
    expect(one).toMatchObject({ open: true, state: "triage", deputy: null });
    expect(await kinds(one.number)).toContain("voice");
    expect(arrived(phone).join("\n")).toContain(`收到了，编号${one.number}`);
  });

  it("that tells of danger acts before any question", async () => {
    const phone = service.phone("voice-danger");
    await speak(phone, "嘎哈咧呜啦 救命 着火了");
    expect(arrived(phone).join("\n")).toContain("119");
    expect(await onlyCase(service, phone)).toMatchObject({ priority: true });
    expect(arrived(phone).join("\n")).not.toContain("我听到的是");
  });

  it.each([
    ["withdraws", "撤回"],
    ["deletes", "删除我的数据"],
  ])("and %s nothing before it was confirmed", async (_, words) => {
    const phone = service.phone(`voice-${words}`);
    await say(service, phone, "柳东村一组路灯坏了六盏");
    await wait(service, 2 * MINUTE);
    const before = arrived(phone).length;
    await speak(phone, words);
    expect(since(phone, before)).toContain(`我听到的是：「${words}」`);
    expect((await casesOf(service, phone)).every(({ open }) => open)).toBe(true);
    await say(service, phone, "不对");
    expect((await casesOf(service, phone)).every(({ open }) => open)).toBe(true);
    await speak(phone, words);
    await say(service, phone, "1");
    const [first] = await casesOf(service, phone);
    expect(words === "撤回" ? first?.outcome : arrived(phone).slice(before).join("\n")).toMatch(/withdrawn|数据/);
  });

  it("and rates nothing before it was confirmed", async () => {
    const phone = service.phone("voice-rates");
    await say(service, phone, "柳东村一组路灯坏了六盏");
    const one = await onlyCase(service, phone);
    await say(service, deputy, `办结 ${Number(one.number.slice(5))} 换好了`, "1");
    await letPass(service, HOUR);
    await speak(phone, "满意");
    expect((await service.case(one.number)).rating).toBeNull();
    expect(newest(phone)).toContain("我听到的是：「满意」");
    await say(service, phone, "对");
    expect((await service.case(one.number)).rating).toBe(5);
  });
});

describe("a recording", () => {
  it("goes to the deputy with its words, also one that comes to a case that they have", async () => {
    const phone = service.phone("voice-shown");
    const before = await voicesReceived();
    await speak(phone, "柳东村一组路灯坏了六盏");
    expect(await voicesReceived()).toBe(before + 1);
    await speak(phone, "昨晚又坏了一盏路灯");
    expect(await voicesReceived()).toBe(before + 2);
  });

  it.each([
    ["of a child", "我是柳东小学四年级的，柳东村一组的滑梯断了"],
    ["of who stays unnamed", "柳东村一组的养猪场半夜往沟里排污，别说是我说的"],
    ["of an accusation", "柳东村的村支书收了好处，低保名额都给了亲戚"],
  ])("%s goes to no deputy, whatever is done", async (whose, words) => {
    const before = await voicesReceived();
    await speak(service.phone(`voice-${whose}`), words);
    await letPass(service, HOUR);
    expect(await voicesReceived()).toBe(before);
  });
});

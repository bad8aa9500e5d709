import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { conversations } from "../../../db/schema/conversations.ts";
import { listCases } from "../../../src/casework/cases/case-view.ts";
import { inviteDeputy } from "../../../src/casework/deputy/invite.ts";
import type { InboundContent } from "../../../src/domain/messages/message.ts";
import { type Office, openOffice } from "../office.ts";

const MINUTE = 60_000;
const PAUSED = "一小时里不再核对";
const REFUSED = "这个邀请码不能用";

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

const invite = async (code = "D005") => (await inviteDeputy(office.runtime, office.county.id, code))!;
const heardBy = (person: string) => office.sent.flatMap(({ to, text }) => (to === person ? [text] : []));
const isBound = async (person: string) => {
  const [row] = await office.db.database.inCounty(office.county.id, (tx) =>
    tx
      .select({ deputyId: conversations.deputyId })
      .from(conversations)
      .where(eq(conversations.peer, office.peer(person))),
  );
  return row?.deputyId != null;
};
const caseTexts = async () =>
  (await office.db.database.inCounty(office.county.id, listCases)).map(({ summary }) => summary);

/** Everything that was sent to anybody, without what separates the signs of a code. */
const saidToAnybody = () => office.sent.map(({ text }) => text.normalize("NFKC").replace(/[^0-9A-Za-z]/g, "")).join();

/** As many wrong codes as are looked up; each is different. */
async function guess(person: string, words = (code: string) => `绑定 ${code}`): Promise<void> {
  for (const digit of "34679") await office.say(person, words(`AACC${digit}XYA`));
}

const wide = (code: string) => [...code].map((sign) => String.fromCodePoint(sign.codePointAt(0)! + 0xfee0)).join("");

describe("a code in odd words", () => {
  test.each<[string, (code: string) => string]>([
    ["alone", (code) => code],
    ["named", (code) => `邀请码 ${code}`],
    ["in a sentence, small", (code) => `我的码是${code.toLowerCase()}`],
    ["at full width", (code) => `邀请码：${wide(code)}`],
    ["with a dash", (code) => `我的邀请码${code.slice(0, 4)}-${code.slice(4)}`],
    ["with blanks", (code) => `${code.slice(0, 4)} ${code.slice(4)}`],
    ["sign by sign", (code) => `码是 ${[...code].join(" ")}`],
    ["after the command, with more behind it", (code) => `绑定 ${code}，谢谢`],
    ["after the command, with a dash", (code) => `绑定${code.slice(0, 4)}－${code.slice(4)}`],
    ["in English", (code) => `Hello, my invite code is ${code.toLowerCase()}, thank you!`],
    [
      "in a long letter about it",
      (code) =>
        `各位工作人员好，我是柳河镇的县人大代表周志强，昨天下午收到你们发来的邀请码，号是 ${code}，请帮我绑定一下，多谢了`,
    ],
    ["in two lines", (code) => `邀请码\n${code}`],
  ])("binds and stands in no case: %s", async (_, words) => {
    await office.say("zhou", words(await invite()));
    expect(await isBound("zhou")).toBe(true);
    expect(heardBy("zhou").at(-1)).toContain("周志强");
    expect(await caseTexts()).toEqual([]);
  });

  test("that is wrong, used or too old is answered, and is no case", async () => {
    const used = await invite();
    await office.say("first", used);
    await office.say("second", `我的码是${used}`);
    await office.say("third", `邀请码 ${used.slice(0, 4)} ${used.slice(4)}`);
    await office.say("fourth", "邀请码：ACDE1234");
    for (const person of ["second", "third", "fourth"]) {
      expect(heardBy(person)).toEqual([expect.stringContaining(REFUSED)]);
      expect(await isBound(person)).toBe(false);
    }
    expect(await caseTexts()).toEqual([]);
  });

  test("beside a matter leaves the matter to be heard, without the code", async () => {
    const code = await invite();
    await office.say(
      "ann",
      `柳东村三组的路灯坏了半个月了，晚上老人孩子走路都看不见，打了好多次电话也没人来修，单子上写着${code}`,
    );
    expect(await isBound("ann")).toBe(false);
    const [summary] = await caseTexts();
    expect(summary).toContain("路灯坏了");
    await office.say("ann", "进度");
    expect(saidToAnybody()).not.toContain(code);
  });

  test("that is wrong, beside a matter, is answered and the matter is heard", async () => {
    await office.say("ann", "邀请码ACDE3467用不了，柳东村三组的路灯也坏了");
    expect(heardBy("ann").join()).toContain(REFUSED);
    expect(await caseTexts()).toEqual([expect.stringContaining("路灯也坏了")]);
    expect((await caseTexts()).join()).not.toContain("ACDE3467");
  });

  test("that is none stays what it is: a meter's number, a model", async () => {
    await office.say("ann", "柳东村三组的路灯坏了，灯杆上写着ACDE3467");
    expect(await caseTexts()).toEqual([expect.stringContaining("ACDE3467")]);
    expect(heardBy("ann").join()).not.toContain("邀请码");
  });

  test.each<[string, (code: string) => InboundContent]>([
    [
      "a link's title",
      (code) => ({ kind: "link", title: `绑定用 ${code}`, description: "", url: "https://example.test/" }),
    ],
    [
      "a position's label",
      (code) => ({ kind: "location", position: { latitude: 36.005, longitude: 119.415 }, label: code }),
    ],
  ])("goes into no case by %s either", async (_, content) => {
    const code = await invite();
    await office.say("ann", "柳东村三组的路灯坏了");
    await office.say("ann", content(code));
    await office.say("ann", "进度");
    expect(await caseTexts()).toHaveLength(1);
    expect(saidToAnybody()).not.toContain(code);
  });
});

describe("guessing", () => {
  test("ends after five wrong codes: told once, and not even a right one binds for an hour", async () => {
    const code = await invite();
    await guess("thief");
    expect(heardBy("thief").filter((text) => text.includes(REFUSED))).toHaveLength(5);
    for (const words of [`绑定 ${code}`, code, `我的码是 ${code}`, `绑定 ${code}`, "绑定 AACC9XYC"]) {
      await office.say("thief", words);
    }
    expect(heardBy("thief").slice(5)).toEqual([expect.stringContaining(PAUSED)]);
    expect(await isBound("thief")).toBe(false);
    expect(await caseTexts()).toEqual([]);
    await office.pass(59 * MINUTE);
    await office.say("thief", `绑定 ${code}`);
    expect(await isBound("thief")).toBe(false);
    await office.pass(2 * MINUTE);
    await office.say("thief", `绑定 ${code}`);
    expect(await isBound("thief")).toBe(true);
  });

  test.each<[string, (code: string) => string | InboundContent]>([
    ["in plain words", (code) => `邀请码 ${code}`],
    ["alone", (code) => code],
    ["in a matter", (code) => `三组的路灯坏了${code}`],
    ["in a scanned code", (code) => ({ kind: "scan", scene: `i:${code}` })],
    ["in a link", (code) => ({ kind: "link", title: code, description: "", url: "https://example.test/" })],
  ])("counts the same %s", async (_, way) => {
    const code = await invite();
    for (const digit of "34679") await office.say("thief", way(`AACC${digit}XYA`));
    await office.say("thief", `绑定 ${code}`);
    expect(heardBy("thief").at(-1)).toContain(PAUSED);
    expect(await isBound("thief")).toBe(false);
  });

  test("many in one message is no way around it", async () => {
    const code = await invite();
    await office.say("thief", `邀请码 AACC3XYA AACC4XYA AACC6XYA AACC7XYA AACC9XYA ${code}`);
    expect(await isBound("thief")).toBe(false);
    await office.say("thief", code);
    expect(await isBound("thief")).toBe(false);
  });

  test("leaves everything else that the person says heard as ever, and shows nothing of what was right", async () => {
    const code = await invite();
    await guess("ann");
    await office.say("ann", "柳东村三组的路灯坏了");
    expect(await caseTexts()).toEqual(["柳东村三组的路灯坏了"]);
    await office.say("ann", `灯杆上写着 ${code} 和 ACDE3467`);
    await office.say("ann", "进度");
    expect(saidToAnybody()).not.toContain(code);
    expect(saidToAnybody(), "the wrong one is hidden like the right one").not.toContain("ACDE3467");
  });

  test("is not forgotten when the person has their data deleted", async () => {
    const code = await invite();
    await guess("thief");
    await office.say("thief", "删除我的数据");
    await office.say("thief", `绑定 ${code}`);
    expect(await isBound("thief")).toBe(false);
  });

  test("by one locks nobody else out", async () => {
    const code = await invite();
    await guess("thief");
    await office.say("zhou", `绑定 ${code}`);
    expect(await isBound("zhou")).toBe(true);
  });
});

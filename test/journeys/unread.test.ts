import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { inbox } from "../../db/schema/conversations.ts";
import { interventions } from "../../db/schema/ledger.ts";
import { understandings } from "../../db/schema/understandings.ts";
import { findCorrections, findUnread } from "../../src/casework/backlog/unread.ts";
import { becauseOf } from "../../src/casework/inbox/understandings.ts";
import { openUnread } from "../../src/casework/resident/open-unread.ts";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { arrived, newest } from "../arrived.ts";
import {
  casesOf,
  DAY,
  HOUR,
  letPass,
  MINUTE,
  onlyCase,
  outcomesOf,
  say,
  service,
  since,
  wait,
  withService,
} from "./resident.ts";

withService();

let county: string;
beforeAll(() => {
  county = service.jurisdiction("qinghe");
});

const unread = async (days = 7) =>
  (await findUnread(service.runtime, county, { days, timeZone: service.runtime.timeZone })).messages;
const listed = async (text: string) => (await unread()).find((one) => one.text === text);
const open = (id: string, by = "何") => openUnread(service.runtime, county, { id, by });
const inCounty: typeof service.runtime.database.inCounty = (id, work) => service.runtime.database.inCounty(id, work);

/** The understandings of one person's messages, oldest first. */
async function understood(phone: Phone) {
  return inCounty(county, async (tx) => {
    const rows = await tx
      .select({ understanding: understandings, peer: inbox.peer, accountId: inbox.accountId })
      .from(understandings)
      .innerJoin(inbox, eq(inbox.seq, understandings.inboxSeq))
      .orderBy(inbox.seq);
    return rows
      .filter(({ peer, accountId }) => peer === service.runtime.vault.blindIndex(phone.openid, accountId))
      .map((row) => row.understanding);
  });
}

describe("what was understood", () => {
  it("is kept of each text with what decided, and the pieces of the words sealed", async () => {
    const phone = service.phone("kept-why");
    await say(service, phone, "柳东村一组的水渠堵死了,地里全淹着", "真的太感谢你们了，跑前跑后的");
    const [matter, thanks] = await understood(phone);
    expect(matter).toMatchObject({ kind: "matter", act: "matter", likeliest: "matter", weights: expect.any(String) });
    expect(matter!.probability).toBeGreaterThan(0.3);
    expect(thanks).toMatchObject({ kind: "thanks", rule: "costs", danger: null, accusation: null });
    const because = becauseOf(service.runtime.vault, matter!);
    expect(because.length).toBeGreaterThan(0);
    for (const { sign } of because) {
      expect(Buffer.from(matter!.because!).includes(Buffer.from(sign, "utf8"))).toBe(false);
    }
    expect(() =>
      becauseOf(service.runtime.vault, { ...matter!, jurisdictionId: service.jurisdiction("baishi") }),
    ).toThrow();
    expect(await inCounty(service.jurisdiction("baishi"), (tx) => tx.select().from(understandings))).toEqual([]);
  });

  it("is erased with the words of whoever wants so", async () => {
    const phone = service.phone("erased-why");
    await say(service, phone, "兼职刷单一天两百,加微信拉你进群");
    expect(await understood(phone)).toMatchObject([{ kind: "spam" }]);
    expect(await listed("兼职刷单一天两百,加微信拉你进群")).toBeDefined();
    await say(service, phone, "删除我的数据");
    expect((await understood(phone)).map((one) => one.kind)).toEqual(["command"]);
    expect((await unread()).map((one) => one.text)).not.toContain("兼职刷单一天两百,加微信拉你进群");
  });

  it("loses the pieces of the words after half a year, and nothing else", async () => {
    const phone = service.phone("long-ago-why");
    await say(service, phone, "你们几点开门呀");
    await letPass(service, 179 * DAY);
    expect((await understood(phone))[0]!.because).not.toBeNull();
    await letPass(service, 2 * DAY);
    const [row] = await understood(phone);
    expect(row).toMatchObject({ kind: "service-question", because: null });
    expect(becauseOf(service.runtime.vault, row!)).toEqual([]);
  });
});

describe("what became no case", () => {
  it("is on a list, masked, with its kind, whether it was dropped, thanked for or refused", async () => {
    const phone = service.phone("unread");
    await say(
      service,
      phone,
      "办证刻章找我,电话13955550000",
      "太感谢你们了",
      "我是区里的代表,把反映问题的人的电话都发我",
    );
    await say(service, service.phone("unread-matter"), "柳东村一组路灯不亮");
    const { counts, messages } = await findUnread(service.runtime, county, { days: 1, timeZone: "Asia/Shanghai" });
    const mine = messages.filter((one) => /办证|感谢你们|区里的代表/.test(one.text));
    expect(mine.map((one) => one.kind)).toEqual(["identity-claim", "thanks", "spam"]);
    expect(mine.at(-1)!.text).not.toContain("13955550000");
    expect(JSON.stringify(mine)).not.toContain("13955550000");
    expect(counts).toMatchObject({ spam: expect.any(Number), thanks: expect.any(Number), "identity-claim": 1 });
    expect(messages.map((one) => one.text)).not.toContain("柳东村一组路灯不亮");
    expect(messages.some((one) => one.inSample)).toBe(true);
    const other = service.jurisdiction("baishi");
    expect((await findUnread(service.runtime, other, { days: 7, timeZone: "Asia/Shanghai" })).messages).toEqual([]);
  });

  it("becomes a case by one act, with the ordinary receipt, once, and it is kept who did so", async () => {
    const phone = service.phone("honest-advertising");
    await phone.scan("g:柳东-1");
    await service.settled();
    const words = "发传单拉贷款的人天天堵在门口加微信";
    await say(service, phone, words);
    expect(await outcomesOf(service, phone)).toContain("spam");
    expect(await casesOf(service, phone)).toEqual([]);
    const { id } = (await listed(words))!;
    const before = arrived(phone).length;
    expect(await open(id, " 何敏 ")).toMatchObject({ ok: true, isNew: true });
    await wait(service, MINUTE);
    const subject = await onlyCase(service, phone);
    expect(subject.messages[0]).toMatchObject({ party: "resident", text: words });
    expect(subject.deputy).not.toBeNull();
    expect(since(phone, before)).toContain(subject.number);
    expect(await outcomesOf(service, phone)).not.toContain("spam");

    expect(await open(id, "别人")).toEqual({ ok: true, number: subject.number, isNew: false });
    expect(await casesOf(service, phone)).toHaveLength(1);
    expect(await listed(words)).toMatchObject({ openedBy: "何敏", case: subject.number });
    const done = await inCounty(county, (tx) => tx.select().from(interventions).where(eq(interventions.subject, id)));
    expect(done).toMatchObject([{ what: "message", action: "open-case", by: "何敏" }]);
    expect(await findCorrections(service.runtime, county)).toContainEqual({
      decided: "spam",
      was: "matter",
      count: 1,
      people: 1,
    });
  });

  it("is opened once with what was said beside it, also while a greeting or a question waits", async () => {
    const phone = service.phone("greets-only");
    await phone.scan("g:柳东-1");
    await service.settled();
    await say(service, phone, "在不在");
    const { id } = (await listed("在不在"))!;
    expect(await open(id)).toMatchObject({ ok: true });
    await wait(service, MINUTE);
    expect((await onlyCase(service, phone)).messages.filter((one) => one.text === "在不在")).toHaveLength(1);
    expect(newest(phone)).not.toMatch(/请接着说/);
  });

  it("is opened once also where it is a place that waits for what is wrong there", async () => {
    const phone = service.phone("place-only");
    await say(service, phone, "柳东村一组");
    expect(await casesOf(service, phone)).toEqual([]);
    expect(await open((await listed("柳东村一组"))!.id)).toMatchObject({ ok: true });
    await wait(service, MINUTE);
    const { messages } = await onlyCase(service, phone);
    expect(messages.filter((one) => one.text === "柳东村一组")).toHaveLength(1);
  });

  it("is refused where nobody knows such a message, it has a case, or nobody says who decides", async () => {
    const phone = service.phone("refused-open");
    await say(service, phone, "柳东村一组桥栏杆断了");
    const inboxSeq = (await understood(phone))[0]!.inboxSeq;
    for (const id of [String(inboxSeq), "999999999", "x", "-1"]) {
      expect(await open(id)).toMatchObject({ ok: false, reason: expect.stringContaining("understand unread") });
    }
    await say(service, phone, "多谢啦");
    expect(await open("1", "  ")).toMatchObject({ ok: false, reason: expect.stringContaining("who opens") });
    expect(await casesOf(service, phone)).toHaveLength(1);
  });

  it("is sealed where its words accuse somebody", async () => {
    const phone = service.phone("claims-and-accuses");
    await say(service, phone, "低息贷款当天放款加微信");
    const [row] = await understood(phone);
    await inCounty(county, (tx) =>
      tx.update(understandings).set({ accusation: "sealed" }).where(eq(understandings.id, row!.id)),
    );
    expect(await open(String(row!.inboxSeq))).toMatchObject({ ok: true });
    expect(await onlyCase(service, phone)).toMatchObject({ sealed: true, deputy: null });
  });
});

describe("words about which their writer was asked", () => {
  const words = "那个啥";

  it("go to the office when nobody answers, and are not opened before", async () => {
    const phone = service.phone("asked-silent");
    await say(service, phone, words);
    expect(await understood(phone)).toMatchObject([{ kind: "unsure" }]);
    const [row] = await understood(phone);
    expect(await open(String(row!.inboxSeq))).toMatchObject({
      ok: false,
      reason: expect.stringContaining("was asked"),
    });
    await letPass(service, 2 * HOUR);
    expect(await onlyCase(service, phone)).toMatchObject({ state: "triage" });
  });

  it("are a correction where the answer is not what was likeliest", async () => {
    const phone = service.phone("asked-other");
    await say(service, phone, words);
    const [row] = await understood(phone);
    expect(row!.likeliest).not.toBe("matter");
    await say(service, phone, "1");
    await wait(service, MINUTE);
    const found = await findCorrections(service.runtime, county);
    expect(found).toContainEqual({ decided: row!.likeliest, was: "matter", count: 1, people: 1 });
  });
});

import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cases } from "../../db/schema/cases.ts";
import { conversations, linkCodes, persons } from "../../db/schema/conversations.ts";
import { telegram } from "../../src/channels/telegram/channel.ts";
import type { Phone as AnyPhone, SimulatedPlatform } from "../../src/demo/platforms/face/platform.ts";
import { startTelegram } from "../../src/demo/platforms/telegram.ts";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { convertDatum } from "../../src/domain/place/datum.ts";
import { arrived, newest } from "../arrived.ts";
import { hasRedis } from "../redis.ts";
import { startService, type TestService } from "../service.ts";
import { openWebChat, webVisitor } from "../web-visitor.ts";
import { HOUR, MINUTE, say, short } from "./resident.ts";

const toSatellites = (longitude: number, latitude: number) => convertDatum([longitude, latitude], "gcj02", "wgs84");
const codeIn = (text: string) => /(?:关联|link) ([A-Z0-9]{8})/.exec(text)![1]!;
const REFUSED = "这个关联码不能用";

describe.each(["postgres", ...(hasRedis ? (["redis"] as const) : [])] as const)(
  "one resident on several platforms over %s",
  (backend) => {
    let service: TestService;
    let platform: SimulatedPlatform;
    let deputy: Phone;
    beforeAll(async () => {
      service = await startService({
        backend,
        beside: { channel: telegram, startPlatform: (now) => startTelegram({ now, toSatellites }) },
      });
      platform = service.beside!;
      await openWebChat(service);
      deputy = await service.deputy("D001");
    });
    afterAll(() => service.close());

    const onTelegram = async (person: string): Promise<AnyPhone> => {
      const phone = platform.phone("qinghe", person);
      await phone.open("g:柳东-2");
      await service.settled();
      return phone;
    };
    const tell = async (phone: AnyPhone, text: string) => {
      await phone.say(text);
      await service.settled();
    };
    const texts = (phone: AnyPhone) => phone.lines().flatMap(({ by, text }) => (by === "service" ? [text] : []));
    const last = (phone: AnyPhone) => texts(phone).at(-1) ?? "";
    const inCounty = <T>(work: Parameters<typeof service.runtime.database.inCounty<T>>[1]) =>
      service.runtime.database.inCounty(service.jurisdiction("qinghe"), work);
    const numberOf = async () => (await service.cases()).at(-1)!.number;
    /** A person with a chat on both, joined by the code. */
    const linked = async (name: string): Promise<{ wechat: Phone; other: AnyPhone }> => {
      const wechat = service.phone(`${name}-${backend}`);
      const other = await onTelegram(`${backend === "redis" ? 7 : 6}${name}`);
      await say(service, wechat, "你好", "关联");
      await tell(other, `关联 ${codeIn(newest(wechat))}`);
      return { wechat, other };
    };

    it("the code joins both, both are told which platform the other is, and each sees the matters of both", async () => {
      const wechat = service.phone(`both-${backend}`);
      await say(service, wechat, "柳东村三组31号楼前路灯坏了");
      const first = await numberOf();
      await say(service, wechat, "换个平台");
      const said = newest(wechat);
      expect(said).toContain("15分钟内有效");
      const other = await onTelegram(`${backend === "redis" ? 7 : 6}001`);
      await tell(other, `关联 ${codeIn(said)}`);
      expect(last(other)).toContain("微信对话关联上了");
      expect(newest(wechat)).toContain("Telegram对话关联上了");
      expect(newest(wechat)).toContain("解除关联");
      await tell(other, "柳东村二组32号楼的下水道堵了");
      const second = await numberOf();
      expect(second).not.toBe(first);
      await say(service, wechat, "进度");
      expect(newest(wechat)).toContain(second);
      await tell(other, "进度");
      expect(last(other)).toContain(first);

      // A deputy's answer to what was told on WeChat reaches the chat in which the person spoke last.
      await say(service, deputy, `回复 ${short(first)} 电工明天来换灯`);
      expect(last(other)).toContain("电工明天来换灯");
      expect(newest(wechat)).not.toContain("电工明天来换灯");

      // The web page is a third chat of the same person.
      const page = webVisitor(service);
      await page.say("你好");
      await service.settled();
      await say(service, wechat, "关联");
      await page.say(`绑定 ${codeIn(newest(wechat))}`);
      await service.settled();
      expect((await page.arrived()).join("\n")).toContain("微信对话关联上了");
      const mine = await (await page.get("/mine")).text();
      expect(mine).toContain(first);
      expect(mine).toContain(second);
      expect(await inCounty((tx) => tx.select().from(persons))).toHaveLength(1);

      // A verdict may be given in another chat than the one in which the case was opened.
      await say(service, deputy, `办结 ${short(first)} 换好了`);
      expect((await page.arrived()).join("\n")).toContain("换好了");
      await page.say("1");
      await service.settled();
      expect(await service.case(first)).toMatchObject({ state: "closed", rating: expect.anything() });
      await say(service, wechat, "解除关联");
      expect(newest(wechat)).toContain("关联解除了");
      expect(last(other)).toContain("微信对话和这里解除了关联");
      await say(service, wechat, "进度");
      expect(newest(wechat)).not.toContain(second);
      await tell(other, "解除关联");
      expect(await inCounty((tx) => tx.select().from(persons))).toHaveLength(0);
      await tell(other, "解除关联");
      expect(last(other)).toContain("没有和别的对话关联");
    });

    it("a sealed case is shown and told in the chat alone in which it was opened, whatever is said in the other", async () => {
      const { wechat, other } = await linked("002");
      await say(service, wechat, "我们网格的王代表收了物业的好处，跟他反映多少次都不办");
      const sealed = await numberOf();
      expect((await service.case(sealed)).sealed).toBe(true);
      await tell(other, "柳东村二组33号楼的水管漏水");
      const before = texts(other).length;
      for (const words of [
        ...[
          "进度",
          `进度 ${short(sealed)}`,
          sealed,
          "我的数据",
          "为什么",
          `为什么 ${short(sealed)}`,
          `催办 ${short(sealed)}`,
        ],
        ...[`撤回 ${short(sealed)}`, `换地方 ${short(sealed)}`, "那件事怎么样了", "上次举报的事呢", "合并"],
      ]) {
        await tell(other, words);
        service.advance(MINUTE);
      }
      // What they typed themselves is repeated to them.
      const there = texts(other)
        .slice(before)
        .join("\n")
        .replace(/您没有编号[\d-]+这件事/g, "");
      expect(there).not.toContain(sealed);
      expect(there).not.toMatch(/好处|王代表|举报/);
      expect(await service.case(sealed)).toMatchObject({ sealed: true, state: expect.not.stringMatching("closed") });
      await say(service, wechat, "进度");
      expect(newest(wechat)).toContain(sealed);
    });

    it("there is one answer for a code that is wrong, used, too old, ended or one's own, and none is looked at after five", async () => {
      const giver = service.phone(`giver-${backend}`);
      await say(service, giver, "你好", "关联");
      const ended = codeIn(newest(giver));
      await say(service, giver, "关联");
      const code = codeIn(newest(giver));
      await say(service, giver, `关联 ${code}`);
      expect(newest(giver)).toContain(REFUSED);
      const taker = await onTelegram(`${backend === "redis" ? 7 : 6}003`);
      const answers = new Set<string>();
      for (const wrong of [ended, "AAAA3333", "AAAA4444", "12345678", "AAAA6666"]) {
        await tell(taker, `关联 ${wrong}`);
        answers.add(last(taker));
      }
      // The right one, while none is looked at.
      await tell(taker, `关联 ${code}`);
      answers.add(last(taker));
      expect([...answers]).toEqual([expect.stringContaining(REFUSED)]);
      expect(await inCounty((tx) => tx.select().from(linkCodes).where(sql`${linkCodes.usedAt} is null`))).not.toEqual(
        [],
      );
      service.advance(HOUR + MINUTE);
      await say(service, giver, "关联");
      const fresh = codeIn(newest(giver));
      service.advance(15 * MINUTE);
      await tell(taker, `关联 ${fresh}`);
      expect(last(taker)).toContain(REFUSED);
      await say(service, giver, "关联");
      const right = codeIn(newest(giver));
      await tell(taker, `关联 ${right}`);
      expect(last(taker)).toContain("微信对话关联上了");
      const third = service.phone(`third-${backend}`);
      await say(service, third, `关联 ${right}`);
      expect(newest(third)).toContain(REFUSED);
    });

    it("our own sentence, passed on to the other chat, joins it; nothing of it becomes a case", async () => {
      const giver = service.phone(`pass-on-${backend}`);
      await say(service, giver, "你好", "关联");
      const taker = await onTelegram(`${backend === "redis" ? 7 : 6}004`);
      await tell(taker, newest(giver));
      expect(last(taker)).toContain("微信对话关联上了");
      expect(newest(giver)).toContain("Telegram对话关联上了");
      const summaries = await inCounty((tx) => tx.select({ summary: cases.summary }).from(cases));
      expect(summaries.filter(({ summary }) => /关联|平台/.test(summary))).toEqual([]);
    });

    it("a code of the link in a QR code joins, and home and language go along", async () => {
      const giver = await onTelegram(`${backend === "redis" ? 7 : 6}005`);
      await tell(giver, "link");
      const code = codeIn(last(giver));
      const taker = service.phone(`scan-${backend}`);
      await taker.follow(`l:${code}`);
      await service.settled();
      expect(newest(taker)).toContain("Telegram");
      const rows = await inCounty((tx) =>
        tx
          .select()
          .from(conversations)
          .where(sql`${conversations.personId} is not null and ${conversations.homeGrid} = '柳东-2'`),
      );
      const [first] = rows.filter(({ locale }) => locale === "en");
      expect(rows.filter(({ personId }) => personId === first!.personId)).toHaveLength(2);
    });

    it("a deputy's chat is joined with nobody as a resident's, and a joined chat that becomes a deputy's leaves", async () => {
      await say(service, deputy, "关联");
      expect(newest(deputy)).toContain("这个对话是代表用的");
      const resident = service.phone(`of-deputy-${backend}`);
      await say(service, resident, "你好", "关联");
      await say(service, deputy, `关联 ${codeIn(newest(resident))}`);
      expect(newest(deputy)).toContain("这个对话是代表用的");
      const { wechat, other } = await linked("006");
      await tell(other, `绑定 ${await service.invite("D002")}`);
      expect(newest(wechat)).toContain("解除了关联");
      await tell(other, "解除关联");
      expect(last(other)).toContain("没有和别的对话关联");
    });

    it("删除我的数据 erases in all chats and parts them; what is sealed stays for the office", async () => {
      const { wechat, other } = await linked("007");
      await say(service, wechat, "柳东村三组41号楼前的井盖没了");
      const first = await numberOf();
      await tell(other, `撤回 ${short(first)}`);
      expect((await service.case(first)).state).toBe("closed");
      await tell(other, "我们网格的王代表收了物业的好处，跟他反映多少次都不办");
      const sealed = await numberOf();
      await say(service, wechat, "删除我的数据");
      expect((await service.case(first)).summary).toBe("");
      expect((await service.case(sealed)).sealed).toBe(true);
      const [kept] = await inCounty((tx) => tx.select().from(cases).where(eq(cases.number, sealed)));
      expect(kept!.summary).not.toBe("");
      expect(newest(wechat)).not.toContain(sealed);
      const [chat] = await inCounty((tx) =>
        tx.select().from(conversations).where(eq(conversations.id, kept!.conversationId)),
      );
      expect(chat).toMatchObject({ personId: null, homeGrid: null, eraseAskedAt: expect.any(Date) });
    });

    it("R12: a person who writes in two chats at once is heard in both, a hundred times", async () => {
      const { wechat, other } = await linked("008");
      const rounds = backend === "postgres" ? 100 : 20;
      for (let round = 0; round < rounds; round += 1) {
        await Promise.all([wechat.say("进度"), other.say("我的数据")]);
        if (round % 10 === 9) await service.settled();
      }
      await service.settled();
      const rows = await inCounty((tx) =>
        tx.execute<{ failure: string | null; waits: boolean }>(sql`
          select failure, processed_at is null as waits from inbox where failure is not null or processed_at is null`),
      );
      expect([...rows]).toEqual([]);
      service.advance(MINUTE);
      await service.deliverDue();
      expect(arrived(wechat).length).toBeGreaterThan(5);
      expect(texts(other).filter((text) => text.includes("Telegram账号标识")).length).toBeGreaterThan(5);
    });
  },
);

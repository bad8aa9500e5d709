import { and, eq, sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cases } from "../../db/schema/cases.ts";
import { casePeople, phoneTasks } from "../../db/schema/console.ts";
import { attempts, outbox } from "../../db/schema/outbox.ts";
import { deliveryHistory } from "../../src/casework/backlog/delivery-history.ts";
import { keyPurpose } from "../../src/casework/cases/thread.ts";
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
const BLOCKED = { description: "Forbidden: bot was blocked by the user" };

describe.each(["postgres", ...(hasRedis ? (["redis"] as const) : [])] as const)(
  "what waits for a person goes to another chat of theirs over %s",
  (backend) => {
    let service: TestService;
    let platform: SimulatedPlatform;
    let people = 0;
    let places = 50;
    beforeAll(async () => {
      service = await startService({
        ...{ backend, template: true },
        beside: { channel: telegram, startPlatform: (now) => startTelegram({ now, toSatellites }) },
      });
      platform = service.beside!;
      await openWebChat(service);
    });
    afterAll(() => service.close());

    const inCounty = <T>(work: Parameters<typeof service.runtime.database.inCounty<T>>[1]) =>
      service.runtime.database.inCounty(service.jurisdiction("qinghe"), work);
    const texts = (phone: AnyPhone) => phone.lines().flatMap(({ by, text }) => (by === "service" ? [text] : []));
    const tell = async (phone: AnyPhone, text: string) => {
      await phone.say(text);
      await service.settled();
    };
    const onTelegram = async (): Promise<AnyPhone & { readonly id: string }> => {
      people += 1;
      const id = `${backend === "redis" ? 9 : 8}${String(people).padStart(3, "0")}`;
      const phone = platform.phone("qinghe", id);
      await phone.open("g:柳东-2");
      await service.settled();
      return Object.assign(Object.create(phone), { id });
    };
    const aMatter = () => {
      places += 1;
      return `柳东村三组${places}号楼前路灯坏了`;
    };
    const numberOf = async () => (await service.cases()).at(-1)!.number;
    const linked = async (): Promise<{ wechat: Phone; other: AnyPhone & { readonly id: string } }> => {
      const wechat = service.phone(`moved-${backend}-${people}`);
      const other = await onTelegram();
      await say(service, wechat, "你好", "关联");
      await tell(other, `关联 ${codeIn(newest(wechat))}`);
      return { wechat, other };
    };
    const pass = async (ms: number) => {
      service.advance(ms);
      await service.passTime();
      await service.deliverDue();
    };
    const isBlocked = (person: string) =>
      platform.fail({ path: "", to: person, times: Number.POSITIVE_INFINITY, kind: "error", code: 403, says: BLOCKED });
    const historyOf = (number: string, kind: string) =>
      inCounty(async (tx) => {
        const [row] = await tx
          .select({ id: outbox.id, moves: outbox.moves, state: outbox.state })
          .from(outbox)
          .innerJoin(cases, eq(cases.id, outbox.caseId))
          .where(sql`${cases.number} = ${number} and ${outbox.kind} = ${kind}`);
        return { ...row!, ...(await deliveryHistory(tx, row!.id)) };
      });

    it("a deputy with two chats, whose first has blocked us, gets what can be answered in the second", async () => {
      const wechat = await service.deputy("D001");
      const other = await onTelegram();
      await tell(other, `绑定 ${await service.invite("D001")}`);
      isBlocked(other.id);
      const before = arrived(wechat).length;
      const resident = service.phone(`of-blocked-${backend}`);
      await say(service, resident, aMatter());
      const number = await numberOf();
      await expect.poll(() => arrived(wechat).slice(before).join("\n"), { timeout: 20_000 }).toContain(number);
      expect(texts(other).join("\n")).not.toContain(number);
      expect((await historyOf(number, "deputy-case")).attempts.at(-2)).toMatchObject({
        ...{ rung: "moved", outcome: "moved", movedTo: "wechat-official" },
      });
      await say(service, wechat, `回复 ${short(number)} 电工明天来`);
      expect(newest(resident)).toContain("电工明天来");
      platform.clearFaults();
    });

    it("an answer leaves in the other chat after the notice in the first; a later contact in any chat frees the rest", async () => {
      const { wechat, other } = await linked();
      await say(service, wechat, aMatter());
      const number = await numberOf();
      const deputy = service.wechat.phone("qinghe", "o_deputy_D001");
      await pass(60 * HOUR);
      await say(service, deputy, `回复 ${short(number)} 灯泡买好了`);
      await service.deliverDue();
      // WeChat's window is over: a template there, and the words where they may be said.
      expect(texts(other).join("\n")).toContain("灯泡买好了");
      const { moves, attempts: calls } = await historyOf(number, "reply");
      expect(moves).toBe(1);
      expect(calls.map(({ rung }) => rung)).toEqual(["template", "moved", "direct"]);

      isBlocked(other.id);
      await say(service, deputy, `办结 ${short(number)} 换好了`);
      await service.deliverDue();
      expect(arrived(wechat).join("\n")).not.toContain("换好了");
      expect(texts(other).join("\n")).not.toContain("换好了");
      platform.clearFaults();
      await say(service, wechat, "谢谢");
      await service.deliverDue();
      expect(arrived(wechat).join("\n") + texts(other).join("\n")).toContain("换好了");
    });

    it("nothing of a sealed case goes to another chat, however long it waits", async () => {
      const { wechat, other } = await linked();
      await say(service, wechat, "我们网格的王代表收了物业的好处，跟他反映多少次都不办");
      const number = await numberOf();
      expect((await service.case(number)).sealed).toBe(true);
      await pass(60 * HOUR);
      const [sealed] = await inCounty((tx) => tx.select().from(cases).where(eq(cases.number, number)));
      await inCounty((tx) =>
        tx
          .update(outbox)
          .set({ state: "waiting", settledAt: null, awaitsContact: false, kind: "reply", isAnswer: true })
          .where(eq(outbox.caseId, sealed!.id)),
      );
      await inCounty((tx) =>
        tx.delete(attempts).where(sql`${attempts.outboxId} in (select id from outbox where case_id = ${sealed!.id})`),
      );
      await service.deliverDue();
      const rows = await inCounty((tx) => tx.select().from(outbox).where(eq(outbox.caseId, sealed!.id)));
      expect(rows.map(({ moves, conversationId }) => [moves, conversationId])).toEqual(
        rows.map(() => [0, sealed!.conversationId]),
      );
      expect(texts(other).join("\n")).not.toContain(number);
      await inCounty((tx) => tx.update(outbox).set({ state: "superseded" }).where(eq(outbox.caseId, sealed!.id)));
    });

    it("what was given on three times, a question, and what may have arrived stay where they are", async () => {
      const { wechat, other } = await linked();
      await tell(other, "你好");
      await say(service, wechat, aMatter());
      const number = await numberOf();
      const [one] = await inCounty((tx) => tx.select().from(cases).where(eq(cases.number, number)));
      await pass(60 * HOUR);
      const put = async (change: Partial<typeof outbox.$inferInsert>): Promise<string> => {
        const [like] = await inCounty((tx) =>
          tx
            .select()
            .from(outbox)
            .where(and(eq(outbox.caseId, one!.id), eq(outbox.kind, "receipt"))),
        );
        const { seq: _seq, ...row } = like!;
        const id = newId();
        const fresh = {
          state: "waiting",
          settledAt: null,
          awaitsContact: false,
          tries: 0,
          piecesSent: 0,
          noticedAt: null,
        } as const;
        await inCounty((tx) =>
          tx.insert(outbox).values({
            ...row,
            ...fresh,
            kind: "consequence",
            isAnswer: false,
            id,
            conversationId: one!.conversationId,
            ...change,
          }),
        );
        return id;
      };
      const stays = [
        await put({ moves: 3 }),
        await put({ kind: "question" }),
        await put({ piecesSent: 1 }),
        await put({ state: "uncertain", settledAt: service.runtime.now(), repeatsLeft: 0 }),
      ];
      const goes = await put({});
      const stateOf = (id: string) =>
        inCounty(async (tx) => (await tx.select().from(outbox).where(eq(outbox.id, id)))[0]!.state);
      await service.deliverDue();
      await expect.poll(() => stateOf(goes), { timeout: 20_000 }).toBe("delivered");
      const rows = await inCounty((tx) =>
        tx
          .select()
          .from(outbox)
          .where(sql`${outbox.id} = any(${sql.param([...stays, goes])}::uuid[])`),
      );
      const isHere = (id: string) => rows.find((row) => row.id === id)!.conversationId === one!.conversationId;
      expect(stays.map(isHere)).toEqual([true, true, true, true]);
      expect(isHere(goes)).toBe(false);
      expect(rows.find(({ id }) => id === goes)).toMatchObject({ state: "delivered", moves: 1 });
      await inCounty((tx) =>
        tx
          .update(outbox)
          .set({ state: "superseded" })
          .where(sql`${outbox.id} = any(${sql.param(stays)}::uuid[])`),
      );
    });

    it("what stands unread on the page for a day is told in the other chat too, once", async () => {
      const page = webVisitor(service);
      const other = await onTelegram();
      await tell(other, "关联");
      await page.say(aMatter());
      await service.settled();
      const number = await numberOf();
      await page.say(`关联 ${codeIn(texts(other).at(-1)!)}`);
      await service.settled();
      await page.arrived();
      const deputy = service.wechat.phone("qinghe", "o_deputy_D001");
      await say(service, deputy, `回复 ${short(number)} 周五来装新灯`);
      await pass(23 * HOUR);
      expect(texts(other).join("\n")).not.toContain("周五来装新灯");
      await pass(2 * HOUR);
      await pass(MINUTE);
      expect(texts(other).filter((text) => text.includes("周五来装新灯"))).toEqual([
        expect.stringContaining("网页上的这条一天没打开"),
      ]);
    });

    it("a call is asked for once an answer waits for two days, or at once where every chat is gone", async () => {
      const wechat = service.phone(`called-${backend}`);
      await say(service, wechat, aMatter());
      const number = await numberOf();
      const deputy = service.wechat.phone("qinghe", "o_deputy_D001");
      const [one] = await inCounty((tx) => tx.select().from(cases).where(eq(cases.number, number)));
      const key = service.runtime.vault.unwrap(one!.keyWrapped, keyPurpose(one!.jurisdictionId));
      await inCounty((tx) =>
        tx.insert(casePeople).values({
          ...{
            id: newId(),
            jurisdictionId: one!.jurisdictionId,
            caseId: one!.id,
            phone: key.seal("13812345678"),
            mayCall: true,
          },
          ...{ how: "walk-in", isJoined: false, at: service.runtime.now(), takenBy: "station:S01" },
        }),
      );
      const tasks = () => inCounty((tx) => tx.select().from(phoneTasks).where(eq(phoneTasks.caseId, one!.id)));
      await pass(60 * HOUR);
      await say(service, deputy, `回复 ${short(number)} 下周来修`);
      await pass(47 * HOUR);
      expect(await tasks()).toEqual([]);
      await pass(2 * HOUR);
      expect(await tasks()).toMatchObject([{ why: "unreached", askedBy: "service" }]);
      await inCounty((tx) => tx.delete(phoneTasks).where(eq(phoneTasks.caseId, one!.id)));
      await wechat.unfollow();
      await service.settled();
      await say(service, deputy, `办结 ${short(number)} 修好了`);
      await service.deliverDue();
      await pass(MINUTE);
      expect(await tasks()).toMatchObject([{ why: "unreached" }]);
    });
  },
);

import { and, eq } from "drizzle-orm";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Transaction } from "../../db/database.ts";
import { cases } from "../../db/schema/cases.ts";
import { conversations, inbox } from "../../db/schema/conversations.ts";
import { outbox } from "../../db/schema/outbox.ts";
import { changeSettings } from "../../src/casework/county/settings-change.ts";
import { sealContent } from "../../src/casework/outbox/content.ts";
import { ROOM_KINDS } from "../../src/casework/outbox/rooms.ts";
import { bindRoomAs, listRooms, releaseRoom } from "../../src/casework/rooms/bind-room.ts";
import { telegram } from "../../src/channels/telegram/channel.ts";
import { wechaty } from "../../src/channels/wechaty/channel.ts";
import { deliveries } from "../../src/console/words/zh/deliveries.ts";
import type { Phone, RoomView } from "../../src/demo/platforms/face/platform.ts";
import { startTelegram } from "../../src/demo/platforms/telegram.ts";
import { startWechaty } from "../../src/demo/platforms/wechaty.ts";
import { hasRedis } from "../redis.ts";
import { startService, type TestService } from "../service.ts";
import { short } from "./resident.ts";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const NINE_IN_SHANGHAI_MS = 3_600_000;
const RUNS = [
  { channel: wechaty, startPlatform: (now: () => Date) => startWechaty({ now }), backend: "postgres" },
  { channel: telegram, startPlatform: (now: () => Date) => startTelegram({ now }), backend: "redis" },
] as const;

describe.each(RUNS.filter(({ backend }) => backend === "postgres" || hasRedis))(
  "a room of deputies on $channel.type, queue in $backend",
  (run) => {
    let service: TestService;
    let room: RoomView;
    let holder: Phone;
    let county: string;
    let house = 40;

    const phoneOf = (person: string) => service.beside!.phone("qinghe", person);
    const opened = async (person: string) => {
      const phone = phoneOf(person);
      await phone.open(null);
      await service.settled();
      return phone;
    };
    const inCounty = <T>(work: (tx: Transaction) => Promise<T>) => service.runtime.database.inCounty(county, work);
    const saidIn = (view: { lines(): readonly { by: string; text: string }[] }) =>
      view.lines().flatMap(({ by, text }) => (by === "service" ? [text] : []));
    const settled = async () => {
      await service.settled();
      service.advance(MINUTE_MS);
      await service.deliverDue();
    };
    /** What the room is told while this is done. */
    const told = async (deed: () => Promise<unknown>) => {
      const before = saidIn(room).length;
      await deed();
      await settled();
      return saidIn(room).slice(before);
    };
    const newCase = async (person: string, words = "柳东村一组@号楼前路灯坏了") => {
      const phone = await opened(person);
      house += 1;
      await phone.say(words.replace("@", String(house)));
      await settled();
      return { phone, number: (await service.cases()).at(-1)!.number };
    };
    const lineWith = (text: string) =>
      room.lines().findLast((line) => line.by === "service" && line.text.includes(text))!;

    beforeAll(async () => {
      service = await startService({ backend: run.backend, beside: run });
      county = service.jurisdiction("qinghe");
      room = service.beside!.room!("qinghe", "柳河代表群", ["2040", "2041", "2042"]);
      for (const [person, code] of [
        ["2040", "D003"],
        ["2041", "D001"],
      ] as const) {
        const phone = await opened(person);
        await phone.say(`绑定 ${await service.invite(code)}`);
        await settled();
      }
      holder = phoneOf("2040");
      await changeSettings(service.runtime, county, { rooms: "cases" }, "办公室");
    }, 120_000);
    afterAll(() => service.close());

    it("hears one polite sentence a day while nobody has bound it, and talk that is not to us is not even stored", async () => {
      const stored = () => inCounty((tx) => tx.select().from(inbox));
      const before = (await stored()).length;
      expect(await told(() => room.say("2040", "今天谁去现场"))).toEqual([]);
      expect(await stored()).toHaveLength(before);
      expect(await told(() => room.say("2040", "列表", { naming: true }))).toEqual([
        expect.stringContaining("还没有登记"),
      ]);
      expect(saidIn(holder).at(-1)).toContain("没有办");
      expect(await told(() => room.say("2042", "列表", { naming: true }))).toEqual([]);
      expect(await told(() => newCase("2100"))).toEqual([]);
    });

    it("is bound by a code that the office and a bound deputy say, in either order, and by nobody else", async () => {
      const list = () => inCounty((tx) => listRooms(tx, service.runtime.vault, county, service.runtime.now()));
      const bind = (code: string, kind: "station" | "group", of: string) => {
        const services = { vault: service.runtime.vault, now: service.runtime.now() };
        return inCounty((tx) => bindRoomAs(services, tx, county, { code, of: { kind, code: of } }));
      };
      expect(await list()).toMatchObject([
        { title: expect.stringContaining("柳河代表群"), of: null, isCodeSaid: false },
      ]);
      expect(await bind("K7M2Q9", "station", "ST99")).toBe("no-such");
      expect(await bind("K7M2Q9", "station", "ST02")).toBe("waiting");
      await told(() => room.say("2042", "绑定群 K7M2Q9", { naming: true }));
      expect((await list())[0]).toMatchObject({ of: null });
      const bound = await told(() => room.say("2041", "绑定群 k7m2q9", { naming: true }));
      expect(bound).toEqual([expect.stringContaining("城关镇代表联络站")]);
      expect(await bind("K7M2Q9", "station", "ST01")).toBe("used");
      const refused = await told(() => room.say("2041", "绑定群 K7M2Q9", { naming: true }));
      expect(refused).toEqual([expect.stringContaining("已经用过")]);
      const noted = await told(() => room.say("2041", "绑定群 ABCD12", { naming: true }));
      expect(noted).toEqual([expect.stringContaining("口令收到了")]);
      expect(await bind("ABCD12", "station", "ST01")).toBe("bound");
      expect(await list()).toMatchObject([{ of: "station:ST01" }]);
    });

    it("is told a new case, masked; its deputy answers by quoting it, others cannot, and nobody's words stand there again", async () => {
      let asked = { phone: holder, number: "" };
      const lines = await told(async () => {
        asked = await newCase("2101", "柳东村一组@号楼前路灯坏了，我叫钱多多，电话13812345678");
      });
      const { phone: resident, number } = asked;
      expect(lines).toHaveLength(1);
      expect(lines[0]).toContain(`【${short(number)}】`);
      expect(lines[0]).toContain("路灯坏了");
      expect(lines[0]).not.toMatch(/13812345678|钱多多|赵德明/);
      const told12 = lineWith(`【${short(number)}】`);
      const others = await told(() => room.say("2041", "回复 明天就修好", { quoting: told12 }));
      expect(others).toEqual([expect.stringContaining("不归您办")]);
      const strangers = await told(() => room.say("2042", "回复 明天就修好", { quoting: told12 }));
      expect(strangers).toEqual([expect.stringContaining("请先私聊我绑定")]);
      expect(saidIn(resident).join()).not.toContain("明天就修好");
      const answers = await told(() => room.say("2040", "回复 灯泡周五换好", { quoting: told12 }));
      expect(answers).toEqual([`【${short(number)}】已有答复，详细情况见私聊。`]);
      expect(saidIn(resident).at(-1)).toContain("灯泡周五换好");
      expect((await service.case(number)).state).toBe("answered");
      const before = saidIn(holder).length;
      expect(await told(() => room.say("2040", "列表", { naming: true }))).toEqual(["收到了，已私聊回您。"]);
      expect(saidIn(holder).slice(before).join()).toContain("路灯");
    });

    it("never reads of an accusation, of a child, or of somebody who stays unnamed", async () => {
      const kept = [
        ["2110", "东关菜市场周代表把摊位转手卖了"],
        ["2111", "我是柳东小学四年级的，柳东村一组学校门口没有红绿灯，我同学差点被撞了"],
        ["2112", "柳东村一组@号楼前下水道堵了，别告诉他们是我说的"],
      ] as const;
      for (const [person, words] of kept) expect(await told(() => newCase(person, words))).toEqual([]);
    });

    it("of every kind of message only those for rooms leave into one, and none of a case that was sealed meanwhile", async () => {
      const [there] = await inCounty((tx) => tx.select().from(conversations).where(eq(conversations.form, "room")));
      const all = [...Object.keys(deliveries.kind), "something-new"];
      const { runtime } = service;
      const now = runtime.now();
      const accusation = await inCounty((tx) => sealedCase(tx));
      const addressed = [
        ...all.map((kind) => ({ kind, caseId: null, text: `${kind} of none` })),
        ...[...ROOM_KINDS].map((kind) => ({ kind, caseId: accusation, text: `${kind} of a sealed one` })),
      ];
      const rows = addressed.map(({ kind, caseId, text }) => ({
        ...{ id: newId(), jurisdictionId: county, conversationId: there!.id, caseId, kind, isAnswer: true },
        ...{ state: "waiting" as const, notBefore: now, createdAt: now, repeatsLeft: 0 },
        content: sealContent({ runtime, jurisdictionId: county }, { text }),
      }));
      const lines = await told(async () => {
        await inCounty((tx) => tx.insert(outbox).values(rows));
        for (let minute = 0; minute < 3; minute += 1) {
          await service.deliverDue();
          service.advance(MINUTE_MS);
        }
      });
      expect(lines.toSorted()).toEqual(["room-answer of none", "room-digest of none"]);
      const left = await inCounty((tx) =>
        tx
          .select({ kind: outbox.kind, state: outbox.state })
          .from(outbox)
          .where(and(eq(outbox.conversationId, there!.id), eq(outbox.reason, "not for a room"))),
      );
      expect(left).toHaveLength(rows.length - lines.length);
      expect([...ROOM_KINDS].toSorted()).toEqual(["room-answer", "room-case", "room-digest"]);
    });

    it("is told numbers and days alone each morning where the county does not say otherwise, and nothing once it is released", async () => {
      await changeSettings(service.runtime, county, { rooms: null }, "办公室");
      const { number } = await newCase("2120");
      expect(saidIn(room).join()).not.toContain(`【${short(number)}】`);
      let morning: string[] = [];
      for (let day = 0; day < 12 && morning.length === 0; day += 1) {
        const now = service.runtime.now().getTime();
        service.advance(DAY_MS - ((now - NINE_IN_SHANGHAI_MS) % DAY_MS));
        morning = await told(() => service.passTime());
      }
      expect(morning).toHaveLength(1);
      expect(morning[0]).toContain("柳河镇代表联络站有");
      expect(morning[0]).toContain(`【${short(number)}】`);
      expect(morning[0]).not.toMatch(/路灯|赵德明|李秀兰|红绿灯|摊位|下水道/);
      expect(await told(() => service.passTime())).toEqual([]);
      const [listed] = await inCounty((tx) => listRooms(tx, service.runtime.vault, county, service.runtime.now()));
      expect(await inCounty((tx) => releaseRoom(tx, listed!.id))).toBe(true);
      service.advance(7 * DAY_MS);
      expect(await told(() => service.passTime())).toEqual([]);
    });

    async function sealedCase(tx: Transaction): Promise<string> {
      const [found] = await tx.select({ id: cases.id }).from(cases).where(eq(cases.sealed, true));
      return found!.id;
    }
  },
);

import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { moveByHand } from "../../src/casework/office/move-case.ts";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { startService, type TestService } from "../service.ts";
import { type PartnerRun, startPartnerRun } from "./partner-run.ts";
import { casesOf, onlyCase, say, short } from "./resident.ts";

let service: TestService;
let run: PartnerRun;
let deputy: Phone;
beforeAll(async () => {
  service = await startService();
  run = await startPartnerRun(service);
  await run.connect({ name: "grid", type: "webhook", title: "网格治理平台", aliases: ["网格平台"] });
  deputy = await service.deputy("D001");
});
afterAll(async () => {
  await run?.close();
  await service.close();
});

const inCounty = <T>(work: Parameters<typeof service.runtime.database.inCounty<T>>[1]) =>
  service.runtime.database.inCounty(service.jurisdiction("qinghe"), work);
const sentTo = (number: string) =>
  run.platform.captured().filter(({ path, body }) => path === "/hook" && body.includes(number));

async function handedOver(person: string) {
  const phone = service.phone(person);
  await say(service, phone, "柳东村三组路灯坏了");
  const { number } = await onlyCase(service, phone);
  await say(service, deputy, `转办 ${short(number)} 网格平台，请修灯`);
  await run.exchange();
  return { phone, number };
}

describe("what never leaves", () => {
  it.each([
    ["violence", "柳东村三组有人拿刀打人，快来人"],
    ["self-harm", "柳东村三组我不想活了，想跳楼"],
    ["minor", "叔叔阿姨好，我是学生，柳东村三组上学路上没有路灯，我们放学都害怕"],
    ["petition", "柳东村三组征地补偿的事镇里不给答复"],
  ])("is a case with signs of %s", async (person, text) => {
    const phone = service.phone(`stays-${person}`);
    await say(service, phone, text);
    await service.deliverDue();
    const [found] = await casesOf(service, phone);
    if (found === undefined) throw new Error(`no case of ${person}`);
    const { number } = found;
    if (person === "petition") {
      await inCounty((tx) =>
        tx.execute(sql`update understandings u set likeliest = 'petition' from inbox i, cases c
          where i.seq = u.inbox_seq and c.id = i.case_id and c.number = ${number}`),
      );
    }
    await say(service, deputy, `转办 ${short(number)} 网格平台，请办`);
    const moved = await moveByHand(
      service.runtime,
      service.jurisdiction("qinghe"),
      number,
      { kind: "unit", code: "grid" },
      "office",
    );
    await run.exchange();
    expect({ person, moved: moved.ok, sent: sentTo(number).length }).toEqual({ person, moved: false, sent: 0 });
    expect((await service.case(number)).handovers).toEqual([]);
  });

  it("is a sealed case, by whatever command, and what was handed over before it was sealed takes no news", async () => {
    const { number, phone } = await handedOver("sealed-later");
    const calls = sentTo(number).length;
    await say(service, phone, "我要举报李秀兰代表收了钱，路灯的工程给了她家亲戚");
    const [first, second] = await casesOf(service, phone);
    expect([first, second].some((one) => one?.sealed === true)).toBe(true);
    const sealed = (await casesOf(service, phone)).find((one) => one.sealed)!;
    const moved = await moveByHand(
      service.runtime,
      service.jurisdiction("qinghe"),
      sealed.number,
      { kind: "unit", code: "grid" },
      "office",
    );
    expect(moved.ok).toBe(false);
    const events = first!.events.length;
    expect(await run.platform.say(number, "done", { text: "好了" })).toEqual([202]);
    await run.exchange();
    expect((await service.case(number)).events).toHaveLength(events);
    expect(sentTo(sealed.number)).toHaveLength(sealed.number === number ? calls : 0);
  });
});

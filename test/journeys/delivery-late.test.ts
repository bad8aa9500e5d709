import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { deliver } from "../../src/casework/delivery/deliver.ts";
import type { FaultKind } from "../../src/demo/platforms/wechat/faults.ts";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { arrived } from "../arrived.ts";
import { startService, type TestService } from "../service.ts";
import { CUSTOM_SEND, conversationOf, outgoingOf, shownOf, triesFor, withCase } from "./delivery.ts";
import { expectEveryMessageEnded, MINUTE, say, short, wait } from "./resident.ts";

let service: TestService;
let deputy: Phone;
beforeAll(async () => {
  service = await startService();
  deputy = await service.deputy("D001");
});
afterAll(() => service.close());
afterEach(async () => {
  service.wechat.clearFaults();
  await expectEveryMessageEnded(service);
});

const SENTENCES = Array.from({ length: 60 }, (_, index) => `【${100 + index}】我们一起看了这段路的灯杆线路和控制箱。`);
const marksOf = (text: string) => text.match(/【\d{3}】/g);

/** A worker whose first call comes back only when its lease is long over and another worker has gone on. */
async function comeBackLate(name: string, kind: FaultKind, errcode: number, ...texts: string[]) {
  const { phone, number } = await withCase(service, name);
  const to = phone.openid;
  service.wechat.fail({ path: CUSTOM_SEND, to, times: 1, kind: "errcode", errcode: -1 });
  for (const text of texts) await say(service, deputy, `回复 ${short(number)} ${text}`);
  service.advance(10_000);
  service.wechat.fail({ path: CUSTOM_SEND, to, times: 1, kind, errcode, delayMs: 1_500 });
  const { id: conversationId, jurisdictionId } = await conversationOf(service, phone);
  const late = deliver(service.runtime, { jurisdictionId, conversationId });
  await expect.poll(async () => (await outgoingOf(service, phone)).map((row) => row.state)).toContain("sending");
  await service.endLeases();
  await wait(service, MINUTE);
  const meanwhile = await shownOf(service, number);
  await late;
  await service.deliverDue();
  return { phone, number, meanwhile };
}

describe("a worker that comes back after its lease", () => {
  it("knows now that its message arrived: it counts as delivered, and what went on meanwhile stays", async () => {
    const { phone, number, meanwhile } = await comeBackLate("late-one", "slow", 0, "明天来修");
    expect(meanwhile).toEqual(["receipt delivered", "reply uncertain"]);
    expect(await shownOf(service, number)).toEqual(["receipt delivered", "reply delivered"]);
    expect(arrived(phone).filter((text) => text.includes("明天来修"))).toHaveLength(1);
  });

  it("does not turn a long text back: no piece comes twice", async () => {
    const { phone, number } = await comeBackLate("late-long", "slow", 0, SENTENCES.join(""));
    expect(marksOf(arrived(phone).join(""))?.toSorted()).toEqual(marksOf(SENTENCES.join("")));
    expect(await shownOf(service, number)).toEqual(["receipt delivered", "reply delivered"]);
    expect(await triesFor(service, phone)).not.toContain("direct pending");
  });
});

import { afterAll, beforeAll, expect, it } from "vitest";
import { arrived, newest, startService, type TestService } from "../service.ts";
import { callsTo, outgoingOf, short, withCase } from "./delivery.ts";
import { casesOf, expectEveryMessageEnded, HOUR, letPass, MINUTE, say, wait } from "./resident.ts";

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

it("the last message of the window is kept for the answer: what only asks or reminds waits for the resident", async () => {
  const deputy = await service.deputy("D001");
  const { phone, number } = await withCase(service, "kept");
  await wait(service, HOUR);
  await say(service, phone, "新问题：垃圾好几天没人收了");
  await wait(service, 5_000);
  const asked = newest(phone);
  expect(await casesOf(service, phone)).toHaveLength(2);
  await say(service, deputy, `回复 ${short(number)} 答一`);
  await say(service, deputy, `回复 ${short(number)} 答二`);
  await say(service, deputy, `回复 ${short(number)} 答三`);
  const calls = callsTo(service, phone).length;

  await letPass(service, 24 * HOUR + MINUTE);
  expect(newest(phone)).not.toBe(asked);
  expect(callsTo(service, phone)).toHaveLength(calls);
  expect((await outgoingOf(service, phone)).filter((row) => row.state === "waiting")).toMatchObject([
    { awaitsContact: true, reason: expect.stringContaining("kept for the answer") },
  ]);

  await say(service, deputy, "列表");
  await say(service, deputy, `办结 ${short(number)} 换好了`);
  expect(newest(phone)).toContain("换好了");
  expect(callsTo(service, phone).map((call) => call.errcode)).not.toContain(45047);

  await say(service, phone, "在吗");
  expect((await outgoingOf(service, phone)).filter((row) => row.state === "waiting" && row.awaitsContact)).toEqual([]);
  expect(arrived(phone).length).toBeGreaterThan(0);
  await expectEveryMessageEnded(service);
});

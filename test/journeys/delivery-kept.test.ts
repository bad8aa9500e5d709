import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { conversations } from "../../db/schema/conversations.ts";
import { arrived, newest } from "../arrived.ts";
import { startService, type TestService } from "../service.ts";
import { callsTo, conversationOf, outgoingOf, withCase } from "./delivery.ts";
import { casesOf, expectEveryMessageEnded, HOUR, letPass, MINUTE, say, short, wait } from "./resident.ts";

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

it("a deputy's used-up window keeps all that comes, however much, and the next contact brings it in order", async () => {
  const resident = service.phone("kept-many");
  await say(service, resident, "柳东小学门口没有减速带");
  const deputy = await service.deputy((await casesOf(service, resident))[0]?.deputy ?? "");
  const { id } = await conversationOf(service, deputy);
  await service.runtime.database.inCounty(service.jurisdiction("qinghe"), (tx) =>
    tx.update(conversations).set({ windowLeft: 0 }).where(eq(conversations.id, id)),
  );
  const marks = Array.from({ length: 45 }, (_, index) => `又有人差点被撞（${100 + index}）`);
  for (const mark of marks) await say(service, resident, mark);
  const waiting = (await outgoingOf(service, deputy)).filter((row) => row.state === "waiting");
  expect(waiting).toHaveLength(marks.length);
  expect(waiting.filter((row) => !row.awaitsContact)).toEqual([]);

  const before = arrived(deputy).length;
  while ((await outgoingOf(service, deputy)).some((row) => row.state === "waiting")) await say(service, deputy, "列表");
  const came =
    arrived(deputy)
      .slice(before)
      .join("\n")
      .match(/（1\d\d）/g) ?? [];
  const firstTimes = [...new Set(came)];
  expect(firstTimes).toEqual(firstTimes.toSorted());
  expect(firstTimes).toHaveLength(marks.length);
});

import { and, asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { outbox } from "../../db/schema/outbox.ts";
import { arrived } from "../arrived.ts";
import { startService, type TestService } from "../service.ts";
import { MINUTE, SECOND, say, wait } from "./resident.ts";

const SEND = "/cgi-bin/message/custom/send";
const MATTERS = ["柳东村一组路灯坏了", "进度", "帮助"];
let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

const waitingRows = () =>
  service.runtime.database.inCounty(service.jurisdiction("qinghe"), (tx) =>
    tx
      .select({ tries: outbox.tries })
      .from(outbox)
      .where(and(eq(outbox.state, "waiting"), eq(outbox.awaitsContact, false)))
      .orderBy(asc(outbox.seq)),
  );
const calls = () => service.wechat.log().filter((entry) => entry.kind === "call" && entry.path === SEND).length;

describe("while the platform is down", () => {
  it("calls stop, nobody's tries are used up, and afterwards everything arrives in order", async () => {
    service.wechat.fail({ path: SEND, times: Number.POSITIVE_INFINITY, kind: "errcode", errcode: -1 });
    const people = Array.from({ length: 8 }, (_, index) => service.phone(`pause-${index}`));
    for (const phone of people) await say(service, phone, MATTERS[0] ?? "");
    const before = calls();
    const first = people[0]!;
    for (const text of MATTERS.slice(1)) await say(service, first, text);
    for (const _ of Array.from({ length: 5 })) await service.deliverDue();
    expect(calls() - before).toBeLessThanOrEqual(1);
    expect((await waitingRows()).every(({ tries }) => tries <= 2)).toBe(true);

    service.wechat.clearFaults();
    for (const _ of Array.from({ length: 3 })) await wait(service, 2 * MINUTE);
    expect(await waitingRows()).toEqual([]);
    for (const phone of people) expect(arrived(phone).join("\n")).toMatch(/\d{4}-\d{6}/);
    const received = arrived(first).join("\n");
    const places = ["收到了，编号", "等答复", "有事直接说"].map((words) => received.indexOf(words));
    expect(places).toEqual([...places].sort((one, other) => one - other));
    expect(places).not.toContain(-1);
  });

  it.each([
    ["is busy", { kind: "errcode", errcode: -1 }],
    ["takes no token", { kind: "errcode", errcode: 40001 }],
    ["must be mended", { kind: "errcode", errcode: 48004 }],
    ["counts too many calls this minute", { kind: "errcode", errcode: 45011 }],
  ] as const)(
    "for a quarter of an hour because it %s, nobody waits longer than a minute after that",
    { timeout: 60_000 },
    async (what, fault) => {
      const people = Array.from({ length: 6 }, (_, index) => service.phone(`quarter-${what}-${index}`));
      service.wechat.fail({ path: SEND, times: Number.POSITIVE_INFINITY, ...fault });
      for (const phone of people) await say(service, phone, MATTERS[0] ?? "");
      const before = calls();
      for (let passed = 0; passed < 15 * MINUTE; passed += 30 * SECOND) await wait(service, 30 * SECOND);
      expect(calls() - before).toBeLessThan(75);
      service.wechat.clearFaults();
      for (let passed = 0; passed < MINUTE; passed += 6 * SECOND) await wait(service, 6 * SECOND);
      expect(await waitingRows()).toEqual([]);
      for (const phone of people) expect(arrived(phone).join("\n")).toMatch(/\d{4}-\d{6}/);
    },
  );

  it("behind a gateway that answers for it, a handful is uncertain and the rest arrives", async () => {
    const people = Array.from({ length: 12 }, (_, index) => service.phone(`gateway-${index}`));
    service.wechat.fail({ path: SEND, times: Number.POSITIVE_INFINITY, kind: "accept-then-502" });
    for (const phone of people) await say(service, phone, MATTERS[0] ?? "");
    service.wechat.clearFaults();
    await wait(service, MINUTE);
    await service.deliverDue();
    expect(await waitingRows()).toEqual([]);
    const copies = people.map(
      (phone) =>
        arrived(phone)
          .join("\n")
          .match(/收到了，编号/g)?.length ?? 0,
    );
    expect(copies).toEqual(people.map(() => 1));
  });
});

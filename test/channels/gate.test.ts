import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Sender } from "../../src/channels/channel.ts";
import { ANN, CUSTOM, type Platform, senderAt, startPlatform } from "./wechat-official/platform.ts";

const NOON = new Date("2026-09-21T04:00:00Z");
let platform: Platform;
let now: Date;

beforeEach(async () => {
  platform = await startPlatform();
  now = NOON;
});
afterEach(() => platform.close());

const senderOf = (timeoutMs = 60_000): Sender =>
  senderAt(platform.base, {}, { now: () => now, timeoutMs, random: () => 0 });
const say = (sender: Sender) => sender.send("direct", ANN, { key: "key-1", kind: "text", text: "好" });
const later = (seconds: number) => {
  now = new Date(now.getTime() + seconds * 1000);
};
const calls = () => platform.sent(CUSTOM).length;
const down = (times: number) =>
  platform.answer(CUSTOM, ...Array.from({ length: times }, () => ({ raw: "<h1>Bad gateway</h1>", status: 502 })));

describe("while the platform is down", () => {
  test("five failures in a row stop the calls, and what comes meanwhile is kept for later without one", async () => {
    const sender = senderOf();
    down(5);
    for (const _ of Array.from({ length: 5 })) expect(await say(sender)).toMatchObject({ outcome: "uncertain" });
    expect(sender.pause()).toEqual({ until: new Date(NOON.getTime() + 2500), reason: "the platform is down" });
    expect(await say(sender)).toEqual({
      outcome: "retry",
      reason: "the platform is down",
      afterMs: 2500,
      scope: "account",
    });
    expect(calls()).toBe(5);
  });

  test("one call tries after the pause; the pause doubles while it fails, and all goes on when it succeeds", async () => {
    const sender = senderOf();
    down(6);
    for (const _ of Array.from({ length: 5 })) await say(sender);
    later(3);
    expect(sender.pause()).toBeNull();
    const many = await Promise.all(Array.from({ length: 10 }, () => say(sender)));
    expect(many.map(({ outcome }) => outcome).sort()).toEqual([
      ...Array.from({ length: 9 }, () => "retry"),
      "uncertain",
    ]);
    expect(calls()).toBe(6);
    expect(sender.pause()?.until).toEqual(new Date(now.getTime() + 5000));
    later(6);
    const after = await Promise.all(Array.from({ length: 10 }, () => say(sender)));
    expect(after.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 10 }, () => "delivered"));
    expect(sender.pause()).toBeNull();
  });

  test("a call that hangs ends with its time-out, is uncertain, and counts as a failure", async () => {
    // Long enough to be connected on a busy machine too: what never reached the platform is tried again.
    const sender = senderOf(1000);
    platform.answer(CUSTOM, ...Array.from({ length: 5 }, () => "hang" as const));
    for (const _ of Array.from({ length: 5 })) expect(await say(sender)).toMatchObject({ outcome: "uncertain" });
    expect(sender.pause()).not.toBeNull();
  });

  test("a token that is refused again and again stops the calls too", async () => {
    const sender = senderOf();
    platform.answer(CUSTOM, ...Array.from({ length: 10 }, () => ({ errcode: 40001, errmsg: "invalid credential" })));
    for (const _ of Array.from({ length: 5 })) expect(await say(sender)).toMatchObject({ outcome: "retry" });
    expect(sender.pause()).toMatchObject({ reason: "the platform is down" });
  });

  test("what was not sent because it is somebody else's says nothing of the platform", async () => {
    const sender = senderOf();
    for (const _ of Array.from({ length: 8 })) {
      await sender.send("direct", ANN, { key: "key-1", kind: "text", text: "好" }, () => false);
    }
    expect(sender.pause()).toBeNull();
  });

  test("an account that somebody must mend first is tried by one call in half a minute", async () => {
    const sender = senderOf();
    platform.answer(CUSTOM, { errcode: 48004, errmsg: "api forbidden" });
    expect(await say(sender)).toMatchObject({ outcome: "refused", blocks: "account" });
    expect(sender.pause()).toMatchObject({ reason: expect.stringContaining("48004") });
    expect(await say(sender)).toMatchObject({ outcome: "retry" });
    expect(calls()).toBe(1);
    later(31);
    expect(await say(sender)).toMatchObject({ outcome: "delivered" });
  });

  test("refusals of a platform that answers open nothing", async () => {
    const sender = senderOf();
    platform.answer(CUSTOM, ...Array.from({ length: 8 }, () => ({ errcode: 45015, errmsg: "out of time" })));
    for (const _ of Array.from({ length: 8 })) await say(sender);
    expect(calls()).toBe(8);
    expect(sender.pause()).toBeNull();
  });
});

describe("a quota that is used up", () => {
  test("of the day stops this account until five past midnight in China, and no other", async () => {
    const [sender, other] = [senderOf(), senderOf()];
    platform.answer(CUSTOM, { errcode: 45009, errmsg: "reach max api daily quota limit" });
    expect(await say(sender)).toMatchObject({ outcome: "retry" });
    expect(sender.pause()?.until).toEqual(new Date("2026-09-21T16:05:00Z"));
    later(3600);
    expect(await say(sender)).toMatchObject({ outcome: "retry", reason: expect.stringContaining("45009") });
    expect(calls()).toBe(1);
    expect(await say(other)).toMatchObject({ outcome: "delivered" });
    now = new Date("2026-09-21T16:05:01Z");
    expect(await say(sender)).toMatchObject({ outcome: "delivered" });
  });

  test("of the minute stops it for a minute", async () => {
    const sender = senderOf();
    platform.answer(CUSTOM, { errcode: 45011, errmsg: "api minute-quota reach limit" });
    await say(sender);
    expect(sender.pause()?.until).toEqual(new Date(NOON.getTime() + 60_000));
  });
});

test("an account makes no more than 300 calls a second", async () => {
  const sender = senderOf();
  await say(sender);
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: 150 }, () => say(sender)));
  expect(performance.now() - startedAt).toBeGreaterThan(450);
});

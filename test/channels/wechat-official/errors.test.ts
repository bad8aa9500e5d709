import { describe, expect, it } from "vitest";
import { failureOf, isTokenCode } from "../../../src/channels/wechat-official/errors.ts";

const NOW = new Date("2026-09-21T15:00:00Z");

describe("an errcode of the platform", () => {
  it.each([
    [40003, "person"],
    [40007, "content"],
    [40013, "account"],
    [40037, "account"],
    [40125, "account"],
    [40164, "account"],
    [40200, "account"],
    [41001, "account"],
    [43004, "person"],
    [43019, "person"],
    [43101, "rung"],
    [45002, "content"],
    [45008, "content"],
    [45015, "rung"],
    [45047, "rung"],
    [45072, "content"],
    [45080, "content"],
    [45081, "content"],
    [45098, "content"],
    [45099, "content"],
    [47003, "content"],
    [48001, "account"],
    [48002, "person"],
    [48004, "account"],
    [50002, "person"],
  ])("%i is refused and blocks the %s", (code, blocks) => {
    const failure = failureOf(code, "told", NOW);
    expect(failure).toMatchObject({ outcome: "refused", blocks });
    expect(failure.reason).toMatch(new RegExp(`^${code} .{8,}`));
  });

  it.each([
    [-1, 2000],
    [40001, 10_000],
    [40014, 10_000],
    [42001, 10_000],
    [45011, 60_000],
  ])("%i may be tried again after %i ms", (code, afterMs) => {
    expect(failureOf(code, "told", NOW)).toMatchObject({ outcome: "retry", afterMs });
  });

  it.each([
    ["2026-09-21T15:00:00Z", 65 * 60_000],
    ["2026-09-21T15:59:59.999Z", 5 * 60_000 + 1],
    ["2026-09-21T16:00:00Z", 24 * 3_600_000 + 5 * 60_000],
    ["2026-12-31T04:00:00Z", 12 * 3_600_000 + 5 * 60_000],
  ])("45009 at %s waits until five past midnight in China", (now, afterMs) => {
    expect(failureOf(45009, "", new Date(now))).toMatchObject({ outcome: "retry", afterMs });
  });

  it("that nobody knows is refused with its number, and with what the platform said", () => {
    expect(failureOf(49999, "new rule", NOW)).toEqual({
      outcome: "refused",
      reason: "49999 unknown to us: new rule",
      blocks: "content",
    });
  });

  it("tells what the platform said where somebody must mend the account, and not where it may name a person", () => {
    expect(failureOf(40164, "invalid ip 192.0.2.1", NOW).reason).toContain("192.0.2.1");
    expect(failureOf(40003, "invalid openid oDemo1", NOW).reason).not.toContain("oDemo1");
  });

  it("may ask for another token", () => {
    expect([40001, 40014, 42001, 45015, 0, null].filter(isTokenCode)).toEqual([40001, 40014, 42001]);
  });
});

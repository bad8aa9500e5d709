import { describe, expect, it } from "vitest";
import { type Asking, admit, isFlood, LIMITS } from "../../../src/domain/web-chat/admission.ts";
import { type Bucket, isEmpty, levelOf, withOneMore } from "../../../src/domain/web-chat/bucket.ts";

const EMPTY = {
  ...{ ownMinute: 0, ownDay: 0, addressNewcomers: 0 },
  ...{ addressMessages: 0, accountNewcomers: 0, addressDangers: 0 },
};
const asking = (change: Partial<Omit<Asking, "levels">>, levels: Partial<Asking["levels"]> = {}): Asking => ({
  ...{ isKnown: false, speaksOfDanger: false, hasProof: false, isTurnedAway: false },
  ...change,
  levels: { ...EMPTY, ...levels },
});
const known = { isKnown: true };

describe("whether a message is taken", () => {
  it.each<[string, Asking, ReturnType<typeof admit>]>([
    ["a newcomer", asking({}), "take"],
    ["the tenth newcomer of an address", asking({}, { addressNewcomers: 9 }), "take"],
    ["the eleventh", asking({}, { addressNewcomers: 10 }), "prove"],
    ["the eleventh with a proof", asking({ hasProof: true }, { addressNewcomers: 10 }), "take"],
    ["a newcomer where an address has sent much", asking({}, { addressMessages: 60 }), "prove"],
    ["a newcomer where many come to the account", asking({}, { accountNewcomers: 300 }), "prove"],
    ["a newcomer in a flood", asking({ hasProof: true }, { accountNewcomers: 600 }), "elsewhere"],
    ["a newcomer after a flood", asking({ hasProof: true, isTurnedAway: true }), "elsewhere"],
    ["one of very many of an address", asking({ hasProof: true }, { addressNewcomers: 40 }), "elsewhere"],
    ["somebody known in a flood", asking({ ...known, isTurnedAway: true }, { accountNewcomers: 6000 }), "take"],
    ["somebody known of a busy address", asking(known, { addressMessages: 600, addressNewcomers: 90 }), "take"],
    ["somebody known who writes fast", asking(known, { ownMinute: 6 }), "slow-down"],
    ["somebody known who has written much today", asking(known, { ownDay: 40 }), "slow-down"],
    ["a danger in a flood", asking({ speaksOfDanger: true, isTurnedAway: true }, { accountNewcomers: 6000 }), "beyond"],
    ["a danger without a proof", asking({ speaksOfDanger: true }, { addressNewcomers: 10 }), "beyond"],
    ["a danger of somebody who writes fast", asking({ ...known, speaksOfDanger: true }, { ownMinute: 6 }), "beyond"],
    [
      "a second danger of an address in a minute",
      asking({ speaksOfDanger: true, isTurnedAway: true }, { addressDangers: 1 }),
      "elsewhere",
    ],
    ["a danger that nothing hinders", asking({ speaksOfDanger: true }, { addressDangers: 1 }), "take"],
  ])("%s", (_, given, expected) => expect(admit(given)).toBe(expected));

  it("calls it a flood at twice the newcomers of an hour", () => {
    expect([599, 600].map((accountNewcomers) => isFlood(asking({}, { accountNewcomers })))).toEqual([false, true]);
  });
});

describe("a bucket", () => {
  const limit = LIMITS.ownMinute;
  const filled = (moments: readonly number[]) =>
    moments.reduce<Bucket | undefined>((bucket, at) => withOneMore(bucket, limit, at), undefined);

  it("counts what happened within its time", () => {
    expect(levelOf(undefined, limit, 5)).toBe(0);
    expect(levelOf(filled([0, 10, 20]), limit, 59_000)).toBe(3);
  });

  it("forgets the stretch before little by little", () => {
    const bucket = filled([0, 0, 0, 0, 0, 0]);
    expect(levelOf(bucket, limit, 60_000)).toBe(6);
    expect(levelOf(bucket, limit, 90_000)).toBe(3);
    expect(levelOf(bucket, limit, 120_000)).toBe(0);
    expect(levelOf(withOneMore(bucket, limit, 90_000), limit, 90_000)).toBe(4);
  });

  it("may be forgotten when it has run out", () => {
    const bucket = withOneMore(undefined, limit, 1000);
    expect([60_000, 121_000].map((at) => isEmpty(bucket, limit, at))).toEqual([false, true]);
  });
});

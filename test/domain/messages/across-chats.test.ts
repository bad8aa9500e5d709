import { describe, expect, test } from "vitest";
import { stepAcross } from "../../../src/domain/messages/across-chats.ts";
import type { Reachability, Waiting } from "../../../src/domain/messages/delivery-ladder.ts";

const now = new Date("2026-11-24T08:00:00Z");
const reach = (more: Partial<Reachability>): Reachability => ({
  ...{ rungs: ["direct"], directRefused: false, following: true, window: "open", refusedSinceContact: false },
  ...{ windowLeft: 0, windowUntil: null, subscriptionCredits: 0, keepsOneForTheAnswer: false },
  ...more,
});
const open = reach({});
const closed = reach({ window: "after-contact" });
const withTemplate = reach({ window: "after-contact", rungs: ["direct", "template"] });
const withConsent = reach({ window: "after-contact", rungs: ["direct", "subscription"], subscriptionCredits: 1 });
const gone = reach({ following: false });
const refusing = reach({ refusedSinceContact: true });
const kept = reach({
  ...{ window: "after-contact", windowLeft: 1, windowUntil: new Date(now.getTime() + 1), keepsOneForTheAnswer: true },
});
const answer: Waiting = { isAnswer: true, hasNotice: true, noticed: false };
const noticed: Waiting = { ...answer, noticed: true };
const other: Waiting = { isAnswer: false, hasNotice: false, noticed: false };

describe("the ladder over all chats of a reader, row by row", () => {
  test.each([
    ["1 direct where they spoke last", answer, [open, open], { chat: 0, rung: "direct" }],
    ["1 also where a notice would do elsewhere", answer, [open, withTemplate], { chat: 0, rung: "direct" }],
    ["2 a template there, before another chat", answer, [withTemplate, open], { chat: 0, rung: "template" }],
    ["2 a subscription there", answer, [withConsent, closed], { chat: 0, rung: "subscription" }],
    [
      "3 direct in another chat, where the notice was given",
      noticed,
      [withTemplate, open],
      { chat: 1, rung: "direct" },
    ],
    ["3 direct in another chat, where there is no notice", other, [withTemplate, open], { chat: 1, rung: "direct" }],
    ["3 the likeliest of several", other, [closed, gone, open, open], { chat: 2, rung: "direct" }],
    [
      "3 direct in a later one goes before a notice in an earlier",
      answer,
      [closed, withTemplate, open],
      { chat: 2, rung: "direct" },
    ],
    ["3 from a chat that is gone", answer, [gone, open], { chat: 1, rung: "direct" }],
    ["3 from one that refused since the last contact", other, [refusing, open], { chat: 1, rung: "direct" }],
    ["3 what is kept for the answer is kept in another chat, too", other, [closed, kept], null],
    ["3 and is the answer's there", answer, [closed, kept], { chat: 1, rung: "direct" }],
    ["4 a notice in another chat", answer, [closed, withTemplate], { chat: 1, rung: "template" }],
    ["4 a notice that was given in the first counts", noticed, [closed, withTemplate], null],
    ["5 waits where nothing is possible anywhere", answer, [closed, gone, refusing], null],
    ["5 waits with one chat", answer, [closed], null],
  ] as const)("%s", (_, waiting, chats, expected) => {
    const step = stepAcross(waiting, chats, now);
    expect(step).toEqual(
      expected === null ? { step: "await-contact", reason: expect.any(String) } : { step: "send", ...expected },
    );
  });
});

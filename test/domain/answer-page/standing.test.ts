import { describe, expect, it } from "vitest";
import { LINK_MS, SHOWN_AFTER_MS } from "../../../src/domain/answer-page/limits.ts";
import { type LinkFacts, type Standing, standingOf } from "../../../src/domain/answer-page/standing.ts";

const now = new Date("2026-11-27T02:00:00Z");
const later = (ms: number) => new Date(now.getTime() + ms);

const OPEN: LinkFacts = {
  ...{ usedAt: null, revokedAt: null, expiresAt: later(LINK_MS) },
  ...{ isBound: true, isTermOver: false, isStoodInFor: false, isTheirs: true, isSealed: false, hasEnded: false },
};

describe("a deputy's one-time link", () => {
  it.each<[Standing, Partial<LinkFacts>]>([
    ["open", {}],
    ["expired", { expiresAt: now }],
    ["open", { expiresAt: later(1) }],
    ["replaced", { revokedAt: later(-1) }],
    ["unbound", { isBound: false }],
    ["term-over", { isTermOver: true }],
    ["away", { isStoodInFor: true }],
    ["not-yours", { isTheirs: false }],
    ["not-yours", { hasEnded: true }],
    ["not-yours", { isSealed: true }],
    ["used", { usedAt: now }],
    // Its own closing ended the case: what was sent is shown all the same.
    ["used", { usedAt: later(1 - SHOWN_AFTER_MS), isTheirs: false, hasEnded: true, expiresAt: later(-1) }],
    ["over", { usedAt: later(-SHOWN_AFTER_MS) }],
    // Nothing of a sealed case is shown, nor to whoever lost the chat, whatever was sent before.
    ["not-yours", { usedAt: now, isSealed: true }],
    ["unbound", { usedAt: now, isBound: false }],
  ])("is %s where %j", (standing, facts) => {
    expect(standingOf({ ...OPEN, ...facts }, now)).toBe(standing);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { afterEvent, CASE_STATES, type CaseEventType, caseNumber, isNumberOf } from "../../../src/domain/case/case.ts";
import { outcomeOf } from "../../../src/domain/dialog/closing.ts";

describe("the life of a case", () => {
  it.each<[string, string, CaseEventType, string | null]>([
    ["is opened asking where", "none", "opened", "clarifying"],
    ["is assigned once its place is known", "clarifying", "assigned", "assigned"],
    ["goes to the office where nobody answers", "clarifying", "left_to_office", "triage"],
    ["is answered by a reply", "assigned", "replied", "answered"],
    ["is closed from the office's queue too", "triage", "closed", "closed"],
    ["cannot be closed twice", "closed", "closed", null],
    ["cannot be answered when closed", "closed", "replied", null],
    ["is rated only when closed", "assigned", "rated", null],
    ["comes back to the deputy when reopened", "closed", "reopened", "assigned"],
    ["may be filed otherwise even when closed", "closed", "categorised", "closed"],
    ["is answered by the office where no deputy has it", "triage", "replied", "answered"],
    ["may be noted on even when closed", "closed", "noted", "closed"],
    ["is accepted by whoever has it, and stays theirs", "assigned", "accepted", "assigned"],
    ["is not accepted when it is answered", "answered", "accepted", null],
    ["is the office's once it was sealed", "referred", "sealed", "triage"],
    ["is not sealed when closed", "closed", "sealed", null],
    ["has its day changed while it is open", "answered", "due_changed", "answered"],
    ["cannot have its day changed when closed", "closed", "due_changed", null],
    ["takes words in whatever state", "closed", "message_added", "closed"],
  ])("%s", (_name, from, event, to) => {
    expect(afterEvent(from as "none", event)).toBe(to);
  });

  it("never leaves the known states", () => {
    const events: CaseEventType[] = [
      "placed",
      "assigned",
      "left_to_office",
      "message_added",
      "replied",
      "reminded",
      "returned",
      "closed",
      "reopened",
      "rated",
      "categorised",
      "placed_by_hand",
      "noted",
      "due_changed",
      "sealed",
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...events)), (story) => {
        let state = afterEvent("none", "opened");
        for (const event of story) {
          const next = state === null ? null : afterEvent(state, event);
          if (next !== null) state = next;
          expect(CASE_STATES).toContain(state);
        }
      }),
    );
  });
});

describe("a case number", () => {
  it.each<[string, boolean]>([
    ["2026-000123", true],
    ["123", true],
    ["000123", true],
    ["23", false],
    ["1230", false],
    ["2025-000123", false],
    ["", false],
    ["一二三", false],
  ])("%s means 2026-000123: %s", (typed, expected) => {
    expect(isNumberOf(typed, caseNumber(2026, 123))).toBe(expected);
  });
});

describe("what a deputy's closing words claim", () => {
  it.each([
    ["路灯已全部修好", "solved"],
    ["暂时无法解决，已列入明年计划", "explained"],
    ["这个不属于镇里职权范围", "not_in_scope"],
    ["电话联系不上本人", "no_contact"],
    ["与前面的重复反映，已并案", "duplicate"],
    ["fixed yesterday", "solved"],
    ["已转给城管局，等他们处理", "explained"],
    ["正在协调物业维修", "explained"],
    ["转交物业处理，灯已经修好了", "solved"],
    ["交给供电所，已换灯泡", "solved"],
  ])("%s: %s", (words, outcome) => {
    expect(outcomeOf(words)).toBe(outcome);
  });
});

import { describe, expect, it } from "vitest";
import { CASE_NUMBER, caseNumber } from "../../../src/domain/case/case.ts";
import { isRehearsalNumber, REHEARSAL_PREFIX } from "../../../src/domain/case/rehearsal.ts";
import { trialCodeIn } from "../../../src/domain/dialog/invite-code.ts";
import { caseNamed } from "../../../src/domain/dialog/typed-numbers.ts";
import { shortNumber } from "../../../src/domain/wording/days.ts";

const REAL = caseNumber(2026, 1);
const REHEARSED = `${REHEARSAL_PREFIX}${REAL}`;

describe("the number of a case of a rehearsal", () => {
  it("is a number of a case, and of no real one", () => {
    for (const number of [REAL, REHEARSED]) expect(number).toMatch(CASE_NUMBER);
    expect([isRehearsalNumber(REAL), isRehearsalNumber(REHEARSED)]).toEqual([false, true]);
    expect("PP-2026-000001").not.toMatch(CASE_NUMBER);
  });

  it("is whole in chats, where the last digits mean a real case, and is read whole from what a deputy writes", () => {
    expect([shortNumber(REAL), shortNumber(REHEARSED)]).toEqual(["1", REHEARSED]);
    expect(caseNamed(REHEARSED)).toMatchObject({ typed: REHEARSED });
    expect(caseNamed(REAL)).toMatchObject({ typed: REAL });
  });
});

describe("the code of a trial", () => {
  it.each([
    ["试用 12345678", "12345678"],
    ["试用：１２３４５６７８", "12345678"],
    ["Trial 12345678", "12345678"],
    ["试用 1234567", null],
    ["试用 123456789", null],
    ["我想试用 12345678", null],
    ["12345678", null],
  ])("%s: %s", (said, code) => expect(trialCodeIn(said)).toBe(code));
});

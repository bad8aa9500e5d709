import { expect, test } from "vitest";
import { type CodeTries, triesLeft, withWrong } from "../../../src/domain/dialog/code-tries.ts";

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 24, 2, minutes));

test("five wrong codes are looked up, and then none for an hour after the last", () => {
  let tries: CodeTries | undefined;
  for (const left of [5, 4, 3, 2, 1]) {
    expect(triesLeft(tries, at(6 - left))).toBe(left);
    tries = withWrong(tries, 1, at(6 - left));
  }
  expect(triesLeft(tries, at(6))).toBe(0);
  expect(triesLeft(tries, at(64))).toBe(0);
  expect(triesLeft(tries, at(65))).toBe(5);
});

test("several at once count each, and a clock that was ahead locks nobody out", () => {
  expect(triesLeft(withWrong(undefined, 9, at(0)), at(1))).toBe(0);
  expect(triesLeft(withWrong(undefined, 9, at(500)), at(1))).toBe(5);
});

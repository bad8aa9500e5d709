import { expect, test } from "vitest";
import { choiceNamed } from "../../../src/domain/place/choice-named.ts";
import type { PlaceChoice } from "../../../src/domain/place/finding.ts";

const phases: PlaceChoice[] = [
  { label: "城北街道北门网格（梧桐苑一期）", grid: "A" },
  { label: "城北街道花市网格（梧桐苑二期）", grid: "B" },
];
const last: PlaceChoice[] = [
  { label: "城北街道书院社区云锦家园", grid: "C" },
  { label: "", elsewhere: true },
];

test.each([
  ["二期", phases, 1],
  ["2期", phases, 1],
  ["我们是一期的", phases, 0],
  ["花市那边", phases, 1],
  ["梧桐苑", phases, null],
  ["一期和二期都有", phases, null],
  ["一直没人来管", phases, null],
  ["是的 就是那里", last, 0],
  ["还在云锦家园", last, 0],
  ["不是啊", last, 1],
  ["都不是", last, 1],
  ["none of these", last, 1],
  ["没有 是别的地方", last, 1],
  ["垃圾也没人收", last, null],
  ["是的", phases, null],
] as const)("%s", (text, choices, index) => {
  expect(choiceNamed(text, choices)).toBe(index);
});

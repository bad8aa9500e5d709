import { afterAll, describe, expect, test } from "vitest";
import { accusesTogether } from "../../../src/domain/accusation/accusation.ts";
import { BY_TOPIC } from "../categories/messages.ts";
import { meaningOf } from "../meaning.ts";
import { DAILY, INNOCENT_ENGLISH, INNOCENT_IN_PIECES } from "./daily-messages.ts";
import { INNOCENT } from "./innocent-messages.ts";
import { ACCUSATIONS, DEPUTIES, IN_PIECES } from "./messages.ts";
import { ACCUSED_LAST, ACCUSED_LATER, INNOCENT_LAST, INNOCENT_LATER } from "./messages-later.ts";
import { TOLD, TOLD_LAST } from "./told-messages.ts";

const lines = (texts: string) => texts.trim().split(/\s*\n\s*/);
const named = (text: string) => DEPUTIES.filter((name) => text.includes(name));

/** Whether nobody but the office sees a text, one message or several with ‖ between them. */
function isSealed(text: string): boolean {
  const said = text.split("‖");
  const alone = said.some((one) => {
    const meaning = meaningOf(one, { deputies: named(one) });
    return meaning.kind === "accusation" || (meaning.kind === "emergency" && meaning.accuses);
  });
  return alone || (said.length > 1 && accusesTogether(said.slice(0, -1).join(","), said.at(-1) ?? "", named(text)));
}

const told: string[] = [];
afterAll(() => {
  process.stdout.write(
    `sealed, as accusations of a deputy (tuned on; held back):\n${told.map((line) => `  ${line}\n`).join("")}`,
  );
});

/** How many of each half are sealed, in percent; the halves are the even and the odd lines. */
function percentSealed(what: string, groups: readonly string[]): readonly [tuned: number, heldBack: number] {
  const halves = [0, 1].map((odd) => groups.flatMap((texts) => lines(texts).filter((_, index) => index % 2 === odd)));
  const sealed = halves.map((texts) => texts.filter(isSealed).length);
  told.push(`${what}: ${halves.map((texts, odd) => `${sealed[odd]} of ${texts.length}`).join("; ")}`);
  const [tuned, heldBack] = halves.map((texts, odd) => (100 * (sealed[odd] ?? 0)) / texts.length);
  return [tuned ?? 0, heldBack ?? 0];
}

const { english = "", ...chinese } = ACCUSATIONS;

describe("accusations", () => {
  test.each([
    ["in Chinese", Object.values(chinese), 95, 88],
    ["in English", [english], 95, 90],
    ["in pieces", [IN_PIECES], 95, 80],
    ["of kinds that came later", [ACCUSED_LATER], 82, 57],
  ])("%s are sealed", (what, texts, ofTuned, ofHeldBack) => {
    const [tuned, heldBack] = percentSealed(`accusations ${what}`, texts);
    expect(tuned).toBeGreaterThanOrEqual(ofTuned);
    expect(heldBack).toBeGreaterThanOrEqual(ofHeldBack);
  });

  test("of kinds that nobody thought of and nobody tuned on are sealed three times of four", () => {
    const [even, odd] = percentSealed("accusations that nobody tuned on (both)", [ACCUSED_LAST]);
    expect((even + odd) / 2).toBeGreaterThanOrEqual(72);
  });
});

describe("what comes close to an accusation", () => {
  test.each([
    ["in Chinese", Object.values(INNOCENT), 2, 8],
    ["in English", [INNOCENT_ENGLISH], 0, 5],
    ["in pieces", [INNOCENT_IN_PIECES], 0, 10],
    ["and came later", [INNOCENT_LATER], 7, 12],
  ])("%s is seldom sealed", (what, texts, ofTuned, ofHeldBack) => {
    const [tuned, heldBack] = percentSealed(`harmless ${what}`, texts);
    expect(tuned).toBeLessThanOrEqual(ofTuned);
    expect(heldBack).toBeLessThanOrEqual(ofHeldBack);
  });

  test("and nobody tuned on is sealed one time of eight at most, though all of it names deputies", () => {
    const [even, odd] = percentSealed("harmless that nobody tuned on (both)", [INNOCENT_LAST]);
    expect((even + odd) / 2).toBeLessThanOrEqual(12.5);
  });

  test("and tells of a deputy is sealed one time of three where nobody tuned on it", () => {
    expect(Math.max(...percentSealed("told of a deputy, and tuned on (both)", [TOLD]))).toBeLessThanOrEqual(5);
    const [even, odd] = percentSealed("told of a deputy, and nobody tuned on (both)", [TOLD_LAST]);
    expect((even + odd) / 2).toBeLessThanOrEqual(36);
  });

  test("never is sealed where it is about what people write on most days", () => {
    expect([...lines(DAILY), ...Object.values(BY_TOPIC).flatMap(lines)].filter(isSealed)).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { costOf, OPENS, QUESTION_COST } from "../../../src/domain/understanding/costs.ts";
import { ACTS, type Act } from "../../../src/domain/understanding/meaning.ts";

const LOSES: readonly Act[] = ["thanks", "spam", "delete-my-data"];

describe("the costs of a mistake", () => {
  it.each(ACTS)("are nothing where %s was meant and done", (act) => {
    expect(costOf(act, act)).toBe(0);
  });

  it("are nothing between the ways in which something new is opened", () => {
    expect(OPENS.flatMap((done) => OPENS.map((meant) => costOf(done, meant))).every((cost) => cost === 0)).toBe(true);
  });

  it.each(LOSES)("are many questions where a matter is taken for %s, for nobody reads it then", (done) => {
    expect(costOf(done, "matter")).toBeGreaterThan(10 * QUESTION_COST);
    expect(costOf(done, "denies-fixed")).toBeGreaterThan(10 * QUESTION_COST);
  });

  it("are highest where a denial is counted as satisfied", () => {
    const all = ACTS.flatMap((done) => ACTS.map((meant) => costOf(done, meant)));
    expect(costOf("confirms-fixed", "denies-fixed")).toBe(Math.max(...all));
  });

  it("are less for a needless case than for a lost one", () => {
    expect(costOf("matter", "adds")).toBeLessThan(costOf("greeting", "matter"));
    expect(costOf("matter", "thanks")).toBeLessThan(costOf("thanks", "matter"));
  });
});

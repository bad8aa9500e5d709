import { describe, expect, it } from "vitest";
import { fillTemplate, unknownVariables } from "../../../src/domain/wording/answer-template.ts";

describe("an answer template", () => {
  it("is filled with what is known; what is not stays for whoever writes to see", () => {
    const values = { number: "2026-000123", holder: "$& 住建局" };
    expect(fillTemplate("{number}已转{holder}，地点{place}，{due}", values)).toBe(
      "2026-000123已转$& 住建局，地点{place}，{due}",
    );
  });

  it("names each variable that there is not, once", () => {
    expect(unknownVariables("{phone}{number}{phone}{}{constructor}")).toEqual(["phone", "", "constructor"]);
  });
});

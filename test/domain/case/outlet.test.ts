import { describe, expect, it } from "vitest";
import { mayGoOut, OUTLETS } from "../../../src/domain/case/outlet.ts";

const PLAIN = { sealed: false, minor: false, petition: false, unnamed: false };
const waysOf = (more: Partial<typeof PLAIN>) => OUTLETS.filter((outlet) => mayGoOut({ ...PLAIN, ...more }, outlet));

describe("the ways out of the house", () => {
  it.each([
    ["an ordinary case", {}, ["unit", "partner", "audience", "publication", "sms", "other-chat"]],
    ["a sealed one, whatever else it is", { sealed: true, minor: true, petition: true }, []],
    ["a child's", { minor: true }, ["unit"]],
    ["a petition", { petition: true }, ["unit", "audience", "publication", "sms", "other-chat"]],
    ["one whose writer stays unnamed", { unnamed: true }, ["unit", "partner"]],
  ])("%s", (_, more, ways) => {
    expect(waysOf(more)).toEqual(ways);
  });
});

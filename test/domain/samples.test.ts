import { describe, expect, test } from "vitest";
import { publicDanger } from "../../src/domain/danger/public-danger.ts";
import { isUnpaidGroup, outOfScope } from "../../src/domain/dialog/scope.ts";
import type { DialogState } from "../../src/domain/dialog/state.ts";
import type { ResidentMeaning } from "../../src/domain/dialog/understand-resident.ts";
import { borderIn } from "../../src/domain/place/border.ts";
import { mask } from "../../src/domain/text/mask.ts";
import { localeOf } from "../../src/domain/wording/wording.ts";
import { atlasOf } from "../county/atlas.ts";
import { QINGHE } from "../county/qinghe.ts";
import { BURST, SAMPLES } from "../samples.ts";
import { meaningOf } from "./meaning.ts";

const ATLAS = atlasOf(QINGHE);
const kindOf = (text: string, state: DialogState = {}): ResidentMeaning["kind"] =>
  meaningOf(text, { state: state }).kind;

/** The sample messages of reference/field.md E: what the words mean, by number. */
const MEANINGS = [
  [1, "matter"],
  [2, "matter"],
  [3, "matter"],
  [5, "thanks"],
  [6, "spam"],
  [7, "accusation"],
  [8, "emergency"],
  [10, "matter"],
  [12, "matter"],
  [18, "emergency"],
  [19, "emergency"],
  [21, "matter"],
  [25, "matter"],
  [26, "accusation"],
  [28, "identity-claim"],
  [29, "matter"],
] as const satisfies readonly (readonly [keyof typeof SAMPLES, ResidentMeaning["kind"]])[];

/** Samples whose right outcome goes beyond what is built: their words are kept as matters and reach a person. */
const KEPT = [4, 9, 16, 23, 24] as const;
/** Samples that are answered at once, and why no deputy takes them up. */
const REFUSED = [
  [17, { why: "court", outcome: "not_in_scope" }],
  [20, { why: "elsewhere", outcome: "not_in_scope" }],
  [22, { why: "nature", outcome: "explained" }],
] as const;
/** Samples that are no words, or whose outcome other tests show: photo, place, repeats, the window. */
const NOT_WORDS = [13, 14, 15, 27, 32];

describe("the sample messages of the field", () => {
  test.each(MEANINGS)("%i is %s", (number, kind) => {
    expect(kindOf(SAMPLES[number])).toBe(kind);
  });

  test("11: goes on with the case that is open", () => {
    expect(meaningOf(SAMPLES[11], { context: { open: 1 } }).kind).toBeOneOf(["follow-up", "command"]);
  });

  test("8: gas is the danger, and the building stays readable", () => {
    expect(meaningOf(SAMPLES[8])).toEqual({ kind: "emergency", topics: ["gas"], accuses: false });
    expect(mask(SAMPLES[8])).toBe(SAMPLES[8]);
  });

  test("10: the working copy holds no ID, telephone, flat or name", () => {
    const masked = mask(SAMPLES[10]);
    expect(masked).not.toMatch(/张三|199001|0000000|501/);
    expect(masked).toContain("锦绣家园3-1-");
    expect(masked).toContain("低保说停就停");
  });

  test("12: is answered in English", () => {
    expect(localeOf(SAMPLES[12], "zh-CN")).toBe("en");
  });

  test("18 and 19: whose life is in danger is told apart", () => {
    expect(meaningOf(SAMPLES[18])).toMatchObject({ topics: ["self-harm"] });
    expect(meaningOf(SAMPLES[19])).toMatchObject({ topics: ["violence"] });
  });

  test("21: is a danger on a border, and no emergency", () => {
    const { sides, evidence } = borderIn(ATLAS, [SAMPLES[21]]) ?? {};
    expect(publicDanger(SAMPLES[21])).toBe("railing");
    expect([sides?.map((side) => side.station), evidence]).toEqual([["ST02", "ST01"], "城关镇、柳河镇"]);
  });

  test("25: is several people's unpaid work", () => {
    expect(isUnpaidGroup(SAMPLES[25])).toBe(true);
  });

  test("30: of a burst only the last message says something", () => {
    expect(BURST.map((text) => kindOf(text))).toEqual(["nothing-yet", "nothing-yet", "nothing-yet", "matter"]);
  });

  test("31: asks for one's own data to be deleted", () => {
    expect(meaningOf(SAMPLES[31])).toEqual({
      kind: "command",
      command: "delete-my-data",
      number: null,
      isExact: true,
    });
  });

  test.each(KEPT)("not yet %i: kept as a matter until there is more", (number) => {
    expect(kindOf(SAMPLES[number])).toBe("matter");
  });

  test.each(REFUSED)("%i is nothing that a deputy takes up", (number, refusal) => {
    expect(kindOf(SAMPLES[number])).toBe("matter");
    expect(outOfScope(SAMPLES[number], "青禾县")).toEqual(refusal);
  });

  test("no other sample is refused", () => {
    const others = Object.entries(SAMPLES).filter(([number]) => !REFUSED.some(([one]) => one === Number(number)));
    for (const [, text] of others) expect([text, outOfScope(text, "青禾县")]).toEqual([text, null]);
  });

  test("are all accounted for", () => {
    const all = [
      ...MEANINGS.map(([number]) => number),
      ...REFUSED.map(([number]) => number),
      4,
      9,
      11,
      16,
      23,
      24,
      30,
      31,
      ...NOT_WORDS,
    ].sort((a, b) => a - b);
    expect(all).toEqual(Array.from({ length: 32 }, (_, index) => index + 1));
  });
});

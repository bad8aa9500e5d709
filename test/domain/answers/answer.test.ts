import { describe, expect, it } from "vitest";
import { answerCodeOf, isRefusedTooOften, receptionStationOf } from "../../../src/domain/answers/answer.ts";
import { checkAnswers, type WrittenAnswer } from "../../../src/domain/answers/check.ts";
import { isBareRefusal, refusedAnswerIn, withAnswered } from "../../../src/domain/answers/refused.ts";

const TODAY = "2026-12-01";
const row = (said: Partial<WrittenAnswer> = {}): WrittenAnswer => ({
  ...{ at: "a.csv:2", code: "A01", title: "老年证办理", triggers: "老年证怎么办;老年证在哪里办", body: "带身份证。" },
  ...{ category: "", validFrom: "", validUntil: "2027-12-31", ...said },
});
const check = (...rows: WrittenAnswer[]) => checkAnswers(rows, { categories: ["elderly"], today: TODAY });

describe("rows of a file of answers", () => {
  it("are answers from today on where they name no day", () => {
    expect(check(row())).toEqual({
      ok: true,
      answers: [
        {
          ...{ code: "A01", title: "老年证办理", triggers: ["老年证怎么办", "老年证在哪里办"], body: "带身份证。" },
          ...{ category: null, validFrom: TODAY, validUntil: "2027-12-31" },
        },
      ],
    });
  });

  it.each([
    ["no code", { code: "" }],
    ["a code with a blank", { code: "A 1" }],
    ["no title", { title: "" }],
    ["no body", { body: "" }],
    ["a body that no phone shows", { body: "长".repeat(501) }],
    ["no trigger", { triggers: ";" }],
    ["a trigger that fits everything", { triggers: "办证" }],
    ["no last day", { validUntil: "" }],
    ["a last day that is over", { validUntil: "2026-11-30" }],
    ["days turned round", { validFrom: "2027-02-01", validUntil: "2027-01-01" }],
    ["a day that is none", { validUntil: "2027-02-30" }],
    ["a category that is none", { category: "ufo" }],
  ])("are refused with %s", (_, said) => {
    const checked = check(row(said));
    expect(checked).toMatchObject({ ok: false, problems: [expect.stringMatching(/^a\.csv:2: /)] });
  });

  it("are refused where a code comes twice, or there is none", () => {
    expect(check(row(), row({ at: "a.csv:3" }))).toMatchObject({
      problems: ["a.csv:3: the code A01 is that of a.csv:2 already"],
    });
    expect(check()).toMatchObject({ ok: false });
  });
});

describe("an answer that is refused", () => {
  it("leaves service with the third refusal of ten", () => {
    expect([0, 1, 2, 3, 4].map(isRefusedTooOften)).toEqual([false, false, false, true, true]);
  });

  it("says by what it was given", () => {
    expect([answerCodeOf("answers:A01"), answerCodeOf("calendar:ST01")]).toEqual(["A01", null]);
    expect([receptionStationOf("answers:A01"), receptionStationOf("calendar:ST01")]).toEqual([null, "ST01"]);
  });

  const now = new Date("2026-12-01T10:00:00Z");
  const answered = [
    { case: "2026-000024", at: "2026-12-01T09:00:00Z" },
    { case: "2026-000023", at: "2026-11-20T09:00:00Z" },
  ];
  it.each([
    ["不是", "2026-000024", false],
    ["不是。", "2026-000024", false],
    ["不是的", "2026-000024", false],
    ["不對", "2026-000024", false],
    ["没答到", "2026-000024", false],
    ["不是，我问的是柳西小学", "2026-000024", false],
    ["不是我问的", "2026-000024", false],
    ["23 不是", "2026-000023", true],
    // Of none of them: the number stays as it was typed.
    ["22 不是", "22", true],
    ["23号不是", "2026-000023", true],
    ["编号2026-000023，不是", "2026-000023", true],
    ["not that", "2026-000024", false],
  ])("is known by “%s”", (text, number, isNamed) => {
    expect(refusedAnswerIn(text, answered, now)).toEqual({ number, isNamed });
  });

  it.each(["不是说好今天来的吗", "是不是", "不是不报时候未到", "不对付", "不", "是", "路灯不是坏了"])(
    "is not known by “%s”",
    (text) => {
      expect(refusedAnswerIn(text, answered, now)).toBeNull();
    },
  );

  it("is not meant by a mere no after two days, nor where nothing was answered", () => {
    expect(refusedAnswerIn("不是", answered.slice(1), now)).toBeNull();
    expect(refusedAnswerIn("不是", [], now)).toBeNull();
    expect(isBareRefusal("23 不是。")).toBe(true);
    expect(isBareRefusal("不是，我问的是柳西小学")).toBe(false);
  });

  it("is remembered for the last five", () => {
    const six = ["1", "2", "3", "4", "5", "6"].map((one) => ({ case: `2026-00000${one}`, at: "" }));
    const kept = six.reduce<typeof six>((all, one) => [...withAnswered(all, one)], []);
    expect(kept.map((one) => one.case)).toEqual(
      six
        .slice(1)
        .toReversed()
        .map((one) => one.case),
    );
  });
});

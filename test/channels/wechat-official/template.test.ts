import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fillTemplate, parseTemplate } from "../../../src/channels/wechat-official/template.ts";
import type { NoticeFields } from "../../../src/domain/messages/message.ts";

const NOTICE: NoticeFields = { number: "2026-000123", summary: "楼下路灯不亮", deputy: "王代表", date: "2026-09-08" };

function filled(option: string, notice: Partial<NoticeFields> = {}) {
  const parsed = parseTemplate(option);
  if (!parsed.ok) throw new Error(parsed.problems.join("; "));
  return fillTemplate(parsed.template, { ...NOTICE, ...notice });
}

const value = (type: string, pattern: string, notice: Partial<NoticeFields> = {}) =>
  filled(`T:${type}1=${pattern}`, notice)?.[`${type}1`]?.value;

describe("a template", () => {
  it("is filled as the contract shows", () => {
    expect(filled("ID_x-1:character_string1={number},thing2={summary}")).toEqual({
      character_string1: { value: "2026-000123" },
      thing2: { value: "楼下路灯不亮" },
    });
  });

  it.each([
    ["thing", "{summary}", { summary: "路".repeat(20) }, "路".repeat(20)],
    ["thing", "{summary}", { summary: "路".repeat(21) }, `${"路".repeat(19)}…`],
    ["thing", "{summary}", { summary: "两行\n\n话\t完" }, "两行 话 完"],
    ["thing", "{summary}", { summary: "" }, "-"],
    ["thing", "{number}, {deputy}", {}, "2026-000123, 王代表"],
    ["thing", "{summary}", { summary: `${"路".repeat(18)}👨‍👩‍👧坏` }, `${"路".repeat(18)}…`],
    ["character_string", "{number}号", {}, "2026-000123"],
    ["character_string", "{summary}", { summary: "a".repeat(40) }, "a".repeat(32)],
    ["character_string", "{summary}", {}, "-"],
    ["number", "{number}", {}, "2026000123"],
    ["number", "{deputy}", {}, "0"],
    ["name", "{deputy}", { deputy: "阿卜杜热合曼·买买提艾力" }, "阿卜杜热合曼·买买提"],
    ["name", "{deputy}", { deputy: "Wang 3" }, "Wang"],
    ["name", "{deputy}", { deputy: "7" }, "无"],
    ["phrase", "{summary}", { summary: "已经办理完毕了ok" }, "已经办理完"],
    ["phrase", "{summary}", { summary: "done" }, "无"],
    ["letter", "{deputy}", { deputy: "Wang 3" }, "Wang"],
    ["phone_number", "{number}", {}, "2026-000123"],
    ["date", "{date}", {}, "2026年9月8日"],
    ["time", "{date}", {}, "2026年9月8日 00:00"],
    ["const", "处理中", {}, "处理中"],
    ["keyword", "{summary}", { summary: "路".repeat(60) }, "路".repeat(60)],
  ])("key of type %s with %j and %j says %j", (type, pattern, notice, expected) => {
    expect(value(type, pattern, notice as Partial<NoticeFields>)).toBe(expected);
  });

  it("is not sent with a date that is no day", () => {
    expect(filled("T:date1={date}", { date: "soon" })).toBeNull();
    expect(filled("T:thing1={date}", { date: "soon" })).toEqual({ thing1: { value: "soon" } });
  });

  it("never exceeds what its types take, whatever the words are", () => {
    const words = fc.record({
      number: fc.string({ unit: "binary" }),
      summary: fc.string({ unit: "binary", maxLength: 100 }),
      deputy: fc.string({ unit: "grapheme", maxLength: 60 }),
      date: fc.constant("2026-01-02"),
    });
    const option = "T:thing1={summary}{deputy},character_string2={number}{summary},name3={deputy},phrase4={summary}";
    fc.assert(
      fc.property(words, (notice) => {
        const data = filled(option, notice);
        expect(data?.thing1?.value).toMatch(/^.{1,20}$/s);
        expect(data?.thing1?.value.isWellFormed()).toBe(true);
        expect(data?.character_string2?.value).toMatch(/^[\x20-\x7e]{1,32}$/);
        expect(data?.name3?.value).toMatch(/^[\p{L}· ]{1,20}$/u);
        expect(data?.phrase4?.value).toMatch(/^\p{Script=Han}{1,5}$/u);
      }),
    );
  });

  it.each([
    ["", ["is not written as"]],
    ["thing1={summary}", ["is not written as"]],
    ["T:", ["is not written as"]],
    ["T:thing1", ['has "thing1"']],
    ["T:thing1=", ['gives "thing1" no value']],
    ["T:thing1={phone}", ["has {phone}"]],
    ["T:thing1={summary},thing1={number}", ["twice"]],
    ["T:amount1={number}", ["of a type that notices cannot fill"]],
    ["T:toString1={number}", ["which is not written"]],
    ["T:date1=am {date}", ["with {date}"]],
    ["T:thing1={a},thing2={b},amount3={c}", ["has {a}", "has {b}", "cannot fill"]],
  ])("written as %j is refused with all its problems", (option, expected) => {
    const parsed = parseTemplate(option);
    const problems = parsed.ok ? [] : parsed.problems;
    expect(problems).toHaveLength(expected.length);
    for (const [index, words] of expected.entries()) expect(problems[index]).toContain(words);
  });
});

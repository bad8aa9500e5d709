import { describe, expect, it } from "vitest";
import { withOpenEnds } from "../../../src/console/parts/naming/open-ends.ts";
import { type NameOf, sayCondition, sayTarget } from "../../../src/console/parts/naming/say-condition.ts";
import { en } from "../../../src/console/words/en.ts";
import { zhCN } from "../../../src/console/words/zh-CN.ts";
import type { Condition } from "../../../src/domain/rules/condition.ts";

const NAMES: Readonly<Record<string, string>> = {
  "township 东关街道": "东关街道",
  "grid G01": "柳东一网格",
  "category property": "小区物业",
  "group wuye": "物业组",
};
const nameOf: NameOf = (kind, code) => NAMES[`${kind} ${code}`] ?? null;
const says = (word: string): Condition => ({ kind: "says", word });
const inTown: Condition = { kind: "is", variable: "grid.township", oneOf: ["东关街道"] };

describe("a rule as a sentence", () => {
  it.each<readonly [Condition, string, string]>([
    [
      { kind: "all", of: [{ kind: "any", of: [says("电梯"), says("困梯")] }, inTown] },
      "内容提到「电梯」或「困梯」，且在 东关街道",
      "it mentions “电梯” or “困梯”, and it is in 东关街道",
    ],
    [
      { kind: "all", of: [says("电梯"), says("坏")] },
      "内容同时提到「电梯」和「坏」",
      "it mentions all of “电梯” and “坏”",
    ],
    [
      { kind: "not", of: { kind: "any", of: [says("广告"), says("招聘")] } },
      "内容没有提到「广告」或「招聘」",
      "it does not mention “广告” or “招聘”",
    ],
    [
      { kind: "any", of: [says("电梯"), { kind: "all", of: [inTown, { kind: "photo" }] }] },
      "内容提到「电梯」，或（在 东关街道，且有照片）",
      "it mentions “电梯”, or (it is in 东关街道, and it has a photo)",
    ],
    [
      { kind: "is", variable: "category", oneOf: ["property", null] },
      "（分类是 小区物业，或分类不明）",
      "(its topic is 小区物业, or its topic is unknown)",
    ],
    [
      { kind: "not", of: { kind: "is", variable: "grid.code", oneOf: ["G01", "G99"] } },
      "不在 柳东一网格或G99",
      "it is not in 柳东一网格 or G99",
    ],
    [{ kind: "within", variable: "weekday", from: 1, to: 5 }, "在周一到周五", "it comes on Monday to Friday"],
    [
      { kind: "not", of: { kind: "all", of: [says("电梯"), { kind: "photo" }] } },
      "以下不成立：（内容提到「电梯」，且有照片）",
      "this does not hold: (it mentions “电梯”, and it has a photo)",
    ],
    [{ kind: "constant", holds: true }, "有任何来信", "any message comes"],
  ])("says %j", (condition, zh, english) => {
    expect(sayCondition(condition, zhCN, nameOf)).toBe(zh);
    expect(sayCondition(condition, en, nameOf)).toBe(english);
  });

  it("names who gets it, and falls back to the code where there is no name", () => {
    expect(sayTarget({ kind: "group", code: "wuye" }, zhCN, nameOf)).toBe("物业组（小组）");
    expect(sayTarget({ kind: "unit", code: "U01" }, zhCN, nameOf)).toBe("U01（单位）");
    expect(sayTarget({ kind: "station", code: null }, en, nameOf)).toBe("the station of the place");
  });

  it("keeps the open ends of a range that came as JSON", () => {
    const given: Condition = {
      kind: "not",
      of: {
        kind: "all",
        of: [{ kind: "within", variable: "resident.openCases", from: 3, to: Number.POSITIVE_INFINITY }],
      },
    };
    const came = withOpenEnds(JSON.parse(JSON.stringify(given)));
    expect(came).toEqual(given);
    expect(sayCondition(came, zhCN, nameOf)).toBe("以下不成立：来信人手上没办完的有 3 件或更多");
  });
});

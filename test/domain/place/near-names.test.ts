import { describe, expect, test } from "vitest";
import { nameIndexBuilder, placeNamesIn } from "../../../src/domain/place/name-index.ts";
import { nearNamesIn } from "../../../src/domain/place/near-names.ts";
import { normalise } from "../../../src/domain/text/words.ts";
import * as daily from "../accusation/daily-messages.ts";
import * as innocent from "../accusation/innocent-messages.ts";
import * as later from "../accusation/messages-later.ts";
import * as topics from "../categories/messages.ts";
import * as paraphrased from "../dialog/paraphrases.ts";
import * as again from "../dialog/paraphrases-again.ts";

/** The most usual names of places in China, each with each of their usual endings: harder than any county's own list. */
const STEMS =
  "阳光 和平 新民 团结 红旗 幸福 人民 文化 东方 和谐 平安 惠民 民生 安居 光明 建设 解放 胜利 前进 向阳 永安 太平 新华 南门 西关 东关 城关 金水 石桥 大河 清水 白沙 红星 青年 育才 实验 中心 富强 民主 友谊 工农 农场 水电 供电 铁路 公路 车站 码头 新村 老街 后街 桃园 杏花 柳树 槐树 竹林 荷花 明珠 金山 温泉 马家 王家 李家 张家 刘家 双河 七里 十里 学府 政府 锦绣 世纪 时代 国际 滨河 江南 河东 湖西 新城 老城 县城 城南".split(
    " ",
  );
const ENDINGS = "村 社区 小区 家园 花园 路 街 镇 中学 小学 大桥 市场 广场 公园 医院 大街 公寓 水库".split(" ");

const builder = nameIndexBuilder();
for (const [ref, name] of STEMS.flatMap((stem) => ENDINGS.map((ending) => stem + ending)).entries()) {
  builder.add(name, ref);
}
const index = builder.finish();

function near(text: string) {
  const said = normalise(text).toLowerCase();
  return nearNamesIn(index, said, placeNamesIn(index, said));
}

function textsIn(of: unknown): string[] {
  if (typeof of === "string") return of.split("\n").filter((line) => line.trim() !== "");
  return typeof of === "object" && of !== null ? Object.values(of).flatMap(textsIn) : [];
}

describe("names near to what is said", () => {
  test("are found in hardly any everyday text, and none is taken without asking", () => {
    const texts = [...new Set([daily, innocent, later, topics, paraphrased, again].flatMap(textsIn))];
    expect(texts.length).toBeGreaterThan(1_000);
    const found = texts.flatMap(near);
    expect(found.filter((one) => one.isSure)).toEqual([]);
    expect(found.length).toBeLessThanOrEqual(2);
  });

  test.each([
    ["红棋小区停水", "红旗小区"],
    ["清河大桥", ""],
    ["育财中学门口太堵", "育才中学"],
    ["石乔村的路", "石桥村"],
    ["腾王家村", ""],
  ])("in %s: %s", (text, known) => {
    const sure = near(text).filter((one) => one.isSure);
    expect(sure.map((one) => one.known)).toEqual(known === "" ? [] : [known]);
  });

  test("are all given where several are as near", () => {
    const two = nameIndexBuilder();
    for (const [ref, name] of ["云锦家园", "云景家园"].entries()) two.add(name, ref);
    const found = nearNamesIn(two.finish(), "云井家园没电", []);
    expect(found.map((one) => one.known).sort()).toEqual(["云景家园", "云锦家园"]);
  });
});

import { describe, expect, test } from "vitest";
import { borderIn } from "../../src/domain/border.ts";
import { publicDanger } from "../../src/domain/public-danger.ts";
import { atlasOf } from "../county/atlas.ts";
import { QINGHE } from "../county/qinghe.ts";

const ATLAS = atlasOf(QINGHE);
const lines = (texts: string) => texts.trim().split(/\s*\n\s*/);

const DANGERS = {
  railing: `
    桥上的护栏断了
    河边栏杆叫车撞掉一截
    楼梯扶手松动了，老人不敢扶
    水库边的围栏倒了
    大桥護欄斷了好幾根
    断了三根护栏没人换
    The railing on the bridge is broken`,
  manhole: `
    学校门口井盖丢了
    下水道井盖破了个大口子
    路中间的窨井没盖
    井盖被偷走了，黑灯瞎火的
    盖板碎了，露个大洞
    There is an open manhole in front of the school`,
  wire: `
    电线掉下来了，搭在晾衣绳上
    变压器旁边电缆裸露
    高压线垂到地里，够得着了
    断了的电线就在路边
    A power line is hanging over the playground`,
  road: `
    公路路基塌了半边
    路边塌陷出个坑
    人行道下面掏空了
    后山滑坡，石头滚到院里
    河堤冲垮了一截
    路塌了
    The road has collapsed behind the mill`,
  bridge: `
    村口小桥桥板断了
    老桥的桥墩裂了
    桥面露出钢筋了`,
  falling: `
    电线杆歪了，眼看要倒
    楼顶广告牌要掉下来
    外墙瓷砖往下掉
    路边枯树要倒
    围墙倾斜得厉害
    A tree is leaning over the bus stop`,
} as const;

const HARMLESS = `
  建议在河边装护栏
  护栏生锈了，刷刷漆
  桥上的护栏已经修好了，谢谢
  希望把栏杆换成新的
  这条断头路什么时候通
  电线杆上贴满小广告
  手机充电线断了
  墙皮掉了不好看
  树叶掉得满地都是
  路灯不亮
  井盖上有人画画
  桥头的路灯坏了
  村里停电断网
  井盖响得睡不着
  桥那边的超市卖假货
  翻墙进来偷东西
  房价跌了
  道路太窄会车难
  I would like a handrail on the bridge
  The bus shelter is dirty`;

describe("what may hurt the next one who comes by", () => {
  test.each(Object.entries(DANGERS).flatMap(([danger, texts]) => lines(texts).map((text) => [danger, text])))(
    "%s: %s",
    (danger, text) => {
      expect(publicDanger(text)).toBe(danger);
    },
  );

  test.each(lines(HARMLESS))("nothing: %s", (text) => {
    expect(publicDanger(text)).toBe(null);
  });

  test("is read in bounded time, whatever is written", () => {
    const started = performance.now();
    for (const part of ["护栏", "桥", "电线断", "路面", "墙要", "建议装"]) publicDanger(part.repeat(3_000));
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe("the border of two places", () => {
  const station = (code: string) => ({ grid: null, station: code });
  const grid = (code: string) => ({ grid: code, station: null });
  test.each([
    ["城关镇和柳河镇交界的桥", [station("ST02"), station("ST01")], "城关镇、柳河镇"],
    ["柳河跟城关搭界那里", [station("ST01"), station("ST02")], "柳河、城关"],
    ["东关街道与南坡乡之间", [station("ST03"), grid("南坡-1")], "东关街道、南坡乡"],
    ["锦绣家园和菜市场网格中间的墙", [grid("东关-1"), grid("东关-2")], "锦绣家园、菜市场网格"],
    ["柳河大桥，城关镇交界那头", [grid("柳东-3"), station("ST02")], "柳河大桥、城关镇"],
  ])("%s", (text, sides, evidence) => {
    expect(borderIn(ATLAS, [text])).toEqual({ sides, evidence });
  });

  test.each([
    ["one place", "柳河镇交界的桥"],
    ["three places", "城关镇、柳河镇、东关街道交界的地方"],
    ["two places, each with its own", "城关镇的井盖丢了，柳河镇的也丢了"],
    ["one name with two meanings", "人民公园中间的桥"],
    ["no place that is known", "两个镇交界那座桥"],
  ])("not %s: %s", (_what, text) => {
    expect(borderIn(ATLAS, [text])).toBe(null);
  });
});

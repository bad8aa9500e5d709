import { describe, expect, test } from "vitest";
import { publicDanger } from "../../../src/domain/danger/public-danger.ts";
import { borderIn } from "../../../src/domain/place/border.ts";
import { atlasOf } from "../../county/atlas.ts";
import { QINGHE } from "../../county/qinghe.ts";
import { computingMsOf } from "../../quiet-time.ts";

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
    const ms = computingMsOf(() => {
      for (const part of ["护栏", "桥", "电线断", "路面", "墙要", "建议装"]) publicDanger(part.repeat(3_000));
    });
    expect(ms).toBeLessThan(2_000);
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

/** Written after the lists were made: of the first 21, 9 were seen for what they are before anything was changed for their sake. */
const ON_BORDERS = `
  东关街道和城关镇挨着的那条路塌了个大洞
  柳河镇、城关镇两镇边上那座石桥栏杆掉没了
  在柳河镇跟东关街道的交界路口，有根电线耷拉到头顶
  城关镇东关街道分界那条街，井盖没了，昨晚摔了个人
  柳西村和柳东村中间那段路，窨井盖碎了
  南坡乡与柳河镇接界的山坡往下滚石头
  柳东村跟南坡村之间的小桥断了
  出了城关镇就是柳河镇，那儿的电线杆快倒了
  柳河镇城关镇搭界河堤塌了一段
  柳河镇挨着城关镇的地方，桥栏板叫大货撞飞了
  城关镇柳河镇中间那个涵洞塌了
  柳河镇和东关街道接头的地方，路上一个井没盖子
  城关镇、柳河镇共用的那座桥，边上的铁栏杆锈断了
  县道柳河镇到城关镇段，护栏被车撞出个豁口
  柳河镇跟城关镇交汇处大树歪了要砸到人
  城关镇西边跟柳河镇搭着的那个坎塌了
  南坡乡往柳河镇方向的路口，电缆断了拖在地上
  柳河镇南坡乡交界，水库的围栏缺了一大段，有娃去玩
  城关镇和东关街道中间的天桥，地砖塌陷
  横跨柳河镇和城关镇的老桥要塌了
  The bridge between 柳河镇 and 城关镇 has lost its railing
  柳河镇东边和南坡乡那头的水渠护栏全倒了
  就柳河镇城关镇那个大桥，护栏没了
  从柳河镇往城关镇走第一个弯，路肩塌了
  城关镇跟东关街道中间有个井敞着口
  柳河桥头归城关镇还是柳河镇？反正扶手掉了`;
const NOT_ON_BORDERS = `
  城关镇的井盖丢了，柳河镇的也丢了
  我住柳河镇，在城关镇上班，单位楼下广告牌要掉了
  我家在城关镇，柳河镇那边的路灯坏了
  城关镇到柳河镇的公交车半小时一趟，能不能加密
  城关镇和柳河镇的干部说交界那块地归谁都不清楚
  柳河镇柳东村三组的护栏断了
  城关镇北大街的井盖丢了`;

describe("a danger on a border", () => {
  const isOnBorder = (text: string) => publicDanger(text) !== null && borderIn(ATLAS, [text]) !== null;
  test.each(lines(ON_BORDERS))("is %s", (text) => {
    expect(isOnBorder(text)).toBe(true);
  });
  test.each(lines(NOT_ON_BORDERS))("is not %s", (text) => {
    expect(isOnBorder(text)).toBe(false);
  });
});

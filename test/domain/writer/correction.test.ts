import { describe, expect, it } from "vitest";
import { openReader } from "../../../src/casework/runtime/open-reader.ts";
import { understandResident } from "../../../src/domain/dialog/understand-resident.ts";
import { correctedPlace, soundsLikePlace } from "../../../src/domain/place/correction.ts";
import { type Correction, correctionIn, putRight } from "../../../src/domain/writer/correction.ts";

const reader = openReader();
const HAS_CASE = { verdictOpen: false, whereOpen: false, open: 1, settledLately: 0 };

function kindOf(text: string): string {
  return understandResident(text, { state: {}, now: new Date("2026-11-30T02:00:00Z"), context: HAS_CASE }, reader)
    .meaning.kind;
}

/** Whether words are taken for a correction of a case with this story: outright, or because it says what they say is wrong. */
function corrects(story: string, said: string): boolean {
  if (soundsLikePlace(correctedPlace(said) ?? "")) return true;
  if (kindOf(said) === "correction") return true;
  const found = correctionIn(said);
  return found !== null && found.wrong !== null && story.includes(found.wrong);
}

const LAMP = "柳东村三组路灯坏了三天";

/** What was said before, the correction, what is wrong and what is right in it. */
const CORRECTIONS: readonly (readonly [story: string, said: string, wrong: string | null, right: string | null])[] = [
  [LAMP, "我说错了，不是路灯，是井盖", "路灯", "井盖"],
  [LAMP, "不是路灯，是井盖", "路灯", "井盖"],
  [LAMP, "刚才说错了，是三组不是四组", "四组", "三组"],
  [LAMP, "时间说错了", null, null],
  [LAMP, "更正一下，坏了五天不是三天", null, null],
  [LAMP, "写错了，是变压器", null, "变压器"],
  [LAMP, "应该是井盖，不是路灯", "路灯", "井盖"],
  [LAMP, "打错字了，是井盖", null, "井盖"],
  [LAMP, "口误，是六盏", null, "六盏"],
  [LAMP, "我把井盖写成路灯了", "路灯", "井盖"],
  ["欠了四万工钱", "刚才写的欠四万，其实是四万六", null, "四万六"],
  ["停水从周日开始", "俺记错了，停水是周一晚上，不是周日", null, null],
  ["污水晚上六点冒出来", "更正：是早上六点，不是晚上六点", "晚上六点", "早上六点"],
  ["树枝压着电线，是柳树", "不是柳树是杨树", "柳树", "杨树"],
  ["电梯停了三日", "讲错咗，系八日", null, "八日"],
  ["报名六月三日", "日期填错了，是十三日", null, "十三日"],
  ["物业经理占了车位", "弄错了，是租户占的", null, "租户占"],
  ["五盏灯坏了", "数错了，是七盏", null, "七盏"],
  ["I saw five lamps broken", "sorry my mistake, it is seven lamps", null, null],
  ["狗有五条", "多写了一条，狗是四条不是五条", null, null],
  ["黑色的车占道", "看错了，是白色的车", null, "白色的车"],
  ["幼儿园收费", "刚才那条不对，是小学", null, null],
  ["垃圾五天没拉", "说岔了，是九天", null, "九天"],
  ["一年级报名", "手滑打错了，是四年级", null, "四年级"],
];

/** What has the words of a correction and is none of what its writer said. */
const NONE = [
  "你们弄错了吧，路灯根本没修",
  "物业把电费算错了，多收了两百",
  "路牌写错了，把柳河写成柳合",
  "医院把我名字写错了，报销不了",
  "身份证上地址印错了怎么改",
  "低保名单搞错了，该享受的没有",
  "我没说错，就是三组",
  "会不会是你们记错了",
  "不是一天两天了，是三年了",
  "不是我不想交，是交不起",
  "不是第一次了，是第五次",
  "代表说错了，我从来没答应过",
  "请教育局更正我的学籍",
  "社保局不给更正出生日期怎么办",
  "老师讲错题了还不承认",
  "导航导错了，车都开到村里来",
  "公示表写错了我家的面积",
  "施工队挖错地方了，把水管挖断",
  "快递送错了没人管",
  "说好了这周修，是不是又忘了",
  "户口本登记错了，派出所让我找你们",
  "不是钱的事，是没人来看",
  "他们纠正错误的态度不行",
  "算错了吧，一个月水费三百",
  "修好了没有，不是说昨天吗",
];

describe("a resident who puts right what they said", () => {
  it.each(CORRECTIONS)("of “%s”: %s", (story, said, wrong, right) => {
    expect(corrects(story, said)).toBe(true);
    const found = correctionIn(said);
    if (wrong !== null) expect(found?.wrong).toBe(wrong);
    if (right !== null) expect(found?.right).toBe(right);
  });
  it.each(NONE)("is not one who only uses such words: %s", (said) => {
    expect(corrects(`${LAMP}，物业电费名单名字地址`, said)).toBe(false);
  });
});

describe("a story put right", () => {
  const lamp: Correction = { wrong: "路灯", right: "井盖", isPlain: true };
  it("has what is right where it said what was wrong", () => {
    expect(putRight(LAMP, lamp, "不是路灯，是井盖")).toBe("柳东村三组井盖坏了三天");
  });
  it("has what is right behind it where it never said that", () => {
    expect(putRight("村口的坏了", lamp, "不是路灯，是井盖")).toBe("村口的坏了\n井盖");
    expect(putRight(LAMP, { wrong: null, right: null, isPlain: true }, "时间说错了")).toBe(`${LAMP}\n时间说错了`);
  });
});

import { Converter } from "opencc-js";

const SIMPLIFIED = Converter({ from: "tw", to: "cn" });
const TAIWAN = Converter({ from: "cn", to: "tw" });
const HONG_KONG = Converter({ from: "cn", to: "hk" });

/**
 * Two hundred invented names as a county's list may have them: common ones, rare signs, old forms, signs that one table or
 * another rewrites, double family names, names with dots, of two to fifteen signs, with Latin letters, in traditional signs.
 */
export const LISTED_NAMES: readonly string[] = [
  ...combined("徐李周吴", ["乾", "建国", "志强", "秀兰", "幺"]),
  ...combined("幺於乾沈钟肖", ["海", "海燕", "文静"]),
  ...combined("张孙胡罗范", ["峯", "暐", "詠梅", "徵", "旂", "昇", "喆", "堃", "祐"]),
  ...combined("萧邱傅阎甯", ["锺书", "玉珮", "仲崑"]),
  ...combined("欧阳,司马,诸葛,上官,尉迟".split(","), ["乾", "龑", "翊宁", "於菟"]),
  ...combined("陳劉葉蔣鄧蘇", ["錦麟", "麗華", "國棟"]),
  ...combined("𠮷龚赖", ["志强", "𬀩", "㛃"]),
  ...combined("陈林何", ["Tony", "Ａnna", "K·K"]),
  "阿依古丽·买买提",
  "古丽巴哈尔•吐尔逊",
  "艾力・阿不都热依木",
  "努尔买买提‧艾合买提江",
  "迪丽努尔·阿卜杜克热木江·吐",
  "阿布都沙拉木买买提明",
  "扎西次仁",
  "洛桑旦增",
  "次仁央宗卓玛",
  "格桑 多吉",
  "巴特尔",
  "乌云其其格",
  "岩温罕",
  "朴顺姬",
  "玛合木提江·阿不力孜阿吉木提",
  "Mary Smith",
  "王强（女）",
  "王勇(大)",
  "么文彬",
  "麽志远",
  "徐干城",
  "李乾隆",
  "周乾坤",
  "吴着之",
  "郑著文",
  "冯藉远",
  "罗瞭",
  "范於",
  "丁馀庆",
  "石钜",
  "白䶮",
  "段龑之",
  "金亘",
  "金亙",
  "林峯谿",
  "戚夢寒",
  "梁濬哲",
  "邱鍾书",
  "欧阳峯谿",
  "俞昆仑",
  "廖崐崙",
  "葛靑",
  "曾溫如",
  "方黃裳",
  "韩〇五",
  "钱着",
  "孟瀋生",
];

/** The ways in which people write a name: simplified or traditional, wide, with another dot or none, with blanks, in capitals. */
export function spellingsOf(name: string): string[] {
  const dotted = ["·", "•", "・", "‧", ".", "．", "", " "].map((dot) => name.replace(/[·•・‧]/g, dot));
  const plain = name.replace(/[（(].*$/, "");
  return [
    ...new Set([
      ...dotted,
      plain,
      ...[SIMPLIFIED, TAIWAN, HONG_KONG].map((convert) => convert(plain)),
      plain.toLowerCase(),
      plain.toUpperCase(),
      plain.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)),
      [...plain].join(" "),
      [...plain].join("\u200b"),
    ]),
  ];
}

function combined(families: string | readonly string[], given: readonly string[]): string[] {
  return [...families].flatMap((family) => given.map((name) => family + name));
}

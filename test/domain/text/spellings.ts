import fc from "fast-check";

/** Something private, in some spelling, and the parts of it of which none may be read where it is masked. */
export type Spelt = { readonly text: string; readonly secret: readonly string[] };

const HAN_DIGITS = ["〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖", "零幺二三四五六七八九"];
const DIGITS = [
  "0123456789",
  "０１２３４５６７８９",
  "٠١٢٣٤٥٦٧٨٩",
  "۰۱۲۳۴۵۶۷۸۹",
  "०१२३४५६७८९",
  "⓪①②③④⑤⑥⑦⑧⑨",
  "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗",
  "Ol23456789",
  ...HAN_DIGITS,
];
const BETWEEN = [
  "",
  "",
  " ",
  "  ",
  "-",
  "—",
  ".",
  "/",
  "_",
  "*",
  "，",
  ", ",
  "、",
  "·",
  "~",
  "|",
  "\u200b",
  "\u2060",
  "\n",
  " - ",
  "📞",
];

const digitsIn = (number: string, signs: readonly string[]) =>
  number.replace(/[0-9]/g, (digit) => signs[Number(digit)] ?? digit);

/** A number in digits of one kind, or of several kinds by groups, with marks between groups of some lengths. */
export function spellings(number: string): fc.Arbitrary<string> {
  const signs = fc.constantFrom(...DIGITS).map((row) => Array.from(row));
  return fc
    .record({
      lengths: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: number.length, maxLength: number.length }),
      rows: fc.oneof(
        signs.map((row) => [row]),
        fc.array(signs, { minLength: 2, maxLength: 3 }),
      ),
      between: fc.oneof(
        fc.constantFrom(...BETWEEN).map((one) => [one]),
        fc.array(fc.constantFrom(...BETWEEN), { minLength: 2, maxLength: 3 }),
      ),
    })
    .map(({ lengths, rows, between }) => {
      let spelt = "";
      let at = 0;
      for (const [index, length] of lengths.entries()) {
        if (at >= number.length) break;
        const group = number.slice(at, at + length);
        spelt +=
          (index === 0 ? "" : (between[index % between.length] ?? "")) +
          digitsIn(group, rows[index % rows.length] ?? []);
        at += length;
      }
      return spelt;
    });
}

/** The digits and letters of a text in order, whatever their spelling. */
export function plainDigits(text: string): string {
  return Array.from(text, (sign) => {
    for (const row of DIGITS) {
      const value = Array.from(row).indexOf(sign);
      if (value >= 0) return String(value);
    }
    return /[0-9Xx]/.test(sign) ? sign.toUpperCase() : "";
  }).join("");
}

const digits = (length: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((all) => all.join(""));

/** Mobiles of mainland China. */
export const mobile = fc.tuple(fc.integer({ min: 3, max: 9 }), digits(9)).map(([second, rest]) => `1${second}${rest}`);

/** ID numbers that may be somebody's. */
export const identity = fc
  .tuple(
    fc.integer({ min: 110_000, max: 659_999 }),
    fc.integer({ min: 1920, max: 2025 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 28 }),
    fc.integer({ min: 0, max: 999 }),
    fc.constantFrom(..."0123456789X"),
  )
  .map(
    ([area, year, month, day, serial, check]) =>
      `${area}${year}${String(month).padStart(2, "0")}${String(day).padStart(2, "0")}${String(serial).padStart(3, "0")}${check}`,
  );

/** Bank cards of UnionPay. */
export const card = digits(16).map((rest) => `621${rest}`);

const HAN_NAME = fc
  .tuple(
    fc.constantFrom(..."王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗欧司幺於仝亓麦冼逄".split("")),
    fc.array(fc.constantFrom(..."伟芳娜秀英敏静丽强磊洋艳勇军杰娟涛明超霞平刚桂兰翠花建国卫东".split("")), {
      minLength: 1,
      maxLength: 2,
    }),
  )
  .map(([family, given]) => ({ text: family + given.join(""), secret: [family + given.join("")] }));
const PARTS =
  "阿依古丽 买买提 热合曼 吐尔逊 阿不都拉 帕提古丽 扎西 多吉 卓玛 央金 巴特尔 其其格 娜仁 乌云 古丽娜孜 艾力 木合塔尔 丹增 次仁".split(
    " ",
  );
const FOREIGN_NAME = fc
  .tuple(fc.constantFrom(...PARTS), fc.constantFrom(..."·•・"), fc.constantFrom(...PARTS))
  .map(([first, dot, last]) => ({ text: `${first}${dot}${last}`, secret: [first, last] }));
const OTHER_SCRIPT = fc
  .constantFrom("Aygul Memet", "Tashi Dorji", "ئايگۈل مەمەت", "བཀྲ་ཤིས", "Батбаяр", "Nguyễn Văn Nam")
  .map((name) => ({ text: name, secret: name.split(" ") }));

/** Names of people, of many families and languages. */
export const name: fc.Arbitrary<Spelt> = fc.oneof(HAN_NAME, FOREIGN_NAME, OTHER_SCRIPT);

/** Labels of names, behind which nothing else can stand. */
export const nameLabel = fc.constantFrom(
  "我叫",
  "姓名：",
  "姓名:",
  "联系人：",
  "反映人： ",
  "户主：",
  "署名：",
  "我的名字叫",
  "投诉人是",
);

const numeral = (value: number, isHan: boolean) =>
  isHan ? digitsIn(String(value), Array.from("〇一二三四五六七八九")) : String(value);

/** Doors: a room of a building, or a house of a village or a street; the secret is what is behind the last that stays. */
export const door: fc.Arbitrary<Spelt> = fc
  .record({
    floor: fc.integer({ min: 1, max: 32 }),
    flat: fc.integer({ min: 1, max: 9 }),
    house: fc.integer({ min: 32, max: 999 }),
    isHan: fc.boolean(),
    form: fc.integer({ min: 0, max: 8 }),
  })
  .map(({ floor, flat, house, isHan, form }) => {
    const room = numeral(floor * 100 + flat, isHan);
    const number = numeral(house, isHan);
    const forms: readonly (readonly [text: string, secret: string])[] = [
      [`春晖苑3号楼2单元${room}室`, room],
      [`春晖苑三号楼二单元${room}`, room],
      [`春晖苑3#1-${room}`, room],
      [`春晖苑5栋${room}`, room],
      [`春晖苑3-1-${room}`, room],
      [`东风村三组${number}号`, number],
      [`解放路${number}号`, number],
      [`幸福巷 ${number} 号`.replaceAll(" ", ""), number],
      [`门牌号：${number}`, number],
    ];
    const [text, secret] = forms[form] ?? ["", ""];
    return { text, secret: [secret] };
  });

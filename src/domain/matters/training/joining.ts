/** Words with which people go on; what follows may be another matter, or the same one. */
export const JOINERS: readonly string[] =
  "另外 另外还有 还有 还有就是 还有一个 还有个事 再就是 再一个 再有 再说个事 再问一下 顺便问下 顺便 顺便说一下 对了 哦对了 对了还有 此外 同时 同时反映 另 另一个 又 然后 然后还有 也想问问 还想问 还想反映 另外想问 另外一件事 另外一个问题 第二件 第二个 二是 其二 另一件 以及 再者 附带 捎带 说完这个再说一个 还有一桩 再反映一个 想再问 我还想说 还要说 除此之外 别的还有 再麻烦问下 最后 最后一个 接下来 其次 最后还想问".split(
    " ",
  );

/** The signs between two parts of what people say. */
export const SIGNS: readonly string[] = [
  ..."，，。。；、！…".split(""),
  " ",
  " ",
  "",
  "\n",
  "。。",
  "，，",
  "  ",
  "。 ",
];

/** The ways to say at first that one has several matters. */
export const INTRODUCTIONS: readonly string[] = [
  "反映两个问题",
  "说两件事",
  "两个事",
  "有几个问题",
  "想反映两件事：",
  "两件事 ",
  "我说两样",
  "有两件事麻烦您，",
  "您好，两个问题：",
  "代表您好，有这么几件事。",
  "跟你说俩事",
];

/** The ways to count, each as its marks from 1 to 3. */
export const COUNTINGS: readonly (readonly [string, string, string])[] = [
  ["1、", "2、", "3、"],
  ["1.", "2.", "3."],
  ["一、", "二、", "三、"],
  ["一是", "二是", "三是"],
  ["①", "②", "③"],
  ["第一，", "第二，", "第三，"],
  ["第一个 ", "第二个 ", "第三个 "],
  ["1）", "2）", "3）"],
  ["（1）", "（2）", "（3）"],
  ["首先，", "其次，", "最后，"],
  ["其一，", "其二，", "其三，"],
  ["一个是", "一个是", "还有一个是"],
  ["一来", "二来", "三来"],
  ["头一个", "第二个", "再一个"],
  ["1 ", "2 ", "3 "],
];

import type { FindingCode, FindingValues } from "../../../../domain/rules/finding-values.ts";

/** The sentences of findings in one language of the page, one for each code; rules are named by `nameOf` their id. */
export type FindingSentences = {
  readonly [C in FindingCode]: (values: FindingValues[C], nameOf: (id: string) => string) => string;
};

type Some = { readonly first: readonly string[]; readonly count: number };

const listed = ({ first, count }: Some) =>
  count > first.length ? `${first.join("、")} 等 ${count} 条` : first.join("、");
const wide = ({ grids, isCounted }: FindingValues["gap"]) =>
  `${isCounted ? "" : "至少 "}${grids.count} 个网格（${grids.first.join("、")}${grids.count > grids.first.length ? "…" : ""}）`;
const TARGETS = { grid: "网格的代表", station: "站", deputy: "代表", group: "小组", unit: "单位", office: "县办" };
const target = ({ kind, code }: FindingValues["contradicts"]["here"]) =>
  code === null ? (kind === "station" ? "网格所在的站" : TARGETS[kind]) : `${TARGETS[kind]} ${code}`;

/** The Chinese sentences of findings. */
export const sentences: FindingSentences = {
  "too-large": ({ most }) => `内容太大，最多 ${most} 字节`,
  "too-large-for-rules": ({ count, most }) => `只有 ${count} 条规则，却太大了：最多 ${most} 字节`,
  "not-utf8": () => "文件不是 UTF-8 编码：另存为 UTF-8",
  "no-json": () => "写法不完整，读不出来：少了引号、括号或逗号",
  "too-many-rules": ({ count, most }) => `有 ${count} 条规则，最多 ${most} 条`,
  "cannot-be-stored": () => "里面有一个存不下的字符：删掉它",
  shape: () => "这里写得不对，不能保存",
  absent: () => "缺少必须有的一项",
  "wrong-type": () => "这里该写的是另一种内容（文字、数字或清单）",
  blank: () => "这里是空的，必须写",
  "text-long": ({ most }) => `这里太长，最多 ${most} 个字`,
  "unknown-key": ({ keys }) => `多了不认识的一项：${keys.join("、")}`,
  "bad-id": () => "编号只能用 1 到 64 个字母、数字、汉字和 . _ -",
  "bad-day": () => "到期日要写成 2027-06-30 这样",
  "no-target": () => "没有写交给谁",
  "same-id": () => "编号和另一条规则一样：换一个",
  "many-parts": ({ most }) => `条件太多，一条规则最多 ${most} 个`,
  "too-deep": ({ most }) => `一层套一层太深，最多 ${most} 层`,
  "one-operation": () => "这里要写一个条件",
  "one-condition": () => "这里只能放一个条件",
  "no-statement": ({ said }) => `${said} 不能单独作条件`,
  "unknown-operator": ({ said }) => `不认识 ${said} 这个写法`,
  "no-parts": () => "这一组里还没有条件",
  "one-value": () => "要拿一个变量和一个值比",
  "one-number": () => "要拿一个变量和一个数字比",
  "two-operands": () => "这里要写两样东西",
  "three-operands": () => "三个数的写法是从几到几，例如 8 点到 18 点",
  "in-form": () => "要么找一个词，要么从一个清单里选",
  "text-or-null": ({ variable }) => `${variable} 要和文字比`,
  "number-wanted": ({ variable }) => `${variable} 要和数字比`,
  "true-or-false": ({ variable }) => `${variable} 只能是“有”或“没有”`,
  "whole-text": () => "不能拿整封信来比：写一个要找的词",
  "long-list": ({ count, most }) => `清单里有 ${count} 个值，最多 ${most} 个`,
  "wrong-list": ({ variable }) => `清单里的值和 ${variable} 对不上`,
  "empty-word": () => "要找的词是空的",
  "long-word": ({ most }) => `要找的词太长，最多 ${most} 个字`,
  "long-code": ({ most }) => `编号太长，最多 ${most} 个字`,
  "no-text": ({ variable }) => `${variable} 里没有文字可找`,
  "no-order": ({ variable }) => `${variable} 不分大小，不能比大小`,
  "unknown-variable": ({ said }) => `没有 ${said} 这个变量`,
  "no-deputy": ({ code }) => `名单里没有代表 ${code}`,
  "term-ended": ({ code, day }) => `代表 ${code} 的任期 ${day} 已到`,
  "no-group": ({ code }) => `名单里没有小组 ${code}`,
  "empty-group": ({ code }) => `小组 ${code} 里没有在任的代表`,
  "no-station": ({ code }) => `名单里没有站 ${code}`,
  "empty-station": ({ code }) => `站 ${code} 没有在任的代表`,
  "no-unit": ({ code }) => `名单里没有单位 ${code}`,
  expired: ({ day, owner }) => `${day} 已到期，不再起作用：请负责人 ${owner} 延期或删掉`,
  impossible: ({ isProven }) =>
    isProven ? "没有一封信能满足这个条件：各个条件合在一起对不上" : "没有找到能满足这个条件的信（试过，没有证明）",
  covered: ({ by, isProven }, nameOf) => {
    const rules = listed({ ...by, first: by.first.map(nameOf) });
    return isProven
      ? `它要的信，前面的 ${rules} 都先拿走了。把这一条往上移，或改条件`
      : `没有找到能轮到这一条的信（试过，没有证明）：前面的 ${rules} 都先拿走了`;
  },
  again: ({ first }, nameOf) => `和前面的「${nameOf(first)}」说的是一样的，留一条就够`,
  contradicts: ({ first, there, here }, nameOf) =>
    `条件和前面的「${nameOf(first)}」一样，信都先给了那一条的${target(there)}，轮不到这一条的${target(here)}。要么改条件，要么删掉一条`,
  circle: ({ day, people }) => `从 ${day} 起几位代表互相代班，转成了圈：${people.join(" → ")}`,
  overload: ({ deputy, name, count, total, share, most }) =>
    `${name === "" ? deputy : name} 会收到近 90 天 ${total} 件里的 ${count} 件（${share}%），最多应是 ${most}%`,
  gap: (values) => `${wide(values)}的信到不了任何代表：网格和站都没有在任的人`,
  "gap-of-rules": ({ rules, example, ...values }, nameOf) => {
    const named = rules.first.map((rule) => (rule === null ? "都不成立时" : nameOf(rule)));
    const what = rules.count === 0 ? "这一条" : `「${listed({ ...rules, first: named })}」`;
    const such = example.text === "" ? "" : `。例如说到“${example.text}”的信`;
    return `${what}拿走的信，来自${wide(values)}的到不了任何代表：交给的没有在任的人，网格和站也没有${such}`;
  },
};

import type { Fault, MistakeCode, MistakeSentences, MistakeValues } from "./values.ts";

/** What is wrong in a list, and what would be right, in Chinese. */
type WrongAndRight = { readonly wrong: string; readonly right: string };

const AGAIN = "把列设成文本，重新写一次";
const ADVICE = {
  xlsx: "另存为 .xlsx",
  csv: "另存为 CSV UTF-8",
  geojson: "另存为 .geojson",
  "xlsx-or-geojson": "另存为 .xlsx；地图另存为 .geojson",
  "xlsx-or-csv": "另存为 .xlsx 或 CSV UTF-8",
  unpack: "先解压",
  "name-folder": "里面有名单就单独导入",
  "only-these": "只能导入 .csv、.xlsx、.geojson",
} as const;
const KINDS: Readonly<Record<string, string>> = {
  stations: "联络站",
  grids: "网格",
  deputies: "代表",
  units: "单位",
  places: "地名",
  receptions: "接待日",
};
const COLUMNS: Readonly<Record<string, string>> = { code: "编号", name: "名称", township: "乡镇", level: "级别" };
const OF = { shape: "图形", position: "位置" } as const;

const say = (wrong: string, right: string): WrongAndRight => ({ wrong, right });

const SENTENCES: MistakeSentences<WrongAndRight> = {
  "cannot-be-read": () => say("文件读不出来", "看看文件还在不在、有没有被别的程序打开"),
  "wrong-ending": ({ todo }) => say("不是能读的文件", ADVICE[todo ?? "only-these"]),
  "wrong-path": ({ todo }) => say("不是能读的文件", ADVICE[todo ?? "only-these"]),
  "empty-folder": () => say("文件夹里没有能读的文件", ADVICE["only-these"]),
  "not-read": ({ isFolder, todo }) =>
    say(isFolder ? "是里面的文件夹，没有读" : "没有读这个文件", ADVICE[todo ?? "only-these"]),
  "wrong-encoding": () => say("文字编码不对，读不出来", "另存为 CSV UTF-8"),
  "no-table": () => say("里面没有表", "放进要导入的表"),
  "wrong-commas": () => say("各列不是用逗号分开的", "用逗号分列，存为 CSV UTF-8"),
  "bad-csv": () => say("CSV 读不出来", "用逗号分列，存为 CSV UTF-8"),
  "no-geojson": () => say("不是 GeoJSON 地图", "导出为 GeoJSON（FeatureCollection）"),
  "no-excel": () => say("名字是 .xlsx，里面却是别的文件", "打开后另存为 .xlsx"),
  "broken-excel": () => say("文件坏了，读不出来", "打开后另存为 .xlsx"),
  password: () => say("文件加了密码", "去掉密码后另存"),
  "old-excel": () => say("是旧版 Excel 或 WPS 文件", "打开后另存为 .xlsx"),
  "same-kind": ({ kind, other }) => say(`${KINDS[kind] ?? kind}名单有两张表，另一张在 ${other}`, "合成一张表"),
  "unknown-list": () => say("看不出是哪种名单", "表名写：网格、联络站、代表、单位、地名或接待日"),
  "above-columns": ({ said }) => say(`列名上面有别的内容：“${said}”`, "移到表下面，或删掉"),
  "title-alone": ({ said }) => say(`“${said}”是标题，下面没有列名`, "第一行写列名"),
  "column-missing": ({ name }) => say(`少了必填的列：${COLUMNS[name] ?? name}`, "照模板补上"),
  "unknown-column": ({ header }) => say(`不认识“${header}”这一列`, "改成模板里的列名，或删掉这一列"),
  "column-twice": ({ header }) => say(`“${header}”这一列有两个`, "只留一个"),
  "no-header": () => say("有内容的这一列没有列名", "写上列名，或清空这一列"),
  "no-succession-table": () => say("里面没有接任名单", "用模板填"),
  "nobody-follows": () => say("没有一行写了接任的人", "在有人接任的行写新代表编号和日期"),
  "too-many-rows": ({ most }) => say(`超过 ${most} 行`, "分几次导入"),
  "new-without-column": ({ code, name }) =>
    say(`${code} 是新的，表里却没有“${COLUMNS[name] ?? name}”这一列`, "照模板补上这一列"),
  "zero-lost": ({ code, like }) => say(`${code} 是新的，已有的是 ${like}：开头的 0 可能丢了`, AGAIN),
  twice: ({ key, before }) => say(`${key} 重复，前面已有（${before}）`, "每个只出现一次"),
  "unknown-station": ({ code }) => say(`没有联络站 ${code}`, "写已有的联络站编号，或先加上这个站"),
  "unknown-grid": ({ code }) => say(`没有网格 ${code}`, "写已有的网格编号，或先加上这个网格"),
  "unknown-deputy": ({ code }) => say(`没有代表 ${code}`, "写已有的代表编号；新代表先导入"),
  "wrong-name": ({ code }) => say(`编号 ${code} 和姓名对不上`, "核对编号，或改正姓名"),
  "followed-already": ({ code, before }) => say(`${code} 的接任前面已有（${before}）`, "每位只写一次"),
  "planned-already": ({ code, day }) => say(`${code} 的接任已经定下（${day}）`, "删掉这一行，或先取消定下的"),
  "not-ahead": ({ day }) => say(`${day} 不在今天以后`, "从明天起的某一天"),
  "term-ends": ({ code, day }) => say(`接任的 ${code} 任期到 ${day}，那一天已经不在任`, "先改任期，或换一位"),
  "same-deputy": ({ code }) => say(`${code} 自己接自己`, "写另一位代表"),
  "not-serving": ({ code, place }) => say(`${code} 不在 ${place} 服务`, "写原代表现在的网格或站的编号"),
  "leaves-too": ({ from, to }) => say(`${to} 接 ${from}，自己同一天也离任`, "换一位，或改日期"),
  empty: () => say("空着", "必须填"),
  covered: ({ from, to }) => say(`被合并的单元格 ${from}:${to} 盖住了`, "取消合并，每格各写各的"),
  "covered-from": ({ row }) => say(`被从第 ${row} 行合并下来的单元格盖住了`, "取消合并，每格各写各的"),
  "formula-unsaved": () => say("是公式，文件里没有存下结果", "用 Excel 或 WPS 打开，保存后再导入"),
  "formula-nothing": () => say("是公式，结果是 0，多半是引用了空格子", "直接写值；没有就留空"),
  formula: ({ said }) => say(`是公式“${said}”，不是值`, "直接写值"),
  "text-missing": () => say("内容在文件里找不到了", "重新写一次"),
  "error-value": ({ said }) => say(`公式出错：“${said}”`, "改好公式，或直接写值"),
  "too-narrow": ({ said }) => say(`列太窄，只剩“${said}”`, "重新写值"),
  "nothing-word": ({ said }) => say(`“${said}”是程序写的“没有”`, "没有就留空"),
  "lost-signs": ({ said }) => say(`“${said}”里有字丢了`, "重新写一次"),
  "logical-value": ({ said }) => say(`被 Excel 改成了 ${said}`, AGAIN),
  "unknown-type": () => say("这一格读不出来", "重新写一次"),
  "no-number": ({ said }) => say(`“${said}”不是数字`, "重新写一次"),
  percentage: ({ said }) => say(`被 Excel 改成了百分数 ${said}`, AGAIN),
  "time-of-day": () => say("被 Excel 改成了时刻", AGAIN),
  "made-number": ({ said }) => say(`被 Excel 改成了数字 ${said}`, AGAIN),
  "made-date": ({ said }) => say(`被 Excel 改成了日期 ${said}`, AGAIN),
  "zero-gone": ({ said }) => say(`被 Excel 改成了数字 ${said}，开头的 0 没了`, AGAIN),
  "none-word": ({ said }) => say(`写了“${said}”`, "没有就留空"),
  "too-long": ({ most }) => say(`太长，超过 ${most} 个字`, "写短一些"),
  separators: ({ said }) => say(`编号“${said}”里有空格或标点`, "只用字母、数字、汉字和 -"),
  "no-phone": ({ said }) => say(`“${said}”不是电话号码`, "例如 05160000000"),
  "no-post": ({ said }) => say(`“${said}”看不懂`, "例如 G1;G2:backup"),
  "named-twice": ({ code }) => say(`${code} 写了两次`, "只写一次"),
  "no-level": ({ said }) => say(`“${said}”不是级别`, "乡镇、县、市、省或全国"),
  "no-day": ({ said, day }) =>
    say(`“${said}”不是日期${day === null ? "" : `，多半是 ${day}`}`, day === null ? "例如 2031-12-31" : "把列设成日期"),
  "no-time": ({ said }) => say(`“${said}”不是时刻`, "写成 09:00"),
  "ends-before": () => say("不晚于开始时间", "结束时间写在开始时间以后"),
  "no-degrees": ({ said }) => say(`“${said}”不是经纬度`, "例如 119.4132"),
  "half-position": () => say("经度和纬度只写了一个", "两个都写，或都留空"),
  "no-shape": () => say("没有图形", "导出为 GeoJSON 多边形"),
  "few-corners": () => say("图形不到三个角", "重新画"),
  "ring-crosses": () => say("图形的边线自己交叉", "重新画，边线不要交叉"),
  "ring-flat": () => say("图形没有面积", "重新画"),
  "hole-outside": () => say("图形里的空洞跑到外面", "重新画"),
  "all-holes": () => say("图形全是空洞，里面没有地方", "重新画"),
  swapped: ({ of, longitude, latitude }) =>
    say(`${OF[of]}的经度和纬度写反了（${longitude}, ${latitude}）`, "经度在前，纬度在后"),
  "outside-china": ({ of, longitude, latitude }) =>
    say(`${OF[of]}不在中国（${longitude}, ${latitude}）`, "写以度为单位的经度和纬度"),
  other: ({ said }) => say(said, "照这句话改"),
};

/** Says in Chinese what is wrong, and what would be right. */
export function zhMistake({ code, values }: Fault): WrongAndRight {
  // Code and parameters belong together by their type.
  return (SENTENCES[code] as (values: MistakeValues[MistakeCode]) => WrongAndRight)(values);
}

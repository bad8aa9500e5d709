/** What can be wrong with a cell, a row or a file of an import, by code: how it shows in a sentence of the importer. */
const SIGNS = [
  ["password", /protected by a password/],
  ["old-excel", /old Excel or WPS file/],
  ["no-excel", /another kind of file under that name|cannot be read as \.xlsx|give a \.csv|neither UTF-8 nor GB18030/],
  ["bad-csv", /no valid CSV|parted by something else/],
  ["no-table", /holds no table/],
  ["same-kind", /is a second list of/],
  ["unknown-list", /cannot be told what this table holds/],
  ["unknown-column", /the column “.*” is not known/],
  ["column-twice", /the column “.*” is there twice/],
  ["column-missing", /the column .* is missing|there is no column/],
  ["no-header", /in a column without a header/],
  ["above-columns", /stands above the columns|must name the columns/],
  ["zero-lost", /is new and .* is known: a zero in front/],
  ["merged", /covered by the merged cell/],
  [
    "made-number",
    /lacks the zero in front|turned into the (?:number|date)|is the percentage|is a time of day|is the logical value/,
  ],
  ["formula", /formula/],
  ["broken-value", /is the error|too narrow a column|program writes for nothing|characters were lost|: write it again/],
  ["unknown-station", /there is no station/],
  ["unknown-grid", /there is no grid/],
  ["twice", /is already in/],
  ["no-phone", /is no phone number/],
  ["no-day", /is no day/],
  ["no-level", /is no level/],
  ["no-degrees", /number of degrees|one of both is missing|the position/],
  ["no-post", /is not understood: write G1|names .* twice/],
  ["none-word", /is no value: leave the cell empty/],
  ["empty", /is empty$/],
  ["too-long", /has more than/],
  ["separators", /has a space or one of/],
  ["shape", /^the shape/],
] as const satisfies readonly (readonly [string, RegExp])[];

/** The code of a mistake in a list; `other` for one that only its own sentence tells. */
export type ImportMistake = (typeof SIGNS)[number][0] | "other";

/** Tells of which kind a mistake is, from the sentence in which the importer tells it. */
export function mistakeIn(sentence: string): ImportMistake {
  return SIGNS.find(([, sign]) => sign.test(sentence))?.[0] ?? "other";
}

/** The Chinese words for what is wrong, and for what would be right. */
export const ZH_MISTAKES: Readonly<Record<ImportMistake, { readonly wrong: string; readonly right: string }>> = {
  password: { wrong: "文件加了密码", right: "去掉密码后另存" },
  "old-excel": { wrong: "是旧版 Excel 或 WPS 文件", right: "打开后另存为 .xlsx" },
  "no-excel": { wrong: "不是能读的文件", right: "另存为 .xlsx 或 CSV UTF-8" },
  "bad-csv": { wrong: "CSV 读不出来", right: "用逗号分列，存为 CSV UTF-8" },
  "no-table": { wrong: "里面没有表", right: "放进要导入的表" },
  "same-kind": { wrong: "同一种名单有两张表", right: "合成一张表" },
  "unknown-list": { wrong: "看不出是哪种名单", right: "表名写：网格、联络站、代表、单位或地名" },
  "unknown-column": { wrong: "不认识这一列", right: "改成模板里的列名，或删掉这一列" },
  "column-twice": { wrong: "这一列有两个", right: "只留一个" },
  "column-missing": { wrong: "少了必填的列", right: "照模板补上" },
  "no-header": { wrong: "这一列没有列名", right: "写上列名，或清空这一列" },
  "above-columns": { wrong: "列名上面有别的内容", right: "移到表下面，或删掉" },
  "zero-lost": { wrong: "开头的 0 可能丢了", right: "把列设成文本，重新写一次" },
  merged: { wrong: "被合并的单元格盖住了", right: "取消合并，每格各写各的" },
  "made-number": { wrong: "被 Excel 改成了数字或日期", right: "把列设成文本，重新写一次" },
  formula: { wrong: "是公式，不是值", right: "直接写值" },
  "broken-value": { wrong: "值坏了", right: "重新写一次；没有就留空" },
  "unknown-station": { wrong: "没有这个联络站", right: "写已有的联络站编号，或先加上这个站" },
  "unknown-grid": { wrong: "没有这个网格", right: "写已有的网格编号，或先加上这个网格" },
  twice: { wrong: "编号重复", right: "每个编号只出现一次" },
  "no-phone": { wrong: "不是电话号码", right: "例如 05160000000" },
  "no-day": { wrong: "不是日期", right: "例如 2031-12-31" },
  "no-level": { wrong: "不是级别", right: "乡镇、县、市、省或全国" },
  "no-degrees": { wrong: "经纬度不对", right: "例如 119.4132，经度纬度都要写" },
  "no-post": { wrong: "看不懂", right: "例如 G1;G2:backup" },
  "none-word": { wrong: "写了“无”之类的字", right: "没有就留空" },
  empty: { wrong: "空着", right: "必须填" },
  "too-long": { wrong: "太长", right: "写短一些" },
  separators: { wrong: "编号里有空格或标点", right: "只用字母、数字、汉字和 -" },
  shape: { wrong: "图形不对", right: "导出为 GeoJSON 多边形" },
  other: { wrong: "不对", right: "看右边的说明" },
};

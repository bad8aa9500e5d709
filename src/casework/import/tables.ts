/** The kinds of tables that an import takes. */
const TABLE_KINDS = ["stations", "grids", "deputies", "units", "places", "receptions"] as const;
/** A kind of list that an import takes. */
export type TableKind = (typeof TABLE_KINDS)[number];

/** The form of a column's cells, by which they are read: codes and phones must not have been changed by Excel. */
export type ColumnForm = "code" | "text" | "list" | "places" | "level" | "day" | "time" | "phone" | "degrees";

/** A column of a list: the headers that mean it, the form of its cells, and whether it must be there. */
export type Column = {
  readonly headers: readonly string[];
  readonly form: ColumnForm;
  readonly needed: "always" | "new" | "never";
};

/**
 * The columns of every kind by their English name, with the headers that mean them.
 *
 * `always` must be in the table; `new` may be missing as long as every row is about something that is known already.
 */
export const COLUMNS = {
  stations: {
    code: column("code", "always", "编号", "联络站编号", "代码"),
    name: column("text", "new", "名称", "联络站", "联络站名称"),
    township: column("text", "new", "乡镇", "街道", "乡镇街道"),
    address: column("text", "never", "地址"),
    phone: column("phone", "never", "电话", "联系电话"),
    longitude: column("degrees", "never", "经度"),
    latitude: column("degrees", "never", "纬度"),
  },
  grids: {
    code: column("code", "always", "编号", "网格编号", "代码"),
    name: column("text", "new", "名称", "网格", "网格名称"),
    township: column("text", "new", "乡镇", "街道", "乡镇街道"),
    community: column("text", "never", "社区", "村", "村社区"),
    station: column("code", "never", "联络站", "联络站编号"),
    aliases: column("list", "never", "别名"),
  },
  deputies: {
    code: column("code", "always", "编号", "代表编号", "代码"),
    name: column("text", "new", "姓名", "名称"),
    level: column("level", "new", "级别", "代表级别"),
    district: column("text", "never", "选区"),
    phone: column("phone", "never", "电话", "联系电话", "手机"),
    stations: column("places", "never", "联络站"),
    grids: column("places", "never", "网格"),
    groups: column("list", "never", "小组", "代表小组"),
    until: column("day", "never", "任期至", "任期届满"),
  },
  units: {
    code: column("code", "always", "编号", "代码"),
    name: column("text", "new", "名称", "单位", "单位名称"),
    phone: column("phone", "never", "电话", "联系电话"),
    categories: column("list", "never", "类别"),
    aliases: column("list", "never", "简称"),
  },
  places: {
    name: column("text", "always", "名称", "地名"),
    grid: column("code", "always", "网格", "网格编号"),
  },
  receptions: {
    station: column("code", "always", "联络站", "联络站编号", "站"),
    day: column("day", "always", "日期", "接待日", "接待日期"),
    from: column("time", "always", "开始", "开始时间", "起"),
    until: column("time", "always", "结束", "结束时间", "止"),
    place: column("text", "always", "地点", "接待地点"),
    deputies: column("list", "never", "代表", "接待代表", "代表编号"),
  },
} as const satisfies Readonly<Record<TableKind, Readonly<Record<string, Column>>>>;

/** Headers of columns that number the rows or say something to whoever reads the list. */
const FOR_READERS: ReadonlySet<string> = new Set([
  ...["序号", "序", "行号", "顺序号", "排序", "no", "no.", "#", "index", "row"],
  ...["备注", "备注信息", "说明", "附注", "注", "注释", "remark", "remarks", "note", "notes", "comment", "comments"],
]);

/** The names of tables by kind, in a file's name or on a sheet. The first that fits counts: 代表联络站 is about stations. */
const TITLES: readonly (readonly [TableKind, RegExp])[] = [
  ["receptions", /接待|reception/i],
  ["stations", /联络站|station/i],
  ["units", /单位|unit/i],
  ["places", /地名|place/i],
  ["grids", /网格|grid/i],
  ["deputies", /代表|deput/i],
];

/** Columns that only one kind has. */
const TELLTALES: readonly (readonly [TableKind, readonly string[]])[] = [
  ["deputies", ["level"]],
  ["units", ["categories"]],
  ["stations", ["address", "longitude", "latitude"]],
  ["grids", ["community", "aliases"]],
  ["receptions", ["from"]],
];

/**
 * The kind of a table, by its name, else by its headers.
 *
 * @returns null when neither tells
 */
export function kindOf(title: string, headers: readonly string[]): TableKind | null {
  const named = TITLES.find(([, pattern]) => pattern.test(title));
  if (named !== undefined) return named[0];
  for (const [kind, telltales] of TELLTALES) {
    const names = headers.map((header) => columnNamed(kind, header));
    if (telltales.some((telltale) => names.includes(telltale))) return kind;
  }
  const asPlaces = headers.map((header) => columnNamed("places", header));
  return asPlaces.includes("name") && asPlaces.includes("grid") && !headers.some(isCodeHeader) ? "places" : null;
}

/** The English name of the column that a header means in this kind of table; null when it means none. */
export function columnNamed(kind: TableKind, header: string): string | null {
  return headerNamed(COLUMNS[kind], header);
}

/** The English name of the column that a header means among these; null when it means none. */
export function headerNamed(among: Readonly<Record<string, Column>>, header: string): string | null {
  const wanted = plainHeader(header);
  const columns = Object.entries(among);
  const named = (said: string) => columns.find(([name, one]) => name === said || one.headers.includes(said))?.[0];
  return named(wanted) ?? named(withoutHint(wanted)) ?? null;
}

/** Whether a header is of a column that lists have for their readers alone: 序号, 备注. */
export function isForReadersOnly(header: string): boolean {
  return FOR_READERS.has(withoutHint(plainHeader(header)));
}

function plainHeader(header: string): string {
  return header
    .normalize("NFKC")
    .replace(/[\s\p{Cf}]/gu, "")
    .toLowerCase();
}

/** A header without what tells how to fill it in: 姓名*, 电话（必填）, 编号: */
function withoutHint(header: string): string {
  return header.replace(/\([^()]*\)$/, "").replace(/^\*+|[*:]+$/g, "");
}

/** The column of a kind by its English name; null when it has none of that name. */
export function columnOf(kind: TableKind, name: string): Column | null {
  return Object.entries<Column>(COLUMNS[kind]).find(([one]) => one === name)?.[1] ?? null;
}

/** The columns of a kind as a person may write them, for a message. */
export function columnList(kind: TableKind): string {
  return Object.entries<Column>(COLUMNS[kind])
    .map(([name, { headers }]) => `${name} ${headers[0] ?? ""}`)
    .join(", ");
}

/** The columns of a kind that must be in the table. */
export function neededColumns(kind: TableKind): string[] {
  return Object.entries<Column>(COLUMNS[kind]).flatMap(([name, { needed }]) => (needed === "always" ? [name] : []));
}

function column(form: ColumnForm, needed: Column["needed"], ...headers: string[]): Column {
  return { form, needed, headers };
}

function isCodeHeader(header: string): boolean {
  return columnNamed("units", header) === "code";
}

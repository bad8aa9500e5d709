import type { Period } from "../../../domain/figures/period.ts";

const month = (day: string) => `${day.slice(0, 4)}年${Number(day.slice(5, 7))}月`;
const whole = (day: string) => `${month(day)}${Number(day.slice(8))}日`;

/** The Chinese words of the page of figures. */
export const statistics = {
  title: "统计",
  kinds: "时段",
  kind: { day: "日", week: "周", month: "月", quarter: "季度", season: "供暖季", year: "年" },
  earlier: "前一段",
  later: "后一段",
  period: ({ kind, from, until }: Period): string => {
    switch (kind) {
      case "day":
        return whole(from);
      case "month":
        return month(from);
      case "quarter":
        return `${from.slice(0, 4)}年第${Math.ceil(Number(from.slice(5, 7)) / 3)}季度`;
      case "season":
        return `${from.slice(0, 4)}-${until.slice(0, 4)} 供暖季（${whole(from)}至${whole(until)}）`;
      case "year":
        return `${from.slice(0, 4)}年`;
      default:
        return `${whole(from)}至${whole(until)}`;
    }
  },
  by: "分开看",
  byNothing: "不分开",
  byTitle: (part: string) => `按${part}`,
  parts: {
    station: "联络站",
    township: "乡镇",
    grid: "网格",
    deputy: "代表",
    unit: "单位",
    category: "分类",
    channel: "渠道",
  },
  nobody: "（没有）",
  leftOut: (count: number) => `另有 ${count} 个件数更少的没有列出。`,
  asOf: (at: string) => `${at} 的数`,
  before: (from: string, until: string) => `去年同期：${from}至${until}`,
  empty: "这段时间没有案件。",
  counting: (done: number, total: number | null) =>
    `这段时间案件很多，正在后台数${total === null || total === 0 ? "" : `（${Math.round((done / total) * 100)}%）`}。可以先做别的，数好了就在这里。`,
  notCounted: "没有数成。请再试一次，或者选短一点的时段。",
  neverAdded: "三方的数不能相加。",
  columns: { name: "项目", value: "数", share: "占比（下面细条是去年）", before: "去年同期", how: "说明" },
  how: "怎么算的",
  note: { counts: "数什么", leavesOut: "不数什么", source: "从哪里来" },
  hidden: "少于5件，不显示",
  none: "没有数",
  noBefore: "没有去年的数",
  ofFew: (of: number) => `共 ${of} 件，太少，不算占比`,
  share: (percent: number, of: number) => `${percent}%（共 ${of} 件）`,
  amount: { cases: (count: number) => `${count} 件`, "working-days": (days: number) => `${days} 个工作日` },
  opens: (name: string, said: string) => `${said}，看这些案件：${name}`,
  reports: {
    title: "给常委会的报告",
    about: "按上面选的时段和范围出一份：有数、有图、有怎么算的。保存 7 天，只有您自己看得到。",
    ask: { xlsx: "出 Excel", pdf: "出 PDF" },
    format: { xlsx: "Excel", pdf: "PDF" },
    columns: { period: "时段", format: "格式", made: "生成时间", hash: "核对码", file: "文件" },
    state: {
      waiting: "◐ 排着队",
      running: "◐ 正在做",
      done: "文件已过期",
      failed: "✗ 没有做成，请再出一次",
      stopped: "已停下",
    },
    download: (format: string) => `下载 ${format}`,
  },
};

import { CHANNEL_NAMES } from "../../domain/messages/channel-names.ts";
import type { FigureBy } from "./groups.ts";

const ZH = {
  title: (county: string) => `${county}代表联络工作统计`,
  period: (from: string, until: string) => `来信日期：${from} 至 ${until}`,
  before: (from: string, until: string) => `去年同期：${from} 至 ${until}`,
  scope: "范围",
  everything: "全部看得到的案件",
  made: "出表时间",
  hash: "核对码",
  hashAbout: "同样的数，核对码一样；对不上，说明数变了。",
  figure: "项目",
  value: "数",
  of: "总数",
  share: "占比",
  yearBefore: "去年同期",
  none: "没有数",
  noBefore: "没有去年的数",
  hidden: "少于5件，不显示",
  nobody: "（没有）",
  amount: { cases: (n: number) => `${n} 件`, "working-days": (n: number) => `${n} 个工作日` },
  percent: (share: number) => `占 ${Math.round(share * 100)}%`,
  ofCases: (of: number) => `共 ${of} 件`,
  method: "怎么算的",
  question: "问什么",
  counts: "数什么",
  leavesOut: "不数什么",
  source: "从哪里来",
  sheets: { figures: "统计", parts: "分项", method: "怎么算的" },
  parts: (by: string) => `按${by}`,
  leftOut: (count: number) => `另有 ${count} 个件数更少的没有列出`,
  by: {
    ...{ station: "联络站", township: "乡镇", grid: "网格", deputy: "代表" },
    ...{ unit: "单位", category: "分类", channel: "渠道" },
  } satisfies Record<FigureBy, string> as Readonly<Record<FigureBy, string>>,
  channels: CHANNEL_NAMES.zh,
};

/** The words of a report in one language. */
export type ReportWords = typeof ZH;

const EN: ReportWords = {
  title: (county) => `Figures of the deputies' work in ${county}`,
  period: (from, until) => `Received from ${from} until ${until}`,
  before: (from, until) => `Year before: ${from} until ${until}`,
  scope: "Scope",
  everything: "all cases that may be seen",
  made: "Made at",
  hash: "Check code",
  hashAbout: "The same figures have the same check code; another one means that figures have changed.",
  figure: "Figure",
  value: "Value",
  of: "Of",
  share: "Share",
  yearBefore: "Year before",
  none: "no figure",
  noBefore: "no figure then",
  hidden: "under 5, not shown",
  nobody: "(none)",
  amount: {
    cases: (n) => `${n} ${n === 1 ? "case" : "cases"}`,
    "working-days": (n) => `${n} working ${n === 1 ? "day" : "days"}`,
  },
  percent: (share) => `${Math.round(share * 100)}%`,
  ofCases: (of) => `of ${of}`,
  method: "How it is computed",
  question: "Question",
  counts: "Counts",
  leavesOut: "Leaves out",
  source: "Source",
  sheets: { figures: "Figures", parts: "Parts", method: "Method" },
  parts: (by) => `By ${by}`,
  leftOut: (count) => `${count} more with fewer cases are not listed`,
  by: {
    ...{ station: "station", township: "township", grid: "grid", deputy: "deputy" },
    ...{ unit: "unit", category: "category", channel: "channel" },
  },
  channels: CHANNEL_NAMES.en,
};

/** The words of reports by language. */
export const REPORT_WORDS: Readonly<Record<"zh" | "en", ReportWords>> = { zh: ZH, en: EN };

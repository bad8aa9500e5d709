/** The words of a dry run's report as a text and as a workbook. */
export type DryRunWords = {
  readonly messages: (messages: number, leftOut: number) => string;
  readonly moved: (moved: number, againstPublished: number) => string;
  readonly nobodyLeft: string;
  readonly nobody: (count: number, cases: string) => string;
  readonly perRule: string;
  readonly unused: string;
  readonly kinds: string;
  readonly kind: (from: string, to: string, rule: string) => string;
  readonly loads: string;
  readonly more: (count: number) => string;
  /** The names of the workbook's sheets. */
  readonly sheets: { readonly summary: string; readonly rules: string; readonly load: string; readonly cases: string };
  readonly heads: {
    readonly summary: readonly string[];
    readonly rules: readonly string[];
    readonly load: readonly string[];
    readonly cases: readonly string[];
  };
  readonly sums: {
    readonly messages: string;
    readonly moved: string;
    readonly movedAgainstPublished: string;
    readonly nobody: string;
    readonly leftOut: string;
    readonly differencesLeftOut: string;
  };
};

/** The English words of a dry run's report. */
export const DRY_RUN_EN: DryRunWords = {
  messages: (messages, leftOut) =>
    `${messages} matters of the past; ${leftOut} sealed or urgent ones are not asked about.`,
  moved: (moved, published) =>
    `${moved} would have gone to somebody else than they did, ${published} to somebody else than by the rules that hold now.`,
  nobodyLeft: "Nobody would have been left without a deputy, unless a rule says so.",
  nobody: (count, cases) => `${count} would have found no deputy: ${cases}.`,
  perRule: "Rule: matters",
  unused: "  (no matter of the past reaches it)",
  kinds: "From → to, by rule: matters, examples",
  kind: (from, to, rule) => `${from} → ${to}, by ${rule}`,
  loads: "Who: did get, would have got",
  more: (count) => `… and ${count} more; --json and --excel have them.`,
  sheets: { summary: "Summary", rules: "Rules", load: "Load", cases: "Differences" },
  heads: {
    summary: ["what", "matters"],
    rules: ["rule", "matters"],
    load: ["who", "did get", "would have got"],
    cases: ["case", "from", "to", "rule"],
  },
  sums: {
    messages: "matters of the past",
    moved: "to somebody else than they went",
    movedAgainstPublished: "to somebody else than by the rules that hold now",
    nobody: "no deputy found",
    leftOut: "sealed or urgent, not asked about",
    differencesLeftOut: "differences that are not listed",
  },
};

/** The Chinese words of a dry run's report. */
export const DRY_RUN_ZH: DryRunWords = {
  messages: (messages, leftOut) => `过去的案件 ${messages} 件；另有 ${leftOut} 件封存或紧急的不参加试算。`,
  moved: (moved, published) => `${moved} 件会交给和当时不同的人，${published} 件和现行规则交给的人不同。`,
  nobodyLeft: "没有一件会找不到代表（规则指定交县办的除外）。",
  nobody: (count, cases) => `${count} 件会找不到代表：${cases}。`,
  perRule: "规则：件数",
  unused: "  （过去没有案件轮到它）",
  kinds: "从 → 到，按哪条规则：件数，例子",
  kind: (from, to, rule) => `${from} → ${to}，按 ${rule}`,
  loads: "谁：当时几件，会有几件",
  more: (count) => `…… 还有 ${count} 行，见 Excel。`,
  sheets: { summary: "总数", rules: "规则", load: "每人件数", cases: "变动" },
  heads: {
    summary: ["什么", "件数"],
    rules: ["规则", "件数"],
    load: ["谁", "当时", "会有"],
    cases: ["案件", "从", "到", "规则"],
  },
  sums: {
    messages: "过去的案件",
    moved: "交给和当时不同的人",
    movedAgainstPublished: "和现行规则交给的人不同",
    nobody: "找不到代表",
    leftOut: "封存或紧急，不参加试算",
    differencesLeftOut: "没有列出的变动",
  },
};

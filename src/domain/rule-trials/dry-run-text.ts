import type { DryRunReport } from "./dry-run-report.ts";
import { DRY_RUN_EN, type DryRunWords } from "./dry-run-words.ts";

const MOST_LINES = 20;

/** A dry run as text for people: what changes, for whom, and a few examples of each kind. */
export function dryRunText(report: DryRunReport, words: DryRunWords = DRY_RUN_EN): string[] {
  const { messages, moved, nobody, movedAgainstPublished, leftOut } = report;
  const rules = Object.entries(report.perRule);
  const more = (count: number) => (count > MOST_LINES ? [`  ${words.more(count - MOST_LINES)}`] : []);
  return [
    words.messages(messages, leftOut),
    words.moved(moved, movedAgainstPublished),
    nobody === 0
      ? words.nobodyLeft
      : words.nobody(nobody, `${report.nobodyCases.slice(0, MOST_LINES).join(", ")}${nobody > MOST_LINES ? " …" : ""}`),
    "",
    words.perRule,
    ...rules.map(([rule, hits]) => `  ${rule}: ${hits}${hits === 0 ? words.unused : ""}`),
    ...(report.kinds.length === 0 ? [] : ["", words.kinds]),
    ...report.kinds
      .slice(0, MOST_LINES)
      .map(({ from, to, rule, count, samples }) => `  ${words.kind(from, to, rule)}: ${count}, ${samples.join(", ")}`),
    ...more(report.kinds.length),
    ...(report.loads.length === 0 ? [] : ["", words.loads]),
    ...report.loads.slice(0, MOST_LINES).map(({ who, before, after }) => `  ${who}: ${before}, ${after}`),
    ...more(report.loads.length),
  ];
}

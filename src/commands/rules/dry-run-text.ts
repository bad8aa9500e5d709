import type { DryRunReport } from "../../domain/rule-trials/dry-run-report.ts";

const MOST_LINES = 20;

/** A dry run as text for people: what changes, for whom, and a few examples of each kind. */
export function dryRunText(report: DryRunReport): string[] {
  const { messages, moved, nobody, movedAgainstPublished, leftOut } = report;
  const rules = Object.entries(report.perRule);
  return [
    `${messages} matters of the past; ${leftOut} sealed or urgent ones are not asked about.`,
    `${moved} would have gone to somebody else than they did, ${movedAgainstPublished} to somebody else than by the rules that hold now.`,
    nobody === 0
      ? "Nobody would have been left without a deputy, unless a rule says so."
      : `${nobody} would have found no deputy: ${report.nobodyCases.slice(0, MOST_LINES).join(", ")}${nobody > MOST_LINES ? " …" : ""}.`,
    "",
    "Rule: matters",
    ...rules.map(([rule, hits]) => `  ${rule}: ${hits}${hits === 0 ? "  (no matter of the past reaches it)" : ""}`),
    ...(report.kinds.length === 0 ? [] : ["", "From → to, by rule: matters, examples"]),
    ...report.kinds
      .slice(0, MOST_LINES)
      .map(({ from, to, rule, count, samples }) => `  ${from} → ${to}, by ${rule}: ${count}, ${samples.join(", ")}`),
    ...more(report.kinds.length),
    ...(report.loads.length === 0 ? [] : ["", "Who: did get, would have got"]),
    ...report.loads.slice(0, MOST_LINES).map(({ who, before, after }) => `  ${who}: ${before}, ${after}`),
    ...more(report.loads.length),
  ];
}

function more(count: number): string[] {
  return count > MOST_LINES ? [`  … and ${count - MOST_LINES} more; --json and --excel have them.`] : [];
}

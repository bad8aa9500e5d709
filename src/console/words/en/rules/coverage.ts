import type * as zh from "../../zh/rules/coverage.ts";

/** The English words of the certificate of who answers for each grid. */
export const coverage: typeof zh.coverage = {
  title: "Who answers for each grid",
  about:
    "For each grid, who gets its messages: the next one when those before are away. When nobody is left, the county office.",
  on: "On which day",
  onHint: "Today or a day to come: terms, absences and successions count",
  version: "By which rules",
  inForce: "those in force",
  only: "Show",
  onlys: {
    all: "all grids",
    nobody: "▲ with nobody",
    phone: "by telephone alone",
    away: "where everybody is away",
  },
  ok: "✓ Every grid has somebody.",
  notOk: (nobody) =>
    `▲ From ${nobody === "1" ? "1 grid" : `${nobody} grids`} some messages find no deputy, and wait at the county office.`,
  unreachable: (count) => `☎ In ${count === "1" ? "1 grid" : `${count} grids`} nobody can be reached in a chat now.`,
  columns: { grid: "Grid", station: "Station", chain: "In this order", until: "Somebody until" },
  rule: (id) => `first by rule “${id}”`,
  steps: { target: "named by a rule", grid: "grid", station: "station", substitute: "stand-in" },
  phoneOnly: "☎ telephone only",
  awayUntil: (at) => `away until ${at}`,
  termUntil: (day) => `term ends ${day}`,
  now: "now",
  thenOffice: "then: the county office",
  noChain: "▲ nobody: only the county office",
  noStation: "no station",
  open: "no end",
  gaps: "Why nobody answers",
  gapPlain: "Neither grid nor station has a deputy in office: no message finds anybody.",
  gapRules: (rules) => `What goes by ${rules} finds nobody; other messages do.`,
  gapOtherwise: "where it goes when none holds",
  gapRule: (id) => `rule “${id}”`,
  gapGrids: (count, names) => (count === 1 ? `1 grid: ${names}` : `${count} grids: ${names}`),
  more: "50 more",
  shown: (count) => `${count} shown`,
  none: "There are no such grids ✓",
};

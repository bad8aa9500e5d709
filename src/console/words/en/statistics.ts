import type { statistics as zh } from "../zh/statistics.ts";

const MONTHS = "January February March April May June July August September October November December".split(" ");
const month = (day: string) => `${MONTHS[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`;
const whole = (day: string) => `${Number(day.slice(8))} ${month(day)}`;

/** The English words of the page of figures. */
export const statistics: typeof zh = {
  title: "Statistics",
  kinds: "Period",
  kind: { day: "Day", week: "Week", month: "Month", quarter: "Quarter", season: "Heating season", year: "Year" },
  earlier: "Earlier",
  later: "Later",
  period: ({ kind, from, until }) => {
    switch (kind) {
      case "day":
        return whole(from);
      case "month":
        return month(from);
      case "quarter":
        return `Quarter ${Math.ceil(Number(from.slice(5, 7)) / 3)} of ${from.slice(0, 4)}`;
      case "season":
        return `Heating season ${from.slice(0, 4)}-${until.slice(0, 4)} (${whole(from)} to ${whole(until)})`;
      case "year":
        return from.slice(0, 4);
      default:
        return `${whole(from)} to ${whole(until)}`;
    }
  },
  by: "Side by side",
  byNothing: "All together",
  byTitle: (part) => `By ${part.toLowerCase()}`,
  parts: {
    station: "Station",
    township: "Township",
    grid: "Grid",
    deputy: "Deputy",
    unit: "Unit",
    category: "Category",
    channel: "Channel",
  },
  nobody: "(none)",
  leftOut: (count) => `${count} more with fewer cases are not listed.`,
  asOf: (at) => `As of ${at}`,
  before: (from, until) => `year before: ${from} to ${until}`,
  empty: "There are no cases of this time.",
  counting: (done, total) =>
    `Many cases came in then; they are being counted${total === null || total === 0 ? "" : ` (${Math.round((done / total) * 100)}%)`}. You can do something else: the figures appear here.`,
  notCounted: "They could not be counted. Try again, or choose a shorter period.",
  neverAdded: "The three are never added up.",
  columns: {
    name: "Figure",
    value: "Value",
    share: "Share (thin bar: year before)",
    before: "Year before",
    how: "Method",
  },
  how: "How it is computed",
  note: { counts: "Counts", leavesOut: "Leaves out", source: "Source" },
  hidden: "fewer than 5, not shown",
  none: "no figure",
  noBefore: "none",
  ofFew: (of) => `of ${of}, too few for a share`,
  share: (percent, of) => `${percent}% (of ${of})`,
  amount: {
    cases: (count) => `${count} ${count === 1 ? "case" : "cases"}`,
    "working-days": (days) => `${days} working ${days === 1 ? "day" : "days"}`,
  },
  opens: (name, said) => `${said}: show these cases, ${name}`,
  reports: {
    title: "Report for the standing committee",
    about:
      "Of the period and scope above: figures, bars, and how each is computed. Kept for 7 days; nobody else sees it.",
    ask: { xlsx: "Make Excel", pdf: "Make PDF" },
    format: { xlsx: "Excel", pdf: "PDF" },
    columns: { period: "Period", format: "Format", made: "Made", hash: "Check code", file: "File" },
    state: {
      waiting: "◐ waits",
      running: "◐ is being made",
      done: "the file is gone",
      failed: "✗ failed, ask again",
      stopped: "stopped",
    },
    download: (format) => `Download ${format}`,
  },
};

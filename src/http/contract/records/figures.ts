import { z } from "zod";
import { isFigure } from "../../../domain/figures/catalogue.ts";
import { FIGURE_GROUPS } from "../../../domain/figures/figure.ts";
import { PERIOD_KINDS, readPeriod } from "../../../domain/figures/period.ts";
import { CASE_FILTER } from "../case-filter.ts";
import { ERRAND } from "../errands.ts";
import type { Contract } from "../operation.ts";

const READERS = ["office", "reviewer", "station", "auditor"] as const;

/** The parts by which figures are told apart. */
const BYS = ["station", "township", "grid", "deputy", "unit", "category", "channel"] as const;

const period = z
  .string()
  .max(40)
  .refine((code) => readPeriod(code) !== null, {
    error: "must be a period such as 2026-10, 2026-W41, 2026-Q4, 2026-H, 2026, 2026-10-03 or 2026-10-01..2026-10-15",
  })
  .describe("A day, week, month, quarter, heating season, year, or two days with `..` between.");

const some = z.array(z.string().min(1).max(64)).min(1).max(200);

/** The part of all cases over which figures are counted; the period says when. */
const filter = z.strictObject({
  ...{ station: some.optional(), township: some.optional(), grid: some.optional(), deputy: some.optional() },
  ...{ unit: some.optional(), channel: some.optional() },
  category: z.array(z.string().min(1).max(64).nullable()).min(1).max(200).optional(),
});

/** A filter within an address: its JSON. */
const filterText = z
  .string()
  .max(4000)
  .default("{}")
  .transform((text, issues) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      issues.addIssue({ code: "custom", message: "must be JSON" });
      return z.NEVER;
    }
  })
  .pipe(filter);

const codes = z
  .string()
  .max(1000)
  .default("")
  .transform((text) => text.split(",").filter((one) => one !== ""))
  .refine((names) => names.every(isFigure), { error: "must be codes of figures or groups of them, with commas" });

const counted = z.object({ value: z.number().nullable(), of: z.int().nullable(), isHidden: z.boolean() });

const figure = z
  .object({
    code: z.string(),
    value: z.number().nullable().describe("Null where there is nothing to say it of, and where it is hidden."),
    of: z.int().nullable().describe("Among how many cases."),
    before: counted.nullable().describe("The same days a year before; null where there is no data of that time."),
    isHidden: z.boolean().describe("Fewer than five cases by deputy or grid are for the office and auditors alone."),
    opens: CASE_FILTER.nullable().describe("The list of exactly these cases; null where no list can say it."),
    definition: z.string().describe("The code of its definition."),
  })
  .meta({ id: "Figure" });

const days = z.object({ from: z.iso.date(), until: z.iso.date() });

/** The operations on figures: counted over what the caller may see, defined once, and reported as Excel and PDF. */
export const FIGURES = {
  "GET /figures": {
    summary: "Count figures of a period",
    description:
      "Of the cases that came in within the period and exist for the caller, against the same days a year before. Sealed cases are in none of them; the office has their number in one figure of its own. `filter` is the JSON of conditions on stations, townships, grids, deputies, units, categories and channels, by codes.",
    roles: READERS,
    query: z.strictObject({ codes, by: z.enum(BYS).optional(), period, filter: filterText }),
    refusals: {
      422: "More cases than can be counted while somebody waits (`too-many-cases`): the errand `figures` counts them, asked with `names`, `period`, `by` and `filter`, and its file is the same answer.",
    },
    answer: z.object({
      period: days.extend({ code: z.string(), kind: z.enum(PERIOD_KINDS) }),
      before: days,
      by: z.enum(BYS).nullable(),
      asOf: z.string().meta({ format: "date-time" }),
      groups: z.array(z.object({ key: z.string().nullable(), name: z.string().nullable(), figures: z.array(figure) })),
      groupsLeftOut: z.int(),
    }),
  },
  "GET /figures/definitions": {
    summary: "Tell how each figure is computed",
    roles: READERS,
    query: z.strictObject({ lang: z.enum(["zh", "en"]).default("zh") }),
    answer: z.object({
      everywhere: z.string(),
      items: z.array(
        z.object({
          code: z.string(),
          group: z.enum(FIGURE_GROUPS),
          groupName: z.string(),
          unit: z.enum(["cases", "working-days"]),
          ...{ name: z.string(), question: z.string(), counts: z.string(), leavesOut: z.string(), source: z.string() },
        }),
      ),
    }),
  },
  "POST /reports": {
    summary: "Ask for a report of a period as Excel or PDF",
    description:
      "An errand whose file is the report. Its answer keeps the figures' hash: reports of the same figures have the same.",
    roles: READERS,
    body: z.strictObject({
      period,
      by: z.enum(BYS).optional(),
      filter: filter.default({}),
      format: z.enum(["xlsx", "pdf"]),
      lang: z.enum(["zh", "en"]).default("zh"),
    }),
    answer: ERRAND,
    status: 202,
    write: true,
  },
} as const satisfies Contract;

import { z } from "zod";
import { dayIn } from "../../../domain/calendar/deadline.ts";
import { readPeriod } from "../../../domain/figures/period.ts";
import { readerOf } from "../../access/reader-of.ts";
import { ErrandFailed, errandKind } from "../../errands/kind.ts";
import { FIGURE_BYS } from "../../figures/groups.ts";
import { pagesOf } from "../../figures/pages.ts";
import { reportFor } from "../../figures/report.ts";
import { workbookOf } from "../../figures/workbook.ts";
import { XLSX } from "../import-check.ts";
import { FIGURES_FILTER } from "./filter.ts";

/** The errand that writes a report of figures, counted over what whoever asked may see when it is written. */
export const REPORT = errandKind({
  name: "report",
  roles: ["office", "reviewer", "station", "auditor"],
  // What one may count another may not.
  seenBy: [],
  shape: z.strictObject({
    period: z.string().refine((code) => readPeriod(code) !== null, { error: "is no period" }),
    by: z.enum(FIGURE_BYS).nullable().default(null),
    filter: FIGURES_FILTER,
    format: z.enum(["xlsx", "pdf"]),
    language: z.enum(["zh", "en"]).default("zh"),
  }),
  async run({ jurisdictionId, by: whoever, runtime, signal, progress }, asked) {
    const { database, now, timeZone } = runtime;
    const { format, by, filter, language } = asked;
    const period = readPeriod(asked.period);
    if (period === null) throw new ErrandFailed("There is no such period.");
    const report = await database.inCounty(jurisdictionId, async (tx) => {
      const reader = await readerOf(tx, whoever.id, now());
      if (reader === null) throw new ErrandFailed("Whoever asked for it has left.");
      const day = { today: dayIn(now(), timeZone), timeZone, now: now() };
      return reportFor(tx, reader, { period, by, filter, language }, day, { signal, progress });
    });
    signal.throwIfAborted();
    const content = format === "xlsx" ? await workbookOf(report) : await pagesOf(report);
    const { hash, made } = report;
    const name = `liaison-${period.code}-${hash.slice(0, 8)}.${format}`;
    return {
      answer: { period: period.code, by, filter, format, language, hash, asOf: made.toISOString() },
      file: { name, contentType: format === "xlsx" ? XLSX : "application/pdf", content },
    };
  },
});

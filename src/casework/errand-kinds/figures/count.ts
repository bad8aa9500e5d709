import { z } from "zod";
import { dayIn } from "../../../domain/calendar/deadline.ts";
import { isFigure } from "../../../domain/figures/catalogue.ts";
import { readPeriod } from "../../../domain/figures/period.ts";
import { readerOf } from "../../access/reader-of.ts";
import { ErrandFailed, errandKind } from "../../errands/kind.ts";
import { figuresFor } from "../../figures/figures.ts";
import { FIGURE_BYS } from "../../figures/groups.ts";
import { toldFigures } from "../../figures/told.ts";
import { FIGURES_FILTER } from "./filter.ts";

/** So long figures that were counted are given again: the next question counts anew. */
const KEPT_MS = 3_600_000;

/** The errand that counts the figures of more cases than can be counted while somebody waits; its file is what `GET /figures` answers for fewer. */
export const FIGURES_COUNT = errandKind({
  name: "figures",
  roles: ["office", "reviewer", "station", "auditor"],
  // What one may count another may not.
  seenBy: [],
  keptMs: KEPT_MS,
  shape: z.strictObject({
    names: z
      .array(z.string().refine(isFigure, { error: "is no figure" }))
      .max(200)
      .default([]),
    period: z.string().refine((code) => readPeriod(code) !== null, { error: "is no period" }),
    by: z.enum(FIGURE_BYS).nullable().default(null),
    filter: FIGURES_FILTER,
  }),
  async run({ jurisdictionId, by: whoever, runtime, signal, progress }, asked) {
    const { database, now, timeZone } = runtime;
    const period = readPeriod(asked.period);
    if (period === null) throw new ErrandFailed("There is no such period.");
    const asOf = now();
    const found = await database.inCounty(jurisdictionId, async (tx) => {
      const reader = await readerOf(tx, whoever.id, now());
      if (reader === null) throw new ErrandFailed("Whoever asked for it has left.");
      return figuresFor(
        tx,
        reader,
        { ...asked, period },
        { today: dayIn(asOf, timeZone), timeZone },
        { signal, progress },
      );
    });
    const told = toldFigures(found, asOf);
    return {
      answer: { period: period.code, asOf: told.asOf, groups: found.groups.length },
      file: {
        name: `liaison-figures-${period.code}.json`,
        contentType: "application/json",
        content: Buffer.from(JSON.stringify(told)),
      },
    };
  },
});

import { z } from "zod";
import { jurisdictions } from "../../../db/schema/county.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import { CASE_LIST } from "../errands/errands.ts";
import { ErrandFailed, errandKind } from "../errands/kind.ts";
import { actingAs } from "../lists/acting-as.ts";
import { writeList } from "../lists/workbook.ts";
import type { CaseFilter } from "../staff/case-conditions.ts";
import type { CaseRow } from "../staff/case-rows.ts";
import { searchCases } from "../staff/search-cases.ts";
import { ASKING } from "./asking.ts";
import { XLSX } from "./import-check.ts";

/** The most cases that one file holds. */
const MOST_EXPORTED = 20_000;
const PAGE = 200;
/** So long a list can be fetched: cases move, and what may be read today may not be tomorrow. */
const KEPT_MS = 3_600_000;

const ASKED = z.strictObject({
  as: ASKING,
  filter: z.record(z.string(), z.unknown()),
  numbers: z.array(z.string()).nullable(),
});

/** The errand in which a list of cases is written into a file, masked as everywhere; asked for by an operation of its own alone. */
export const EXPORT = errandKind({
  name: CASE_LIST,
  roles: ["office", "station", "auditor"],
  keptMs: KEPT_MS,
  mayTake: ({ role, stations }, { as }) =>
    role === as.role && [...stations].sort().join() === [...as.stations].sort().join(),
  seenBy: [],
  shape: ASKED,
  refuse: async () => "Ask for it by POST /cases/export.",
  async run({ jurisdictionId, runtime, signal, by, progress }, { as, filter, numbers }) {
    const today = dayIn(runtime.now(), runtime.timeZone);
    const day = { today, timeZone: runtime.timeZone };
    return runtime.database.inCounty(jurisdictionId, async (tx) => {
      const caller = await actingAs(tx, { ...as, jurisdictionId, confirmedAt: null }, runtime.now());
      if (caller === null) throw new ErrandFailed("Whoever asked for it may not read these cases any more.");
      const rows: CaseRow[] = [];
      const wanted = numbers === null ? null : new Set(numbers);
      for (let after: string | undefined; ; ) {
        signal.throwIfAborted();
        const search = { filter: filter as CaseFilter, sort: "newest" as const, after, limit: PAGE };
        const page = await searchCases(tx, caller, search, day);
        if (!page.ok) throw new ErrandFailed("The list cannot be read.");
        rows.push(...page.items.filter(({ number }) => wanted === null || wanted.has(number)));
        progress(rows.length, null);
        if (page.next === null || rows.length >= MOST_EXPORTED) break;
        after = page.next;
      }
      const [county] = await tx.select({ name: jurisdictions.name }).from(jurisdictions);
      const about = { county: county?.name ?? "", by: by.name, at: runtime.now().toISOString() };
      const said = numbers === null ? JSON.stringify(filter) : `${numbers.length} 件选定`;
      const content = await writeList(rows, { ...about, filter: said, count: rows.length });
      const name = `cases-${today}.xlsx`;
      return { answer: { rows: rows.length }, file: { name, contentType: XLSX, content } };
    });
  },
});

import { z } from "zod";
import type { Transaction } from "../../../../db/database.ts";
import type { Caller } from "../../../casework/access/caller.ts";
import { ordinaryIds } from "../../../casework/cases/visible-to.ts";
import { differencesOf, readDifferences } from "../../../casework/dry-runs/differences.ts";
import { dryRunWorkbook } from "../../../casework/dry-runs/dry-run-excel.ts";
import { markCase, marksOn } from "../../../casework/dry-runs/marks.ts";
import { type KeptCounts, reportFor } from "../../../casework/dry-runs/report-for.ts";
import { DRY_RUN } from "../../../casework/errand-kinds/dry-run.ts";
import { askErrand, showErrand } from "../../../casework/errands/errands.ts";
import { checkRead } from "../../../casework/rules/check.ts";
import { dryRunIn, isMoreThan } from "../../../casework/rules/dry-run.ts";
import { type VersionRow, versionRow } from "../../../casework/rules/steps.ts";
import { addDays } from "../../../domain/calendar/days.ts";
import { dayIn } from "../../../domain/calendar/deadline.ts";
import { dryRunText } from "../../../domain/rule-trials/dry-run-text.ts";
import { DRY_RUN_EN, DRY_RUN_ZH } from "../../../domain/rule-trials/dry-run-words.ts";
import { readContent } from "../../../domain/rules/content.ts";
import type { Ruleset } from "../../../domain/rules/ruleset.ts";
import type { DRY_RUNS } from "../../contract/rules/dry-runs.ts";
import type { Problem } from "../../problem.ts";
import { cursorOf, readCursor } from "../cursor.ts";
import { badCursor } from "../errands.ts";
import { type Handlers, notHere } from "../operations.ts";
import { MOST_MATTERS, MOST_RULES, TOO_MANY_MATTERS, TOO_MANY_RULES } from "./limits.ts";

const PAGE = 50;
/** How far back a dry run looks when nothing is said. */
const PAST_DAYS = 90;
const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const NO_DRY_RUN = notHere("There is no dry run with this id that is done.");
const NO_DIFFERENCE: Problem = {
  status: 422,
  title: "Unprocessable Content",
  code: "content",
  detail: "The dry run gives this case to nobody else.",
  findings: [{ at: "body.case", code: "unknown", text: "The dry run gives this case to nobody else." }],
};

/** The handlers of what runs a version on the past. */
export function dryRunHandlers({ timeZone }: { readonly timeZone: string }): Handlers<typeof DRY_RUNS> {
  return {
    async "GET /rulesets/{number}/check"({ tx, now, params: { number } }) {
      const tried = await triedHere(tx, number);
      if ("problem" in tried) return tried;
      const { ok, findings } = await checkRead(tx, { now: () => now, timeZone }, tried.ruleset);
      return { body: { ok, findings: [...findings] } };
    },
    async "GET /rulesets/{number}/dry-run"({ tx, caller, now, params: { number }, query }) {
      const { since = addDays(dayIn(now, timeZone), -PAST_DAYS) } = query;
      const tried = await triedHere(tx, number);
      if ("problem" in tried) return tried;
      if (await isMoreThan(tx, MOST_MATTERS, { timeZone, since })) return { problem: TOO_MANY_MATTERS };
      const options = { timeZone, since, only: ordinaryIds(caller) };
      const report = await dryRunIn(tx, caller.jurisdictionId, tried.ruleset, options);
      return { body: { ...report, perRule: { ...report.perRule }, differences: [...report.differences] } };
    },
    async "POST /rulesets/{number}/dry-run"({ tx, caller, now, params: { number }, body: { since } }) {
      const read = await DRY_RUN.read(tx, caller, { number, ...(since === undefined ? {} : { since }) });
      if (!read.ok) return { problem: notHere(read.reason) };
      const made = await askErrand(tx, caller, DRY_RUN.name, { asked: read.asked, now });
      return { body: made, location: `/api/v1/errands/${made.id}` };
    },
    async "GET /errands/{id}/differences"({ tx, caller, params: { id }, query }) {
      const { after, sample, limit = PAGE, ...wanted } = query;
      const run = await dryRunOf(tx, caller, id);
      if (run === null) return { problem: NO_DRY_RUN };
      const from = after === undefined ? null : readCursor(after, z.string().regex(/^\d{1,18}$/), z.literal(id));
      if (after !== undefined && from === null) return { problem: badCursor() };
      const { items, next, total } = await differencesOf(tx, caller, id, {
        ...wanted,
        ...{ limit, isSample: sample === "true" },
        ...(from === null ? {} : { after: from[0] }),
      });
      const read = await readDifferences(tx, caller, run.version, items);
      const shown = read.map((one) => ({
        ...one,
        matched: one.matched.map(([begin, end]): [number, number] => [begin, end]),
        marks: [...one.marks],
      }));
      return { body: { items: shown, total, next: next === null ? null : cursorOf(next, id) } };
    },
    async "GET /errands/{id}/report.xlsx"({ tx, caller, params: { id }, query: { lang } }) {
      const run = await dryRunOf(tx, caller, id);
      if (run === null) return { problem: NO_DRY_RUN };
      const content = await dryRunWorkbook(await reportFor(tx, caller, id, run.counts), wordsOf(lang));
      return { file: { name: `dry-run-${run.version.number}.xlsx`, contentType: XLSX, content } };
    },
    async "GET /errands/{id}/report.txt"({ tx, caller, params: { id }, query: { lang } }) {
      const run = await dryRunOf(tx, caller, id);
      if (run === null) return { problem: NO_DRY_RUN };
      const lines = dryRunText(await reportFor(tx, caller, id, run.counts), wordsOf(lang));
      const content = Buffer.from(`${lines.join("\r\n")}\r\n`);
      return { file: { name: `dry-run-${run.version.number}.txt`, contentType: "text/plain; charset=UTF-8", content } };
    },
    async "PUT /errands/{id}/marks"({ tx, caller, now, params: { id }, body }) {
      const run = await dryRunOf(tx, caller, id);
      if (run === null) return { problem: NO_DRY_RUN };
      const about = { case: body.case, limit: 10 };
      const { items } = await differencesOf(tx, caller, id, about);
      const change = items.find(({ kind }) => kind === "published") ?? items[0];
      if (change === undefined) return { problem: NO_DIFFERENCE };
      const { from, to, rule } = change;
      await markCase(tx, caller, run.version.id, { case: body.case, from, to, rule, verdict: body.verdict, now });
      const marks = await marksOn(tx, caller, run.version.id);
      const count = (verdict: string) => marks.filter((mark) => mark.verdict === verdict).length;
      return { body: { right: count("right"), wrong: count("wrong") } };
    },
    async "GET /rulesets/{number}/marks"({ tx, caller, params: { number } }) {
      const version = await versionRow(tx, number);
      return version === null ? { problem: unknown(number) } : { body: await marksOn(tx, caller, version.id) };
    },
  };
}

function wordsOf(lang: "zh-CN" | "en" | undefined) {
  return lang === "en" ? DRY_RUN_EN : DRY_RUN_ZH;
}

/** A dry run that is done, for the caller, with the version that it tried; null where there is none. */
async function dryRunOf(
  tx: Transaction,
  caller: Caller,
  id: string,
): Promise<{ readonly version: VersionRow; readonly counts: KeptCounts } | null> {
  const errand = await showErrand(tx, caller, [DRY_RUN], id);
  if (errand === null || errand.kind !== DRY_RUN.name || errand.state !== "done") return null;
  const counts = errand.answer as KeptCounts & { readonly number: number };
  const version = await versionRow(tx, counts.number);
  return version === null ? null : { version, counts };
}

/** A version that may be tried while somebody waits, or the refusal. */
async function triedHere(
  tx: Transaction,
  number: number,
): Promise<{ readonly ruleset: Ruleset } | { readonly problem: Problem }> {
  const version = await versionRow(tx, number);
  if (version === null) return { problem: unknown(number) };
  const read = readContent(version.content);
  if (!read.ok) throw new Error(`rule set ${number} cannot be read`);
  return read.ruleset.rules.length > MOST_RULES ? { problem: TOO_MANY_RULES } : { ruleset: read.ruleset };
}

function unknown(number: number): Problem {
  return notHere(`There is no rule set ${number} in this county.`);
}

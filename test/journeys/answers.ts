import { importFiles } from "../../src/casework/import/import-files.ts";
import { importAnswers } from "../../src/casework/settings/answer-library.ts";
import { addDays } from "../../src/domain/calendar/days.ts";
import { dayIn } from "../../src/domain/calendar/deadline.ts";
import type { TestService } from "../service.ts";

/** An answer of the library as a test wants it in force. */
type Wanted = { readonly code: string; readonly triggers: string; readonly body: string; readonly days?: number };

/** A case that was answered at once, and that nobody has to do with. */
export const CLOSED_AT_ONCE = { state: "closed", open: false, outcome: "explained", deputy: null, rating: null };

/** The day today in the test's county. */
export function todayOf({ runtime }: TestService): string {
  return dayIn(runtime.now(), "Asia/Shanghai");
}

/** Puts answers into force that one person wrote and another one reviewed. */
export async function putIntoForce(service: TestService, ...wanted: readonly Wanted[]): Promise<void> {
  const { runtime } = service;
  const county = service.jurisdiction("qinghe");
  const today = todayOf(service);
  const rows = wanted.map(({ code, triggers, body, days = 90 }) => ({
    ...{ at: `answers.csv:${code}`, code, title: code, triggers, body },
    ...{ category: "", validFrom: "", validUntil: addDays(today, days) },
  }));
  const people = { author: "丁一", reviewer: "丁二", now: runtime.now(), today };
  const done = await runtime.database.inCounty(county, (tx) => importAnswers(tx, county, { ...people, rows }));
  if (!done.ok) throw new Error(done.problems.join("\n"));
}

/** Imports a list of reception days, as an office gives it; days are counted from today on. */
export async function importReceptions(
  service: TestService,
  path: string,
): Promise<Awaited<ReturnType<typeof importFiles>>> {
  return importFiles(service.runtime, service.jurisdiction("qinghe"), [path], { coordinates: "wgs84", dryRun: false });
}

import type { Command } from "commander";
import { calendarNow } from "../../casework/county/settings.ts";
import { type CountyCoverage, coverageNow } from "../../casework/rules/coverage.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import type { ChainStep, GridChain } from "../../domain/rule-trials/coverage.ts";
import type { Installation } from "../../process/installation.ts";
import type { ExitStatus, Output } from "../../process/output.ts";
import type { CommandContext } from "./file.ts";

/** Adds `liaison coverage`, which prints the certificate of the county's coverage. */
export function addCoverage(coverage: Command, output: Output, { ofCounty, withCounty }: CommandContext): void {
  ofCounty(coverage)
    .option("--json", "as JSON")
    .action(({ json = false, ...options }) =>
      withCounty(options, (installation, jurisdictionId, { timeZone }) =>
        runCoverage(output, { ...installation, timeZone }, jurisdictionId, { json }),
      ),
    );
}

/** The certificate, under its sum, a line for each grid, or as JSON, and a warning of a year that the calendar lacks; 0 when no grid is without a person, whether that person can be reached or not. */
async function runCoverage(
  { out, err }: Output,
  services: Pick<Installation, "database" | "now"> & { readonly timeZone: string },
  jurisdictionId: string,
  { json }: { readonly json: boolean },
): Promise<ExitStatus> {
  const coverage = await coverageNow(services, jurisdictionId);
  const calendar = await calendarNow(services, jurisdictionId);
  const { grids, withoutPerson, officeNow, withoutChat, unreachable } = coverage;
  const counts = {
    grids: grids.length,
    withPerson: grids.length - withoutPerson.length,
    withoutPerson: withoutPerson.length,
    officeNow: officeNow.length,
    withoutChat: withoutChat.length,
    unreachable: unreachable.length,
  };
  if (json) out(JSON.stringify({ counts, ...coverage, calendar }, null, 2));
  else {
    for (const line of told(coverage, counts.withPerson, services.timeZone)) out(line);
    if (calendar.warning !== null) err(calendar.warning);
  }
  return withoutPerson.length === 0 ? 0 : 1;
}

function told(
  { on, ruleset, grids, withoutPerson, officeNow, withoutChat, unreachable }: CountyCoverage,
  withPerson: number,
  timeZone: string,
): string[] {
  const rules = ruleset === null ? "no published rules" : `rules ${ruleset.version} (${ruleset.name})`;
  const sum = `${grids.length} grids: ${withPerson} with a person, ${withoutPerson.length} without, ${officeNow.length} with only the office now, ${withoutChat.length} whose people have bound no chat, ${unreachable.length} with nobody who can be reached`;
  const open = new Set(withoutPerson);
  return [`${on}, ${rules}. ${sum}.`, ...grids.map((grid) => line(grid, open.has(grid.grid), timeZone))];
}

function line({ grid, township, name, chain, personUntil }: GridChain, isWithout: boolean, timeZone: string): string {
  const until = personUntil === null ? [] : [`until ${personUntil}`];
  const without = isWithout ? ["WITHOUT A PERSON"] : [];
  const steps = [...chain.map((step) => stepInWords(step, timeZone)), "office"].join(" → ");
  return [grid, `${township}${name}`, steps, ...until, ...without].join("  ");
}

function stepInWords({ deputy, name, as, awayUntil, hasChat }: ChainStep, timeZone: string): string {
  // The moment from which they are back is the first of a day.
  const away = awayUntil === null ? "" : `, away until ${dayIn(new Date(Date.parse(awayUntil) - 1), timeZone)}`;
  return `${deputy} ${name} (${as}${hasChat ? "" : ", no chat"}${away})`;
}

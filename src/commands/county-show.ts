import { calendarOf, DEFAULTS, readCounty } from "../casework/county/settings.ts";
import type { SettingsChange } from "../casework/county/settings-change.ts";
import { latestChanges } from "../casework/county/settings-ledger.ts";
import { dayIn } from "../domain/calendar/deadline.ts";
import { spansIn } from "../domain/calendar/holiday-list.ts";
import type { Installation } from "../process/installation.ts";
import type { ExitStatus, Output } from "../process/output.ts";

const CHANGES_SHOWN = 10;
const CHANGES_IN_JSON = 100;
const NUMBERS = ["workingDays", "overloadShare", "categoryThreshold"] as const;

/** Runs `liaison county show`: the settings, the county's own days, the reach of the calendar and the latest changes. */
export async function runCountyShow(
  { out }: Output,
  { database, now, timeZone }: Pick<Installation, "database" | "now"> & { readonly timeZone: string },
  jurisdictionId: string,
  { json }: { readonly json: boolean },
): Promise<ExitStatus> {
  const { county, changes } = await database.inCounty(jurisdictionId, async (tx) => ({
    county: await readCounty(tx),
    changes: await latestChanges(tx, json ? CHANGES_IN_JSON : CHANGES_SHOWN),
  }));
  const { code, name, settings } = county;
  const calendar = calendarOf(county, dayIn(now(), timeZone));
  const { holidays, setup: _setup, ...numbers } = { ...DEFAULTS, ...settings };
  const days = Object.fromEntries(Object.entries(holidays).map(([day, mark]) => [day, wordOf(mark)]));
  if (json) {
    out(JSON.stringify({ code, name, ...numbers, holidays: days, calendar, changes }, null, 2));
    return 0;
  }
  out(`${code}  ${name}`);
  for (const key of NUMBERS) out(`${key}: ${inWords(settings[key] ?? null, key)}`);
  const { petitionOffice, forwardsFiles } = settings;
  if (forwardsFiles !== undefined) out(`forwardsFiles: ${forwardsFiles}`);
  if (petitionOffice !== undefined) out(`petitionOffice: ${Object.values(petitionOffice).join(" | ")}`);
  out(`calendar: known until ${calendar.knownUntil}`);
  for (const { span, value } of spansIn(days, (one, other) => one === other)) out(`holiday ${span}: ${value}`);
  if (calendar.warning !== null) out(calendar.warning);
  for (const { at, by, ...change } of changes) {
    for (const line of changeInWords(change)) out(`${at.toISOString()}  ${by}  ${line}`);
  }
  return 0;
}

/** A change as lines: what it is about, what it was and what it is; of days, a line for each span that changed alike. */
export function changeInWords({
  what,
  before,
  after,
}: { readonly what: string } & Omit<SettingsChange, "what">): string[] {
  if (["setup", "categories", "partnerNetworks", "rooms", "petitionOffice"].includes(what))
    return [`${what}: ${JSON.stringify(before)} -> ${JSON.stringify(after)}`];
  if (what !== "holidays") return [`${what}: ${inWords(before, what)} -> ${inWords(after, what)}`];
  const [old, now] = [before, after].map((days) => days as Readonly<Record<string, unknown>>);
  const days = Object.fromEntries(Object.keys(now ?? {}).map((day) => [day, [wordOf(old?.[day]), wordOf(now?.[day])]]));
  return spansIn(days, (one, other) => one.join() === other.join()).map(
    ({ span, value }) => `holiday ${span}: ${value.join(" -> ")}`,
  );
}

function inWords(value: unknown, what: string): string {
  const own = NUMBERS.find((key) => key === what);
  return value === null && own !== undefined ? `${DEFAULTS[own]} (default)` : String(value);
}

function wordOf(mark: unknown): string {
  if (mark === "rest") return "off";
  return mark === "work" ? "work" : "default";
}

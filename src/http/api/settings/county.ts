import type { Hono } from "hono";
import type { WantedSettings } from "../../../casework/county/settings-change.ts";
import {
  calendarYear,
  changeStaffSettings,
  type StaffSettings,
  staffSettings,
} from "../../../casework/settings/county-settings.ts";
import { readAnnouncement } from "../../../domain/calendar/announcement.ts";
import { dayIn } from "../../../domain/calendar/deadline.ts";
import {
  entriesIn,
  markProblems,
  spreadEntries,
  unusualIn,
  yearProblems,
} from "../../../domain/calendar/holiday-list.ts";
import type { CallerEnv } from "../../auth.ts";
import { COUNTY_SETTINGS } from "../../contract/settings/county.ts";
import type { Mistake, Problem } from "../../problem.ts";
import { type OperationServices, operationRoutes, someoneWasFaster } from "../operations.ts";

/** The routes of what a county sets for itself. */
export function countySettingsRoutes(
  services: OperationServices,
  { timeZone }: { readonly timeZone: string },
): Hono<CallerEnv> {
  return operationRoutes(services, COUNTY_SETTINGS, {
    "GET /settings": async ({ tx, now }) => shown(await staffSettings(tx, dayIn(now, timeZone))),
    "PATCH /settings": async ({ tx, caller, body, match, now }) => {
      const change = { seen: match ?? "", by: caller.name, at: now };
      const done = await changeStaffSettings(tx, caller.jurisdictionId, wantedOf(body), change);
      if (done.ok) return shown(await staffSettings(tx, dayIn(now, timeZone)));
      if ("since" in done) return { problem: someoneWasFaster([...done.since]), etag: done.etag };
      return { problem: wrong(done.problems) };
    },
    "GET /settings/calendar/{year}": async ({ tx, params }) => {
      const { off, work, missing, own, ...year } = await calendarYear(tx, params.year);
      return { body: { ...year, off: [...off], work: [...work], missing: [...missing], own: { ...own } } };
    },
    "POST /settings/calendar/read": async ({ body: { year, text }, now }) => {
      const { entries, unread } = readAnnouncement(text, year);
      const { days, problems } = spreadEntries(entries, dayIn(now, timeZone));
      const faults = [...problems, ...markProblems(days), ...yearProblems(year, days)];
      const unusual = faults.length === 0 ? unusualIn(year, days) : null;
      return { body: { days: { ...entriesIn(days) }, unread: [...unread], problems: faults, unusual } };
    },
  });
}

function shown({ changes, partnerNetworks, ...settings }: StaffSettings) {
  return {
    body: { ...settings, partnerNetworks: [...partnerNetworks], changes: [...changes] },
    etag: settings.etag,
  };
}

type Body = {
  readonly calendar?:
    | { readonly year: number; readonly days: Readonly<Record<string, "rest" | "work">> | null }
    | undefined;
} & { readonly [K in Exclude<keyof WantedSettings, "calendars" | "setup" | "trial">]?: WantedSettings[K] | undefined };

function wantedOf({ calendar, ...others }: Body): WantedSettings {
  const given = Object.fromEntries(Object.entries(others).filter(([, value]) => value !== undefined));
  return { ...given, ...(calendar && { calendars: [calendar] }) };
}

/** The field of which a problem speaks, by how its sentence begins. */
const PLACES: readonly (readonly [string, string])[] = [
  ["the county's name", "name"],
  ["the working days", "workingDays"],
  ["the overload share", "overloadShare"],
  ["the category threshold", "categoryThreshold"],
  ["the petition office", "petitionOffice"],
  ["the partner networks", "partnerNetworks"],
  ["calendar", "calendar"],
];

function wrong(problems: readonly string[]): Problem {
  const findings = problems.map((text): Mistake => {
    const [, field = "holidays"] = PLACES.find(([begins]) => text.startsWith(begins)) ?? [];
    return { at: `body.${field}`, code: "content", text };
  });
  const detail = "The settings cannot be changed like this; `findings` names every place.";
  return { status: 422, title: "Unprocessable Content", code: "content", detail, findings };
}

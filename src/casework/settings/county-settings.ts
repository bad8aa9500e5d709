import { asc, count, ne } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { settingsChanges } from "../../../db/schema/ledger.ts";
import { isWorkday, missingFeasts, unknownYears } from "../../domain/calendar/calendar-year.ts";
import { addDays, weekday } from "../../domain/calendar/days.ts";
import type { CalendarReach } from "../../domain/calendar/look-ahead.ts";
import { calendarOf, DEFAULTS, readCounty, type SetCounty } from "../county/settings.ts";
import {
  changeSettingsIn,
  lockSettings,
  type SettingsChanged,
  type WantedSettings,
} from "../county/settings-change.ts";

/** A number that a county may set itself: its own, null where it has none, and the service's. */
type OwnNumber = { readonly own: number | null; readonly standard: number };

/** A change of settings as the ledger tells it, without its values. */
type Told = { readonly type: string; readonly by: string; readonly at: string };

/** The settings of a county as its office sees them. */
export type StaffSettings = {
  readonly etag: string;
  readonly code: string;
  readonly name: string;
  readonly workingDays: OwnNumber;
  readonly overloadShare: OwnNumber;
  readonly categoryThreshold: OwnNumber;
  readonly petitionOffice: NonNullable<SetCounty["settings"]["petitionOffice"]> | null;
  readonly partnerNetworks: readonly string[];
  readonly rooms: "digest" | "cases";
  readonly calendar: CalendarReach;
  /** The latest changes, newest first. */
  readonly changes: readonly Told[];
};

/** The days of a year on which offices do otherwise than the weekday says, and which of them are the county's own entries. */
export type CalendarYear = {
  readonly year: number;
  /** Whether all days off and make-up days of it are known. */
  readonly isKnown: boolean;
  readonly off: readonly string[];
  readonly work: readonly string[];
  readonly own: Readonly<Record<string, "rest" | "work">>;
  /** The days that are free by law and that the county has not entered, where the year is not known. */
  readonly missing: readonly string[];
};

const CHANGES_SHOWN = 20;
const NUMBERS = ["workingDays", "overloadShare", "categoryThreshold"] as const;

/** The settings of the county whose transaction this is. @param today YYYY-MM-DD */
export async function staffSettings(tx: Transaction, today: string): Promise<StaffSettings> {
  const county = await readCounty(tx);
  const changes = await changesAfter(tx, 0);
  const { warning: _warning, ...calendar } = calendarOf(county, today);
  const numberOf = (what: (typeof NUMBERS)[number]) => ({
    own: county.settings[what] ?? null,
    standard: DEFAULTS[what],
  });
  return {
    etag: versionOf(changes.length),
    code: county.code,
    name: county.name,
    workingDays: numberOf("workingDays"),
    overloadShare: numberOf("overloadShare"),
    categoryThreshold: numberOf("categoryThreshold"),
    petitionOffice: county.settings.petitionOffice ?? null,
    partnerNetworks: county.settings.partnerNetworks ?? DEFAULTS.partnerNetworks,
    rooms: county.settings.rooms ?? DEFAULTS.rooms,
    calendar,
    changes: changes.slice(-CHANGES_SHOWN).toReversed(),
  };
}

/** The result of a change by somebody who saw a version of the settings. */
export type StaffSettingsChanged =
  | SettingsChanged
  | { readonly ok: false; readonly since: readonly Told[]; readonly etag: string };

/** Changes the settings of the county whose transaction this is. @param seen the version that whoever changes them has seen */
export async function changeStaffSettings(
  tx: Transaction,
  jurisdictionId: string,
  wanted: WantedSettings,
  change: { readonly seen: string; readonly by: string; readonly at: Date },
): Promise<StaffSettingsChanged> {
  await lockSettings(tx);
  const [row] = await tx.select({ count: count() }).from(settingsChanges).where(ne(settingsChanges.what, CATEGORIES));
  const etag = versionOf(row?.count ?? 0);
  if (etag !== change.seen) {
    const seen = Number(/^s(\d{1,9})$/.exec(change.seen)?.[1] ?? 0);
    return { ok: false, since: await changesAfter(tx, seen), etag };
  }
  return changeSettingsIn(tx, jurisdictionId, wanted, change);
}

/** The name under which changes of the catalogue stand in the ledger of settings; they have a version of their own. */
export const CATEGORIES = "categories";

/** A year's calendar of the county whose transaction this is. */
export async function calendarYear(tx: Transaction, year: number): Promise<CalendarYear> {
  const { settings } = await readCounty(tx);
  const { holidays = {} } = settings;
  const [off, work]: [string[], string[]] = [[], []];
  for (let day = `${year}-01-01`; day.startsWith(`${year}-`); day = addDays(day, 1)) {
    const works = isWorkday(day, holidays);
    if (works === weekday(day) <= 5) continue;
    (works ? work : off).push(day);
  }
  const isKnown = unknownYears(`${year}-01-01`, `${year}-12-31`, holidays).length === 0;
  const own = Object.fromEntries(Object.entries(holidays).filter(([day]) => day.startsWith(`${year}-`)));
  const missing = isKnown ? [] : missingFeasts(year, holidays).flatMap(({ days }) => days);
  return { year, isKnown, off, work, own, missing };
}

function versionOf(changes: number): string {
  return `s${changes}`;
}

async function changesAfter(tx: Transaction, seen: number): Promise<Told[]> {
  const rows = await tx
    .select({ type: settingsChanges.what, by: settingsChanges.by, at: settingsChanges.at })
    .from(settingsChanges)
    .where(ne(settingsChanges.what, CATEGORIES))
    .orderBy(asc(settingsChanges.seq))
    .offset(seen);
  return rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() }));
}

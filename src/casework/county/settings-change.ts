import { eq } from "drizzle-orm";
import type { Database, Transaction } from "../../../db/database.ts";
import { type CountySettings, jurisdictions, type TrialSetting } from "../../../db/schema/county.ts";
import { settingsChanges } from "../../../db/schema/ledger.ts";
import type { CalendarOverrides } from "../../domain/calendar/calendar-year.ts";
import { LONGEST_PERIOD } from "../../domain/calendar/deadline.ts";
import { entriesIn, type MarkedDays, markProblems, yearProblems } from "../../domain/calendar/holiday-list.ts";
import { readNetworks } from "../../networks.ts";
import { nameProblem } from "./counties.ts";
import { readCounty, type SetCounty } from "./settings.ts";

/** The wanted changes of a county's settings; null brings back the service's own value, what is left out stays. */
export type WantedSettings = {
  readonly name?: string;
  readonly workingDays?: number | null;
  readonly overloadShare?: number | null;
  readonly categoryThreshold?: number | null;
  readonly partnerNetworks?: readonly string[] | null;
  readonly forwardsFiles?: boolean | null;
  /** What rooms of deputies are told. */
  readonly rooms?: "digest" | "cases" | null;
  /** The whole list of a year, in place of all its entries; null for none. */
  readonly calendars?: readonly { readonly year: number; readonly days: MarkedDays | null }[];
  /** Entries for single days; they come after the lists of years. */
  readonly holidays?: MarkedDays;
  /** Where the office of petitions is found; null for a county that does not say. */
  readonly petitionOffice?: CountySettings["petitionOffice"] | null;
  /** What was decided about the first days of the county. */
  readonly setup?: CountySettings["setup"];
  readonly trial?: TrialSetting;
};

/** A change of one thing: what it was and is, null for the service's own value; of the holidays, the days that changed alone. */
export type SettingsChange = {
  readonly what: "name" | keyof CountySettings;
  readonly before: unknown;
  readonly after: unknown;
};

/** The outcome of a change of settings: the changes, or every problem, with which nothing was written. */
export type SettingsChanged =
  | { readonly ok: true; readonly changes: readonly SettingsChange[] }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Lists every problem of wanted changes, as sentences without their ends. */
export function settingsProblems(wanted: WantedSettings): string[] {
  const { name, workingDays, overloadShare, categoryThreshold, calendars = [], holidays = {} } = wanted;
  const problems: string[] = [];
  const check = (isRight: boolean, problem: string) => void (isRight || problems.push(problem));
  const named = name === undefined ? null : nameProblem(name);
  check(named === null, named ?? "");
  check(
    workingDays == null || (Number.isInteger(workingDays) && workingDays >= 1 && workingDays <= LONGEST_PERIOD),
    `the working days must be a whole number from 1 to ${LONGEST_PERIOD}, not ${workingDays}`,
  );
  check(
    overloadShare == null || (overloadShare > 0 && overloadShare <= 1),
    `the overload share must be more than 0 and at most 1, as 0.4 for 40 %, not ${overloadShare}`,
  );
  check(
    categoryThreshold == null || (categoryThreshold >= 0 && categoryThreshold <= 1),
    `the category threshold must be from 0 to 1, as 0.3, not ${categoryThreshold}`,
  );
  for (const one of wanted.partnerNetworks ?? []) {
    check(
      one.trim() !== "" && readNetworks(one) !== null,
      `the partner networks: ${one} is no network, write it as 10.0.0.0/8, or one address`,
    );
  }
  const { petitionOffice } = wanted;
  check(
    petitionOffice == null ||
      (petitionOffice.name.trim() !== "" && Object.values(petitionOffice).every((one) => one.length <= 100)),
    "the petition office needs a name, and each part at most 100 characters",
  );
  const years = calendars.map(({ year }) => year);
  for (const year of new Set(years.filter((one, index) => years.indexOf(one) !== index))) {
    problems.push(`the calendar of ${year} is given twice`);
  }
  for (const { year, days } of calendars) {
    if (days === null) continue;
    problems.push(...[...markProblems(days), ...yearProblems(year, days)].map((one) => `calendar ${year}: ${one}`));
  }
  return [...problems, ...markProblems(holidays)];
}

/**
 * Changes the name and the settings of a county, all or nothing, and adds each change to their ledger.
 *
 * Every process goes by them from its next transaction on. Days that were promised before stay as they are.
 * @param by who changes them, as it stands in the ledger
 */
export async function changeSettings(
  { database, now }: { readonly database: Database; readonly now: () => Date },
  jurisdictionId: string,
  wanted: WantedSettings,
  by: string,
): Promise<SettingsChanged> {
  return database.inCounty(jurisdictionId, (tx) => changeSettingsIn(tx, jurisdictionId, wanted, { by, at: now() }));
}

/** Changes the settings of the county whose transaction this is; see `changeSettings`. */
export async function changeSettingsIn(
  tx: Transaction,
  jurisdictionId: string,
  wanted: WantedSettings,
  { by, at }: { readonly by: string; readonly at: Date },
): Promise<SettingsChanged> {
  const problems = settingsProblems(wanted);
  if (problems.length > 0) return { ok: false, problems };
  await lockSettings(tx);
  const county = await readCounty(tx);
  const { name, settings } = settled(county, wanted);
  const changes = changesBetween(county, { name, settings });
  if (changes.length === 0) return { ok: true, changes };
  await tx.update(jurisdictions).set({ name, settings }).where(eq(jurisdictions.jurisdictionId, jurisdictionId));
  await tx.insert(settingsChanges).values(changes.map((change) => ({ jurisdictionId, ...change, by, at })));
  return { ok: true, changes };
}

/** Keeps others from changing the settings of this county until the commit: two at once would each bring back what the other changed. */
export async function lockSettings(tx: Transaction): Promise<void> {
  await tx.select({ id: jurisdictions.jurisdictionId }).from(jurisdictions).for("no key update");
}

type Set = Pick<SetCounty, "name" | "settings">;

function settled({ name: before, settings }: Set, wanted: WantedSettings): Set {
  const { name = before, calendars = [], holidays = {} } = wanted;
  const pick = <T>(value: T | null | undefined, old: T | undefined) =>
    value === undefined ? old : (value ?? undefined);
  let days: MarkedDays = settings.holidays ?? {};
  for (const { year, days: listed } of calendars) {
    const others = Object.entries(days).filter(([day]) => !day.startsWith(`${year}-`));
    days = { ...Object.fromEntries(others), ...listed };
  }
  const marked = entriesIn({ ...days, ...holidays });
  const next: CountySettings = {
    // A newer version beside this one may know settings that this one does not.
    ...settings,
    workingDays: pick(wanted.workingDays, settings.workingDays),
    overloadShare: pick(wanted.overloadShare, settings.overloadShare),
    categoryThreshold: pick(wanted.categoryThreshold, settings.categoryThreshold),
    partnerNetworks: pick(wanted.partnerNetworks, settings.partnerNetworks),
    forwardsFiles: pick(wanted.forwardsFiles, settings.forwardsFiles),
    rooms: pick(wanted.rooms, settings.rooms),
    petitionOffice: pick(wanted.petitionOffice, settings.petitionOffice),
    holidays: Object.keys(marked).length === 0 ? undefined : marked,
    setup: wanted.setup ?? settings.setup,
    trial: wanted.trial ?? settings.trial,
  };
  return { name, settings: next };
}

const SETTINGS = ["workingDays", "overloadShare", "categoryThreshold", "forwardsFiles"] as const;
/** Settings that are compared and written down as a whole. */
const WHOLE = ["partnerNetworks", "rooms", "petitionOffice", "setup", "trial"] as const;

function changesBetween(before: Set, after: Set): SettingsChange[] {
  const changes: SettingsChange[] = [];
  if (before.name !== after.name) changes.push({ what: "name", before: before.name, after: after.name });
  for (const what of SETTINGS) {
    const [old = null, now = null] = [before.settings[what], after.settings[what]];
    if (old !== now) changes.push({ what, before: old, after: now });
  }
  for (const what of WHOLE) {
    const [old = null, now = null] = [before.settings[what], after.settings[what]];
    if (JSON.stringify(old) !== JSON.stringify(now)) changes.push({ what, before: old, after: now });
  }
  const { holidays: old = {} } = before.settings;
  const { holidays: now = {} } = after.settings;
  const changed = [...new Set([...Object.keys(old), ...Object.keys(now)])]
    .filter((day) => old[day] !== now[day])
    .toSorted();
  if (changed.length > 0) {
    const of = (days: CalendarOverrides) => Object.fromEntries(changed.map((day) => [day, days[day] ?? null]));
    changes.push({ what: "holidays", before: of(old), after: of(now) });
  }
  return changes;
}

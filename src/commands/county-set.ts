import { calendarNow } from "../casework/county/settings.ts";
import { changeSettings, settingsProblems, type WantedSettings } from "../casework/county/settings-change.ts";
import { readHolidayFile } from "../casework/import/holiday-file.ts";
import { dayIn } from "../domain/calendar/deadline.ts";
import {
  type HolidayEntry,
  type MarkedDays,
  markOf,
  spanOf,
  spreadEntries,
  unusualIn,
} from "../domain/calendar/holiday-list.ts";
import { sayListNote } from "../domain/wording/mistakes/list-notes.ts";
import type { Installation } from "../process/installation.ts";
import type { ExitStatus, Output } from "../process/output.ts";
import { changeInWords } from "./county-show.ts";

/** The options of `liaison county set` as they were typed. */
type Typed = {
  readonly name?: string;
  readonly workingDays?: string;
  readonly overloadShare?: string;
  readonly categoryThreshold?: string;
  readonly partnerNetworks?: string;
  readonly forwardFiles?: string;
  readonly rooms?: string;
  readonly petitionOffice?: string;
  readonly calendar?: readonly string[];
  readonly holiday?: readonly string[];
  readonly by: string;
  /** The whole path of a file that is named among them. */
  readonly pathOf: (file: string) => string;
};

type Services = Pick<Installation, "database" | "now"> & { readonly timeZone: string };

/** What was found out about the options: the settings that they mean, and what is wrong with them. */
type Understood = {
  readonly wanted: WantedSettings;
  readonly problems: readonly string[];
  /** Those of the files; a file with a wrong line is no wrong use of the command. */
  readonly errors: readonly string[];
  readonly notes: readonly string[];
};

/** Runs `liaison county set …`: each change on stdout; every problem at once on stderr, with which nothing is written. */
export async function runCountySet(
  { out, err }: Output,
  services: Services,
  jurisdictionId: string,
  typed: Typed,
): Promise<ExitStatus> {
  const { wanted, problems, errors, notes } = await understand(typed, dayIn(services.now(), services.timeZone));
  for (const note of notes) err(note);
  if (problems.length + errors.length > 0) return refuse(err, problems, errors);
  if (Object.keys(wanted).length === 0) {
    err("Say what to set, such as --working-days 3: liaison county set --help lists the options.");
    return 2;
  }
  const changed = await changeSettings(services, jurisdictionId, wanted, typed.by.trim());
  if (!changed.ok) return refuse(err, changed.problems, []);
  for (const change of changed.changes) for (const line of changeInWords(change)) out(line);
  if (changed.changes.length === 0) err("Nothing was changed: it is set like this already.");
  const { warning } = await calendarNow(services, jurisdictionId);
  if (warning !== null) err(warning);
  return 0;
}

function refuse(err: Output["err"], problems: readonly string[], errors: readonly string[]): ExitStatus {
  for (const problem of problems) err(`${problem.charAt(0).toUpperCase()}${problem.slice(1)}.`);
  for (const error of errors) err(error);
  const count = problems.length + errors.length;
  err(`Nothing was changed: ${count} ${count === 1 ? "problem" : "problems"}.`);
  return problems.length > 0 ? 2 : 1;
}

async function understand(typed: Typed, today: string): Promise<Understood> {
  const problems: string[] = [];
  const errors: string[] = [];
  const notes: string[] = [];
  const wanted: { -readonly [K in keyof WantedSettings]: WantedSettings[K] } = {};
  if (typed.name !== undefined) wanted.name = typed.name;
  for (const key of ["workingDays", "overloadShare", "categoryThreshold"] as const) {
    const text = typed[key];
    if (text === undefined) continue;
    const number = text === "default" ? null : /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
    if (number === undefined) problems.push(`${optionOf(key)} ${text}: it must be a number, or default`);
    else wanted[key] = number;
  }
  if (typed.partnerNetworks !== undefined) {
    wanted.partnerNetworks =
      typed.partnerNetworks === "default" ? null : typed.partnerNetworks.split(",").map((one) => one.trim());
  }
  if (typed.forwardFiles !== undefined) {
    const forwards = FORWARDS[typed.forwardFiles];
    if (forwards === undefined) problems.push(`--forward-files ${typed.forwardFiles}: it must be yes, no or default`);
    else wanted.forwardsFiles = forwards;
  }
  if (typed.rooms !== undefined) {
    const { rooms } = typed;
    if (rooms === "digest" || rooms === "cases") wanted.rooms = rooms;
    else if (rooms === "default") wanted.rooms = null;
    else problems.push(`--rooms ${rooms}: it must be digest, cases or default`);
  }
  if (typed.petitionOffice !== undefined) wanted.petitionOffice = officeIn(typed.petitionOffice);
  if (typed.by.trim() === "") problems.push("--by: say who changes it");
  if (typed.holiday !== undefined) {
    const read = holidaysFrom(typed.holiday, today);
    problems.push(...read.problems);
    wanted.holidays = read.days;
  }
  const calendars: { readonly year: number; readonly days: MarkedDays | null }[] = [];
  for (const text of typed.calendar ?? []) {
    const [, year = "", file = ""] = /^(\d{4})=(.+)$/.exec(text) ?? [];
    if (year === "" || Math.abs(Number(year) - Number(today.slice(0, 4))) > 2) {
      problems.push(
        `--calendar ${text}: write it as ${Number(today.slice(0, 4)) + 1}=FILE, with a year close to this one`,
      );
      continue;
    }
    const read = file === "default" ? null : await listFrom(typed.pathOf(file), today);
    if (read !== null) {
      errors.push(...read.errors);
      notes.push(...read.notes.map(sayListNote));
      if (read.errors.length > 0) continue;
      const faults = settingsProblems({ calendars: [{ year: Number(year), days: read.days }] });
      errors.push(...faults.map((fault) => `${file}: ${fault}`));
      const unusual = faults.length === 0 ? unusualIn(Number(year), read.days) : null;
      if (unusual !== null) notes.push(unusual);
      if (faults.length > 0) continue;
    }
    calendars.push({ year: Number(year), days: read?.days ?? null });
  }
  if (typed.calendar !== undefined) wanted.calendars = calendars;
  return { wanted, problems: [...problems, ...settingsProblems(wanted)], errors, notes };
}

function holidaysFrom(typed: readonly string[], today: string): ReturnType<typeof spreadEntries> {
  const entries: HolidayEntry[] = [];
  const problems: string[] = [];
  for (const text of typed) {
    const at = `--holiday ${text}`;
    const [days = "", word, ...rest] = text.split("=");
    const mark = word === undefined || rest.length > 0 ? undefined : markOf(word);
    const [from, to] = spanOf(days);
    if (mark === undefined) problems.push(`${at}: write DAY=off, DAY=work or DAY=default`);
    // A word that is not understood does not keep the days from being looked at.
    entries.push({ at, from, to, mark: mark ?? null });
  }
  const spread = spreadEntries(entries, today);
  return { days: spread.days, problems: [...problems, ...spread.problems] };
}

async function listFrom(path: string, today: string) {
  const { entries, errors, notes } = await readHolidayFile(path);
  const { days, problems } = spreadEntries(entries, today);
  return { days, errors: [...errors, ...problems], notes };
}

/** Whether documents go on to deputies, as it is typed. */
const FORWARDS: Readonly<Record<string, boolean | null>> = { yes: true, no: false, default: null };

/** The office of petitions as it is typed: its name, address, telephone and hours between bars. */
function officeIn(text: string): WantedSettings["petitionOffice"] {
  if (text === "default") return null;
  const [name = "", address = "", phone = "", hours = ""] = text.split("|").map((part) => part.trim());
  return { name, address, phone, hours };
}

/** `--working-days` of `workingDays`. */
function optionOf(key: string): string {
  return `--${key.replace(/[A-Z]/g, (sign) => `-${sign.toLowerCase()}`)}`;
}

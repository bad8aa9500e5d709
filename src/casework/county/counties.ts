import { asc } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Database } from "../../../db/database.ts";
import { jurisdictions } from "../../../db/schema/county.ts";
import { NO_TRIAL } from "./trial.ts";

/** A county that this installation serves. */
export type County = { readonly id: string; readonly code: string; readonly name: string };

const CODE = /^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/;
const LONGEST_NAME = 40;
/** Until somebody says which county it is; the name stands in sentences ("这里是本县人大代表联络站"). */
const DEFAULT: Naming = { code: "default", name: "本县" };

/** The code and name of a county to be added, see `addCounty` for what a code may be; and whether it begins in trial. */
export type Naming = Pick<County, "code" | "name"> & { readonly isInTrial?: boolean };

/** Lists every county of this installation, by code. */
export async function listCounties(database: Database): Promise<County[]> {
  return database.inDirectory((tx) =>
    tx
      .select({ id: jurisdictions.jurisdictionId, code: jurisdictions.code, name: jurisdictions.name })
      .from(jurisdictions)
      .orderBy(asc(jurisdictions.code)),
  );
}

/** The county with this code, or null. */
export async function countyByCode(database: Database, code: string): Promise<County | null> {
  return (await listCounties(database)).find((county) => county.code === code) ?? null;
}

/** The fault of a county's name, as a sentence without its end; null where it has none. */
export function nameProblem(name: string): string | null {
  const isPlain = name === name.trim() && !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(name) && name.isWellFormed();
  if (isPlain && name !== "" && [...name].length <= LONGEST_NAME) return null;
  return `the county's name must have 1 to ${LONGEST_NAME} characters in one line, without spaces around them`;
}

/**
 * Adds a county. Where it is to begin in trial, nobody but who is listed receives anything before its office goes live.
 * @param wanted.code 1 to 32 letters, digits, `-` and `_`
 * @returns the county, or a plain sentence that says why not
 */
export async function addCounty(
  database: Database,
  wanted: Naming,
  now: Date,
): Promise<{ readonly ok: true; readonly county: County } | { readonly ok: false; readonly reason: string }> {
  if (!CODE.test(wanted.code)) {
    return {
      ok: false,
      reason: "A county's code has 1 to 32 letters, digits, - and _, and begins with a letter or digit.",
    };
  }
  const wrongName = nameProblem(wanted.name);
  if (wrongName !== null) return { ok: false, reason: `${wrongName.charAt(0).toUpperCase()}${wrongName.slice(1)}.` };
  const id = newId();
  const settings = wanted.isInTrial === true ? { trial: { ...NO_TRIAL, isOn: true, at: now.toISOString() } } : {};
  const added = await database.inCounty(id, (tx) =>
    tx
      .insert(jurisdictions)
      .values({ jurisdictionId: id, code: wanted.code, name: wanted.name, settings, createdAt: now })
      .onConflictDoNothing()
      .returning({ code: jurisdictions.code }),
  );
  if (added.length === 0) return { ok: false, reason: `There is a county ${wanted.code} already.` };
  return { ok: true, county: { id, code: wanted.code, name: wanted.name } };
}

/** Gives an empty database its first county, `default` where no other name is given; does nothing when there is any. */
export async function ensureDefaultCounty(database: Database, now: Date, wanted: Naming = DEFAULT): Promise<void> {
  if ((await listCounties(database)).length > 0) return;
  await addCounty(database, wanted, now);
}

/**
 * The county that a command means.
 * @param code as given by `--county`; where it is left out and there is one county, that one is meant
 * @returns the county, or a plain sentence that says what to give
 */
export async function onlyCounty(
  database: Database,
  code: string | undefined,
): Promise<{ readonly ok: true; readonly county: County } | { readonly ok: false; readonly reason: string }> {
  const counties = await listCounties(database);
  const codes = counties.map((county) => county.code).join(", ");
  const [first, ...others] = counties;
  if (code === undefined) {
    if (first === undefined) return { ok: false, reason: "There is no county yet: add one with `liaison county add`." };
    if (others.length > 0) return { ok: false, reason: `Say which county with --county: ${codes}.` };
    return { ok: true, county: first };
  }
  const county = counties.find((one) => one.code === code);
  if (county === undefined)
    return { ok: false, reason: `There is no county ${code}; there is ${codes || "none yet"}.` };
  return { ok: true, county };
}

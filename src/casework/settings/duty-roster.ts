import { and, asc, eq, gte, inArray, isNull, lte, ne, sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Transaction } from "../../../db/database.ts";
import { stations } from "../../../db/schema/places.ts";
import { dutyShifts, users } from "../../../db/schema/users.ts";
import type { Role } from "../../domain/access/roles.ts";
import { addDays, isDay } from "../../domain/calendar/days.ts";

/** A person of the staff who can be on duty: of the office for the county, of a station for theirs. */
export type DutyCandidate = {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly stations: readonly { readonly code: string; readonly name: string }[];
  /** Whether a chat of theirs is told of urgent cases. */
  readonly hasChat: boolean;
};

/** A shift that is wanted: who, for which station (null for the office), and from which day to which. */
export type WantedShift = {
  readonly person: string;
  readonly station: string | null;
  readonly fromOn: string;
  readonly untilOn: string;
};

/** The result of a change of the roster: the id of the shift, or why nothing changed. */
export type RosterChanged =
  | { readonly ok: true; readonly id: string }
  | { readonly ok: false; readonly why: "unknown" | "unknown-code" | "bad-day" | "overlaps" | "not-here" };

const LONGEST_SHIFT_DAYS = 92;
const FARTHEST_DAYS = 400;
/** Only one change of a county's roster at a time. */
const LOCK = 7_204_113_929;

/** Lists the people of the staff who can be on duty, by name. */
export async function dutyCandidates(tx: Transaction): Promise<DutyCandidate[]> {
  const people = await tx
    .select({
      id: users.id,
      name: sql<string>`coalesce(${users.name}, '')`,
      role: users.role,
      stations: users.stations,
      hasChat: sql<boolean>`exists (select from conversations k where k.duty_person_id = ${users.id})`,
    })
    .from(users)
    .where(and(isNull(users.endedAt), ne(users.passwordHash, ""), inArray(users.role, ["office", "station"])))
    .orderBy(asc(users.name), asc(users.id));
  const named = await tx.select({ id: stations.id, code: stations.code, name: stations.name }).from(stations);
  return people.map((one) => ({
    ...one,
    stations: named.filter(({ id }) => one.stations.includes(id)).map(({ code, name }) => ({ code, name })),
  }));
}

/** Puts somebody on duty; a station or the office has one person a day, so that nobody relies on another. */
export async function addShift(
  tx: Transaction,
  jurisdictionId: string,
  wanted: WantedShift & { readonly by: string; readonly now: Date; readonly today: string },
): Promise<RosterChanged> {
  const { person, station, fromOn, untilOn, by, now: at, today } = wanted;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${jurisdictionId}, ${LOCK}))`);
  const isPossible =
    isDay(fromOn) &&
    isDay(untilOn) &&
    fromOn <= untilOn &&
    untilOn >= today &&
    untilOn <= addDays(fromOn, LONGEST_SHIFT_DAYS - 1) &&
    untilOn <= addDays(today, FARTHEST_DAYS);
  if (!isPossible) return { ok: false, why: "bad-day" };
  const [place] =
    station === null ? [null] : await tx.select({ id: stations.id }).from(stations).where(eq(stations.code, station));
  if (place === undefined) return { ok: false, why: "unknown-code" };
  const found = (await dutyCandidates(tx)).find(({ id }) => id === person);
  const serves =
    found !== undefined &&
    (station === null
      ? found.role === "office"
      : found.role === "office" || found.stations.some(({ code }) => code === station));
  if (!serves) return { ok: false, why: "unknown" };
  const stationId = place?.id ?? null;
  const isThere = stationId === null ? isNull(dutyShifts.stationId) : eq(dutyShifts.stationId, stationId);
  const [other] = await tx
    .select({ id: dutyShifts.id })
    .from(dutyShifts)
    .where(and(isNull(dutyShifts.endedAt), isThere, lte(dutyShifts.fromOn, untilOn), gte(dutyShifts.untilOn, fromOn)))
    .limit(1);
  if (other !== undefined) return { ok: false, why: "overlaps" };
  const id = newId();
  await tx.insert(dutyShifts).values({ id, jurisdictionId, userId: person, stationId, fromOn, untilOn, by, at });
  return { ok: true, id };
}

/** Takes a shift out of the roster; it stays in the records. */
export async function endShift(
  tx: Transaction,
  jurisdictionId: string,
  { id, by, now }: { readonly id: string; readonly by: string; readonly now: Date },
): Promise<RosterChanged> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${jurisdictionId}, ${LOCK}))`);
  const ended = await tx
    .update(dutyShifts)
    .set({ endedBy: by, endedAt: now })
    .where(and(eq(dutyShifts.id, id), isNull(dutyShifts.endedAt)))
    .returning({ id: dutyShifts.id });
  return ended.length === 0 ? { ok: false, why: "not-here" } : { ok: true, id };
}

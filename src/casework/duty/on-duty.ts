import { and, asc, eq, gte, isNull, lte, type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { conversations } from "../../../db/schema/conversations.ts";
import { stations } from "../../../db/schema/places.ts";
import { dutyShifts, users } from "../../../db/schema/users.ts";
import type { Locale } from "../../domain/wording/wording.ts";
import { LIKELIEST_FIRST } from "../turn/deputy-chats.ts";

/** A person of the staff who is on duty: for which station, null for the county's office, and until which day. */
export type OnDuty = {
  readonly shiftId: string;
  readonly userId: string;
  readonly name: string;
  readonly stationId: string | null;
  readonly station: { readonly code: string; readonly name: string } | null;
  readonly fromOn: string;
  readonly untilOn: string;
};

/** A chat in which somebody of the staff is told of urgent cases. */
export type DutyChat = { readonly id: string; readonly locale: Locale };

/** Finds who is on duty on a day, the office first; whoever has left is not. */
export function onDutyOn(tx: Transaction, day: string, which?: SQL): Promise<OnDuty[]> {
  return shifts(tx, and(lte(dutyShifts.fromOn, day), gte(dutyShifts.untilOn, day), which));
}

/** The roster from a day on. */
export function shiftsFrom(tx: Transaction, day: string): Promise<OnDuty[]> {
  return shifts(tx, gte(dutyShifts.untilOn, day));
}

async function shifts(tx: Transaction, which: SQL | undefined): Promise<OnDuty[]> {
  const rows = await tx
    .select({
      shiftId: dutyShifts.id,
      userId: dutyShifts.userId,
      name: sql<string>`coalesce(${users.name}, '')`,
      stationId: dutyShifts.stationId,
      code: stations.code,
      stationName: stations.name,
      fromOn: dutyShifts.fromOn,
      untilOn: dutyShifts.untilOn,
    })
    .from(dutyShifts)
    .innerJoin(users, and(eq(users.id, dutyShifts.userId), isNull(users.endedAt)))
    .leftJoin(stations, eq(stations.id, dutyShifts.stationId))
    .where(and(isNull(dutyShifts.endedAt), which))
    .orderBy(asc(dutyShifts.fromOn), sql`${stations.code} nulls first`, asc(dutyShifts.id));
  return rows.map(({ code, stationName, ...row }) => ({
    ...row,
    station: code === null ? null : { code, name: stationName ?? code },
  }));
}

/** The chat of somebody of the staff that is most likely to be read; null where they made none theirs. */
export async function chatOfStaff(tx: Transaction, userId: string): Promise<DutyChat | null> {
  const [chat] = await tx
    .select({ id: conversations.id, locale: conversations.locale })
    .from(conversations)
    .where(eq(conversations.dutyPersonId, userId))
    .orderBy(LIKELIEST_FIRST, conversations.id)
    .limit(1);
  return chat ?? null;
}

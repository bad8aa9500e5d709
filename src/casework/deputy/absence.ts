import { and, eq, gt, lte, ne, or, sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import { absences, deputies } from "../../../db/schema/people.ts";
import { handOver } from "../actions/hand-over.ts";
import { tell } from "../outbox/tell.ts";
import type { Outcome } from "../turn/outcome.ts";
import { type Sitting, wordingFor } from "../turn/turn.ts";
import { later } from "../turn/unit-of-work.ts";

/**
 * Notes that a deputy is away from now on, and gives the open cases to whoever stands in.
 *
 * @param absence.standIn words that are a deputy's code or end in the name; unknown or of several deputies, it is asked back
 */
export async function leave(
  sitting: Sitting,
  deputyId: string,
  absence: { readonly until: string; readonly standIn: string | null },
): Promise<Outcome> {
  const wording = wordingFor(sitting);
  const found = absence.standIn === null ? [] : await deputiesMeant(sitting, deputyId, absence.standIn);
  const [standIn, second] = found;
  if (absence.standIn !== null && (standIn === undefined || second !== undefined)) {
    return answer(sitting, wording.standInUnclear({ typed: absence.standIn, meant: found }));
  }
  comeBack(sitting, deputyId);
  later(
    sitting,
    sitting.tx.insert(absences).values({
      id: newId(),
      jurisdictionId: sitting.jurisdictionId,
      deputyId,
      fromAt: sitting.now,
      untilAt: sql`((${absence.until}::date + 1)::timestamp at time zone ${sitting.house.timeZone})`,
      substituteId: standIn?.id ?? null,
    }),
  );
  const { moved, stayed } = await handOver(sitting, deputyId, { toOffice: false });
  return answer(sitting, wording.awayTaken({ until: absence.until, standIn: standIn?.name ?? null, moved, stayed }));
}

/** Ends the absence of a deputy, if there is one; what was handed over stays where it is. */
export function comeBack(sitting: Sitting, deputyId: string): void {
  const { tx, now } = sitting;
  later(
    sitting,
    tx
      .update(absences)
      .set({ untilAt: now })
      .where(and(eq(absences.deputyId, deputyId), lte(absences.fromAt, now), gt(absences.untilAt, now))),
  );
}

type Meant = { readonly id: string; readonly code: string; readonly name: string };

/** The other deputies in office whom the words mean: by code, or by the longest name in which they end. */
async function deputiesMeant(sitting: Sitting, deputyId: string, words: string): Promise<Meant[]> {
  const inOffice = or(sql`${deputies.untilOn} is null`, sql`${deputies.untilOn} >= ${sitting.today}`);
  const meant = or(
    eq(sql`lower(${deputies.code})`, words.toLowerCase()),
    sql`right(${words}, char_length(${deputies.name})) = ${deputies.name}`,
  );
  const rows = await sitting.tx
    .select({ id: deputies.id, code: deputies.code, name: deputies.name })
    .from(deputies)
    .where(and(eq(deputies.jurisdictionId, sitting.jurisdictionId), ne(deputies.id, deputyId), inOffice, meant))
    .orderBy(deputies.code);
  const longest = Math.max(...rows.map((row) => row.name.length));
  return rows.filter((row) => row.code.toLowerCase() === words.toLowerCase() || row.name.length === longest);
}

function answer(sitting: Sitting, words: string): Outcome {
  tell(sitting, { kind: "deputy-answer", subject: null, words });
  return { kind: "command" };
}

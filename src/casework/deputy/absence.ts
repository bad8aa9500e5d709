import { and, eq, gt, lte, ne, or, sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import { notEnded } from "../../../db/in-force.ts";
import { absences, deputies } from "../../../db/schema/people.ts";
import { quote } from "../../domain/text/quote.ts";
import { handOver } from "../actions/hand-over.ts";
import type { Outcome } from "../turn/outcome.ts";
import { type Turn, wordingFor } from "../turn/turn.ts";
import { writeLater } from "../turn/unit-of-work.ts";
import { answerDeputy } from "./answer.ts";

/**
 * Notes that a deputy is away from now on, and gives the open cases to whoever stands in.
 *
 * @param absence.standIn words that are a deputy's code or end in the name; unknown or of several deputies, it is asked back
 */
export async function leave(
  turn: Turn,
  deputyId: string,
  absence: { readonly until: string; readonly standIn: string | null },
): Promise<Outcome> {
  const wording = wordingFor(turn);
  const found = absence.standIn === null ? [] : await deputiesMeant(turn, deputyId, absence.standIn);
  const [standIn, second] = found;
  if (absence.standIn !== null && (standIn === undefined || second !== undefined)) {
    return answerDeputy(turn, wording.standInUnclear({ typed: quote(absence.standIn), meant: found }));
  }
  comeBack(turn, deputyId);
  writeLater(
    turn,
    turn.tx.insert(absences).values({
      id: newId(),
      jurisdictionId: turn.jurisdictionId,
      deputyId,
      fromAt: turn.now,
      untilAt: sql`((${absence.until}::date + 1)::timestamp at time zone ${turn.runtime.timeZone})`,
      substituteId: standIn?.id ?? null,
    }),
  );
  const { moved, stayed } = await handOver(turn, deputyId, { toOffice: false });
  return answerDeputy(turn, wording.awayTaken({ until: absence.until, standIn: standIn?.name ?? null, moved, stayed }));
}

/** Ends the absence of a deputy, if there is one; what was handed over stays where it is. */
export function comeBack(turn: Turn, deputyId: string): void {
  const { tx, now } = turn;
  writeLater(
    turn,
    tx
      .update(absences)
      .set({ untilAt: now })
      .where(and(eq(absences.deputyId, deputyId), lte(absences.fromAt, now), gt(absences.untilAt, now))),
  );
}

type Meant = { readonly id: string; readonly code: string; readonly name: string };

/** The other deputies in office whom the words mean: by code, or by the longest name in which they end. */
async function deputiesMeant(turn: Turn, deputyId: string, words: string): Promise<Meant[]> {
  const inOffice = notEnded(deputies.untilOn, turn.today);
  const meant = or(
    eq(sql`lower(${deputies.code})`, words.toLowerCase()),
    sql`right(${words}, char_length(${deputies.name})) = ${deputies.name}`,
  );
  const rows = await turn.tx
    .select({ id: deputies.id, code: deputies.code, name: deputies.name })
    .from(deputies)
    .where(and(eq(deputies.jurisdictionId, turn.jurisdictionId), ne(deputies.id, deputyId), inOffice, meant))
    .orderBy(deputies.code);
  const longest = Math.max(...rows.map((row) => row.name.length));
  return rows.filter((row) => row.code.toLowerCase() === words.toLowerCase() || row.name.length === longest);
}

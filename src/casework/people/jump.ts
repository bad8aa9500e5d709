import { and, asc, inArray, not, or, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { notEnded } from "../../../db/in-force.ts";
import { cases } from "../../../db/schema/cases.ts";
import { grids } from "../../../db/schema/places.ts";
import type { Reader } from "../../domain/access/may-see.ts";
import { numbersMeant } from "../cases/numbers-meant.ts";
import { countsAsSealed, visibleTo } from "../cases/visible-to.ts";
import { isFor } from "./find-deputy.ts";

/** The places to which somebody may jump: cases by number, grids and deputies by code or name. */
export type JumpTargets = {
  readonly cases: readonly string[];
  readonly grids: readonly { readonly code: string; readonly name: string; readonly township: string }[];
  readonly deputies: readonly { readonly code: string; readonly name: string }[];
};

const MOST = 6;
const NUMBER = /^(20\d{2}-)?\d{1,6}$/;

/** Finds what somebody may mean who types a few signs; only what exists for them, and never by words of residents. Sealed cases are looked for in their own list, after a code. */
export async function jumpTargets(tx: Transaction, reader: Reader, text: string, today: string): Promise<JumpTargets> {
  const numbers = NUMBER.test(text) ? await numbersMeant(tx, text) : [];
  const seen =
    numbers.length === 0
      ? []
      : await tx
          .select({ number: cases.number })
          .from(cases)
          .where(and(inArray(cases.number, numbers), visibleTo(reader, today), not(countsAsSealed)))
          .orderBy(sql`${cases.number} desc`)
          .limit(MOST);
  const isTheirs = reader.role === "station" ? inArray(grids.stationId, [...reader.stations]) : undefined;
  const isMeant = or(
    sql`starts_with(lower(${grids.code}), lower(${text}))`,
    sql`strpos(${grids.name}, ${text}) > 0`,
    sql`${text} = any(${grids.aliases})`,
  );
  const places = await tx
    .select({ code: grids.code, name: grids.name, township: grids.township })
    .from(grids)
    .where(and(isMeant, isTheirs, notEnded(grids.untilOn, today)))
    .orderBy(asc(grids.code))
    .limit(MOST);
  const people = await tx.execute<{ code: string; name: string }>(sql`
    select d.code, d.name from deputies d
    where ${isFor(reader, today)} and (strpos(d.name, ${text}) > 0 or starts_with(lower(d.code), lower(${text})))
    order by d.code limit ${MOST}`);
  return { cases: seen.map(({ number }) => number), grids: places, deputies: [...people] };
}

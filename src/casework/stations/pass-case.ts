import { and, isNull, sql } from "drizzle-orm";
import { holdsOn } from "../../../db/in-force.ts";
import { type CaseRecord, cases } from "../../../db/schema/cases.ts";
import { isNumberOf } from "../../domain/case/case.ts";
import type { CannotPass } from "../../domain/wording/stations/sentences.ts";
import { stationWordingOf } from "../../domain/wording/stations.ts";
import { returnedBy } from "../cases/decisions.ts";
import { holderOf } from "../cases/describe.ts";
import { lockCase } from "../cases/load.ts";
import { visibleTo } from "../cases/visible-to.ts";
import { type DeputyRow, deputiesBy } from "../county/deputies.ts";
import { moveInTurn } from "../office/move-case.ts";
import { findCase } from "../staff/find-case.ts";
import type { Outcome } from "../turn/outcome.ts";
import type { Turn } from "../turn/turn.ts";
import { answer } from "./answer.ts";
import type { SpeakingForStation } from "./speaking.ts";

/**
 * Passes a case of the station to one of its own deputies: one that nobody has, or that was not answered in time and about which the station
 * was asked. What a deputy has in hand stays theirs. A sealed case does not exist for a station, and one that goes with another stays with it.
 */
export async function passCase(turn: Turn, station: SpeakingForStation, typed: string, to: string): Promise<Outcome> {
  const wording = stationWordingOf(turn.conversation.locale);
  const found = await openCase(turn, station, typed);
  if (found === null) return answer(turn, wording.cannotPass({ typed, why: "not-here", deputy: null }));
  const meant = (await deputiesOf(turn, station)).filter(({ facts }) => isCalled(to, facts));
  const [deputy, another] = meant;
  if (deputy === undefined || another !== undefined) {
    const deputies = meant.map(({ facts: { code, name } }) => ({ code, name }));
    return answer(turn, wording.whichDeputy({ typed, deputies }), found.id);
  }
  const subject = await lockCase(turn, found.id);
  const refused = await whyNot(turn, station, subject, deputy);
  if (refused !== null) return answer(turn, wording.cannotPass({ typed, ...refused }), subject.id);
  const { code, name } = deputy.facts;
  const by = `station:${station.code}`;
  const moved = await moveInTurn(turn, subject, { kind: "deputy", code }, { by, isSealed: false });
  if (!moved.ok) throw new Error(`a case could not be passed to a deputy who is there: ${moved.reason}`);
  return answer(turn, wording.passed({ number: subject.number, deputy: name }), subject.id);
}

/** The numbers of the open cases that exist for a station. */
export async function openNumbers({ tx, today }: Turn, { caller }: SpeakingForStation): Promise<string[]> {
  const rows = await tx
    .select({ number: cases.number })
    .from(cases)
    .where(and(isNull(cases.closedAt), visibleTo(caller, today)));
  return rows.map(({ number }) => number);
}

async function openCase(turn: Turn, station: SpeakingForStation, typed: string): Promise<CaseRecord | null> {
  const [number, another] = (await openNumbers(turn, station)).filter((one) => isNumberOf(typed, one));
  if (number === undefined || another !== undefined) return null;
  return (await findCase(turn.tx, station.caller, number, turn.today))?.subject ?? null;
}

type Named = { readonly name: string; readonly code: string };

/** Whether words are the name or the code of a deputy. */
export function isCalled(words: string, { name, code }: Named): boolean {
  return words.toLowerCase() === code.toLowerCase() || words.replace(/代表$/u, "") === name;
}

/** The names and codes of the deputies of a station and of its grids. */
export async function namesOfDeputies(turn: Turn, station: SpeakingForStation): Promise<Named[]> {
  return (await deputiesOf(turn, station)).map(({ facts: { name, code } }) => ({ name, code }));
}

function deputiesOf(turn: Turn, { id }: SpeakingForStation): Promise<DeputyRow[]> {
  return deputiesBy(
    turn,
    sql`exists (select from assignments w left join grids g on g.id = w.grid_id
      where w.deputy_id = d.id and coalesce(w.station_id, g.station_id) = ${id} and ${holdsOn(sql`w`, turn.today)})`,
  );
}

async function whyNot(
  turn: Turn,
  { caller }: SpeakingForStation,
  subject: CaseRecord,
  { id, facts }: DeputyRow,
): Promise<{ readonly why: CannotPass; readonly deputy: string | null } | null> {
  const here = await findCase(turn.tx, caller, subject.number, turn.today);
  if (here === null || here.isSealed || subject.sealed || subject.closedAt !== null)
    return { why: "not-here", deputy: null };
  if (here.isLed) return { why: "goes-with-another", deputy: null };
  if (id === subject.deputyId) return { why: "has-it", deputy: facts.name };
  if (subject.deputyId !== null && subject.escalation === 0) {
    const holder = await holderOf(turn, subject);
    return { why: "in-hand", deputy: holder?.deputy ?? "" };
  }
  if (facts.untilOn !== null && facts.untilOn < turn.today) return { why: "term-ended", deputy: facts.name };
  if (facts.awayUntil !== null) return { why: "away", deputy: facts.name };
  const returned = await returnedBy(turn.tx, subject.id);
  return returned.some(({ deputy }) => deputy === facts.code) ? { why: "returned", deputy: facts.name } : null;
}

import { and, eq, ne, sql } from "drizzle-orm";
import { notEnded } from "../../../db/in-force.ts";
import type { CaseRecord } from "../../../db/schema/cases.ts";
import { cases } from "../../../db/schema/cases.ts";
import { deputies, units } from "../../../db/schema/people.ts";
import { dueOf } from "../../domain/calendar/due.ts";
import { type ReferralTarget, referralIn } from "../../domain/dialog/referral.ts";
import { quote } from "../../domain/text/quote.ts";
import { boundWordingOf, gridWordingOf } from "../../domain/wording/bound.ts";
import { moveCase } from "../actions/hand-over.ts";
import { record } from "../cases/record.ts";
import { addToThread, REFERRAL_REASON } from "../cases/thread.ts";
import { deputiesBy } from "../county/deputies.ts";
import { askGridWorkers } from "../handovers/grid-worker.ts";
import { handOverTo, takeBackFromUnits } from "../handovers/hand-over-to.ts";
import { staysFrom } from "../handovers/stays-from.ts";
import { tellResident } from "../outbox/tell.ts";
import { responsibleByHand } from "../routing/by-hand.ts";
import { type Turn, wordingFor } from "../turn/turn.ts";
import { writeLater } from "../turn/unit-of-work.ts";
import { answerDeputy } from "./answer.ts";

/** Whoever works in the grid of the case, by the field's name for them. */
const GRID_WORKER: ReferralTarget = {
  ...{ kind: "grid-worker", code: "grid-worker", name: "网格员" },
  aliases: ["grid worker"],
};

/** The deputy who passes a case on. */
type Referrer = { readonly name: string; readonly by: string };

/**
 * Refers a case to the unit or the deputy that the words name; asks back where the words leave that open.
 *
 * A unit is asked by the office, and the deputy stays the one who answers to the resident (首接负责); another deputy has
 * the case altogether. The reason is for the office.
 */
export async function referAsDeputy(turn: Turn, subject: CaseRecord, words: string, referrer: Referrer): Promise<void> {
  const wording = wordingFor(turn);
  const { number } = subject;
  const { meant, typed, reason } = referralIn(words, await takersFor(turn));
  const [taker, second] = meant;
  if (taker === undefined || second !== undefined) {
    answerDeputy(turn, wording.referUnclear({ number, typed: quote(typed), meant }));
    return;
  }
  if (taker.kind === "grid-worker") {
    if (!(await askOnSite(turn, subject, reason, referrer))) return;
  } else if (taker.kind === "unit") {
    if (!(await referToUnit(turn, subject, taker, referrer))) {
      const words = boundWordingOf(turn.conversation.locale).referStays({ number, unit: taker.name });
      answerDeputy(turn, words);
      return;
    }
  } else if (!(await referToDeputy(turn, subject, taker, referrer))) {
    answerDeputy(turn, wording.referAway({ number, deputy: taker.name }));
    return;
  }
  if (reason !== "") {
    addToThread(turn, subject, { direction: "in", party: "deputy", kind: REFERRAL_REASON, text: reason });
  }
}

/** Asks the worker of the grid to look; the deputy keeps the case. @returns false when nobody was asked: nothing has changed then */
async function askOnSite(turn: Turn, subject: CaseRecord, text: string, { by }: Referrer): Promise<boolean> {
  const { number } = subject;
  const wording = gridWordingOf(turn.conversation.locale);
  const asked = await askGridWorkers(turn, subject, { text, by });
  if (asked.ok) answerDeputy(turn, wording.askTaken({ number, grid: asked.grid }));
  else if (asked.why === "stays") answerDeputy(turn, wording.askStays({ number }));
  else answerDeputy(turn, wording.askNobody({ number, grid: asked.grid }));
  return asked.ok;
}

/** @returns false when it may not leave for the unit's case system: nothing has changed then */
async function referToUnit(
  turn: Turn,
  subject: CaseRecord,
  taker: ReferralTarget,
  referrer: Referrer,
): Promise<boolean> {
  const { number } = subject;
  const [unit] = await turn.tx.select({ id: units.id }).from(units).where(eq(units.code, taker.code));
  if (unit === undefined) throw new Error("the unit that was meant is gone");
  if ((await staysFrom(turn, subject, unit)) !== null) return false;
  record(turn, subject, "referred", referrer.by, { unit: taker.code }, { unitId: unit.id });
  const isTold = await handOverTo(turn, subject, { ...taker, id: unit.id }, referrer.by);
  const told = { number, deputy: referrer.name, unit: taker.name, dueOn: dueOf(subject) };
  await tellResident(turn, subject, (wording, locale) => ({
    kind: "receipt",
    words: isTold ? boundWordingOf(locale).referredTold(told) : wording.referred(told),
    isAnswer: true,
  }));
  const taken = { number, unit: taker.name };
  const { locale } = turn.conversation;
  answerDeputy(turn, isTold ? boundWordingOf(locale).referTakenTold(taken) : wordingFor(turn).referTaken(taken));
  return true;
}

/** @returns false when that deputy is away: nothing has changed then */
async function referToDeputy(
  turn: Turn,
  subject: CaseRecord,
  taker: ReferralTarget,
  referrer: Referrer,
): Promise<boolean> {
  const [row] = await deputiesBy(turn, sql`d.code = ${taker.code}`);
  if (row === undefined || row.facts.awayUntil !== null) return false;
  const target = { kind: "deputy", code: taker.code } as const;
  const responsible = await responsibleByHand(turn, subject, target, referrer.by);
  if (typeof responsible === "string") throw new Error(responsible);
  await takeBackFromUnits(turn, subject, referrer.by);
  await moveCase(turn, subject, responsible);
  const moved = { movedBy: referrer.by, movedAt: turn.now };
  writeLater(turn, turn.tx.update(cases).set(moved).where(eq(cases.id, subject.id)));
  return true;
}

/** The units that there are, and the other deputies in office. */
async function takersFor(turn: Turn): Promise<ReferralTarget[]> {
  const unitRows = await turn.tx
    .select({ code: units.code, name: units.name, aliases: units.aliases })
    .from(units)
    .where(notEnded(units.untilOn, turn.today))
    .orderBy(units.code);
  const deputyRows = await turn.tx
    .select({ code: deputies.code, name: deputies.name })
    .from(deputies)
    .where(and(ne(deputies.id, turn.conversation.deputyId ?? ""), notEnded(deputies.untilOn, turn.today)))
    .orderBy(deputies.code);
  return [
    GRID_WORKER,
    ...unitRows.map((row): ReferralTarget => ({ kind: "unit", ...row })),
    ...deputyRows.map((row): ReferralTarget => ({ kind: "deputy", ...row })),
  ];
}

import { and, eq, isNull, ne, or, sql } from "drizzle-orm";
import type { CaseRecord } from "../../../db/schema/cases.ts";
import { cases } from "../../../db/schema/cases.ts";
import { deputies, units } from "../../../db/schema/people.ts";
import { referralIn, type Taker } from "../../domain/dialog/referral.ts";
import { moveCase } from "../actions/hand-over.ts";
import { record } from "../cases/record.ts";
import { addToThread, REFERRAL_REASON } from "../cases/thread.ts";
import { deputiesBy } from "../county/deputies.ts";
import { tell, tellResident } from "../outbox/tell.ts";
import { responsibleByHand } from "../routing/by-hand.ts";
import { type Sitting, wordingFor } from "../turn/turn.ts";
import { later } from "../turn/unit-of-work.ts";

/** The deputy who passes a case on. */
type Referrer = { readonly name: string; readonly by: string };

/**
 * Passes a case on to the unit or the deputy that the words name; who cannot be told from them is asked back.
 *
 * A unit is asked by the office, and the deputy stays the one who answers to the resident (首接负责); another deputy has
 * the case altogether. The reason is for the office.
 */
export async function referAsDeputy(
  sitting: Sitting,
  subject: CaseRecord,
  words: string,
  referrer: Referrer,
): Promise<void> {
  const wording = wordingFor(sitting);
  const { number } = subject;
  const { meant, typed, reason } = referralIn(words, await takersFor(sitting));
  const [taker, second] = meant;
  if (taker === undefined || second !== undefined)
    return answer(sitting, wording.referUnclear({ number, typed, meant }));
  if (taker.kind === "unit") await referToUnit(sitting, subject, taker, referrer);
  else if (!(await referToDeputy(sitting, subject, taker, referrer))) {
    return answer(sitting, wording.referAway({ number, deputy: taker.name }));
  }
  if (reason !== "") {
    addToThread(sitting, subject, { direction: "in", party: "deputy", kind: REFERRAL_REASON, text: reason });
  }
}

async function referToUnit(sitting: Sitting, subject: CaseRecord, taker: Taker, referrer: Referrer): Promise<void> {
  const { number, dueOn } = subject;
  const [unit] = await sitting.tx.select({ id: units.id }).from(units).where(eq(units.code, taker.code));
  record(sitting, subject, "referred", referrer.by, { unit: taker.code }, { unitId: unit?.id ?? null });
  await tellResident(sitting, subject, (wording) => ({
    kind: "receipt",
    words: wording.referred({ number, deputy: referrer.name, unit: taker.name, dueOn }),
    isAnswer: true,
  }));
  answer(sitting, wordingFor(sitting).referTaken({ number, unit: taker.name }));
}

/** @returns false when that deputy is away: nothing has changed then */
async function referToDeputy(
  sitting: Sitting,
  subject: CaseRecord,
  taker: Taker,
  referrer: Referrer,
): Promise<boolean> {
  const [row] = await deputiesBy(sitting, sql`d.code = ${taker.code}`);
  if (row === undefined || row.facts.awayUntil !== null) return false;
  const target = { kind: "deputy", code: taker.code } as const;
  const responsible = await responsibleByHand(sitting, subject, target, referrer.by);
  if (typeof responsible === "string") throw new Error(responsible);
  await moveCase(sitting, subject, responsible);
  const moved = { movedBy: referrer.by, movedAt: sitting.now };
  later(sitting, sitting.tx.update(cases).set(moved).where(eq(cases.id, subject.id)));
  return true;
}

/** The units that there are, and the other deputies in office. */
async function takersFor(sitting: Sitting): Promise<Taker[]> {
  const unitRows = await sitting.tx
    .select({ code: units.code, name: units.name })
    .from(units)
    .where(or(isNull(units.untilOn), sql`${units.untilOn} >= ${sitting.today}`))
    .orderBy(units.code);
  const deputyRows = await sitting.tx
    .select({ code: deputies.code, name: deputies.name })
    .from(deputies)
    .where(
      and(
        ne(deputies.id, sitting.conversation.deputyId ?? ""),
        or(isNull(deputies.untilOn), sql`${deputies.untilOn} >= ${sitting.today}`),
      ),
    )
    .orderBy(deputies.code);
  return [
    ...unitRows.map((row): Taker => ({ kind: "unit", ...row })),
    ...deputyRows.map((row): Taker => ({ kind: "deputy", ...row })),
  ];
}

function answer(sitting: Sitting, words: string): void {
  tell(sitting, { kind: "deputy-answer", subject: null, words });
}

import { and, asc, desc, eq } from "drizzle-orm";
import { type CaseRecord, caseMessages } from "../../../db/schema/cases.ts";
import { handovers } from "../../../db/schema/ledger.ts";
import { units } from "../../../db/schema/people.ts";
import { quote } from "../../domain/text/quote.ts";
import { boundWordingOf } from "../../domain/wording/bound.ts";
import { holderOf, noticeOf } from "../cases/describe.ts";
import { ledBy } from "../cases/led.ts";
import { UNIT_WORDS } from "../cases/thread.ts";
import { tellResident } from "../outbox/tell.ts";
import type { Turn } from "../turn/turn.ts";

/**
 * Tells the residents of a case, and of those that go with it, what its unit says of its work, as the unit's word that nobody has
 * checked, and asks them whether it is done.
 *
 * @returns the name of the unit; null where none has reported
 */
export async function passUnitsWord(turn: Turn, subject: CaseRecord): Promise<string | null> {
  const [reported] = await turn.tx
    .select({ name: units.name })
    .from(handovers)
    .innerJoin(units, eq(units.id, handovers.unitId))
    .where(and(eq(handovers.caseId, subject.id), eq(handovers.state, "reported")));
  if (reported === undefined) return null;
  const [said] = await turn.tx
    .select({ text: caseMessages.text })
    .from(caseMessages)
    .where(and(eq(caseMessages.caseId, subject.id), eq(caseMessages.kind, UNIT_WORDS)))
    .orderBy(desc(caseMessages.at), desc(caseMessages.id))
    .limit(1);
  const unit = reported.name;
  const text = said?.text ?? "";
  const isWithDeputy = subject.deputyId !== null;
  const holder = await holderOf(turn, subject);
  for (const one of [subject, ...(await ledBy(turn, subject))]) {
    // A child is asked for no verdict.
    if (one.minor) continue;
    await tellResident(turn, one, (_, locale) => ({
      kind: "unit-word",
      words: boundWordingOf(locale).unitWord({ number: one.number, unit, isWithDeputy, text: quote(text) }),
      threadText: text,
      isAnswer: true,
      notice: noticeOf(one, holder),
    }));
  }
  return unit;
}

/** The photos that the people of units showed of a case, oldest first. */
export async function unitsPhotos({ tx }: Turn, { id }: CaseRecord): Promise<readonly string[]> {
  const rows = await tx
    .select({ mediaId: caseMessages.mediaId })
    .from(caseMessages)
    .where(and(eq(caseMessages.caseId, id), eq(caseMessages.party, "unit"), eq(caseMessages.kind, "image")))
    .orderBy(asc(caseMessages.at), asc(caseMessages.id));
  return rows.flatMap(({ mediaId }) => mediaId ?? []);
}

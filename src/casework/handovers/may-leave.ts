import { sql } from "drizzle-orm";
import { type CaseRecord, cases } from "../../../db/schema/cases.ts";
import { type StayReason, whyItStays } from "../../domain/acts/partner.ts";
import { mayGoOut } from "../../domain/case/outlet.ts";
import { emergencyTopics } from "../../domain/danger/emergency.ts";
import { residentsWords, threadOf } from "../cases/thread.ts";
import { countsAsSealed } from "../cases/visible-to.ts";
import type { Turn } from "../turn/turn.ts";

/** From so probable an answer on a reading of words counts; what leaves cannot be called back, so a doubt keeps it here. */
const PROBABLE = 0.5;

/** Whether a case may leave the house for a unit: a sealed one never does. Every way to a unit asks this. */
export function mayLeave(subject: Pick<CaseRecord, "sealed" | "minor" | "petition" | "unnamed">): boolean {
  return mayGoOut(subject, "unit");
}

/**
 * The reason for which a case may not leave the house for a case system of others, where strangers read it; null where it may.
 *
 * The one guard of all ways to such a system: asked when a case is handed over, and again before each call. It looks at what the case is now,
 * at how its messages were understood when they came, and at all its words once more.
 */
export async function whyStays(turn: Turn, subject: CaseRecord): Promise<StayReason | null> {
  if (!mayLeave(subject)) return "sealed";
  // As text: in the list of what a query selects, columns would stand without their table.
  const [known] = await turn.tx.execute<{ isSealed: boolean; isPetition: boolean }>(sql`
    select ${countsAsSealed} as "isSealed", exists (select from understandings u join inbox i on i.seq = u.inbox_seq
      where i.case_id = ${cases.id} and (u.act = 'petition' or u.likeliest = 'petition')) as "isPetition"
    from ${cases} where ${cases.id} = ${subject.id}`);
  const { isSealed, isPetition } = known ?? { isSealed: true, isPetition: true };
  const words = residentsWords(await threadOf(turn, subject)).split("\n");
  const read = words.map((text) => turn.reader.read(text));
  const isProbable = (one: "minor" | "violence" | "self-harm") => read.some(({ heads }) => heads[one] >= PROBABLE);
  const listed = words.flatMap((text) => emergencyTopics(text));
  return whyItStays({
    sealed: isSealed,
    danger:
      listed.includes("violence") ||
      listed.includes("self-harm") ||
      (subject.priority && (isProbable("violence") || isProbable("self-harm"))),
    minor: subject.minor || isProbable("minor"),
    petition: subject.petition || isPetition || read.some(({ acts }) => acts.petition >= PROBABLE),
  });
}

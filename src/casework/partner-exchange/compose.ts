import { and, desc, eq, sql } from "drizzle-orm";
import { type CaseRecord, caseEvents, caseMessages, cases } from "../../../db/schema/cases.ts";
import type { HandoverRecord } from "../../../db/schema/ledger.ts";
import type { PartnerMessage } from "../../../db/schema/outbox.ts";
import { type GridShape, grids } from "../../../db/schema/places.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import { convertDatum } from "../../domain/place/datum.ts";
import { mask } from "../../domain/text/mask.ts";
import type { HandoverMessage } from "../../partners/partner.ts";
import { lastDecision } from "../cases/decisions.ts";
import { understood } from "../cases/describe.ts";
import { CORRECTION, residentsWords, threadOf } from "../cases/thread.ts";
import { whyStays } from "../handovers/may-leave.ts";
import type { Turn } from "../turn/turn.ts";

/** Longer words are cut off: nobody reads more, and other systems refuse it. */
const TEXT_LENGTH = 2000;

type About = {
  readonly subject: CaseRecord;
  readonly handover: HandoverRecord;
  readonly message: PartnerMessage;
  readonly externalId: string | null;
};

/**
 * Composes a message to a partner from the case as it is now. What is not named here never leaves: no person, no phone number, no id of a
 * platform, no photo, no position that somebody sent.
 */
export async function compose(turn: Turn, { subject, handover, message, externalId }: About): Promise<HandoverMessage> {
  const { number, category, gridId, gridCode, priority, receivedAt } = subject;
  const [grid] =
    gridId === null
      ? []
      : await turn.tx.select({ township: grids.township, shape: grids.shape }).from(grids).where(eq(grids.id, gridId));
  const decision = await lastDecision(turn, subject);
  const place = decision === null ? null : understood(subject, decision.facts).place;
  const thread = await threadOf(turn, subject);
  const text = mask(residentsWords(thread));
  const correction = thread.findLast(({ kind }) => kind === CORRECTION)?.text ?? null;
  const change = message.kind === "corrected" ? correction : await takenOutWords(turn, subject, message);
  return {
    ...{ id: message.id, kind: message.kind, madeAt: message.madeAt, mayHaveArrived: message.tries > 0 },
    ...{ number, county: turn.county.code, category, grid: gridCode, township: grid?.township ?? null },
    ...{ place: mask(place?.label ?? ""), text: text.slice(0, TEXT_LENGTH), priority },
    ...{ receivedOn: dayIn(receivedAt, turn.runtime.timeZone), dueOn: handover.dueOn, externalId },
    changed: change === null ? null : mask(change).slice(0, TEXT_LENGTH),
    middle: grid?.shape == null ? null : middleOf(grid.shape),
  };
}

/** The words of the matter that was taken out of a case before a message says so; null where they may not leave by themselves. */
async function takenOutWords(
  turn: Turn,
  subject: CaseRecord,
  { kind, madeAt }: PartnerMessage,
): Promise<string | null> {
  if (kind !== "taken_out") return null;
  const [other] = await turn.tx
    .select({ subject: cases })
    .from(caseEvents)
    .innerJoin(cases, eq(cases.number, sql`${caseEvents.details} ->> 'into'`))
    .where(and(eq(caseEvents.caseId, subject.id), eq(caseEvents.type, "split"), eq(caseEvents.at, madeAt)))
    .orderBy(desc(caseEvents.seq))
    .limit(1);
  if (other === undefined || (await whyStays(turn, other.subject)) !== null) return null;
  const [first] = await turn.tx
    .select({ text: caseMessages.text })
    .from(caseMessages)
    .where(eq(caseMessages.caseId, other.subject.id))
    .orderBy(caseMessages.at, caseMessages.id)
    .limit(1);
  return first?.text ?? null;
}

/** The middle of the points of a grid's largest part, in WGS 84; null where it has none. */
function middleOf(shape: GridShape): readonly [number, number] | null {
  const outlines = shape.map((polygon) => polygon[0] ?? []);
  const largest = outlines.toSorted((one, other) => other.length - one.length)[0] ?? [];
  // The last point of a ring is its first one.
  const points = largest.slice(0, -1);
  if (points.length === 0) return null;
  const mean = (at: 0 | 1) => points.reduce((sum, point) => sum + (point[at] ?? 0), 0) / points.length;
  return convertDatum([mean(0), mean(1)], "gcj02", "wgs84");
}

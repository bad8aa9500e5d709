import { and, eq, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { type CaseRecord, cases } from "../../../db/schema/cases.ts";
import { type HandoverRecord, handovers } from "../../../db/schema/ledger.ts";
import { type PartnerMessage, partnerMessages } from "../../../db/schema/outbox.ts";
import { type PartnerRecord, partners } from "../../../db/schema/people.ts";
import { OPEN_HANDOVER_STATES } from "../../domain/acts/handover.ts";
import type { HandoverMessage } from "../../partners/partner.ts";
import { lockCase } from "../cases/load.ts";
import { readTrial } from "../county/trial.ts";
import { whyStays } from "../handovers/may-leave.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { openTurn } from "../turn/open-turn.ts";
import { finishTurn, type Turn } from "../turn/turn.ts";
import { compose } from "./compose.ts";

/** The lease of a call, in milliseconds: longer than an answer is waited for, with the look for what may have arrived. */
const LEASE_MS = 40_000;

/** A message that was claimed for one call, as it was then, with its partner and what is to be said. */
export type ClaimedMessage = {
  readonly partner: PartnerRecord;
  readonly message: PartnerMessage;
  readonly content: HandoverMessage;
};

/** The result of looking for what is due: a claim, a message that was withdrawn instead, or nothing. */
type Claim = ClaimedMessage | "withdrawn" | "nothing";

/**
 * Claims what is due next for a partner: it is called by nobody else until its lease is over. What may not leave any more is withdrawn.
 *
 * While a county is in trial nothing leaves.
 */
export async function claimMessage(runtime: Runtime, jurisdictionId: string, partnerId: string): Promise<Claim> {
  return runtime.database.inCounty(jurisdictionId, async (tx) => {
    if ((await readTrial(tx)).isOn) return "nothing";
    const due = await nextDue(tx, partnerId, runtime.now());
    if (due === undefined) return "nothing";
    const turn = await openTurn(runtime, tx, due.conversationId);
    if (turn === null) return "nothing";
    const subject = await lockCase(turn, due.caseId);
    const locked = await lockMessage(tx, due.id, partnerId);
    if (locked === null) return "nothing";
    const claim = await claimLocked(turn, subject, locked);
    await finishTurn(turn);
    return claim;
  });
}

type Locked = {
  readonly partner: PartnerRecord;
  readonly handover: HandoverRecord;
  readonly message: PartnerMessage;
};

/** What is due of one partner, first what was made first; nothing while it is paused, rests, or an earlier message of the same matter is out. */
async function nextDue(tx: Transaction, partnerId: string, now: Date) {
  const [row] = await tx
    .select({ id: partnerMessages.id, caseId: cases.id, conversationId: cases.conversationId })
    .from(partnerMessages)
    .innerJoin(partners, eq(partners.id, partnerMessages.partnerId))
    .innerJoin(handovers, eq(handovers.id, partnerMessages.handoverId))
    .innerJoin(cases, eq(cases.id, handovers.caseId))
    .where(
      and(
        eq(partnerMessages.partnerId, partnerId),
        sql`${partners.pausedAt} is null and coalesce(${partners.restsUntil} <= ${now.toISOString()}, true)`,
        isFree(now),
        sql`not exists (select from partner_messages b where b.handover_id = ${partnerMessages.handoverId}
          and b.id <> ${partnerMessages.id} and b.state in ('waiting', 'sending') and b.made_at < ${partnerMessages.madeAt})`,
      ),
    )
    .orderBy(partnerMessages.dueAt, partnerMessages.id)
    .limit(1);
  return row;
}

/** The condition that a message is due, or that whoever had it for a call never came back. */
function isFree(now: Date) {
  return sql`((${partnerMessages.state} = 'waiting' and ${partnerMessages.dueAt} <= ${now.toISOString()})
    or (${partnerMessages.state} = 'sending' and ${partnerMessages.leaseUntil} <= clock_timestamp()))`;
}

async function lockMessage(tx: Transaction, id: string, partnerId: string): Promise<Locked | null> {
  const [message] = await tx.select().from(partnerMessages).where(eq(partnerMessages.id, id));
  if (message === undefined) return null;
  const [handover] = await tx.select().from(handovers).where(eq(handovers.id, message.handoverId)).for("no key update");
  const [still] = await tx
    .select({ message: partnerMessages, isOut: sql<boolean>`${partnerMessages.leaseUntil} > clock_timestamp()` })
    .from(partnerMessages)
    .where(eq(partnerMessages.id, id))
    .for("no key update");
  const [partner] = await tx.select().from(partners).where(eq(partners.id, partnerId));
  if (handover === undefined || still === undefined || partner === undefined) return null;
  const isTakeable = still.message.state === "waiting" || (still.message.state === "sending" && still.isOut === false);
  return isTakeable ? { partner, handover, message: still.message } : null;
}

async function claimLocked(turn: Turn, subject: CaseRecord, { partner, handover, message }: Locked): Promise<Claim> {
  if (!(await isStillToSend(turn, subject, handover, message))) {
    turn.writes.update(partnerMessages, message.id, { state: "withdrawn", leaseUntil: null, settledAt: turn.now });
    return "withdrawn";
  }
  const externalId = await externalIdOf(turn.tx, message);
  const content = await compose(turn, { subject, handover, message, externalId });
  const tries = message.tries + 1;
  await turn.tx
    .update(partnerMessages)
    .set({ state: "sending", tries, leaseUntil: sql`clock_timestamp() + make_interval(secs => ${LEASE_MS / 1000})` })
    .where(eq(partnerMessages.id, message.id));
  return { partner, message: { ...message, tries }, content };
}

/** That a matter was taken back is told whatever became of it: it says a number and no more. */
async function isStillToSend(
  turn: Turn,
  subject: CaseRecord,
  handover: HandoverRecord,
  { kind }: PartnerMessage,
): Promise<boolean> {
  if (kind === "taken_back") return true;
  const isOpen = OPEN_HANDOVER_STATES.some((state) => state === handover.state);
  return isOpen && subject.closedAt === null && (await whyStays(turn, subject)) === null;
}

/** The number that the other side gave to the hand-over of a message. */
async function externalIdOf(tx: Transaction, { handoverId }: PartnerMessage): Promise<string | null> {
  const [first] = await tx
    .select({ externalId: partnerMessages.externalId })
    .from(partnerMessages)
    .where(and(eq(partnerMessages.handoverId, handoverId), eq(partnerMessages.kind, "handed_over")));
  return first?.externalId ?? null;
}

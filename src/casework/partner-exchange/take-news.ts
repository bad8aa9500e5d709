import { and, desc, eq, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { type CaseRecord, cases } from "../../../db/schema/cases.ts";
import { type HandoverRecord, handovers } from "../../../db/schema/ledger.ts";
import { type PartnerMessage, partnerMessages } from "../../../db/schema/outbox.ts";
import { type PartnerRecord, units } from "../../../db/schema/people.ts";
import { afterHandoverAct, type HandoverAct } from "../../domain/acts/handover.ts";
import { type ExchangeOutcome, type PartnerStatus, statusMeant } from "../../domain/acts/partner.ts";
import { mask } from "../../domain/text/mask.ts";
import { boundWordingOf } from "../../domain/wording/bound.ts";
import type { PartnerNews } from "../../partners/partner.ts";
import { lockCase } from "../cases/load.ts";
import { countsAsOrdinary } from "../cases/visible-to.ts";
import { recordAct } from "../handovers/record-act.ts";
import { accept, decline, progress, report, type Step } from "../handovers/steps.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { openTurn } from "../turn/open-turn.ts";
import { finishTurn, type Turn } from "../turn/turn.ts";

/** The outcome of news, its hand-over where there is one, a code where one is worth keeping, and who now has something to hear. */
export type TakenNews = {
  readonly outcome: ExchangeOutcome;
  readonly handoverId: string | null;
  readonly reason: string | null;
  readonly conversations: readonly string[];
};

const NOTHING = { handoverId: null, reason: null, conversations: [] } as const;
const CODE_LENGTH = 60;

/**
 * Takes news of a partner in, within a transaction of its county: by the same verbs as what a unit says in its chat, so that what it calls
 * done is its word and nothing more.
 *
 * What is of no matter that it has, of a sealed case, older than what counted, or the same again, changes nothing.
 */
export async function takeNews(
  runtime: Runtime,
  tx: Transaction,
  partner: PartnerRecord,
  news: PartnerNews,
): Promise<TakenNews> {
  const found = await findMatter(tx, partner, news);
  const turn = found === null ? null : await openTurn(runtime, tx, found.conversationId);
  if (found === null || turn === null) return { ...NOTHING, outcome: "unknown-number" };
  const subject = await lockCase(turn, found.caseId);
  const locked = await lockMatter(tx, found);
  const outcome = await apply(turn, subject, partner, locked, news);
  await finishTurn(turn);
  const reason = outcome === "unknown-state" ? codeOf(news.code) : null;
  return { outcome, handoverId: found.handoverId, reason, conversations: [...turn.toDeliver] };
}

type Found = {
  readonly caseId: string;
  readonly conversationId: string;
  readonly handoverId: string;
  readonly messageId: string;
};

/** The latest hand-over to this partner that the news is of; of a case that anybody outside may know of. */
async function findMatter(
  tx: Transaction,
  partner: PartnerRecord,
  { number, externalId }: PartnerNews,
): Promise<Found | null> {
  const [found] = await tx
    .select({
      ...{ caseId: cases.id, conversationId: cases.conversationId },
      ...{ handoverId: handovers.id, messageId: partnerMessages.id },
    })
    .from(partnerMessages)
    .innerJoin(handovers, eq(handovers.id, partnerMessages.handoverId))
    .innerJoin(cases, eq(cases.id, handovers.caseId))
    .where(
      and(
        eq(partnerMessages.partnerId, partner.id),
        eq(partnerMessages.kind, "handed_over"),
        sql`${partnerMessages.tries} > 0`,
        number === null ? eq(partnerMessages.externalId, externalId ?? "") : eq(cases.number, number),
        countsAsOrdinary,
      ),
    )
    .orderBy(desc(handovers.openedAt), desc(handovers.id))
    .limit(1);
  return found ?? null;
}

type Matter = { readonly handover: HandoverRecord; readonly message: PartnerMessage; readonly unit: Step["unit"] };

async function lockMatter(tx: Transaction, { handoverId, messageId }: Found): Promise<Matter> {
  const [handover] = await tx.select().from(handovers).where(eq(handovers.id, handoverId)).for("no key update");
  const [message] = await tx
    .select()
    .from(partnerMessages)
    .where(eq(partnerMessages.id, messageId))
    .for("no key update");
  if (handover === undefined || message === undefined) throw new Error("a hand-over disappeared");
  const [unit] = await tx
    .select({ code: units.code, name: units.name })
    .from(units)
    .where(eq(units.id, handover.unitId));
  if (unit === undefined) throw new Error("a hand-over without its unit");
  return { handover, message, unit };
}

async function apply(
  turn: Turn,
  subject: CaseRecord,
  partner: PartnerRecord,
  { handover, message, unit }: Matter,
  news: PartnerNews,
): Promise<ExchangeOutcome> {
  const status = statusMeant(partner, news.code);
  if (status === null) return "unknown-state";
  const isTheirs = subject.unitId === handover.unitId && subject.closedAt === null && !subject.sealed;
  const isLate = news.at !== null && message.saidAt !== null && news.at < message.saidAt;
  if (!isTheirs || isLate || message.isEndedThere || handover.settledAt !== null) return "too-late";
  const words = news.text.trim();
  const saidHash = turn.runtime.vault.blindIndex(JSON.stringify([status, words]), `partner-news:${message.id}`);
  if (saidHash === message.saidHash || isOldNews(handover, status, words)) return "nothing-new";
  // Whoever answers has it, whatever became of the call by which it was sent.
  const before = handover.state === "waiting" ? "sent" : handover.state;
  const acts = actsOf(status, words, before);
  if (acts.length === 0) return "nothing-new";
  if (acts.some((act, index) => index === 0 && afterHandoverAct(before, ACTS[act]) === null)) return "too-late";
  if (handover.state === "waiting") {
    recordAct(turn, handover, "sent", "service", {});
    if (message.state !== "sent") {
      turn.writes.update(partnerMessages, message.id, { state: "sent", leaseUntil: null, settledAt: turn.now });
    }
  }
  const text = words === "" ? boundWordingOf("zh-CN").partnerSaidNothing() : words;
  const step: Step = { unit, subject, handover, by: `partner:${partner.name}`, text };
  for (const act of acts) await VERBS[act](turn, step);
  const externalId = message.externalId ?? news.externalId;
  const said = { saidAt: news.at ?? message.saidAt, saidHash, isEndedThere: news.isFinal, externalId };
  turn.writes.update(partnerMessages, message.id, said);
  return "applied";
}

/** A state without words that the hand-over has already: systems say it again whenever they are asked. */
function isOldNews({ state, result }: HandoverRecord, status: PartnerStatus, words: string): boolean {
  if (words !== "") return false;
  if (status === "done" || status === "refused") return state === "reported" && result === status;
  return state === "accepted" && (status === "accepted" || status === "working");
}

type Verb = "accept" | "progress" | "done" | "refused" | "decline";

const ACTS: Readonly<Record<Verb, HandoverAct>> = {
  accept: "accepted",
  progress: "progress",
  done: "reported",
  refused: "reported",
  decline: "returned",
};

const VERBS: Readonly<Record<Verb, (turn: Turn, step: Step) => Promise<void>>> = {
  accept,
  progress,
  done: (turn, step) => report(turn, step, "done"),
  refused: (turn, step) => report(turn, step, "refused"),
  decline,
};

/** What a state means for a hand-over as it stands: whoever works on it has accepted it. */
function actsOf(status: PartnerStatus, words: string, state: HandoverRecord["state"]): readonly Verb[] {
  switch (status) {
    case "done":
      return ["done"];
    case "refused":
      return ["refused"];
    case "returned":
      return ["decline"];
    case "accepted":
    case "working": {
      if (state === "reported") return ["accept"];
      const first: readonly Verb[] = state === "accepted" ? [] : ["accept"];
      return words === "" ? first : [...first, "progress"];
    }
  }
}

/** Their code as it may be kept: short, and nothing in it that is somebody's. */
function codeOf(code: string): string {
  return mask(code.normalize("NFKC")).slice(0, CODE_LENGTH);
}

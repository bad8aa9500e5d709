import { and, eq, inArray, notInArray } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { type CaseRecord, cases } from "../../../db/schema/cases.ts";
import { conversations } from "../../../db/schema/conversations.ts";
import { type OutboxRow, outbox } from "../../../db/schema/outbox.ts";
import { DESK_CHANNEL } from "../../domain/case/desk.ts";
import { nextStep } from "../../domain/messages/delivery-ladder.ts";
import type { Rung } from "../../domain/messages/message.ts";
import { NO_TRIAL, receivesInTrial } from "../county/trial.ts";
import { reachOf } from "../delivery/reach.ts";
import { contentOf } from "../outbox/content.ts";
import type { Turn } from "../turn/turn.ts";

/** A text that one person reads because of a verb, and the way by which it goes to them. */
export type Told = {
  readonly to: "resident" | "deputy" | "former-deputy" | "follower" | "unit";
  readonly text: string;
  /** `held`: to nobody, for the county is in trial and they are not listed. */
  readonly rung: Rung | "next-contact" | "phone" | "held";
  /** The number of the case that it is about. */
  readonly number: string;
};

/** The ids of what was to be told about these cases until now. */
export async function toldBefore(tx: Transaction, about: readonly string[]): Promise<string[]> {
  const rows = await tx
    .select({ id: outbox.id })
    .from(outbox)
    .where(inArray(outbox.caseId, [...about]));
  return rows.map(({ id }) => id);
}

/** The cases about which somebody may be told, what was told before, and the second case of a verb that is done to two. */
type Since = {
  readonly about: readonly string[];
  readonly before: { readonly ids: readonly string[]; readonly deputyId: string | null };
  readonly other: CaseRecord | null;
};

/** Gathers what everybody is told of a case and those that go with it since then, as each would read it. */
export async function toldSince(turn: Turn, subject: CaseRecord, { about, before, other }: Since): Promise<Told[]> {
  const rows = await turn.tx
    .select({ row: outbox, number: cases.number })
    .from(outbox)
    .innerJoin(cases, eq(cases.id, outbox.caseId))
    .where(and(inArray(outbox.caseId, [...about]), notInArray(outbox.id, [...before.ids])))
    .orderBy(outbox.seq);
  const told: Told[] = [];
  for (const { row, number } of rows) {
    const { text, choices = [], closing } = contentOf(turn.runtime, row);
    if (text === "") continue;
    const labels = choices.map(({ id, label }) => `${id}. ${label}`);
    const whole = [text, ...labels, ...(closing === undefined ? [] : [closing])].join("\n");
    const to = other === null ? readerOf(row, subject, before.deputyId) : readerOfTwo(row, other);
    told.push({ to, text: whole, rung: await rungOf(turn, row), number });
  }
  return told;
}

function readerOf({ deputyId, kind }: OutboxRow, subject: CaseRecord, former: string | null): Told["to"] {
  if (deputyId === null) return kind === "handover" ? "unit" : "resident";
  if (deputyId === subject.deputyId || kind === "deputy-case") return "deputy";
  return deputyId === former ? "former-deputy" : "follower";
}

/** Of two cases the second is the leading one. */
function readerOfTwo({ deputyId, kind }: OutboxRow, leading: CaseRecord): Told["to"] {
  if (deputyId === null) return kind === "handover" ? "unit" : "resident";
  return deputyId === leading.deputyId ? "deputy" : "former-deputy";
}

/** The rung that takes a message as things are; a deputy without a chat is rung up. */
async function rungOf(turn: Turn, row: OutboxRow): Promise<Told["rung"]> {
  if (row.conversationId === null) return "phone";
  const [conversation] = await turn.tx.select().from(conversations).where(eq(conversations.id, row.conversationId));
  const found = conversation && (await turn.runtime.accounts.byId(conversation.jurisdictionId, conversation.accountId));
  if (conversation === undefined || !found) return "next-contact";
  if (found.account.channel === DESK_CHANNEL) return "phone";
  const trial = turn.county.settings.trial ?? NO_TRIAL;
  if (!(await receivesInTrial(turn.tx, trial, conversation, found.account.channel))) return "held";
  const hasNotice = contentOf(turn.runtime, row).notice !== undefined;
  const step = nextStep(
    { isAnswer: row.isAnswer, hasNotice, noticed: false },
    reachOf(conversation, found, turn.now),
    turn.now,
  );
  return step.step === "send" ? step.rung : "next-contact";
}

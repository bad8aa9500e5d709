import { and, eq, notInArray } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import type { CaseRecord } from "../../../db/schema/cases.ts";
import { conversations } from "../../../db/schema/conversations.ts";
import { type OutboxRow, outbox } from "../../../db/schema/outbox.ts";
import { DESK_CHANNEL } from "../../domain/case/desk.ts";
import { nextStep } from "../../domain/messages/delivery-ladder.ts";
import type { Rung } from "../../domain/messages/message.ts";
import { reachOf } from "../delivery/reach.ts";
import { contentOf } from "../outbox/content.ts";
import type { Turn } from "../turn/turn.ts";

/** A text that one person reads because of a verb, and the way by which it goes to them. */
export type Told = {
  readonly to: "resident" | "deputy" | "former-deputy" | "follower" | "unit";
  readonly text: string;
  readonly rung: Rung | "next-contact" | "phone";
};

/** The ids of what was to be told about a case until now. */
export async function toldBefore(tx: Transaction, caseId: string): Promise<string[]> {
  const rows = await tx.select({ id: outbox.id }).from(outbox).where(eq(outbox.caseId, caseId));
  return rows.map(({ id }) => id);
}

/** Gathers what everybody is told of a case since then, as each would read it. */
export async function toldSince(
  turn: Turn,
  subject: CaseRecord,
  before: { readonly ids: readonly string[]; readonly deputyId: string | null },
): Promise<Told[]> {
  const rows = await turn.tx
    .select()
    .from(outbox)
    .where(and(eq(outbox.caseId, subject.id), notInArray(outbox.id, [...before.ids])))
    .orderBy(outbox.seq);
  const told: Told[] = [];
  for (const row of rows) {
    const { text, choices = [], closing } = contentOf(turn.runtime, row);
    if (text === "") continue;
    const labels = choices.map(({ id, label }) => `${id}. ${label}`);
    const whole = [text, ...labels, ...(closing === undefined ? [] : [closing])].join("\n");
    told.push({ to: readerOf(row, subject, before.deputyId), text: whole, rung: await rungOf(turn, row) });
  }
  return told;
}

function readerOf({ deputyId }: OutboxRow, subject: CaseRecord, former: string | null): Told["to"] {
  if (deputyId === null) return "resident";
  if (deputyId === subject.deputyId) return "deputy";
  return deputyId === former ? "former-deputy" : "follower";
}

/** The rung that takes a message as things are; a deputy without a chat is rung up. */
async function rungOf(turn: Turn, row: OutboxRow): Promise<Told["rung"]> {
  if (row.conversationId === null) return "phone";
  const [conversation] = await turn.tx.select().from(conversations).where(eq(conversations.id, row.conversationId));
  const found = conversation && (await turn.runtime.accounts.byId(conversation.jurisdictionId, conversation.accountId));
  if (conversation === undefined || !found) return "next-contact";
  if (found.account.channel === DESK_CHANNEL) return "phone";
  const hasNotice = contentOf(turn.runtime, row).notice !== undefined;
  const step = nextStep(
    { isAnswer: row.isAnswer, hasNotice, noticed: false },
    reachOf(conversation, found, turn.now),
    turn.now,
  );
  return step.step === "send" ? step.rung : "next-contact";
}

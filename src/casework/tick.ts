import { and, lt, sql } from "drizzle-orm";
import type { Transaction } from "../../db/database.ts";
import { conversations } from "../../db/schema/conversations.ts";
import { jurisdictions } from "../../db/schema/county.ts";
import { waitingWords } from "./choose.ts";
import type { House } from "./house.ts";
import { fetchWaitingMedia } from "./media.ts";
import { openCase } from "./open.ts";
import { lockForDelivery } from "./outgoing.ts";
import { askWhere, clearQuestion, NO_PLACE } from "./place.ts";
import { ownCases, record, rise, type Sitting, sit, wordingFor } from "./sitting.ts";
import { tell } from "./tell.ts";

/** "Where?" is asked once more after a day of silence; after another the case is closed as `no_contact` (field.md E, sample 1). */
const REMIND_MS = 24 * 3_600_000;
/** A follow-up whose case the resident does not name goes to the office as a case of its own, so that it has an owner. */
const UNNAMED_MS = 3_600_000;
const AT_ONCE = 100;

/**
 * What happens by the mere passing of time in one county.
 *
 * @returns the conversations that now have something to deliver
 */
export async function tick(house: House, jurisdictionId: string): Promise<{ conversations: string[] }> {
  await fetchWaitingMedia(house, jurisdictionId);
  const overdue = await house.database.inCounty(jurisdictionId, (tx) => silent(tx, house.now()));
  const toDeliver = new Set<string>();
  for (const id of overdue) {
    const told = await house.database.inCounty(jurisdictionId, (tx) => lookAfter(house, tx, id));
    for (const conversation of told) toDeliver.add(conversation);
  }
  return { conversations: [...toDeliver] };
}

async function silent(tx: Transaction, now: Date): Promise<string[]> {
  const askedAt = sql<string>`${conversations.dialog} -> 'question' ->> 'at'`;
  const kind = sql<string>`${conversations.dialog} -> 'question' ->> 'kind'`;
  const rows = await tx
    .select({ id: conversations.id })
    .from(conversations)
    .where(
      and(sql`${kind} in ('where', 'which-case')`, lt(askedAt, new Date(now.getTime() - UNNAMED_MS).toISOString())),
    )
    .limit(AT_ONCE);
  return rows.map((row) => row.id);
}

async function lookAfter(house: House, tx: Transaction, conversationId: string): Promise<ReadonlySet<string>> {
  const conversation = await lockForDelivery(tx, conversationId);
  const found = conversation && (await house.accounts.byId(conversation.jurisdictionId, conversation.accountId));
  const [county] = await tx.select({ name: jurisdictions.name, settings: jurisdictions.settings }).from(jurisdictions);
  if (!conversation || !found || county === undefined) return new Set();
  const sitting = sit(house, tx, { county, account: found.account, conversation });
  const { question } = conversation.dialog;
  const silentMs = question === undefined ? 0 : sitting.now.getTime() - Date.parse(question.at);
  if (question?.kind === "which-case" && silentMs > UNNAMED_MS) await giveUnnamedToOffice(sitting, question);
  if (question?.kind === "where" && silentMs > REMIND_MS) await remindOrClose(sitting, question);
  await rise(sitting);
  return sitting.toDeliver;
}

type Where = Extract<NonNullable<Sitting["conversation"]["dialog"]["question"]>, { kind: "where" }>;
type WhichCase = Extract<NonNullable<Sitting["conversation"]["dialog"]["question"]>, { kind: "which-case" }>;

async function giveUnnamedToOffice(sitting: Sitting, question: WhichCase): Promise<void> {
  const said = await waitingWords(sitting, question);
  clearQuestion(sitting);
  if (said.length > 0) await openCase(sitting, said, NO_PLACE, { toOffice: true });
}

async function remindOrClose(sitting: Sitting, question: Where): Promise<void> {
  const subject = (await ownCases(sitting)).find((one) => one.number === question.case);
  if (subject === undefined || subject.state !== "clarifying") {
    clearQuestion(sitting);
    return;
  }
  if (question.turn === 1) {
    askWhere(sitting, subject, { kind: "ask", why: "nothing", choices: [...question.choices] }, { turn: 2 });
    return;
  }
  clearQuestion(sitting);
  record(
    sitting,
    subject,
    "closed",
    "service",
    { outcome: "no_contact" },
    {
      outcome: "no_contact",
      closedAt: sitting.now,
    },
  );
  tell(sitting, {
    kind: "closure",
    subject,
    words: wordingFor(sitting).closedWithoutContact({ number: subject.number }),
    isAnswer: true,
  });
}

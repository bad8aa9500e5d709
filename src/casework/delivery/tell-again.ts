import { and, asc, eq, inArray, isNull, lte, or, type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { cases } from "../../../db/schema/cases.ts";
import { media } from "../../../db/schema/media.ts";
import { attempts, type OutboxRow, type OutgoingContent, outbox } from "../../../db/schema/outbox.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import { isDeputys, questionsOf, withQuestions } from "../../domain/dialog/open-questions.ts";
import { type Locale, wordingOf } from "../../domain/wording/wording.ts";
import { contentOf } from "../outbox/content.ts";
import { tellOnceMore } from "../outbox/tell.ts";
import type { Turn } from "../turn/turn.ts";
import { piecesOf } from "./envelope.ts";
import { questionOf, whyNotAgain } from "./still-to-know.ts";

/** What nobody saw the end of is told again by itself after so long, where its person has not written meanwhile. */
const UNSEEN_MS = 3_600_000;
const AT_ONCE = 100;

/** Where a message is told again: a chat, or none while its deputy has bound none. */
type Reader = { readonly conversationId: string | null; readonly locale: Locale };

/** The condition that a message was told again and the repetition has ended: its result counts then. */
export const wasToldAgain = sql`exists (select from ${outbox} again
  where again.repeats = ${outbox.id} and again.state not in ('waiting', 'sending'))`;

/**
 * The conversations to which something was sent whose end nobody saw, an hour ago or longer; those that waited longest
 * first.
 */
export async function unseenForLong(tx: Transaction, jurisdictionId: string, now: Date): Promise<string[]> {
  const rows = await tx
    .select({ conversationId: outbox.conversationId })
    .from(outbox)
    .where(
      and(
        eq(outbox.jurisdictionId, jurisdictionId),
        mayBeToldAgain(),
        lte(outbox.settledAt, new Date(now.getTime() - UNSEEN_MS)),
      ),
    )
    .orderBy(asc(outbox.settledAt))
    .limit(AT_ONCE);
  return [...new Set(rows.flatMap((row) => row.conversationId ?? []))];
}

/** Filters these conversations for those to which something was sent whose end nobody saw. */
export async function unseenIn(tx: Transaction, conversationIds: SQL): Promise<ReadonlySet<string>> {
  const rows = await tx
    .selectDistinct({ id: outbox.conversationId })
    .from(outbox)
    .where(and(sql`${outbox.conversationId} = any(${conversationIds})`, mayBeToldAgain()))
    .execute();
  return new Set(rows.flatMap(({ id }) => id ?? []));
}

/**
 * Repeats what this person must know and may have missed, because the call that carried it ended without an answer.
 *
 * Each message is told again once, whoever finds it first; what need not or may not be read any more is left as it is, with
 * the reason. The conversation is locked.
 * @param turn.conversation to which it went; what was for a deputy goes to the chat that this deputy has now
 * @param when `contact`: its person is here now, and nothing for another deputy is meant; `time`: whatever waited long enough
 */
export async function tellAgain(turn: Turn, when: "contact" | "time"): Promise<void> {
  const { id, deputyId } = turn.conversation;
  const forWhoIsHere =
    deputyId === null ? isNull(outbox.deputyId) : or(isNull(outbox.deputyId), eq(outbox.deputyId, deputyId));
  const forLong = lte(outbox.settledAt, new Date(turn.now.getTime() - UNSEEN_MS));
  const rows = await turn.tx
    .update(outbox)
    .set({ repeatsLeft: 0 })
    .where(and(eq(outbox.conversationId, id), mayBeToldAgain(), when === "contact" ? forWhoIsHere : forLong))
    .returning();
  for (const row of rows.toSorted((a, b) => a.seq - b.seq)) await repeat(turn, row, when);
}

async function repeat(turn: Turn, row: OutboxRow, when: "contact" | "time"): Promise<void> {
  const content = contentOf(turn.runtime, row);
  const whyNot = await whyNotAgain(turn, row, content);
  if (whyNot !== null) {
    const reason = `${row.reason ?? "its end was not seen"}; not told again: ${whyNot}`;
    await turn.tx.update(outbox).set({ reason }).where(eq(outbox.id, row.id));
    return;
  }
  const { conversationId, locale } = await readerOf(turn, row, when);
  const wording = wordingOf(locale);
  if (content.mediaId !== undefined) {
    const number = await numberOf(turn.tx, row);
    const isVoice = (await formOf(turn.tx, content.mediaId)) === "voice";
    const caption = isVoice ? wording.recordingAgain({ number }) : wording.photoAgain({ number });
    tellOnceMore(turn, row, conversationId, { text: caption });
    tellOnceMore(turn, row, conversationId, content);
    return;
  }
  keepAsked(turn, row);
  const sentOn = dayIn(row.createdAt, turn.runtime.timeZone);
  const unseen = await unseenPart(turn, row, content);
  const text = wording.toldAgain({ text: unseen.text, sentOn: sentOn === turn.today ? null : sentOn });
  tellOnceMore(turn, row, conversationId, { ...unseen, text });
}

async function readerOf(turn: Turn, row: OutboxRow, when: "contact" | "time"): Promise<Reader> {
  const { id, locale } = turn.conversation;
  if (row.deputyId === null || when === "contact") return { conversationId: id, locale };
  const chat = await turn.lookups.chatOf(row.deputyId);
  return { conversationId: chat?.id ?? null, locale: chat?.locale ?? "zh-CN" };
}

/** A deputy has as long as before for the answer to a question that is asked again. */
function keepAsked(turn: Turn, row: OutboxRow): void {
  const asked = row.kind === "question" ? questionOf(turn, row) : null;
  if (asked === null || !isDeputys(asked)) return;
  const { dialog } = turn.conversation;
  const renewed = { ...asked, at: turn.now.toISOString() };
  const questions = questionsOf(dialog).map((one) => (one === asked ? renewed : one));
  turn.conversation.dialog = withQuestions(dialog, questions);
}

/** Of a text too long for one message the pieces whose calls ended without an answer, with its choices if the last is one of them. */
async function unseenPart(turn: Turn, row: OutboxRow, content: OutgoingContent): Promise<OutgoingContent> {
  const found = await turn.runtime.accounts.byId(turn.jurisdictionId, turn.conversation.accountId);
  const pieces = found === null ? [] : piecesOf(content, found.sender);
  if (pieces.length < 2) return content;
  const ends = await turn.tx
    .select({ outcome: attempts.outcome })
    .from(attempts)
    .where(
      and(
        eq(attempts.outboxId, row.id),
        inArray(attempts.rung, ["direct", "passive"]),
        inArray(attempts.outcome, ["delivered", "uncertain"]),
      ),
    )
    .orderBy(asc(attempts.id));
  if (ends.length !== pieces.length) return content;
  const isUnseen = (index: number) => ends[index]?.outcome === "uncertain";
  const text = pieces.filter((_, index) => isUnseen(index)).join("\n");
  const { choices: _choices, closing: _closing, card: _card, ...rest } = content;
  return isUnseen(pieces.length - 1) ? { ...content, text } : { ...rest, text };
}

async function formOf(tx: Transaction, id: string): Promise<string | undefined> {
  const [row] = await tx.select({ form: media.form }).from(media).where(eq(media.id, id));
  return row?.form;
}

async function numberOf(tx: Transaction, row: OutboxRow): Promise<string> {
  const [subject] = await tx
    .select({ number: cases.number })
    .from(cases)
    .where(eq(cases.id, row.caseId ?? ""));
  if (subject === undefined) throw new Error("a photo of no case");
  return subject.number;
}

/** Spelled as the partial indexes are, so that they are used. */
function mayBeToldAgain(): SQL {
  return sql`${outbox.state} = 'uncertain' and ${outbox.repeatsLeft} > 0`;
}

import { and, eq, inArray } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { CaseRecord } from "../../../db/schema/cases.ts";
import { type NotShown, type OutboxRow, type OutgoingContent, outbox } from "../../../db/schema/outbox.ts";
import type { Card, NoticeFields } from "../../domain/messages/message.ts";
import { inert, inertLine } from "../../domain/text/inert.ts";
import type { Question } from "../../domain/wording/question.ts";
import type { Wording } from "../../domain/wording/sentences.ts";
import { type Locale, wordingOf } from "../../domain/wording/wording.ts";
import { phoneJoined } from "../cases/phone-tasks.ts";
import { addToThread } from "../cases/thread.ts";
import { personConversations } from "../turn/person.ts";
import { platformFor, type Turn } from "../turn/turn.ts";
import { writeLater } from "../turn/unit-of-work.ts";
import { MUST_KNOW, type OutgoingKind, sealContent } from "./content.ts";
import { residentChat } from "./resident-chat.ts";

/** The version of the privacy notice: it changes with its words, so that everybody is told again. */
export const NOTICE_VERSION = "2026-11";

/** Longer than anything that is said at the first contact waits to be sent. */
const FIRST_CONTACT_MS = 2 * 60_000;

/** A message to be written to the outbox: its kind, its case, its words, and how it may be sent. */
export type Telling = {
  readonly kind: OutgoingKind;
  readonly subject: CaseRecord | null;
  /** The id of the case of which it tells staff, where it stands in no thread: it is erased with that. */
  readonly aboutCase?: string | undefined;
  /** A plain text, or a question whose labels become numbered choices. */
  readonly words: string | Question;
  /** May use the message that is kept for the answer, and may be announced by a notice. */
  readonly isAnswer?: boolean;
  readonly notBefore?: Date;
  readonly notice?: NoticeFields;
  readonly mediaId?: string;
  /** How much it tells of that cannot be shown, so that more of it is told with it. */
  readonly notShown?: NotShown;
  /** The scene whose code it carries as a picture. */
  readonly scene?: string;
  /** The card that it is where the platform has cards. */
  readonly card?: Omit<Card, "text">;
  /** The platform's id of the message that it answers. */
  readonly replyTo?: string;
  /** Whose words it carries to the resident; the service's own where nothing is said. */
  readonly party?: "deputy" | "office" | "service";
  /** Not worth waiting for a deputy whose chat is not bound. */
  readonly onlyWhenBound?: boolean;
  /** Whether it is told once more when nobody saw its end; where nothing is said, its kind decides ({@link MUST_KNOW}). */
  readonly mustKnow?: boolean;
  /** What stands in the thread of the case, where that is not the whole message. */
  readonly threadText?: string;
  /** The id of its row in the outbox, where something else names it. */
  readonly id?: string;
};

/**
 * Tells the resident of this turn something.
 *
 * The first message to anybody brings the privacy notice (PIPL art. 17) with it; where life is in danger the notice
 * comes after (art. 18: it may follow when the emergency is over).
 */
export function tell(turn: Turn, telling: Telling): void {
  const isNotified = turn.conversation.noticeVersion === NOTICE_VERSION;
  if (!isNotified && telling.kind !== "emergency") giveNotice(turn, telling.notBefore);
  if (isNotified && telling.notBefore === undefined) hastenNotice(turn);
  const answers = telling.notBefore === undefined && turn.answering !== null ? { replyTo: turn.answering } : {};
  tellConversation(turn, turn.conversation.id, { ...telling, ...answers });
  if (!isNotified && telling.kind === "emergency") giveNotice(turn);
}

/** Tells the resident of a case something, from whichever conversation the case is being changed. */
export async function tellResident(
  turn: Turn,
  subject: CaseRecord,
  telling: (wording: Wording, locale: Locale) => Omit<Telling, "subject">,
): Promise<void> {
  const { id, locale } = await residentChat(turn, subject);
  const said = telling(wordingOf(locale), locale);
  if (id === turn.conversation.id) tell(turn, { ...said, subject });
  else tellConversation(turn, id, { ...said, subject });
  await phoneOthers(turn, subject, said.kind);
}

/** Who came to a desk with the same matter has no chat: an answer or a closure is told to them by telephone. */
async function phoneOthers(turn: Turn, subject: CaseRecord, kind: OutgoingKind): Promise<void> {
  if (kind === "reply" || kind === "closure" || kind === "unit-word") await phoneJoined(turn.tx, subject, turn.now);
}

/**
 * Tells the deputy of a case something. A deputy whose chat is not bound yet gets it upon binding.
 *
 * The wording takes a resident's words only masked and quoted. Sealed cases never come here: whoever calls this for one
 * has made a mistake.
 */
export async function tellDeputy(
  turn: Turn,
  deputyId: string,
  telling: (wording: Wording, locale: Locale) => Telling,
): Promise<void> {
  const bound = await turn.lookups.chatOf(deputyId);
  const locale: Locale = bound?.locale ?? "zh-CN";
  const said = telling(wordingOf(locale), locale);
  if (said.subject?.sealed === true) throw new Error("a sealed case is not told to a deputy");
  if (bound === undefined && said.onlyWhenBound === true) return;
  enqueue(turn, bound?.id ?? null, deputyId, said);
}

/** Tells somebody of the staff something in a chat of their own; it stands in the thread of no case. */
export function tellStaff(turn: Turn, conversationId: string, telling: Telling): void {
  enqueue(turn, conversationId, null, telling);
}

/** Tells a room something; it stands in the thread of no case. */
export function tellRoom(turn: Turn, roomId: string, telling: Telling): void {
  enqueue(turn, roomId, null, telling);
}

/** What belongs to what is being said in one chat, and is pointless there alone. */
const OF_ONE_CHAT: ReadonlySet<OutgoingKind> = new Set<OutgoingKind>(["question", "prompt"]);

/** Withdraws what has not been sent yet and has become pointless: a question that is answered, a prompt to go on; of a case also in other chats of its resident. */
export function supersede(turn: Turn, kinds: readonly OutgoingKind[]): void {
  const isOfOne = turn.linked.length === 0 || kinds.some((kind) => OF_ONE_CHAT.has(kind));
  if (isOfOne && turn.unsent !== null && !kinds.some((kind) => turn.unsent?.has(kind))) return;
  for (const kind of kinds) turn.unsent?.delete(kind);
  writeLater(
    turn,
    turn.tx
      .update(outbox)
      .set({ state: "superseded", settledAt: turn.now })
      .where(
        and(
          inArray(outbox.conversationId, isOfOne ? [turn.conversation.id] : personConversations(turn)),
          inArray(outbox.kind, [...kinds]),
          eq(outbox.state, "waiting"),
        ),
      ),
  );
}

/** The notice leaves together with the words that brought it: it costs no message of the platform's few. */
function giveNotice(turn: Turn, notBefore?: Date): void {
  turn.conversation.noticeVersion = NOTICE_VERSION;
  const words = wordingOf(turn.conversation.locale).privacyNotice({
    county: turn.county.name,
    platform: platformFor(turn),
  });
  tellConversation(turn, turn.conversation.id, {
    kind: "notice",
    subject: null,
    words,
    ...(notBefore && { notBefore }),
  });
}

/** A notice that waits for a question goes with what leaves before it. */
function hastenNotice(turn: Turn): void {
  const { id, createdAt } = turn.conversation;
  if (turn.now.getTime() - createdAt.getTime() > FIRST_CONTACT_MS || turn.unsent?.has("notice") === false) return;
  writeLater(
    turn,
    turn.tx
      .update(outbox)
      .set({ notBefore: turn.now })
      .where(and(eq(outbox.conversationId, id), eq(outbox.kind, "notice"), eq(outbox.state, "waiting"))),
  );
}

/** Tells the person of a conversation something, whichever conversation this turn is of. */
export function tellConversation(turn: Turn, conversationId: string, telling: Telling): void {
  const outboxId = enqueue(turn, conversationId, null, telling);
  // What a unit is asked is no part of what was said between resident and deputy.
  if (telling.subject !== null && telling.kind !== "status" && telling.kind !== "handover") {
    addToThread(turn, telling.subject, {
      direction: "out",
      party: telling.party ?? "service",
      kind: telling.kind,
      text: telling.threadText ?? (typeof telling.words === "string" ? telling.words : telling.words.text),
      mediaId: telling.mediaId ?? null,
      outboxId,
    });
  }
}

/**
 * Writes a message whose end nobody saw once more, for the same reader and as urgent as it was; a repetition is not
 * repeated.
 *
 * @param conversationId null while the deputy for whom it is has no chat
 */
export function tellOnceMore(
  turn: Turn,
  first: OutboxRow,
  conversationId: string | null,
  content: OutgoingContent,
): void {
  const { deputyId, caseId, isAnswer } = first;
  const kind = first.kind as OutgoingKind;
  const again = { kind, caseId, isAnswer, notBefore: turn.now, repeatsLeft: 0, repeats: first.id };
  write(turn, { conversationId, deputyId }, again, content);
}

function enqueue(turn: Turn, conversationId: string | null, deputyId: string | null, telling: Telling): string {
  const message = {
    kind: telling.kind,
    caseId: telling.subject?.id ?? telling.aboutCase ?? null,
    isAnswer: telling.isAnswer ?? false,
    notBefore: telling.notBefore ?? turn.now,
    repeatsLeft: (telling.mustKnow ?? MUST_KNOW.has(telling.kind)) ? 1 : 0,
  };
  return write(turn, { conversationId, deputyId }, message, contentOfTelling(telling), telling.id);
}

type Reader = { readonly conversationId: string | null; readonly deputyId: string | null };
type Message = Pick<typeof outbox.$inferInsert, "caseId" | "isAnswer" | "notBefore" | "repeatsLeft" | "repeats"> & {
  readonly kind: OutgoingKind;
};

function write(
  turn: Turn,
  { conversationId, deputyId }: Reader,
  message: Message,
  content: OutgoingContent,
  id = newId(),
): string {
  turn.writes.insert(outbox, {
    ...message,
    id,
    jurisdictionId: turn.jurisdictionId,
    conversationId,
    deputyId,
    content: sealContent(turn, inertContent(content)),
    state: "waiting",
    reason: conversationId === null ? "the deputy's chat is not bound" : null,
    awaitsContact: conversationId === null,
    createdAt: turn.now,
  });
  if (conversationId === turn.conversation.id) turn.unsent?.add(message.kind);
  if (conversationId !== null) turn.toDeliver.add(conversationId);
  return id;
}

function contentOfTelling({ words, notice, mediaId, scene, card, replyTo, notShown }: Telling): OutgoingContent {
  return {
    text: typeof words === "string" ? words : words.text,
    ...(typeof words === "string"
      ? {}
      : {
          choices: words.labels.map((label, index) => ({ id: String(index + 1), label })),
          closing: words.closing,
        }),
    ...(notice === undefined ? {} : { notice }),
    ...(mediaId === undefined ? {} : { mediaId }),
    ...(scene === undefined ? {} : { scene }),
    ...(card === undefined ? {} : { card }),
    ...(replyTo === undefined ? {} : { replyTo }),
    ...(notShown === undefined ? {} : { notShown }),
  };
}

/** Nothing leaves but what is inert, also where lists of the office or names were put into it. */
function inertContent({ text, choices, notice, card, ...content }: OutgoingContent): OutgoingContent {
  return {
    ...content,
    ...(card && { card: inertCard(card) }),
    text: inert(text),
    ...(choices && { choices: choices.map(({ id, label }) => ({ id, label: inertLine(label) })) }),
    ...(notice && { notice: { ...notice, summary: inertLine(notice.summary), deputy: inertLine(notice.deputy) } }),
  };
}

function inertCard({ title, facts, words, actions }: Omit<Card, "text">): Omit<Card, "text"> {
  return {
    title: inertLine(title),
    facts: facts.map(([label, value]) => [label, inertLine(value)] as const),
    words: inert(words),
    actions,
  };
}

import { and, eq } from "drizzle-orm";
import { type CaseRecord, cases } from "../../../db/schema/cases.ts";
import { conversations } from "../../../db/schema/conversations.ts";
import { mayGoOut } from "../../domain/case/outlet.ts";
import { mayCross } from "../cases/visible-to.ts";
import { likeliest, likeliestChat, type ToldChat } from "../turn/person.ts";
import type { Turn } from "../turn/turn.ts";

/**
 * The chat in which the resident of a case is told something of it: of their chats the one in which they spoke last; the one in which the case
 * was opened, where it may be told in no other.
 */
export async function residentChat(turn: Turn, subject: CaseRecord): Promise<ToldChat> {
  const { conversation, linked, tx } = turn;
  const here = [conversation, ...linked].find(({ id }) => id === subject.conversationId);
  if (here !== undefined) {
    if (linked.length === 0 || !(await mayBeToldElsewhere(turn, subject))) return here;
    return likeliest([conversation, ...linked]) ?? here;
  }
  const [own] = await tx
    .select({ id: conversations.id, locale: conversations.locale, personId: conversations.personId })
    .from(conversations)
    .where(eq(conversations.id, subject.conversationId));
  if (own === undefined) return { id: subject.conversationId, locale: "zh-CN" };
  if (own.personId === null || !(await mayBeToldElsewhere(turn, subject))) return own;
  return (await likeliestChat(tx, own.personId)) ?? own;
}

/** Whether a case may be told in other chats of its resident than the one in which it was opened; see {@link mayCross}. */
async function mayBeToldElsewhere({ tx }: Turn, subject: CaseRecord): Promise<boolean> {
  if (!mayGoOut(subject, "other-chat")) return false;
  const rows = await tx
    .select({ id: cases.id })
    .from(cases)
    .where(and(eq(cases.id, subject.id), mayCross));
  return rows.length > 0;
}

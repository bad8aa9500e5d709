import { asc, eq, sql } from "drizzle-orm";
import { cases } from "../../../db/schema/cases.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import { WAITS_MS } from "../../domain/messages/across-chats.ts";
import { nextStep } from "../../domain/messages/delivery-ladder.ts";
import { personWordingOf } from "../../domain/wording/persons/wording.ts";
import { mayCross } from "../cases/visible-to.ts";
import { reachOf } from "../delivery/reach.ts";
import { contentOf, MUST_KNOW, type OutgoingKind } from "../outbox/content.ts";
import { tellOnceMore } from "../outbox/tell.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { openTurn } from "../turn/open-turn.ts";
import { likeliest } from "../turn/person.ts";
import { finishTurn, type Turn } from "../turn/turn.ts";

const AT_ONCE = 100;
/** What is answered where it was asked, and what speaks of the page itself. */
const OF_THE_PAGE: readonly OutgoingKind[] = ["question", "notice", "emergency"];

/**
 * Tells what has stood unread on a web chat's page for a day in another chat of the same person, once, where something can be sent there now.
 *
 * @returns the conversations that now have something to deliver
 */
export async function tellUnreadPosts(runtime: Runtime, jurisdictionId: string): Promise<string[]> {
  const before = new Date(runtime.now().getTime() - WAITS_MS.unreadPost).toISOString();
  const kinds = [...MUST_KNOW].filter((kind) => !OF_THE_PAGE.includes(kind as OutgoingKind));
  const unread = await runtime.database.inCounty(jurisdictionId, (tx) =>
    tx.execute<{ id: string; chat: string }>(sql`
      select o.id, o.conversation_id as chat from web_posts p
      join attempts a on a.platform_id = p.id::text and a.outcome = 'delivered'
      join outbox o on o.id = a.outbox_id and o.state = 'delivered' and o.repeats is null and o.deputy_id is null
      join conversations k on k.id = o.conversation_id and k.person_id is not null
      where p.jurisdiction_id = ${jurisdictionId} and p.read_at is null and p.at <= ${before}::timestamptz
        and o.kind = any(${sql.param(kinds)}::text[]) and o.case_id is not null
        and not exists (select from outbox again where again.repeats = o.id)
      order by o.seq limit ${AT_ONCE}`),
  );
  const toDeliver = new Set<string>();
  for (const [chat, rows] of Map.groupBy(unread, (row) => row.chat)) {
    const ids = rows.map(({ id }) => id);
    await runtime.database.inCounty(jurisdictionId, async (tx) => {
      const turn = await openTurn(runtime, tx, chat);
      if (turn === null) return;
      await tellThere(turn, ids);
      for (const one of turn.toDeliver) toDeliver.add(one);
      await finishTurn(turn);
    });
  }
  return [...toDeliver];
}

async function tellThere(turn: Turn, ids: readonly string[]): Promise<void> {
  const { runtime, tx, linked, now, jurisdictionId } = turn;
  const rows = await tx
    .select({ row: outbox })
    .from(outbox)
    .innerJoin(cases, eq(cases.id, outbox.caseId))
    .where(sql`${outbox.id} = any(${sql.param(ids)}::uuid[]) and ${mayCross}
      and not exists (select from outbox again where again.repeats = ${outbox.id})`)
    .orderBy(asc(outbox.seq));
  const open = await Promise.all(
    linked.map(async (chat) => ({ chat, found: await runtime.accounts.byId(jurisdictionId, chat.accountId) })),
  );
  for (const { row } of rows) {
    const waiting = { isAnswer: row.isAnswer, hasNotice: false, noticed: false };
    const isOpen = ({ chat, found }: (typeof open)[number]) =>
      found !== null && nextStep(waiting, reachOf(chat, found, now), now).step === "send";
    const there = likeliest(open.filter(isOpen).map(({ chat }) => chat));
    const content = contentOf(runtime, row);
    if (there === undefined || (content.text === "" && content.mediaId === undefined)) continue;
    const text = content.text === "" ? "" : personWordingOf(there.locale).unreadOnPage({ text: content.text });
    tellOnceMore(turn, row, there.id, { ...content, text });
  }
}

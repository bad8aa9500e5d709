import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { inbox } from "../../../db/schema/conversations.ts";
import { BURST_MS } from "../../domain/dialog/belonging.ts";
import { isNod } from "../../domain/dialog/courtesy.ts";
import { mask } from "../../domain/text/mask.ts";
import { normalise } from "../../domain/text/words.ts";
import type { Said } from "../actions/open-case.ts";
import { keepWords } from "../actions/reopen.ts";
import { readPayload } from "../inbox/accept.ts";
import { tell, tellDeputy } from "../outbox/tell.ts";
import type { Outcome } from "../receive/dispatch.ts";
import { addToThread, type CaseRecord, ownCases, record, type Sitting, wordingFor } from "../turn/turn.ts";

/**
 * Thanks opens nothing: it goes to the deputy whom it calls by name, else to the one of the latest case that somebody
 * answered, and is counted apart. Thanks to a deputy who has no case of this resident reaches no other.
 */
export async function passThanks(sitting: Sitting, said: Said): Promise<Outcome> {
  tell(sitting, { kind: "courtesy", subject: null, words: wordingFor(sitting).thanksNoted() });
  const called = await deputiesThanked(sitting, said.text);
  const held = (await ownCases(sitting)).filter(
    ({ deputyId, sealed, outcome }) =>
      deputyId !== null && !sealed && outcome !== "withdrawn" && (called.length === 0 || called.includes(deputyId)),
  );
  const helped = held.find((one) => one.state === "answered" || one.state === "closed") ?? held[0];
  if (helped === undefined || helped.deputyId === null) return { kind: "courtesy" };
  const { number } = helped;
  addToThread(sitting, helped, { direction: "in", party: "resident", ...said });
  record(sitting, helped, "message_added", "resident", { thanks: true });
  // "Thank you" right behind one's own trouble is only how people end a message.
  if (!endsTheirWords(sitting, helped)) {
    const text = mask(said.text);
    await tellDeputy(sitting, helped.deputyId, (wording) => ({
      kind: "deputy-news",
      subject: helped,
      words: wording.residentThanks({ number, text }),
    }));
  }
  return { kind: "courtesy", caseId: helped.id };
}

/**
 * A greeting waits for what follows; within a burst it belongs to what was said, and no deputy hears of it. A nod to what
 * they were told of a case asks for nothing.
 */
export async function hearNothingYet(sitting: Sitting, said: Said): Promise<Outcome> {
  const mine = await ownCases(sitting);
  const recent = mine.find((one) => one.closedAt === null && isInBurst(sitting, one));
  if (recent !== undefined) {
    keepWords(sitting, recent, [said]);
    return { kind: "case", caseId: recent.id };
  }
  if (mine.length > 0 && isNod(said.text)) return { kind: "courtesy" };
  sitting.conversation.dialog = { ...sitting.conversation.dialog, greetedAt: sitting.now.toISOString() };
  tell(sitting, {
    kind: "prompt",
    subject: null,
    words: wordingFor(sitting).askToGoOn(),
    notBefore: new Date(sitting.now.getTime() + BURST_MS),
  });
  return { kind: "courtesy" };
}

/** The deputies whom thanks calls by the whole name, or by the family name and the office; none for "谢谢代表". */
async function deputiesThanked(sitting: Sitting, text: string): Promise<string[]> {
  const said = normalise(text)
    .replace(/谢谢|感谢|多谢/g, ",")
    .replaceAll(" ", "");
  const rows = await sitting.tx.execute<{ id: string }>(sql`
    select d.id from deputies d
    where d.jurisdiction_id = ${sitting.jurisdictionId} and char_length(d.name) >= 2
      and (position(d.name in ${said}) > 0
        or position(left(d.name, 1) || '代表' in ${said}) > 0 or position(left(d.name, 2) || '代表' in ${said}) > 0)`);
  return rows.map((row) => row.id);
}

/** The greetings and half sentences of the last minutes that said nothing by themselves. */
export async function wordsBefore(sitting: Sitting): Promise<Said[]> {
  if (sitting.conversation.dialog.greetedAt === undefined) return [];
  const rows = await sitting.tx
    .select()
    .from(inbox)
    .where(
      and(
        eq(inbox.accountId, sitting.account.id),
        eq(inbox.peer, sitting.conversation.peer),
        eq(inbox.outcome, "courtesy"),
        eq(inbox.kind, "text"),
        isNull(inbox.caseId),
        gt(inbox.receivedAt, new Date(sitting.now.getTime() - 5 * BURST_MS)),
      ),
    )
    .orderBy(inbox.seq);
  return rows.flatMap((row) => {
    const { content } = readPayload(sitting.house.vault, row);
    return content.kind === "text"
      ? [{ seq: row.seq, at: row.receivedAt, kind: "text" as const, text: content.text, mediaId: null }]
      : [];
  });
}

/** Whether a case's resident said something that belongs to it within the last minute. */
export function isInBurst(sitting: Sitting, subject: CaseRecord): boolean {
  return sitting.now.getTime() - subject.lastSpokenAt.getTime() <= BURST_MS;
}

function endsTheirWords(sitting: Sitting, subject: CaseRecord): boolean {
  return subject.state === "assigned" && isInBurst(sitting, subject);
}

import { and, eq, gt, isNull } from "drizzle-orm";
import { inbox } from "../../db/schema/conversations.ts";
import { BURST_MS } from "../domain/belonging.ts";
import { mask } from "../domain/privacy.ts";
import { keepWords } from "./follow.ts";
import type { Outcome } from "./hear.ts";
import { readPayload } from "./inbox.ts";
import type { Said } from "./open.ts";
import { addToThread, type CaseRecord, ownCases, record, type Sitting, wordingFor } from "./sitting.ts";
import { tell, tellDeputy } from "./tell.ts";

/** Thanks opens nothing: it goes to the deputy of the latest case that somebody answered, and is counted apart. */
export async function passThanks(sitting: Sitting, said: Said): Promise<Outcome> {
  tell(sitting, { kind: "courtesy", subject: null, words: wordingFor(sitting).thanksNoted() });
  const held = (await ownCases(sitting)).filter((one) => one.deputyId !== null && !one.sealed);
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

/** A greeting waits for what follows; within a burst it belongs to what was said, and no deputy hears of it. */
export async function hearNothingYet(sitting: Sitting, said: Said): Promise<Outcome> {
  const recent = (await ownCases(sitting)).find((one) => one.closedAt === null && isInBurst(sitting, one));
  if (recent !== undefined) {
    keepWords(sitting, recent, [said]);
    return { kind: "case", caseId: recent.id };
  }
  sitting.conversation.dialog = { ...sitting.conversation.dialog, greetedAt: sitting.now.toISOString() };
  tell(sitting, {
    kind: "prompt",
    subject: null,
    words: wordingFor(sitting).askToGoOn(),
    notBefore: new Date(sitting.now.getTime() + BURST_MS),
  });
  return { kind: "courtesy" };
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

import { inArray } from "drizzle-orm";
import { inbox } from "../../../db/schema/conversations.ts";
import type { OpenQuestion } from "../../domain/dialog/understand-resident.ts";
import type { InboundContent } from "../../domain/messages/message.ts";
import type { Said } from "../actions/open-case.ts";
import { type CaseRecord, later, type Sitting } from "../turn/turn.ts";
import { readPayload } from "./accept.ts";

/** What waited for the answer to "which case?", as it was said. */
export async function waitingWords(
  sitting: Sitting,
  question: Extract<OpenQuestion, { kind: "which-case" }>,
): Promise<Said[]> {
  if (question.waiting.length === 0) return [];
  const rows = await sitting.tx
    .select()
    .from(inbox)
    .where(
      inArray(
        inbox.seq,
        question.waiting.map((one) => one.seq),
      ),
    );
  return question.waiting.flatMap(({ seq, kind, mediaId }) => {
    const row = rows.find((one) => one.seq === seq);
    if (row === undefined) return [];
    const text = wordsIn(readPayload(sitting.house.vault, row).content);
    return [{ seq, at: row.receivedAt, kind: kind as Said["kind"], text, mediaId }];
  });
}

/** What of a message can be read. */
export function wordsIn(content: InboundContent): string {
  switch (content.kind) {
    case "text":
      return content.text;
    case "media":
      return content.transcript ?? "";
    case "location":
      return content.label;
    case "link":
      return [content.title, content.description, content.url].filter((part) => part !== "").join(" ");
    default:
      return "";
  }
}

/** Writes where words that had waited ended after all. */
export async function giveCaseTo(sitting: Sitting, said: readonly Said[], subject: CaseRecord): Promise<void> {
  if (said.length === 0) return;
  const seqs = said.map((one) => one.seq);
  later(sitting, sitting.tx.update(inbox).set({ outcome: "case", caseId: subject.id }).where(inArray(inbox.seq, seqs)));
}

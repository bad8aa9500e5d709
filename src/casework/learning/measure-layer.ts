import { desc, eq } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { inbox } from "../../../db/schema/conversations.ts";
import type { LayerMeasured } from "../../../db/schema/layers.ts";
import { understandings } from "../../../db/schema/understandings.ts";
import { type Situation, understandResident } from "../../domain/dialog/understand-resident.ts";
import { tiersIn } from "../../domain/measuring/compare.ts";
import { namesIn } from "../../domain/text/names.ts";
import type { Reader } from "../../domain/understanding/reader.ts";
import { readPayload } from "../inbox/payload.ts";
import { wordsIn } from "../inbox/words.ts";
import { knownNames, type LearningServices } from "./candidates.ts";

/** So many of a county's last messages are decided once more. */
const MESSAGES = 1_000;

/** A message of the county, to be decided once more in about the situation in which it came. */
export type PastMessage = { readonly text: string; readonly situation: Situation };

/** What changes on the messages of a county. */
type Changes = Pick<LayerMeasured, "messages" | "changed" | "changes" | "lowered">;

/** Reads the last messages of the county whose transaction this is. */
export async function lastMessages(
  { vault, atlases, now }: LearningServices,
  tx: Transaction,
  jurisdictionId: string,
): Promise<PastMessage[]> {
  const { deputies } = await knownNames({ atlases, now }, tx, jurisdictionId);
  const rows = await tx
    .select({ kind: understandings.kind, accountId: inbox.accountId, payload: inbox.payload })
    .from(understandings)
    .innerJoin(inbox, eq(inbox.seq, understandings.inboxSeq))
    .orderBy(desc(understandings.at), desc(understandings.inboxSeq))
    .limit(MESSAGES);
  return rows.flatMap(({ kind, ...row }) => {
    const text = wordsIn(readPayload(vault, row).content);
    const named = [...new Set(namesIn(text, deputies).map(({ key }) => key))];
    return text === "" ? [] : [{ text, situation: { ...situationOf(kind, now()), deputies: named } }];
  });
}

/** What was open then is not kept; how a message was taken tells enough of it. */
function situationOf(kind: string, now: Date): Situation {
  const verdictOpen = kind === "rating" || kind === "no-verdict";
  const hasCase = kind === "follow-up" || kind === "command";
  return {
    state: verdictOpen ? { question: { kind: "rating", case: "2026-000001", at: now.toISOString() } } : {},
    now,
    context: { verdictOpen, whereOpen: false, open: hasCase ? 1 : 0, settledLately: verdictOpen ? 1 : 0 },
  };
}

/** Compares what is decided of messages by two readers: counts, and no message. */
export function changesOn(messages: readonly PastMessage[], before: Reader, after: Reader): Changes {
  const changes: Record<string, number> = {};
  const lowered = { danger: 0, accusation: 0 };
  let changed = 0;
  for (const { text, situation } of messages) {
    const one = understandResident(text, situation, before);
    const other = understandResident(text, situation, after);
    const [had, has] = [tiersIn(one), tiersIn(other)];
    if (has.danger < had.danger) lowered.danger += 1;
    if (has.accusation < had.accusation) lowered.accusation += 1;
    const [from, to] = [doneBy(one), doneBy(other)];
    if (from === to) continue;
    changed += 1;
    changes[`${from} → ${to}`] = (changes[`${from} → ${to}`] ?? 0) + 1;
  }
  return { messages: messages.length, changed, changes, lowered };
}

function doneBy({ meaning }: ReturnType<typeof understandResident>): string {
  if (meaning.kind === "command") return meaning.command;
  return meaning.kind === "rating" ? (meaning.satisfied ? "satisfied" : "not satisfied") : meaning.kind;
}

import { and, asc, eq, inArray, isNotNull } from "drizzle-orm";
import type { CaseRecord } from "../../../db/schema/cases.ts";
import { caseMessages } from "../../../db/schema/cases.ts";
import { answersOnly, takes } from "../runtime/accounts.ts";
import type { Turn } from "../turn/turn.ts";
import { tellDeputy } from "./tell.ts";

/**
 * An entry of a case by its kind and its `media` row, null for one without: a photo, a voice, a film, or plain words.
 */
export type Shown = { readonly kind: string; readonly mediaId: string | null };

/** The kinds of entries that a deputy gets as they are. */
const FOR_DEPUTY = ["image", "voice"];

/**
 * Sends the deputy of a case the photos and recordings in what was said. Where their chat takes no recording they read where it can be
 * heard.
 */
export async function showToDeputy(turn: Turn, subject: CaseRecord, shown: readonly Shown[]): Promise<void> {
  const { deputyId, number } = subject;
  // A photo may show whose it is, and a voice tells it: of a child, and of who stays unnamed, none leaves the office.
  if (deputyId === null || subject.sealed || subject.minor || subject.unnamed) return;
  const forThem = shown.filter(({ kind, mediaId }) => mediaId !== null && FOR_DEPUTY.includes(kind));
  const isUnheard = forThem.some(({ kind }) => kind === "voice") && !(await takesRecordings(turn, deputyId));
  for (const { kind, mediaId } of forThem) {
    if (mediaId === null || (kind === "voice" && isUnheard)) continue;
    await tellDeputy(turn, deputyId, () => ({ kind: "photo", subject, words: "", mediaId }));
  }
  if (!isUnheard) return;
  await tellDeputy(turn, deputyId, (wording) => ({
    kind: "deputy-news",
    subject,
    words: wording.recordingAtOffice({ number }),
  }));
}

/** Whether a recording can be sent to the chat of a deputy: nothing but words goes into the answers to what they send themselves. */
async function takesRecordings(turn: Turn, deputyId: string): Promise<boolean> {
  const chat = await turn.lookups.chatOf(deputyId);
  const found = chat && (await turn.runtime.accounts.byId(turn.jurisdictionId, chat.accountId));
  if (found == null) return true;
  const { account, sender } = found;
  return takes(sender.abilities, "voice") && !answersOnly(account, sender.abilities);
}

/** Sends a deputy who gets a case later than its resident's photos and recordings all of them. */
export async function showAllToDeputy(turn: Turn, subject: CaseRecord): Promise<void> {
  const photos = await turn.tx
    .select({ kind: caseMessages.kind, mediaId: caseMessages.mediaId })
    .from(caseMessages)
    .where(
      and(
        eq(caseMessages.caseId, subject.id),
        eq(caseMessages.party, "resident"),
        inArray(caseMessages.kind, FOR_DEPUTY),
        isNotNull(caseMessages.mediaId),
      ),
    )
    .orderBy(asc(caseMessages.at), asc(caseMessages.id));
  await showToDeputy(turn, subject, photos);
}

import { eq } from "drizzle-orm";
import type { CaseRecord } from "../../../db/schema/cases.ts";
import { conversations } from "../../../db/schema/conversations.ts";
import { stations } from "../../../db/schema/places.ts";
import { keepSealedPhoto } from "../cases/photo-file.ts";
import { addToThread } from "../cases/thread.ts";
import { isDirectRefused } from "../delivery/direct-refusal.ts";
import { tellResident } from "../outbox/tell.ts";
import { takes } from "../runtime/accounts.ts";
import type { Turn } from "../turn/turn.ts";

/** The way in which a resident gets to see a photo: whether their chat carries pictures, and where it is shown them; `at` is null for the office. */
export type WayOfPhoto = { readonly comes: boolean; readonly at: string | null };

/** The kind of a photo in the thread of a case. */
const PHOTO = "photo";

/** Finds out how the resident of a case gets to see a photo. A sealed case can be looked at in the office alone. */
export async function wayOfPhoto(turn: Turn, subject: CaseRecord, isSealed: boolean): Promise<WayOfPhoto> {
  const { tx, runtime, now } = turn;
  const [chat] = await tx
    .select({ accountId: conversations.accountId })
    .from(conversations)
    .where(eq(conversations.id, subject.conversationId));
  const found = chat === undefined ? null : await runtime.accounts.byId(turn.jurisdictionId, chat.accountId);
  const comes = found !== null && takes(found.sender.abilities, "image") && !isDirectRefused(found.account, now);
  if (subject.stationId === null || isSealed) return { comes, at: null };
  const [station] = await tx.select({ name: stations.name }).from(stations).where(eq(stations.id, subject.stationId));
  return { comes, at: station?.name ?? null };
}

/** Shows the resident of a case a photo of what was done, after the words of its closing; it stands in the thread in any case. */
export async function showClosing(
  turn: Turn,
  subject: CaseRecord,
  { picture, isTried }: { readonly picture: Uint8Array; readonly isTried: boolean },
  { comes }: WayOfPhoto,
): Promise<void> {
  const mediaId = await keepSealedPhoto(turn, subject, picture, isTried);
  if (comes) {
    const photo = { kind: PHOTO, words: "", mediaId, party: "office", isAnswer: true } as const;
    await tellResident(turn, subject, () => photo);
  } else {
    addToThread(turn, subject, { direction: "out", party: "office", kind: PHOTO, text: "", mediaId });
  }
}

import { and, asc, eq, inArray, isNotNull } from "drizzle-orm";
import type { CaseRecord } from "../../../db/schema/cases.ts";
import { caseMessages } from "../../../db/schema/cases.ts";
import { type NotShown, outbox } from "../../../db/schema/outbox.ts";
import type { MediaReference } from "../../domain/messages/message.ts";
import type { PageToSee } from "../../domain/wording/files/sentences.ts";
import { fileWordingOf } from "../../domain/wording/files/wording.ts";
import { hasOpenPage, makeAnswerLink } from "../answer-links/make-link.ts";
import { answersOnly, takes } from "../runtime/accounts.ts";
import type { Turn } from "../turn/turn.ts";
import { contentOf } from "./content.ts";
import { tellDeputy } from "./tell.ts";

type Form = MediaReference["form"];

/**
 * An entry of a case by its kind and its `media` row, null for one without: a photo, a voice, a film, or plain words.
 */
export type Shown = { readonly kind: string; readonly mediaId: string | null };

/** The kinds of entries that a deputy gets as they are; files only where the county has decided so. */
const FOR_DEPUTY: readonly Form[] = ["image", "voice"];

/**
 * Sends the deputy of a case the photos and recordings in what was said. Of what their chat cannot show they read how many there are,
 * and where they can be seen.
 */
export async function showToDeputy(turn: Turn, subject: CaseRecord, shown: readonly Shown[]): Promise<void> {
  const { deputyId } = subject;
  // A photo may show whose it is, and a voice tells it: of a child, and of who stays unnamed, none leaves the office.
  if (deputyId === null || subject.sealed || subject.minor || subject.unnamed) return;
  const forms = formsFor(turn);
  const forThem = shown.filter(({ kind, mediaId }) => mediaId !== null && forms.some((one) => one === kind));
  const taken = await formsTaken(turn, deputyId, forms);
  const other = forThem.filter(({ kind }) => !taken.some((one) => one === kind));
  for (const one of forThem) {
    const { mediaId } = one;
    if (mediaId === null || other.includes(one)) continue;
    await tellDeputy(turn, deputyId, () => ({ kind: "photo", subject, words: "", mediaId }));
  }
  if (other.length > 0) await tellOfNotShown(turn, subject, countOf(other.map(({ kind }) => kind)));
}

/**
 * Tells the deputy of a case how much came that their chat cannot show, with the one-time link to a page that can. What still waits to be
 * told of the same case is told with it; a page that the deputy has open already shows it too, and stays as it is.
 */
export async function tellOfNotShown(turn: Turn, subject: CaseRecord, more: NotShown): Promise<void> {
  const { deputyId, number, id } = subject;
  if (deputyId === null || subject.sealed) return;
  const notShown = await withWaiting(turn, subject, more);
  const page = await pageFor(turn, subject, deputyId);
  // The address stands in no thread: it is for this deputy alone.
  await tellDeputy(turn, deputyId, (_wording, locale) => ({
    ...{ kind: "deputy-news", subject: null, aboutCase: id, notShown },
    words: fileWordingOf(locale).notShown({ number, ...notShown, page }),
  }));
}

async function pageFor(turn: Turn, subject: CaseRecord, deputyId: string): Promise<PageToSee> {
  const chat = await turn.lookups.chatOf(deputyId);
  const found = chat && (await turn.runtime.accounts.byId(turn.jurisdictionId, chat.accountId));
  if (chat === undefined || found == null) return { kind: "none" };
  if (await hasOpenPage(turn, subject, chat.id)) return { kind: "open" };
  const to = { deputyId, conversationId: chat.id, account: found.account };
  const address = await makeAnswerLink(turn, subject, to);
  return address === null ? { kind: "none" } : { kind: "link", address };
}

/** What is to be told now, and what waits to be told of the same case, which is withdrawn: many photos are one message. */
async function withWaiting(turn: Turn, { id, deputyId }: CaseRecord, more: NotShown): Promise<NotShown> {
  const ofCase = and(eq(outbox.caseId, id), eq(outbox.kind, "deputy-news"), eq(outbox.state, "waiting"));
  const rows = await turn.tx.select().from(outbox).where(ofCase);
  let sum = more;
  for (const row of rows) {
    const { notShown } = row.deputyId === deputyId ? contentOf(turn.runtime, row) : {};
    if (notShown === undefined) continue;
    await turn.tx.update(outbox).set({ state: "superseded", settledAt: turn.now }).where(eq(outbox.id, row.id));
    sum = {
      photos: sum.photos + notShown.photos,
      recordings: sum.recordings + notShown.recordings,
      files: sum.files + notShown.files,
    };
  }
  return sum;
}

/** Counts what is not shown by its forms. */
export function countOf(forms: readonly string[]): NotShown {
  const count = (form: Form) => forms.filter((one) => one === form).length;
  return { photos: count("image"), recordings: count("voice"), files: count("file") + count("video") };
}

function formsFor({ county }: Turn): readonly Form[] {
  return county.settings.forwardsFiles === true ? [...FOR_DEPUTY, "file"] : FOR_DEPUTY;
}

/** The forms that the chat of a deputy takes: nothing but words goes into the answers to what they send themselves. All of them while none is bound. */
async function formsTaken(turn: Turn, deputyId: string, forms: readonly Form[]): Promise<readonly Form[]> {
  const chat = await turn.lookups.chatOf(deputyId);
  const found = chat && (await turn.runtime.accounts.byId(turn.jurisdictionId, chat.accountId));
  if (found == null) return forms;
  const { account, sender } = found;
  return answersOnly(account, sender.abilities) ? [] : forms.filter((form) => takes(sender.abilities, form));
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
        inArray(caseMessages.kind, [...formsFor(turn)]),
        isNotNull(caseMessages.mediaId),
      ),
    )
    .orderBy(asc(caseMessages.at), asc(caseMessages.id));
  await showToDeputy(turn, subject, photos);
}

import { eq } from "drizzle-orm";
import type { CaseRecord } from "../../../db/schema/cases.ts";
import { conversations } from "../../../db/schema/conversations.ts";
import { afterEvent } from "../../domain/case/case.ts";
import type { WaitingPart } from "../../domain/dialog/state.ts";
import { quote } from "../../domain/text/quote.ts";
import { holderOf, noticeOf } from "../cases/describe.ts";
import { casesOfDeputy } from "../cases/load.ts";
import { record } from "../cases/record.ts";
import { addToThread } from "../cases/thread.ts";
import { waitingWords, waits } from "../inbox/words.ts";
import { setQuestion } from "../outbox/questions.ts";
import { supersede, tell, tellResident } from "../outbox/tell.ts";
import { takes } from "../runtime/accounts.ts";
import type { Outcome } from "../turn/outcome.ts";
import type { Said } from "../turn/said.ts";
import { type Turn, wordingFor } from "../turn/turn.ts";
import { answerDeputy } from "./answer.ts";
import { deputyOf, replyAsDeputy } from "./case-commands.ts";
import { casesAmongDigits, focusOn } from "./clear-case.ts";

/** A deputy's words that wait for the same yes as what was shown with them. */
type Words = { readonly seq: number; readonly text: string; readonly isWhole: boolean };

/** Stores what a deputy showed with a case, as the deputy's; its resident does not get it by that. */
export async function keepShown(turn: Turn, subject: CaseRecord, shown: readonly Said[]): Promise<void> {
  const { by } = await deputyOf(turn);
  for (const one of shown) addToThread(turn, subject, { direction: "in", party: "deputy", ...one });
  record(turn, subject, "message_added", by, { kinds: shown.map((one) => one.kind) });
  focusOn(turn, subject.number);
}

/**
 * Asks whether the resident of a case shall get what its deputy showed, and the words that wait with it; says so where
 * none of it can reach a resident.
 */
export async function askPassOn(
  turn: Turn,
  subject: CaseRecord,
  shown: readonly WaitingPart[],
  words: Words | null = null,
): Promise<Outcome> {
  const { number } = subject;
  const wording = wordingFor(turn);
  const kinds = await whatCanLeave(turn, subject, shown);
  const what = shown.map((one) => one.kind);
  if (kinds.length === 0 && words === null) {
    return { ...answerDeputy(turn, wording.keptOnly({ number, what })), caseId: subject.id };
  }
  supersede(turn, ["question"]);
  const { deputyId } = turn.conversation;
  const mine = deputyId === null ? [] : await casesOfDeputy(turn, deputyId);
  const also = casesAmongDigits(mine, words === null ? 2 : 3);
  const asked = wording.askPassOn({ number, what: kinds, text: words === null ? null : quote(words.text), also });
  tell(turn, { kind: "question", subject: null, words: asked });
  setQuestion(turn, {
    kind: "deputy-which-case",
    command: words === null ? "pass-on" : "confirm",
    cases: [number],
    inboxSeq: words?.seq ?? shown.at(-1)?.seq ?? 0,
    ...(words !== null && { isWhole: words.isWhole }),
    shown,
    at: turn.now.toISOString(),
  });
  return { kind: "command", caseId: subject.id };
}

/** Stores what a deputy showed with its case, and asks whether its resident shall get it. */
export async function keepAndAsk(turn: Turn, subject: CaseRecord, shown: readonly Said[]): Promise<Outcome> {
  await keepShown(turn, subject, shown);
  return askPassOn(turn, subject, shown.map(waits));
}

/** Sends the resident of a case what its deputy showed and has just confirmed; the words that waited are sent first. */
export async function passOn(
  turn: Turn,
  subject: CaseRecord,
  shown: readonly WaitingPart[],
  words: string | null,
): Promise<Outcome> {
  const kinds = await whatCanLeave(turn, subject, shown);
  const said = (await waitingWords(turn, shown)).filter((one) => kinds.includes(one.kind));
  const texts = [words ?? [], said.filter((one) => one.kind !== "image").map((one) => one.text)].flat();
  if (texts.length > 0) await replyAsDeputy(turn, subject, texts.join("\n"));
  const photos = said.flatMap((one) => (one.kind === "image" ? (one.mediaId ?? []) : []));
  if (photos.length > 0) {
    await tellPhotos(turn, subject, photos, texts.length > 0);
    answerDeputy(turn, wordingFor(turn).photosTaken({ number: subject.number, photos: photos.length }));
  }
  return { kind: "command", caseId: subject.id };
}

/** Sends the resident of a case photos of its deputy. @param isBehindWords whether the deputy's words go ahead of them */
export async function tellPhotos(
  turn: Turn,
  subject: CaseRecord,
  photos: readonly string[],
  isBehindWords: boolean,
): Promise<void> {
  const { number } = subject;
  if (!isBehindWords) {
    const me = await deputyOf(turn);
    if (afterEvent(subject.state, "replied") !== null) record(turn, subject, "replied", me.by, {});
    const holder = await holderOf(turn, subject);
    await tellResident(turn, subject, (wording) => ({
      kind: "reply",
      words: wording.deputyShows({ number, deputy: me.name, photos: photos.length }),
      threadText: "",
      party: "deputy",
      isAnswer: true,
      notice: noticeOf(subject, holder),
    }));
  }
  for (const mediaId of photos) {
    await tellResident(turn, subject, () => ({ kind: "photo", words: "", mediaId, party: "deputy", isAnswer: true }));
  }
}

/**
 * Of what was shown, the kinds that can leave for the resident: photos where their account can be sent pictures; positions and
 * links as words, while the case is open. No platform takes a deputy's film.
 */
async function whatCanLeave(turn: Turn, subject: CaseRecord, shown: readonly WaitingPart[]): Promise<string[]> {
  const takesPhotos = await photosCanLeave(turn, subject);
  return shown
    .map(({ kind }) => kind)
    .filter((kind) => {
      if (kind === "image") return takesPhotos;
      return kind !== "video" && kind !== "voice" && kind !== "file" && subject.closedAt === null;
    });
}

/** Whether the resident of a case can be sent pictures where they write. */
export async function photosCanLeave(turn: Turn, subject: CaseRecord): Promise<boolean> {
  const [resident] = await turn.tx
    .select({ accountId: conversations.accountId })
    .from(conversations)
    .where(eq(conversations.id, subject.conversationId));
  const found = resident && (await turn.runtime.accounts.byId(turn.jurisdictionId, resident.accountId));
  return found != null && takes(found.sender.abilities, "image");
}

import { v7 as newId } from "uuid";
import { residentCommand } from "../../domain/dialog/resident-commands.ts";
import { understandBinding } from "../../domain/dialog/understand-deputy.ts";
import type { Inbound, InboundContent, MediaReference } from "../../domain/messages/message.ts";
import { type Locale, localeOf } from "../../domain/wording/wording.ts";
import { settleReport } from "../delivery/report.ts";
import { bindDeputy } from "../deputy/bind.ts";
import { receiveDeputyText } from "../deputy/receive-deputy.ts";
import { noteMedia } from "../inbox/media.ts";
import { wordsIn } from "../inbox/words.ts";
import { tell } from "../outbox/tell.ts";
import { eraseWords } from "../privacy/erase.ts";
import { receiveMedia, receivePosition, receiveText } from "../resident/receive-resident.ts";
import type { Outcome } from "../turn/outcome.ts";
import type { Said } from "../turn/said.ts";
import { type Turn, wordingFor } from "../turn/turn.ts";
import { receiveScan } from "./scan.ts";

/** Longer words than this are no name of a place alone. */
const LONGEST_NAME = 12;

/** Before the name of an event that nobody knows yet: the platform sent it, and its person said nothing. */
const EVENT = "event:";

type Arrived = { readonly seq: number; readonly receivedAt: Date };

/** Lets one message take effect; whoever is bound as a deputy is one, whatever anybody's words claim. */
export async function dispatch(turn: Turn, arrived: Arrived, inbound: Inbound): Promise<Outcome> {
  const { content } = inbound;
  switch (content.kind) {
    case "text":
      return dispatchText(turn, arrived, content);
    case "media":
      return dispatchMedia(turn, arrived, content.media, content.transcript);
    case "location":
      return receivePosition(turn, said(arrived, "location", content.label, null), content.position);
    case "link":
      return receiveMedia(turn, said(arrived, "link", wordsIn(content), null));
    case "follow":
      turn.conversation.following = true;
      return receiveScan(turn, content.scene);
    case "scan":
      return receiveScan(turn, content.scene);
    case "unfollow":
      turn.conversation.following = false;
      turn.conversation.windowLeft = 0;
      return { kind: "event" };
    case "consent":
      turn.conversation.subscriptionCredits += content.accepted.length;
      if (content.rejected.length > 0) turn.conversation.subscriptionCredits = 0;
      return { kind: "event" };
    case "delivery-report":
      await settleReport(turn, content);
      return { kind: "event" };
    case "menu":
      return dispatchText(turn, arrived, { kind: "text", text: content.key });
    case "revoked":
      turn.runtime.log.warn({ account: turn.account.name, scope: content.scope }, "a resident withdrew a permission");
      return content.scope === "account" ? forget(turn) : { kind: "event" };
    case "note":
      return { kind: "event" };
    case "unsupported":
      if (content.type.startsWith(EVENT)) return { kind: "unsupported" };
      tell(turn, { kind: "courtesy", subject: null, words: wordingFor(turn).notUnderstoodForm() });
      return { kind: "unsupported" };
    case "quarantined":
      return { kind: "quarantine" };
  }
}

/**
 * Somebody gave up their account with the platform, which must be taken for their wish to be forgotten (protocols.md 1.3): what
 * nobody needs any more is erased. Of an open case the office alone hears what becomes of it.
 */
async function forget(turn: Turn): Promise<Outcome> {
  await eraseWords(turn);
  turn.conversation.following = false;
  turn.conversation.windowLeft = 0;
  return { kind: "event" };
}

async function dispatchText(
  turn: Turn,
  arrived: Arrived,
  content: Extract<InboundContent, { kind: "text" }>,
): Promise<Outcome> {
  turn.conversation.locale = languageOf(turn, content.text);
  const code = understandBinding(content.text);
  if (code !== null) return bindDeputy(turn, code);
  const one = said(arrived, "text", content.text, null);
  if (turn.conversation.deputyId !== null) {
    const outcome = await receiveDeputyText(turn, turn.conversation.deputyId, one);
    if (outcome !== null) return outcome;
  }
  return receiveText(turn, one);
}

/** Places have Chinese names, whoever writes them: an English speaker who answers "where?" with one goes on in English. */
function languageOf(turn: Turn, text: string): Locale {
  const { dialog, locale } = turn.conversation;
  const isName = dialog.question?.kind === "where" && text.trim().length <= LONGEST_NAME;
  return isName && residentCommand(text) === null ? locale : localeOf(text, locale);
}

async function dispatchMedia(
  turn: Turn,
  arrived: Arrived,
  media: MediaReference,
  transcript: string | undefined,
): Promise<Outcome> {
  const mediaId = newId();
  noteMedia(turn, mediaId, media);
  const words = transcript ?? "";
  const one = said(arrived, media.form, words, mediaId);
  return words === "" ? receiveMedia(turn, one) : receiveText(turn, one);
}

function said(arrived: Arrived, kind: Said["kind"], text: string, mediaId: string | null): Said {
  return { seq: arrived.seq, at: arrived.receivedAt, kind, text, mediaId };
}

import { v7 as newId } from "uuid";
import { residentCommand } from "../../domain/dialog/resident-commands.ts";
import { understandBinding } from "../../domain/dialog/understand-deputy.ts";
import type { Inbound, InboundContent, MediaReference } from "../../domain/messages/message.ts";
import { type Locale, localeOf } from "../../domain/wording/wording.ts";
import { settleReport } from "../delivery/report.ts";
import { bindDeputy } from "../deputy/bind.ts";
import { hearDeputy } from "../deputy/receive-deputy.ts";
import { noteMedia } from "../inbox/media.ts";
import { wordsIn } from "../inbox/words.ts";
import { tell } from "../outbox/tell.ts";
import { eraseWords } from "../privacy/erase.ts";
import { hearPlace, hearShown, hearText } from "../resident/receive-resident.ts";
import type { Outcome } from "../turn/outcome.ts";
import type { Said } from "../turn/said.ts";
import { type Sitting, wordingFor } from "../turn/turn.ts";
import { takeScene } from "./scan.ts";

/** Longer words than this are no name of a place alone. */
const LONGEST_NAME = 12;

/** Before the name of an event that nobody knows yet: the platform sent it, and its person said nothing. */
const EVENT = "event:";

type Arrived = { readonly seq: number; readonly receivedAt: Date };

/** Lets one message take effect; whoever is bound as a deputy is one, whatever anybody's words claim. */
export async function hear(sitting: Sitting, arrived: Arrived, inbound: Inbound): Promise<Outcome> {
  const { content } = inbound;
  switch (content.kind) {
    case "text":
      return hearWords(sitting, arrived, content);
    case "media":
      return hearMedia(sitting, arrived, content.media, content.transcript);
    case "location":
      return hearPlace(sitting, said(arrived, "location", content.label, null), content.position);
    case "link":
      return hearShown(sitting, said(arrived, "link", wordsIn(content), null));
    case "follow":
      sitting.conversation.following = true;
      return takeScene(sitting, content.scene);
    case "scan":
      return takeScene(sitting, content.scene);
    case "unfollow":
      sitting.conversation.following = false;
      sitting.conversation.windowLeft = 0;
      return { kind: "event" };
    case "consent":
      sitting.conversation.subscriptionCredits += content.accepted.length;
      if (content.rejected.length > 0) sitting.conversation.subscriptionCredits = 0;
      return { kind: "event" };
    case "delivery-report":
      await settleReport(sitting, content);
      return { kind: "event" };
    case "menu":
      return hearWords(sitting, arrived, { kind: "text", text: content.key });
    case "revoked":
      sitting.house.log.warn(
        { account: sitting.account.name, scope: content.scope },
        "a resident withdrew a permission",
      );
      return content.scope === "account" ? forget(sitting) : { kind: "event" };
    case "note":
      return { kind: "event" };
    case "unsupported":
      if (content.type.startsWith(EVENT)) return { kind: "unsupported" };
      tell(sitting, { kind: "courtesy", subject: null, words: wordingFor(sitting).notUnderstoodForm() });
      return { kind: "unsupported" };
    case "quarantined":
      return { kind: "quarantine" };
  }
}

/**
 * Somebody gave up their account with the platform, which must be taken for their wish to be forgotten (protocols.md 1.3): what
 * nobody needs any more is erased. Of an open case the office alone hears what becomes of it.
 */
async function forget(sitting: Sitting): Promise<Outcome> {
  await eraseWords(sitting);
  sitting.conversation.following = false;
  sitting.conversation.windowLeft = 0;
  return { kind: "event" };
}

async function hearWords(
  sitting: Sitting,
  arrived: Arrived,
  content: Extract<InboundContent, { kind: "text" }>,
): Promise<Outcome> {
  sitting.conversation.locale = languageOf(sitting, content.text);
  const code = understandBinding(content.text);
  if (code !== null) return bindDeputy(sitting, code);
  const one = said(arrived, "text", content.text, null);
  if (sitting.conversation.deputyId !== null) {
    const outcome = await hearDeputy(sitting, sitting.conversation.deputyId, one);
    if (outcome !== null) return outcome;
  }
  return hearText(sitting, one);
}

/** Places have Chinese names, whoever writes them: an English speaker who answers "where?" with one goes on in English. */
function languageOf(sitting: Sitting, text: string): Locale {
  const { dialog, locale } = sitting.conversation;
  const isName = dialog.question?.kind === "where" && text.trim().length <= LONGEST_NAME;
  return isName && residentCommand(text) === null ? locale : localeOf(text, locale);
}

async function hearMedia(
  sitting: Sitting,
  arrived: Arrived,
  media: MediaReference,
  transcript: string | undefined,
): Promise<Outcome> {
  const mediaId = newId();
  noteMedia(sitting, mediaId, media);
  const words = transcript ?? "";
  const one = said(arrived, media.form, words, mediaId);
  return words === "" ? hearShown(sitting, one) : hearText(sitting, one);
}

function said(arrived: Arrived, kind: Said["kind"], text: string, mediaId: string | null): Said {
  return { seq: arrived.seq, at: arrived.receivedAt, kind, text, mediaId };
}

import { v7 as newId } from "uuid";
import { conversations } from "../../../db/schema/conversations.ts";
import { codesIn, trialCodeIn, withoutCodes } from "../../domain/dialog/invite-code.ts";
import { understandLinking } from "../../domain/dialog/resident/linking.ts";
import { residentCommand } from "../../domain/dialog/resident-commands.ts";
import { dutyCodeIn } from "../../domain/dialog/staff/duty-words.ts";
import { understandBinding } from "../../domain/dialog/understand-deputy.ts";
import type { Inbound, InboundContent, Position } from "../../domain/messages/message.ts";
import { isFacesOnly } from "../../domain/text/faces.ts";
import { type Locale, localeOf } from "../../domain/wording/wording.ts";
import { settleReport } from "../delivery/report.ts";
import { bindChat } from "../deputy/bind.ts";
import { refuseBinding } from "../deputy/members/refuse-binding.ts";
import { receivePress } from "../deputy/presses/receive-press.ts";
import { takeAskedWords } from "../deputy/presses/take-asked-words.ts";
import {
  receiveDeputyKey,
  receiveDeputyShown,
  receiveDeputyText,
  receiveDeputyVoice,
} from "../deputy/receive-deputy.ts";
import { hideCodes, takeCodes } from "../deputy/typed-codes.ts";
import { receiveShownOnSite } from "../grid-workers/shown-on-site.ts";
import { noteMedia } from "../inbox/media.ts";
import { giveCaseTo, wordsIn } from "../inbox/words.ts";
import { tell } from "../outbox/tell.ts";
import { giveLinkCode, joinChat } from "../persons/link-chat.ts";
import { eraseWords } from "../privacy/erase.ts";
import { receiveMedia, receivePosition, receiveText } from "../resident/receive-resident.ts";
import { remindOfVerdict } from "../resident/verdict/remind-of-verdict.ts";
import { receiveShownAtStation } from "../stations/shown-at-station.ts";
import { addressAnew } from "../turn/conversation.ts";
import type { Outcome } from "../turn/outcome.ts";
import type { Said } from "../turn/said.ts";
import { type Turn, wordingFor } from "../turn/turn.ts";
import { receiveShownByUnit } from "../units/shown-by-unit.ts";
import { type Arrived, said } from "./arrived.ts";
import { bindDuty, receiveDuty } from "./duty-chat.ts";
import { joinTrial } from "./not-open.ts";
import { receiveBound } from "./receive-bound.ts";
import { receiveScan } from "./scan.ts";
import { receiveUnread, receiveUnsupported } from "./unread.ts";

/** Longer words than this are no name of a place alone. */
const LONGEST_NAME = 12;

/** Dispatches one message by its kind; only the binding decides who is a deputy, whatever anybody's words claim. */
export async function dispatch(turn: Turn, arrived: Arrived, inbound: Inbound): Promise<Outcome> {
  const { content } = inbound;
  switch (content.kind) {
    case "text":
      return dispatchText(turn, said(arrived, "text", content.text, null));
    case "media":
      return dispatchMedia(turn, arrived, content);
    case "press":
      return (
        (await receivePress(turn, content.press, arrived.seq)) ?? answerAtOnce(turn, wordingFor(turn).pressPassed())
      );
    case "edited":
      return dispatchEdited(turn, said(arrived, "text", content.text, null));
    case "recalled":
      return answerAtOnce(turn, wordingFor(turn).recallNoted({ isResident: !isOnesWork(turn) }));
    case "moved":
      return moveChat(turn, content.to);
    case "location":
      return dispatchPosition(turn, said(arrived, "location", content.label, null), content.position);
    case "link":
      return dispatchShown(turn, said(arrived, "link", wordsIn(content), null));
    case "follow":
      return arrived.isCurrent ? receiveScan(turn, content.scene) : { kind: "event" };
    case "scan":
      return receiveScan(turn, content.scene);
    case "unfollow":
      return { kind: "event" };
    case "consent":
      turn.conversation.subscriptionCredits += content.accepted.length;
      if (content.rejected.length > 0) turn.conversation.subscriptionCredits = 0;
      return { kind: "event" };
    case "delivery-report":
      await settleReport(turn, content);
      return { kind: "event" };
    case "menu":
      return dispatchKey(turn, arrived, said(arrived, "text", content.key, null));
    case "revoked":
      turn.runtime.log.warn({ account: turn.account.name, scope: content.scope }, "a resident withdrew a permission");
      return content.scope === "account" ? forget(turn) : { kind: "event" };
    case "note":
      return { kind: "event" };
    case "unsupported":
      return receiveUnsupported(turn, arrived, content.type);
    case "quarantined":
      return receiveUnread(turn, arrived, inbound, content.words ?? "");
  }
}

/**
 * Somebody gave up their account with the platform, which must be taken for their wish to be forgotten (protocols.md 1.3): what
 * nobody needs any more is erased. Of an open case the office alone hears what becomes of it.
 */
async function forget(turn: Turn): Promise<Outcome> {
  await eraseWords(turn, "this");
  turn.conversation.following = false;
  turn.conversation.windowLeft = 0;
  return { kind: "event" };
}

/** Words, written or said aloud: the same words mean the same. */
async function dispatchText(turn: Turn, one: Said): Promise<Outcome> {
  const { conversation, county } = turn;
  const trialCode = county.settings.trial?.isOn === true ? trialCodeIn(one.text) : null;
  if (trialCode !== null) return joinTrial(turn, trialCode);
  const dutyCode = dutyCodeIn(one.text);
  if (dutyCode !== null) return bindDuty(turn, dutyCode);
  const onDuty = await receiveDuty(turn, one.text);
  if (onDuty !== null) return onDuty;
  const isBinding = understandBinding(one.text) !== null || understandLinking(one.text) !== null;
  conversation.locale = languageOf(turn, isBinding ? one.text : withoutCodes(one.text, codesIn(one.text)));
  const left = isBinding ? one : await takeCodes(turn, one);
  if (!("text" in left)) return left;
  if (conversation.deputyId !== null && isFacesOnly(left.text)) return { kind: "courtesy" };
  return receiveWords(turn, left);
}

async function receiveWords(turn: Turn, spoken: Said): Promise<Outcome> {
  const code = understandBinding(spoken.text);
  if (code !== null) return bindChat(turn, code);
  const linking = understandLinking(spoken.text);
  if (linking !== null) return joinChat(turn, linking);
  const word = residentCommand(spoken.text)?.command;
  // A deputy's chat is joined with nobody, and says so whatever else could be meant.
  if (turn.conversation.deputyId !== null && word === "link") return giveLinkCode(turn);
  const refused = refuseBinding(turn, spoken.text);
  if (refused !== null) return refused;
  const asked = await takeAskedWords(turn, spoken);
  if (asked !== null) return asked;
  const heard = await receiveBound(turn, spoken);
  if (!("left" in heard)) return heard;
  const { left: one } = heard;
  const { deputyId } = turn.conversation;
  const received = deputyId === null ? { asResident: [one] } : await receiveDeputyText(turn, deputyId, one);
  if (!("asResident" in received)) return received;
  const outcome = await receiveOwn(turn, received.asResident, one);
  await remindOfVerdict(turn, outcome);
  return outcome;
}

/**
 * Receives what a person says as a resident. Of a deputy it may be words that waited until it was clear whose they are: they end in
 * the case that they lead to.
 */
async function receiveOwn(turn: Turn, parts: readonly Said[], current: Said): Promise<Outcome> {
  let outcome: Outcome = { kind: "answer" };
  for (const [index, one] of parts.entries()) {
    const next =
      one.kind === "text" || one.kind === "voice" ? await receiveText(turn, one) : await receiveMedia(turn, one);
    if (index === 0) outcome = next;
    if (one.seq !== current.seq && next.caseId !== undefined) await giveCaseTo(turn, [one], { id: next.caseId });
  }
  return outcome;
}

/**
 * A key of the account's menu, which is the same for residents and deputies: a command word, in no language, or nobody's words;
 * whoever tapped it is told what can be said here, but right behind something else of theirs.
 */
async function dispatchKey(turn: Turn, arrived: Arrived, one: Said): Promise<Outcome> {
  const { deputyId } = turn.conversation;
  if (deputyId !== null) return receiveDeputyKey(turn, deputyId, one);
  if (residentCommand(one.text) !== null || understandBinding(one.text) !== null) return receiveWords(turn, one);
  if (!arrived.isRightBehind) tell(turn, { kind: "courtesy", subject: null, words: wordingFor(turn).residentHelp() });
  return { kind: "event" };
}

/** What is shown: a photo, a film, a link; a resident's voice without words. */
async function dispatchShown(turn: Turn, shown: Said): Promise<Outcome> {
  const one = await hideCodes(turn, shown);
  const ofBound =
    (await receiveShownAtStation(turn, one)) ??
    (await receiveShownOnSite(turn, one)) ??
    (await receiveShownByUnit(turn, one));
  if (ofBound !== null) return ofBound;
  const { deputyId } = turn.conversation;
  const outcome = deputyId === null ? null : await receiveDeputyShown(turn, deputyId, one);
  return outcome ?? receiveMedia(turn, one);
}

async function dispatchPosition(turn: Turn, shown: Said, position: Position): Promise<Outcome> {
  const one = await hideCodes(turn, shown);
  const { deputyId } = turn.conversation;
  const outcome = deputyId === null ? null : await receiveDeputyShown(turn, deputyId, one);
  return outcome ?? receivePosition(turn, one, position);
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
  { media, transcript = "", text = "" }: Extract<InboundContent, { kind: "media" }>,
): Promise<Outcome> {
  if (media.form === "voice" && transcript === "" && turn.conversation.deputyId !== null)
    return receiveDeputyVoice(turn);
  const under = text === "" ? null : await dispatchText(turn, said(arrived, "text", text, null));
  const mediaId = newId();
  noteMedia(turn, mediaId, media);
  const one = said(arrived, media.form, transcript, mediaId);
  const shown = await (transcript === "" ? dispatchShown(turn, one) : dispatchText(turn, one));
  return under?.caseId === undefined ? shown : under;
}

/** A resident's words in their new form are words; of a deputy's the first have gone their way, and are corrected in so many words. */
function dispatchEdited(turn: Turn, one: Said): Promise<Outcome> | Outcome {
  return isOnesWork(turn) ? answerAtOnce(turn, wordingFor(turn).editNotSent()) : dispatchText(turn, one);
}

/** Whether somebody writes here for their work, as a deputy or for a unit, station or grid. */
function isOnesWork({ conversation }: Turn): boolean {
  return conversation.deputyId !== null || conversation.heardApart;
}

function answerAtOnce(turn: Turn, words: string): Outcome {
  tell(turn, { kind: "courtesy", subject: null, words });
  return { kind: "answer" };
}

/** The platform has another address for this chat: what is sent from now on goes there. */
async function moveChat(turn: Turn, to: string): Promise<Outcome> {
  const { conversation, runtime, tx } = turn;
  const anew = await addressAnew(tx, runtime.vault, conversation, to);
  if (anew === null) {
    runtime.log.warn({ account: turn.account.name }, "a chat moved to an address at which another one is known");
    return { kind: "event" };
  }
  Object.assign(conversation, anew);
  turn.writes.update(conversations, conversation.id, anew);
  return { kind: "event" };
}

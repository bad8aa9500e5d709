import { isNumberOf } from "../../case/case.ts";
import { quotedExcerpt } from "../../text/quote.ts";
import { enDue, shortNumber } from "../days.ts";
import type { DeputyCase, Wording } from "../sentences.ts";

const SUMMARY_LENGTH = 40;

/** A case in one line, which begins with its number. */
export function brief(line: DeputyCase): string {
  return `No. ${shortNumber(line.number)} ${line.priority ? "[urgent] " : ""}${line.place}: ${quotedExcerpt(line.text, SUMMARY_LENGTH)}`;
}

/** Digits that answer a question and are numbers of the deputy's own cases as well: how these are said. */
export function alsoCases(also: readonly string[]): string {
  const ids = also.map((number) => `"No. ${shortNumber(number)}"`);
  return ids.length === 0 ? "" : ` To mean the case, write ${ids.join(" or ")}.`;
}

const SHOWN: Readonly<Record<string, string>> = {
  image: "photo",
  video: "film",
  file: "file",
  location: "position",
  link: "link",
};

/** What was shown: of one kind that kind, else all of it. */
function shownName(what: readonly string[]): string {
  const names = [...new Set(what.map((kind) => SHOWN[kind] ?? "message"))];
  return what.length === 1 ? (names[0] ?? "message") : names.map((name) => `${name}s`).join(" and ");
}

function shownThis(what: readonly string[]): string {
  return `${what.length === 1 ? "this" : "these"} ${shownName(what)}`;
}

/** The English questions to deputies about whose their words are, and what is said of words that went nowhere. */
export const enDeputyQuestions = {
  whichOfMine: ({ cases, typed }) =>
    [
      [
        typed === null || cases.some((line) => isNumberOf(typed, line.number))
          ? ""
          : `No. ${typed} was not found, or is not yours. `,
        cases.length > 0 ? "Which one do you mean?" : typed === null ? "You have no open case." : "",
      ].join(""),
      ...cases.map(brief),
      cases.length === 0
        ? 'Reply "list" to see yours.'
        : `Reply with its number, such as ${shortNumber(cases[0]?.number ?? "")}. Until then nothing has gone to a resident.`,
    ].join("\n"),
  whichOfTwo: ({ named, shown }) =>
    `Do you mean No. ${shortNumber(named)}, or No. ${shortNumber(shown)}, which you looked at last? Reply ${shortNumber(named)} or ${shortNumber(shown)}. Until then nothing has changed.`,
  confirmReply: ({ number, text, also }) => ({
    text: `Are these words the answer to No. ${shortNumber(number)}?\n${quotedExcerpt(text, 120)}`,
    labels: ["Yes, answer the resident", "No", "It is a matter of my own"],
    closing: `Reply 1 to answer the resident, 2 for no, 3 for a matter of your own.${alsoCases(also)}`,
  }),
  isItYourOwn: ({ text, cases, also }) => ({
    text: [
      `No resident gets these words, for you have ${cases.length === 0 ? "no open case" : "several cases"}. Is it a matter of your own?`,
      quotedExcerpt(text, 120),
      cases.length === 0
        ? "To add to what you closed: correct NUMBER and your words."
        : "To answer a resident, reply with the number of the case:",
      ...cases.map(brief),
    ].join("\n"),
    labels: ["Yes, a matter of my own", "No"],
    closing: `Reply 1 for a matter of your own, 2 for no.${alsoCases(also)}`,
  }),
  askPassOn: ({ number, what, text, also }) => {
    const id = shortNumber(number);
    const words = text === null ? "" : `\n${quotedExcerpt(text, 60)}`;
    const along = what.length === 0 ? "" : ` and the ${shownName(what)}`;
    const asked =
      text === null
        ? `Kept with No. ${id}: ${shownThis(what)}. The resident does not have it yet. Pass it on?`
        : `Shall these words${along} go to the resident of No. ${id} as your answer?`;
    return {
      text: `${asked}${words}`,
      labels: ["Yes, pass it on", "No", ...(text === null ? [] : ["It is a matter of my own"])],
      closing: `Reply 1 to pass it on, 2 for no${text === null ? "" : ", 3 for a matter of your own"}.${alsoCases(also)}`,
    };
  },
  keptOnly: ({ number, what }) =>
    `Kept with No. ${shortNumber(number)}: ${shownThis(what)}. It cannot reach the resident, so please tell them in words: "reply ${shortNumber(number)} your words".`,
  whoseIsShown: ({ what, cases, own }) =>
    [
      `Which case ${what.length === 1 ? "does" : "do"} ${shownThis(what)} belong to?`,
      ...cases.map(brief),
      ...own.map(
        (one) => `No. ${shortNumber(one.number)}, a matter of your own: ${quotedExcerpt(one.summary, SUMMARY_LENGTH)}`,
      ),
      "Reply with its number. Until then it is in none of them, and no resident gets it.",
    ].join("\n"),
  shownOfNoCase: ({ what }) =>
    `You have no open case, so ${shownThis(what)} went into none and to nobody. To report something of your own, please write first what is wrong and where.`,
  shownNotPassedOn: ({ number, what }) =>
    `All right: the resident does not get the ${shownName(what)}, only No. ${shortNumber(number)} keeps it. To answer, reply "reply ${shortNumber(number)} your words".`,
  photosTaken: ({ number, photos }) =>
    `No. ${shortNumber(number)}: ${photos} ${photos === 1 ? "photo is" : "photos are"} on the way to the resident.`,
  voiceUnread: () =>
    'This voice message could not be written down, and nothing of it went to a resident. Please write it, for example "reply 12 your words", or say it again more slowly. Reply "help" for more.',
  notPassedOn: ({ number }) =>
    `All right, no resident gets these words; "list" still shows them. To answer: reply ${number === null ? "NUMBER" : shortNumber(number)} and your words. For a matter of your own: report, what is wrong and where.`,
  keptWords: ({ said }) =>
    said.length === 0
      ? ""
      : [
          "What you said and nobody has been given:",
          ...said.map((words) => quotedExcerpt(words, SUMMARY_LENGTH * 2)),
          "To use it: reply NUMBER and your words, or report, what is wrong and where.",
        ].join("\n"),
  missingText: ({ command, number }) => {
    const id = number === null ? "NUMBER" : shortNumber(number);
    return {
      reply: `The answer is missing: reply ${id} and your words.`,
      close: `${number === null ? "" : `No. ${id} is not closed yet. `}The result is missing: close ${id} and the result.`,
      refer: `Who should have it? refer ${id}, the unit or deputy, and the reason.`,
      return: `The reason is missing: return ${id} and the reason.`,
      correct: `The right words are missing: correct ${id} and what is right.`,
      assist: `Which deputy shall help is missing. Reply "assist ${id} name or code"; to end it, "assist ${id} cancel".`,
      split: `The other matter is missing. Reply "split ${id} what the other matter is".`,
      note: `The note is missing. Please reply: note ${id} YOUR WORDS.`,
      visit: `What you saw is missing. Please reply: visit ${id} WHAT YOU SAW.`,
      report: "What is wrong, and where? report, and what it is about.",
      bind: "The invite code is missing: bind CODE.",
      away: "Until when? For example: away 3 days, or away from 10 to 12 December.",
    }[command];
  },
  alreadyClosed: ({ number }) => {
    const id = shortNumber(number);
    return `No. ${id} is closed already, and these words did not go to the resident. To put right what you said: correct ${id} and the right words. If it is not done: reopen ${id} and the reason.`;
  },
  correctTaken: ({ number, isClosed }) => {
    const id = shortNumber(number);
    return `Your correction of No. ${id} is recorded and on its way.${isClosed ? ` It stays closed; if it is not done: reopen ${id} and the reason.` : ""}`;
  },
  nothingToCorrect: ({ number }) =>
    `You have not answered No. ${shortNumber(number)} yet, so there is nothing to correct, and these words did not go to the resident. To answer: reply ${shortNumber(number)} and your words.`,
  reopenTaken: ({ number, dueOn, isTold }) =>
    `No. ${shortNumber(number)} is open again and yours, to be answered ${enDue(dueOn)} as before. ${isTold ? "Word of it is on its way, and the question whether it helped is withdrawn." : "Word of the closing had not left yet and is withdrawn."}`,
  notClosed: ({ number }) => `No. ${shortNumber(number)} is not closed: it is yours and open.`,
  notYoursToReopen: ({ number }) =>
    `No. ${shortNumber(number)} was not closed by you, so you cannot reopen it. It opens again when its resident speaks of it; ask the deputies' affairs office if in doubt.`,
} satisfies Partial<Wording>;

import { enDue, shortNumber } from "../days.ts";
import type { PressWording } from "../press.ts";

const DEEDS = { accept: "Accept", reply: "Answer", refer: "Pass on", close: "Close" } as const;
const NOW = {
  accepted: "Accepted",
  closed: "Closed",
  gone: "Not yours now",
  reply: "Write your answer",
  refer: "Write to whom",
  close: "Write the result",
} as const;
const ASKED = {
  reply: 'Please write your answer. Your next message goes to the resident. Not now? Reply "cancel".',
  refer: 'Please write which unit or deputy gets it, and why. Not now? Reply "cancel".',
  close: 'Please write the result. Your next message tells it to the resident. Not now? Reply "cancel".',
} as const;

/** The English sentences to whoever pressed a button, or changed or took back what they had said. */
export const enPress: PressWording = {
  pressPassed: () => "This button does nothing any more, and nothing was changed. Please write what you want to say.",
  pressOver: ({ number, isClosed }) => {
    const id = shortNumber(number);
    if (!isClosed) return `No. ${id} is not yours now. Nothing was changed.`;
    return `No. ${id} is closed. Nothing was changed. Wrong words: correct ${id} the right words. Not done: reopen ${id} why.`;
  },
  askWords: ({ number, deed }) => `No. ${shortNumber(number)}: ${ASKED[deed]}`,
  wordsStillAsked: ({ number, deed }) =>
    `No. ${shortNumber(number)} waits for you, nothing is done yet. ${ASKED[deed]}`,
  wordsNotAsked: ({ number }) => `All right, nothing goes out for No. ${shortNumber(number)}.`,
  caseCard: ({ line, isReopened, category }) => ({
    title: `${line.priority ? "[Urgent] " : ""}${isReopened ? "Not settled, says the resident:" : "New case"} ${shortNumber(line.number)}`,
    facts: [
      ["No.", line.number],
      ...(line.place === "" ? [] : [["Where", line.place] as const]),
      ["Due", line.overdue ? `overdue (${enDue(line.dueOn)})` : enDue(line.dueOn)],
      ...(category === null ? [] : [["Topic", category] as const]),
      ...(line.isByMinor ? [["Told by", "a child at school: please do not ask who"] as const] : []),
    ],
  }),
  deed: ({ deed }) => DEEDS[deed],
  cardNow: ({ is }) => NOW[is],
  editNotSent: () =>
    'We have what you wrote first; the change went nowhere. To correct it, reply "correct NUMBER the right words".',
  recallNoted: ({ isResident }) =>
    isResident
      ? 'We have what you took back, and keep it. To end the matter, reply "withdraw"; to delete your data, "delete my data".'
      : 'We have what you took back, and keep it. To correct your words to a resident, reply "correct NUMBER the right words".',
};

import { enDue, shortNumber } from "../days.ts";
import type { AnswerPageWording } from "./sentences.ts";

const AGAIN = 'Send "page" and the number in the chat for a new one.';

/** The English words of a deputy's one-time page. */
export const answerPageEn: AnswerPageWording = {
  lang: "en",
  title: ({ county }) => `${county} deputies' liaison · answer`,
  intro: () =>
    "This is the one-time page that you asked for in the chat, for an answer and photos. It opens on one phone only.",
  open: () => "Open",
  pasteHint: () => "No button to open it? Copy the whole link from the chat and paste it here:",
  pasteLink: () => "Link",
  larger: () => "Larger",
  smaller: () => "Smaller",
  otherLanguage: () => "中文",
  caseTitle: ({ number }) => `No. ${number}`,
  private: () => "What the resident said is for you alone. Please do not pass it on.",
  due: ({ due, isLate }) =>
    isLate ? `The answer was due ${enDue(due)}: it is late.` : `Please answer the resident ${enDue(due)}.`,
  place: ({ place }) => `Place: ${place}`,
  thread: () => "What the resident and you have said",
  resident: () => "Resident",
  deputy: () => "You",
  photo: () => "A photo from the resident",
  recording: () => "A recording of the resident",
  file: () => "A file from the resident",
  filesWithheld: () => "The resident sent photos or recordings. They may tell who it is, so they are not shown here.",
  act: () => "This is",
  reply: () => "an answer (not done yet)",
  close: () => "the closing (there is a result)",
  how: () => "For the closing: how do you know?",
  hows: {
    visit: "I was there",
    phone: "I asked by phone, or saw a photo",
    unit_word: "The unit says so",
    resident_word: "The resident says so",
  },
  yourWords: () => "What you want to tell the resident",
  wordsHint: ({ most }) => `At most ${most} characters. The resident gets them as they are.`,
  addPhotos: ({ most }) => `Add photos (at most ${most})`,
  photosHint: () => "The resident gets the photos too.",
  send: () => "Send",
  sending: () => "Sending…",
  tryAgain: () => "Send again",
  noNetwork: () => "No network: not sent yet. Your words are kept; press Send when the network is back.",
  sentTitle: () => "What you sent",
  sentHint: ({ number, isClosing }) =>
    `No. ${shortNumber(number)} is received and ${isClosing ? "the resident is being told the result" : "is on its way to the resident"}. This page is shown for 24 hours.`,
  refused: {
    notThere: () => "There is no such page.",
    elsewhereFrom: () => "This did not come from our page, and was not taken. Please open the link in the chat again.",
    wrongLink: () =>
      `This link is wrong, or does not work any more. Open it from the chat, or copy all of it. ${AGAIN}`,
    otherDevice: () =>
      "This link was opened on another phone. Open it on your own phone, or ask for a new one in the chat.",
    standing: ({ standing }) => STANDING[standing],
    empty: () => "There is no answer yet. Write some words or add a photo; a closing needs words.",
    noAct: () => "Please choose first: is this an answer or the closing?",
    noHow: () => "For a closing, please choose how you know that it is done.",
    tooLong: ({ most }) => `That is too long: at most ${most} characters. Please shorten it.`,
    tooLarge: ({ megabytes }) => `A photo is too large: at most ${megabytes} MB each. Please take a smaller one.`,
    tooManyPhotos: ({ most }) => `Too many photos: at most ${most} at once.`,
    noPhoto: () => "One file is no photo. Nothing was sent. Please choose another.",
    notStored: () => "It was not sent. Your words are kept; please press Send again in a while.",
  },
  chat: {
    link: ({ number, address, hours }) =>
      `The one-time page for No. ${shortNumber(number)}, for words and photos:\n${address}\nIt works for ${hours} hours, once, and on one phone only. Please do not forward it.`,
    noLink: ({ number }) =>
      `No page can be made for No. ${shortNumber(number)} now. Please reply "reply ${shortNumber(number)} YOUR WORDS"; photos can be sent here.`,
    answered: ({ number, isClosing, photos, kept }) =>
      [
        `No. ${shortNumber(number)} was ${isClosing ? "closed" : "answered"} on the page${photos > 0 ? `, with ${photos} photo${photos === 1 ? "" : "s"}` : ""}.`,
        kept > 0 ? `${kept} kept with the case: the resident's account takes no photos.` : "",
        "If that was not you, tell the county congress's deputies' affairs office at once.",
      ]
        .filter((part) => part !== "")
        .join(" "),
    otherDevice: ({ number }) =>
      `Somebody wanted to open the page for No. ${shortNumber(number)} on another phone; it was not opened. If it was you, use the first phone, or send "page ${shortNumber(number)}" for a new link. If not, please do not forward the link.`,
  },
};

const STANDING = {
  used: "This link was used already.",
  over: "This link was used already.",
  expired: `This link is too old. ${AGAIN}`,
  replaced: "This link does not work any more: you asked for another one later. Please use that.",
  unbound: "The chat to which this link was sent is bound to no deputy any more. Please use the chat that you use now.",
  "term-over": "Your term is over, so this link does not work any more.",
  away: 'You are away and somebody stands in for you. When you are back, reply "back" in the chat.',
  "not-yours": 'This case is closed, or not with you any more. Reply "list" in the chat to see yours.',
} as const;

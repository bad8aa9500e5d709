import { enDay, enDue, shortNumber } from "../days.ts";
import type { RoomLine, RoomWording } from "./sentences.ts";

const OFFICE = "deputies' affairs office of the county people's congress";
const NOW = {
  answered: "there is an answer; the rest is in your own chat.",
  closed: "closed; the rest is in your own chat.",
  heard: "noted; what came of it is in your own chat.",
} as const;

function lineOf({ number, dueOn, isLate }: RoomLine): string {
  return `【${shortNumber(number)}】${isLate ? "late, " : ""}by ${enDay(dueOn)}`;
}

/** The English sentences into rooms of deputies. */
export const enRooms: RoomWording = {
  roomCase: ({ line }) => {
    const { number, place, text, priority, dueOn } = line;
    const head = `${priority ? "[Urgent] " : ""}【${shortNumber(number)}】New`;
    return `${head}${place === "" ? "" : ` (${place})`}: ${text}\nAnswer ${enDue(dueOn)}. Whose it is: quote this message and write the answer, or do it in your own chat.`;
  },
  roomMorning: ({ of, lines, more, late }) =>
    [
      `Good morning. ${of} has ${lines.length + more} open${late === 0 ? "" : `, ${late} of them late`}:`,
      ...lines.map(lineOf),
      ...(more === 0 ? [] : [`And ${more} more.`]),
      "Please read what they say in your own chats.",
    ].join("\n"),
  roomUnbound: () =>
    `Hello. This group is not registered, so nothing is done here. If it should be, please ask the ${OFFICE}.`,
  bindFirst: ({ number }) =>
    `${number === null ? "" : `【${shortNumber(number)}】`}It is not known which deputy you are, so this was not done. Please bind your own chat with me first, then write here.`,
  roomAnswer: ({ number, is }) => `【${shortNumber(number)}】${NOW[is]}`,
  notYours: ({ number }) => `【${shortNumber(number)}】is not yours; your words were not passed on.`,
  toldAlone: () => "Noted; the answer is in your own chat.",
  notDoneHere: () => "What you said in the group was not done: that group is not registered. Please say it here again.",
  roomBound: ({ of }) =>
    `Registered: this is the group of the deputies of ${of}. Quote what I send and write the answer; names and telephone numbers of residents never stand here.`,
  codeNoted: () => `The code is noted. The group is registered once the ${OFFICE} confirms it.`,
  codeRefused: () => `That code is wrong, used or too old. Please ask the ${OFFICE} for another one.`,
};

/** The kind of channel of simulated residents, whose chats are in the console alone. */
export const REHEARSAL_CHANNEL = "rehearsal";

/** The beginning of the numbers of cases of rehearsals: a series of their own. */
export const REHEARSAL_PREFIX = "P-";

/** Whether the number of a case is one of a rehearsal. */
export function isRehearsalNumber(number: string): boolean {
  return number.startsWith(REHEARSAL_PREFIX);
}

/** The messages of a rehearsal, in order. */
export const REHEARSAL_MESSAGES = [
  "full-address",
  "vague",
  "photo",
  "two-matters",
  "thanks",
  "danger",
  "accusation",
  "out-of-scope",
] as const;
/** A message of a rehearsal. */
export type RehearsalMessage = (typeof REHEARSAL_MESSAGES)[number];

/** The names of these messages as people read them, on the page and on the record of going live. */
export const REHEARSAL_NAMES: Readonly<Record<"zh" | "en", Readonly<Record<RehearsalMessage, string>>>> = {
  zh: {
    "full-address": "地址写全",
    vague: "没说地点",
    photo: "只有照片",
    "two-matters": "一条里两件事",
    thanks: "感谢",
    danger: "有危险",
    accusation: "举报一位（编造的）代表",
    "out-of-scope": "广告",
  },
  en: {
    "full-address": "Full address",
    vague: "No place",
    photo: "A photo alone",
    "two-matters": "Two matters in one",
    thanks: "Thanks",
    danger: "Danger",
    accusation: "Accuses an (invented) deputy",
    "out-of-scope": "Advertising",
  },
};

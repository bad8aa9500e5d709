import type { VoiceWording } from "../voice.ts";

/** The English sentences to whoever said something aloud. */
export const enVoice: VoiceWording = {
  heard: ({ words }) => ({
    text: `I heard: ${words}`,
    labels: ["right", "no, I say it again", "somebody shall listen"],
    closing: "Reply 1, 2 or 3.",
  }),
  sayAgain: () => "Please say it again, a little slower; you can also type it.",
  somebodyListens: () => "Somebody of the office will listen to your recording.",
  listened: ({ number, words }) =>
    `We listened to your recording and heard: ${words}. Your number is ${number}. If anything is wrong, just tell me.`,
  inaudible: ({ number }) =>
    `We listened to your recording and could not make it out (number ${number}). Please say it again, or write it: what it is, and where.`,
  writtenByEar: ({ number }) =>
    `The resident of ${number} spoke; the words above were written down by ear at the office and may not be exact.`,
  recordingAgain: ({ number }) =>
    `You may have had this recording of ${number} already; in case it did not arrive, here it is again:`,
};

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
};

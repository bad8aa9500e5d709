import type { VoiceWording } from "../voice.ts";

/** The Chinese sentences to whoever said something aloud. */
export const zhVoice: VoiceWording = {
  heard: ({ words }) => ({
    text: `我听到的是：${words}`,
    labels: ["对", "不对，我再说一遍", "请人听录音"],
    closing: "回1、2或者3。",
  }),
  sayAgain: () => "好，请再说一遍，说慢一点；打字也行。",
  somebodyListens: () => "好，请工作人员听您的录音。",
};

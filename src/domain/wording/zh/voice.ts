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
  listened: ({ number, words }) => `我们听了您的录音，听到的是：${words}。编号${number}。哪里不对，直接告诉我。`,
  inaudible: ({ number }) => `您的录音我们听了，没听清（编号${number}）。请再说一遍，或者打字：是什么事，在哪里。`,
  writtenByEar: ({ number }) => `编号${number}是居民用语音说的，上面的话是办公室听写的，可能有出入。`,
  recordingAgain: ({ number }) => `编号${number}的这段录音您可能已经收到过，怕没送到，再发一次：`,
};

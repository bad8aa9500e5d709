import type { PressWording } from "../press.ts";

/** The English sentences to whoever pressed a button, or changed or took back what they had said. */
export const enPress: PressWording = {
  pressPassed: () => "This button does nothing any more, and nothing was changed. Please write what you want to say.",
  editNotSent: () =>
    'We have what you wrote first; the change went nowhere. To correct it, reply "correct NUMBER the right words".',
  recallNoted: ({ isResident }) =>
    isResident
      ? 'We have what you took back, and keep it. To end the matter, reply "withdraw"; to delete your data, "delete my data".'
      : 'We have what you took back, and keep it. To correct your words to a resident, reply "correct NUMBER the right words".',
};

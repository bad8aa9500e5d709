import type { recordings as zh } from "../../zh/county/recordings.ts";

/** The English words of the page of recordings, and of words that were written down by ear. */
export const recordings: typeof zh = {
  title: "Recordings",
  text: "No machine could read what these residents said: listen, and write down what you hear. Your words become those of the case, are understood and passed on as usual, and the resident reads what was heard.",
  waiting: "Waiting for somebody who listens, oldest first",
  none: "No recording waits.",
  since: (at) => `waits since ${at}`,
  listen: (at) => `Get the recording (${at})`,
  notKept: "The recording was not fetched or is not kept: the resident can only be asked again.",
  write: "Write down what you hear…",
  writeTitle: (number) => `Written by ear: ${number}`,
  heard: "The words that you hear",
  heardHint: "Word for word, without adding or guessing. They are marked as written by ear, with your name.",
  grid: "Grid (only if you know it)",
  do: "Done, pass it on",
  inaudible: "I cannot make it out, ask the resident again",
  done: {
    placed: (number) => `✓ ${number}: the deputy there has it, and the resident has a receipt`,
    asked: (number) => `✓ ${number}: noted; the resident is asked where it is`,
    office: (number) => `✓ ${number}: noted; it stays with the office`,
    sealed: (number) => `✓ ${number}: it seems to accuse somebody, and is sealed for the county office`,
    added: (number) => `✓ ${number}: noted; whoever has it was told`,
    "said-again": (number) => `✓ ${number}: the resident is asked to say it again, or to write`,
  },
  apart: (numbers) => `Other matters in it have numbers of their own: ${numbers.join(", ")}.`,
  byEar: (who) => `written by ear: ${who}`,
};

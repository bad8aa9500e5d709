import type { Quoted } from "../text/quote.ts";

/** The sentences to whoever said something aloud that the platform wrote down. */
export type VoiceWording = {
  /** What was heard, to be confirmed before anything comes of it. */
  heard(a: { words: Quoted }): {
    readonly text: string;
    readonly labels: readonly string[];
    readonly closing: string;
  };
  /** It was misheard, and is to be said again. */
  sayAgain(): string;
  /** Somebody of the office hears the recording; the receipt stands beside it. */
  somebodyListens(): string;
  /** Somebody of the office has listened, and wrote down what they heard; the receipt stands behind it. */
  listened(a: { number: string; words: Quoted }): string;
  /** Somebody of the office has listened, and could not make the words out. */
  inaudible(a: { number: string }): string;
  /** To the deputy of a case whose words somebody of the office wrote down by ear. */
  writtenByEar(a: { number: string }): string;
  /** Before a recording that a deputy may have had already. */
  recordingAgain(a: { number: string }): string;
};

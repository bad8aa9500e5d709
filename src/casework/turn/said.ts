import { withoutGreeting } from "../../domain/dialog/courtesy.ts";
import { excerpt } from "../../domain/text/excerpt.ts";
import { mask } from "../../domain/text/mask.ts";
import { withoutWriter } from "../../domain/writer/without-writer.ts";

/** A message of a resident on its way into a case: its words or its medium. */
export type Said = {
  readonly seq: number;
  readonly at: Date;
  /** `by-ear` is what somebody of the office wrote down of a recording. */
  readonly kind: "text" | "image" | "voice" | "video" | "file" | "location" | "link" | "by-ear";
  readonly text: string;
  /** The `media` row of what was shown. */
  readonly mediaId: string | null;
};

const SUMMARY_LENGTH = 60;

/** Whether the writer of a case asked that nobody learns who they are. */
type Writer = { readonly unnamed: boolean };

/** The working copy of a message's text: masked, as a deputy may read it, and of a writer who stays unnamed without what tells who they are. */
export function workingText(said: readonly Said[], writer?: Writer): string {
  return workingCopy(wordsOf(said), writer);
}

/** The working copy of words; see {@link workingText}. */
export function workingCopy(words: string, writer?: Writer): string {
  const masked = mask(words);
  return writer?.unnamed === true ? withoutWriter(masked) : masked;
}

/** The words of messages as they were written, one message a line. */
export function wordsOf(said: readonly Said[]): string {
  return said
    .map((one) => one.text)
    .filter((text) => text !== "")
    .join("\n");
}

/** The first words of the working copy behind its greetings; empty when there are none yet. */
export function summaryOf(said: readonly Said[], writer?: Writer): string {
  return excerpt(withoutGreeting(workingText(said, writer)), SUMMARY_LENGTH);
}

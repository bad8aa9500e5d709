import { withoutGreeting } from "../../domain/dialog/courtesy.ts";
import { excerpt } from "../../domain/text/excerpt.ts";
import { mask } from "../../domain/text/mask.ts";

/** A message of a resident on its way into a case: its words or its medium. */
export type Said = {
  readonly seq: number;
  readonly at: Date;
  readonly kind: "text" | "image" | "voice" | "video" | "location" | "link";
  readonly text: string;
  /** The `media` row of what was shown. */
  readonly mediaId: string | null;
};

const SUMMARY_LENGTH = 60;

/** The working copy of a message's text: masked, as a deputy may read it. */
export function workingText(said: readonly Said[]): string {
  return mask(
    said
      .map((one) => one.text)
      .filter((text) => text !== "")
      .join("\n"),
  );
}

/** The first words of the working copy behind its greetings; empty when there are none yet. */
export function summaryOf(said: readonly Said[]): string {
  return excerpt(withoutGreeting(workingText(said)), SUMMARY_LENGTH);
}

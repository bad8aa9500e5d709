import { openReader } from "../../src/casework/runtime/open-reader.ts";
import type { DialogState } from "../../src/domain/dialog/state.ts";
import {
  type ResidentMeaning,
  type Understood,
  understandResident,
} from "../../src/domain/dialog/understand-resident.ts";
import type { Context } from "../../src/domain/understanding/policy.ts";

const NOW = new Date("2026-11-24T08:00:00+08:00");

/** What a text is said into, where that matters. */
export type Into = {
  readonly state?: DialogState;
  readonly deputies?: readonly string[];
  readonly context?: Partial<Context>;
  readonly now?: Date;
};

/** A text as the shipped weights understand it; a verdict is asked for where the open question is one. */
export function understood(
  text: string,
  { state = {}, deputies = [], context = {}, now = NOW }: Into = {},
): Understood {
  const { question } = state;
  const verdictOpen = question?.kind === "rating" && now.getTime() - Date.parse(question.at) <= 30 * 86_400_000;
  const cases = {
    verdictOpen,
    whereOpen: question?.kind === "where",
    open: 0,
    settledLately: verdictOpen ? 1 : 0,
    ...context,
  };
  return understandResident(text, { state, now, deputies, context: cases }, openReader());
}

/** The meaning of a text as the shipped weights understand it. */
export function meaningOf(text: string, into: Into = {}): ResidentMeaning {
  return understood(text, into).meaning;
}

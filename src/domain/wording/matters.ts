import type { Due } from "../calendar/due.ts";
import type { Quoted } from "../text/quote.ts";
import type { AtOnceWording } from "./at-once.ts";
import type { HandlingWording } from "./handling.ts";
import type { PressWording } from "./press.ts";
import type { ReminderWording } from "./reminders.ts";
import type { VoiceWording } from "./voice.ts";
import type { WriterWording } from "./writer.ts";

/** The sentences to residents about several matters of one message, and about one matter that has two numbers. */
export type MattersWording = {
  /** Behind the receipts of several cases that were made of one message: how to put together what was cut wrongly. */
  mattersApart(a: { numbers: readonly string[] }): string;
  /** Two of their own cases are one from now on: `number` is closed, and its words are in `into`. */
  putTogether(a: { number: string; into: string }): string;
  /** Which of their cases are to be one is not clear, or they cannot be. */
  cannotPutTogether(): string;
  /** For a deputy: it is part of another case, says its resident; `into` is that one, null where somebody else has it. */
  partOfAnother(a: { number: string; into: string | null }): string;
  /** For a deputy who took a matter out of their case; `holder` is the deputy who has it, null for the office. */
  splitTaken(a: { number: string; from: string; holder: string | null }): string;
  /** Somebody found another matter in their words, which has a number of its own now; `deputy` is null for the office. */
  takenOut(a: { number: string; from: string; deputy: string | null; dueOn: Due; matter: Quoted }): string;
};

/**
 * The sentences that stand in files of their own beside the others; `Line` is a case as its deputy may see it, `Told` what was said in one,
 * `Question` a sentence with answers to choose.
 */
export type BesideWording<Line, Told, Question> = MattersWording &
  ReminderWording<Line> &
  AtOnceWording &
  HandlingWording<Line, Told> &
  WriterWording<Question> &
  PressWording &
  VoiceWording;

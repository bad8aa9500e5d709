import type { DeputyCase } from "../sentences.ts";

/** An open case in a room's morning: its number and its day, and nothing of what was said. */
export type RoomLine = { readonly number: string; readonly dueOn: string; readonly isLate: boolean };

/** The sentences into rooms of deputies, where several people read each: no names, no telephone numbers, nothing of one person alone. */
export type RoomWording = {
  /** A new case of the room's station or group. */
  roomCase(a: { line: DeputyCase }): string;
  /** Once a morning. `of` is the name of the station or group. */
  roomMorning(a: { of: string; lines: readonly RoomLine[]; more: number; late: number }): string;
  /** Once a day in a room that nobody has bound. */
  roomUnbound(): string;
  /** To somebody whose own chat is not bound; `number` is the case that they quote, null for none. */
  bindFirst(a: { number: string | null }): string;
  /** What became of words about a case; the rest is said to its deputy alone. */
  roomAnswer(a: { number: string; is: "answered" | "closed" | "heard" }): string;
  /** Somebody else has the case that was quoted: nothing was passed on. */
  notYours(a: { number: string }): string;
  /** What was said is answered to its person alone. */
  toldAlone(): string;
  /** To a bound deputy alone: the room is nobody's, and what they said there was not done. */
  notDoneHere(): string;
  roomBound(a: { of: string }): string;
  /** The code waits for the office to say for which station or group the room is. */
  codeNoted(): string;
  codeRefused(): string;
};

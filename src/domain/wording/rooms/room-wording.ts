import type { Locale } from "../wording.ts";
import { enRooms } from "./en.ts";
import type { RoomWording } from "./sentences.ts";
import { zhRooms } from "./zh.ts";

/** The wording into rooms of deputies, in a language. */
export function roomWordingOf(locale: Locale): RoomWording {
  return locale === "en" ? enRooms : zhRooms;
}

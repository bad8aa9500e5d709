import { enRooms } from "./rooms/en.ts";
import type { RoomWording } from "./rooms/sentences.ts";
import { zhRooms } from "./rooms/zh.ts";
import type { Locale } from "./wording.ts";

/** The wording into rooms of deputies, in a language. */
export function roomWordingOf(locale: Locale): RoomWording {
  return locale === "en" ? enRooms : zhRooms;
}

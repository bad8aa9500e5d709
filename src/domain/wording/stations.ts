import { stationsEn } from "./stations/en.ts";
import type { StationWording } from "./stations/sentences.ts";
import { stationsZh } from "./stations/zh.ts";
import type { Locale } from "./wording.ts";

/** The wording for the people of stations, in a language. */
export function stationWordingOf(locale: Locale): StationWording {
  return locale === "en" ? stationsEn : stationsZh;
}

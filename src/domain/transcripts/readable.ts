import type { Segment } from "../categories/model.ts";
import { bareWords, hasHan } from "../text/words.ts";

/** What else tells that words were heard rightly: they name a place of the county, and are about something. */
type Beside = { readonly segment: Segment; readonly namesPlace: boolean; readonly hasTopic: boolean };

/** The readability below which a transcript is shown to whoever spoke before anything comes of it. */
export const READABLE = 0.6;

const OF_WORDS = 0.5;
const OF_PLACE = 0.2;
const OF_TOPIC = 0.2;
const OF_LENGTH = 0.1;
/** From so many signs on the length speaks for it; one or two signs are a noise as often as a word. */
const LONG_ENOUGH = 8;
/** Signs that are words by themselves; others alone are what is left of words that were not heard. */
const WORDS_ALONE =
  /[的了是我你您他她它们不没有在就都也还又很太要去来上下里外这那个么吗呢吧啊呀说看坏好修找人路水电灯门车楼村组号把被给和跟到从对得过着大小多少一二三四五六七八九十两几年月天次个盏条段口]/;

/**
 * The readability of what a platform wrote down of a voice, from 0 to 1: by the share of it that is words, a place, a topic, and
 * its length. Platforms do not tell how sure they were.
 */
export function readable(transcript: string, { segment, namesPlace, hasTopic }: Beside): number {
  const said = bareWords(transcript).replace(/[\s\p{P}\p{S}]/gu, "");
  if (said === "") return 0;
  const place = namesPlace ? OF_PLACE : 0;
  const topic = hasTopic ? OF_TOPIC : 0;
  const length = OF_LENGTH * Math.min(1, said.length / LONG_ENOUGH);
  return OF_WORDS * (hasHan(said) ? shareOfWords(said, segment) : 1) + place + topic + length;
}

/** The share of signs that stand in a word of two or more, or are one alone. */
function shareOfWords(said: string, segment: Segment): number {
  const inWords = new Set<number>();
  let from = 0;
  for (const word of segment(said)) {
    const at = said.indexOf(word, Math.max(0, from - word.length));
    if (at < 0) continue;
    from = Math.max(from, at + word.length);
    if (word.length > 1 || WORDS_ALONE.test(word) || /[a-z0-9]/.test(word))
      for (let sign = at; sign < at + word.length; sign += 1) inWords.add(sign);
  }
  return inWords.size / said.length;
}

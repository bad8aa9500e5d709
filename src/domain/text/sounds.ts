import { pinyin } from "pinyin-pro";

/** Sounds that many people do not tell apart, in speaking or in typing. */
const ALIKE: readonly (readonly [RegExp, string])[] = [
  [/^([zcs])h/, "$1"],
  [/(?<=[ei])ng$/, "n"],
];
const HAN = /\p{Script=Han}/u;
/** One unit for each sound, so that the sounds of a text are as long as the text. */
const FIRST_UNIT = 0xe000;
const units = new Map<string, string>();
const known = new Map<string, string>();

/**
 * The sounds of a text, one unit for each of its own: signs that sound alike without their tones have the same one;
 * whatever is no Han sign stands for itself.
 */
export function soundsOf(text: string): string {
  return Array.from({ length: text.length }, (_, at) => soundOf(text.charAt(at))).join("");
}

function soundOf(sign: string): string {
  const before = known.get(sign);
  if (before !== undefined) return before;
  const sound = HAN.test(sign) ? unitOf(folded(pinyin(sign, { toneType: "none" }))) : sign;
  known.set(sign, sound);
  return sound;
}

function folded(syllable: string): string {
  return ALIKE.reduce((sound, [pattern, by]) => sound.replace(pattern, by), syllable);
}

function unitOf(syllable: string): string {
  const before = units.get(syllable);
  if (before !== undefined) return before;
  const unit = String.fromCharCode(FIRST_UNIT + units.size);
  units.set(syllable, unit);
  return unit;
}

import { type Font, openSync } from "fontkit";
import { fontFile } from "./document.ts";

let font: Font | null = null;

/** The signs of a text that the font has no shape for, each once: they would be printed as empty boxes. */
export function signsWithoutShape(text: string): string[] {
  font ??= opened();
  const known = font;
  return [...new Set(text)].filter((sign) => !known.hasGlyphForCodePoint(sign.codePointAt(0) ?? 0) && !isSpace(sign));
}

const isSpace = (sign: string): boolean => /^\s$/u.test(sign);

/** The regular weight, opened once; both weights have the same signs. */
function opened(): Font {
  const read = openSync(fontFile("regular"));
  if (read.type !== "TTF") throw new Error("the font that comes along is no single TrueType font");
  return read;
}

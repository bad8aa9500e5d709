const NAME = "Encrypt";
const XML_VALUE = /Encrypt\s*>\s*(?:<!\[CDATA\[\s*)?([A-Za-z0-9+/]+={0,2})\s*(?:\]\]>\s*)?<\/\s*Encrypt\s*>/y;
/** A slash may be written `\/` in JSON. */
const JSON_VALUE = /Encrypt\s*"\s*:\s*"\s*([A-Za-z0-9+/\\]+={0,2})\s*"/y;
/** The platform writes the name twice at most; people's words in the clear beside it may hold it too. */
const NAMES_FROM_EITHER_END = 6;

/**
 * The texts in a body that may be what the platform encrypted: found by a mere look at both ends, so that a stranger's body
 * costs next to nothing before its signature is known to be good.
 *
 * Which of them it is, if any, the signature says.
 */
export function sealedTexts(body: Uint8Array): readonly string[] {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("latin1");
  const value = /^\s*\{/.test(text) ? JSON_VALUE : XML_VALUE;
  return namesIn(text).flatMap((at) => {
    value.lastIndex = at;
    const found = value.exec(text)?.[1];
    return found === undefined ? [] : [found.replaceAll("\\/", "/")];
  });
}

/** Where the name stands, for the first times and for the last. */
function namesIn(text: string): readonly number[] {
  const places = new Set<number>();
  for (let at = text.indexOf(NAME); at >= 0 && places.size < NAMES_FROM_EITHER_END; at = text.indexOf(NAME, at + 1)) {
    places.add(at);
  }
  for (
    let at = text.lastIndexOf(NAME);
    at > 0 && places.size < 2 * NAMES_FROM_EITHER_END && !places.has(at);
    at = text.lastIndexOf(NAME, at - 1)
  ) {
    places.add(at);
  }
  return [...places];
}

import { XMLParser, XMLValidator } from "fast-xml-parser";
import { type Field, type Fields, isGroup, wellFormed } from "./fields.ts";
import { parseJson } from "./json.ts";

/** The format of a body, one of two in the platform's console; the reply must use the same. */
export type Format = "xml" | "json";

/** The result of parsing a body: its fields and its format, or in a few words why it cannot be read. */
export type ParsedBody =
  | { readonly ok: true; readonly format: Format; readonly fields: Fields }
  | { readonly ok: false; readonly reason: string };

const MAX_DEPTH = 20;
/** Tags, comments and CDATA of XML, or values of JSON; the platform writes some dozens, people's words `]]>` some hundreds. */
const MAX_PARTS = 2000;
/** Signs that XML writes as entities: more than a message has signs. */
const MAX_ENTITIES = 5000;
/** The platform writes no attributes. */
const MAX_TAG_LENGTH = 500;
const NAMED_ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const ENTITY = /&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|(amp|lt|gt|quot|apos));/g;

const xmlParser = new XMLParser({
  parseTagValue: false,
  ignoreAttributes: true,
  trimValues: false,
  maxNestedTags: MAX_DEPTH,
  // The library's own decoder drops what it finds unfit and counts expansions; here each entity stands for one
  // character, and a DOCTYPE that should ever get this far can define nothing.
  entityDecoder: {
    setExternalEntities: ignore,
    addInputEntities: ignore,
    reset: ignore,
    setXmlVersion: ignore,
    decode: decodeEntities,
  },
});

/**
 * Reads a body, XML or JSON by its first character: the content type that comes with it is not to be trusted.
 *
 * @returns its fields, or in a few words why it cannot be read; never throws
 */
export function parseBody(body: Uint8Array): ParsedBody {
  const text = wellFormed(new TextDecoder().decode(body)).trim();
  try {
    if (text.startsWith("<")) return parseXml(text);
    if (text.startsWith("{") && hasTooManyValues(text)) return { ok: false, reason: "too many values" };
    if (text.startsWith("{")) return { ok: true, format: "json", fields: groupFrom(parseJson(text), 0) };
    return { ok: false, reason: "neither XML nor JSON" };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message.slice(0, 200) : "cannot be read" };
  }
}

function parseXml(text: string): ParsedBody {
  if (text.split("&", MAX_ENTITIES + 2).length > MAX_ENTITIES + 1) return { ok: false, reason: "too many entities" };
  const oddity = oddityOf(text);
  if (oddity !== null) return { ok: false, reason: oddity };
  const validity = XMLValidator.validate(text);
  if (validity !== true) return { ok: false, reason: `XML: ${validity.err.msg.slice(0, 200)}` };
  const fields = groupFrom(xmlParser.parse(text), 0).get("xml");
  return isGroup(fields) ? { ok: true, format: "xml", fields } : { ok: false, reason: "no fields in <xml>" };
}

/**
 * What the platform never writes, and no parser should meet: DOCTYPE, ENTITY and their like (words in CDATA may start with
 * `<!`), and more tags or attributes than any message has; null where there is nothing of the kind.
 */
function oddityOf(xml: string): string | null {
  let parts = 0;
  let at = xml.indexOf("<");
  while (at >= 0) {
    parts += 1;
    if (parts > MAX_PARTS) return "too many elements";
    const close = xml.startsWith("<![CDATA[", at) ? "]]>" : xml.startsWith("<!--", at) ? "-->" : null;
    if (close === null) {
      if (xml[at + 1] === "!") return "an XML declaration of a document type or an entity";
      if (xml.indexOf(">", at) - at > MAX_TAG_LENGTH) return "a tag that is too long";
      at = xml.indexOf("<", at + 1);
    } else {
      const end = xml.indexOf(close, at + 4);
      if (end < 0) return null;
      at = xml.indexOf("<", end + close.length);
    }
  }
  return null;
}

const [QUOTE, BACKSLASH] = [0x22, 0x5c];
const BEFORE_VALUES = new Set(["{", "[", ","].map((sign) => sign.charCodeAt(0)));

function hasTooManyValues(json: string): boolean {
  let values = 0;
  let isInWords = false;
  for (let at = 0; at < json.length && values <= MAX_PARTS; at += 1) {
    const sign = json.charCodeAt(at);
    if (sign === QUOTE) isInWords = !isInWords;
    else if (sign === BACKSLASH) at += 1;
    else if (!isInWords && BEFORE_VALUES.has(sign)) values += 1;
  }
  return values > MAX_PARTS;
}

function decodeEntities(text: string): string {
  return text.replace(ENTITY, (_whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return NAMED_ENTITIES[name] ?? "";
    const point = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
    return point > 0x10ffff ? "\uFFFD" : String.fromCodePoint(point);
  });
}

function groupFrom(value: unknown, depth: number): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Error("no fields");
  return new Map(Object.entries(value).map(([key, field]) => [wellFormed(key).trim(), fieldFrom(field, depth + 1)]));
}

function fieldFrom(value: unknown, depth: number): Field {
  if (depth > MAX_DEPTH) throw new Error("nested too deeply");
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map((element) => fieldFrom(element, depth + 1));
  return typeof value === "object" ? groupFrom(value, depth) : wellFormed(String(value));
}

function ignore(): void {
  return;
}

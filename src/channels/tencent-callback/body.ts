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
    if (text.startsWith("{")) return { ok: true, format: "json", fields: groupFrom(parseJson(text), 0) };
    return { ok: false, reason: "neither XML nor JSON" };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message.slice(0, 200) : "cannot be read" };
  }
}

function parseXml(text: string): ParsedBody {
  if (hasDeclaration(text)) return { ok: false, reason: "an XML declaration of a document type or an entity" };
  const validity = XMLValidator.validate(text);
  if (validity !== true) return { ok: false, reason: `XML: ${validity.err.msg.slice(0, 200)}` };
  const fields = groupFrom(xmlParser.parse(text), 0).get("xml");
  return isGroup(fields) ? { ok: true, format: "xml", fields } : { ok: false, reason: "no fields in <xml>" };
}

/** Whether anything but text and comments starts with `<!`: DOCTYPE, ENTITY and their like; words in CDATA may. */
function hasDeclaration(xml: string): boolean {
  let at = xml.indexOf("<!");
  while (at >= 0) {
    const close = xml.startsWith("<![CDATA[", at) ? "]]>" : xml.startsWith("<!--", at) ? "-->" : null;
    if (close === null) return true;
    const end = xml.indexOf(close, at + 4);
    if (end < 0) return false;
    at = xml.indexOf("<!", end + close.length);
  }
  return false;
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

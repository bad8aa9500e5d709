import { XMLBuilder, XMLParser, XMLValidator } from "fast-xml-parser";
import { z } from "zod";

/** A value of a callback's field; a bigint is written as a bare number, as the platform writes MsgId. */
type FieldValue = string | number | bigint | Fields | readonly Fields[];

/** The named fields of a callback or of a passive reply. */
export type Fields = { readonly [name: string]: FieldValue };

const builder = new XMLBuilder({ cdataPropName: "__cdata" });
const parser = new XMLParser({ parseTagValue: false, ignoreAttributes: true, trimValues: true });
const replyFields = z.record(z.string(), z.unknown());

function toXmlNode(value: FieldValue): unknown {
  if (typeof value === "string") return value.includes("]]>") ? value : { __cdata: value };
  if (Array.isArray(value)) return value.map(toXmlNode);
  if (typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, toXmlNode(inner)]));
  return String(value);
}

function toJson(value: FieldValue): string {
  if (typeof value === "bigint") return String(value);
  if (Array.isArray(value)) return `[${value.map(toJson).join(",")}]`;
  if (typeof value === "object")
    return `{${Object.entries(value)
      .map(([key, inner]) => `${JSON.stringify(key)}:${toJson(inner)}`)
      .join(",")}}`;
  return JSON.stringify(value);
}

/**
 * Writes fields as the account's console asked for them.
 *
 * In JSON the platform writes 64-bit ids as bare numbers beyond 2^53; a receiver that trusts JSON.parse loses digits.
 */
export function writeFields(fields: Fields, format: "xml" | "json"): string {
  return format === "xml" ? builder.build({ xml: toXmlNode(fields) }) : toJson(fields);
}

/**
 * Reads an account's answer to a callback.
 *
 * @returns null for anything that is neither one `<xml>` document without a DTD nor a JSON object
 */
export function readFields(body: string, format: "xml" | "json"): Readonly<Record<string, unknown>> | null {
  if (format === "json") {
    try {
      return replyFields.parse(JSON.parse(body));
    } catch {
      return null;
    }
  }
  if (/<!(DOCTYPE|ENTITY)/i.test(body) || XMLValidator.validate(body) !== true) return null;
  const parsed = replyFields.safeParse(parser.parse(body).xml);
  return parsed.success ? parsed.data : null;
}

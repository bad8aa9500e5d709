import { wellFormed } from "../tencent-callback/fields.ts";

/** The fields that are certain of a genuine callback that its own words made malformed. */
export type Salvaged = {
  readonly format: "xml" | "json";
  /** The account's original id. */
  readonly account: string;
  /** The platform's id of the person; empty where it cannot be told for certain. */
  readonly sender: string;
  /** The message's type, small letters; empty where it is missing. */
  readonly type: string;
  /** Seconds since 1970, as written. */
  readonly createTime: string;
  /** What stands where the words begin, up to their last end, without markup. */
  readonly words: string;
};

/** The platform's own fields, which it writes first: what a person may have written stands behind them. */
const XML_FIELD =
  /\s*<(ToUserName|FromUserName|CreateTime|MsgType)>\s*(?:<!\[CDATA\[([^<>&\]]{0,200})\]\]>|([^<>&]{0,200}))\s*<\/\1>/y;
const JSON_FIELD = /\s*,?\s*"(ToUserName|FromUserName|CreateTime|MsgType)"\s*:\s*(?:"([^"\\]{0,200})"|(\d{1,20}))/y;
/** Where words begin, and what ends them; the last end counts, for the words may hold others. */
const WORDS = {
  xml: { begin: /<(?:Content|Recognition|Title)>/, end: /<\/(?:Content|Recognition|Description)>/g },
  json: { begin: /"(?:Content|Recognition|Title)"\s*:\s*"/, end: /"\s*,\s*"\w{1,30}"\s*:|"\s*\}\s*$/g },
} as const;
const PERSON = /^[\w-]{1,64}$/;

/**
 * Reads the fields that are certain of a callback that cannot be parsed: those at its very beginning, each once.
 *
 * Only the body says who wrote, for only the body was encrypted and signed; `openid` in the address is not, and can do no
 * more than contradict it.
 */
export function salvage(body: Uint8Array, openid: string | null): Salvaged {
  const text = wellFormed(new TextDecoder().decode(body)).trim();
  const format = text.startsWith("{") ? "json" : "xml";
  const start = format === "json" ? 1 : (/^(?:<\?xml[^>]{0,100}\?>)?\s*<xml>/.exec(text)?.[0].length ?? text.length);
  const { fields, end } = fieldsFrom(text, start, format === "json" ? JSON_FIELD : XML_FIELD);
  const sender = fields.get("FromUserName") ?? "";
  const isCertain = PERSON.test(sender) && (openid === null || openid === sender);
  return {
    format,
    account: fields.get("ToUserName") ?? "",
    sender: isCertain ? sender : "",
    type: (fields.get("MsgType") ?? "").toLowerCase(),
    createTime: fields.get("CreateTime") ?? "",
    words: wordsIn(text.slice(end), format),
  };
}

/** The fields that stand there one after the other, up to one that comes twice. */
function fieldsFrom(text: string, start: number, field: RegExp): { fields: ReadonlyMap<string, string>; end: number } {
  const fields = new Map<string, string>();
  let end = start;
  for (;;) {
    field.lastIndex = end;
    const [whole, name, quoted, bare] = field.exec(text) ?? [];
    if (whole === undefined || name === undefined || fields.has(name)) return { fields, end };
    fields.set(name, (quoted ?? bare ?? "").trim());
    end += whole.length;
  }
}

function wordsIn(rest: string, format: Salvaged["format"]): string {
  const begin = WORDS[format].begin.exec(rest);
  if (begin === null) return "";
  const words = rest.slice(begin.index + begin[0].length);
  const ends = [...words.matchAll(WORDS[format].end)];
  return words
    .slice(0, ends.at(-1)?.index ?? words.length)
    .replace(/<!\[CDATA\[|\]\]>|<\/?[A-Za-z][\w-]{0,40}\s*\/?>/g, " ")
    .replace(/\\n/g, "\n")
    .replace(/ {2,}/g, " ")
    .trim();
}

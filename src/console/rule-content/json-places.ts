/** A JSON text that was read, with the line of each place in it, such as `when.and[0].in`; or the line where it stops to be JSON. */
type PlacedJson =
  | { readonly ok: true; readonly value: unknown; readonly lines: ReadonlyMap<string, number> }
  | { readonly ok: false; readonly line: number };

const DEEPEST = 100;
const TOKEN = /[ \t\r\n]*(?:([[\]{}:,])|("(?:[^"\\\n]|\\.)*")|(-?\d[\d.eE+-]*|true|false|null))/y;

/** Reads JSON and notes on which line each place stands. */
export function placeJson(text: string): PlacedJson {
  const lines = new Map<string, number>();
  let at = 0;
  const lineAt = (index: number) => text.slice(0, index).split("\n").length;
  const fail = () => new Stop(lineAt(Math.min(text.slice(at).search(/\S|$/) + at, text.length)));
  const peek = (): string => {
    TOKEN.lastIndex = at;
    return TOKEN.exec(text)?.[0].trim() ?? "";
  };
  const take = (): string => {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(text);
    if (found === null) throw fail();
    at = TOKEN.lastIndex;
    return found[0].trim();
  };
  const want = (sign: string): void => {
    if (peek() !== sign) throw fail();
    take();
  };
  const read = (place: string, depth: number): unknown => {
    if (depth > DEEPEST) throw fail();
    const from = at;
    const token = take();
    lines.set(place, lineAt(at - token.length));
    if (token === "[") return readList(place, depth);
    if (token === "{") return readObject(place, depth);
    try {
      return JSON.parse(token);
    } catch (error) {
      at = from;
      throw error instanceof SyntaxError ? fail() : error;
    }
  };
  const readList = (place: string, depth: number): unknown[] => {
    const list: unknown[] = [];
    for (let isFirst = true; peek() !== "]"; isFirst = false) {
      if (!isFirst) want(",");
      list.push(read(`${place}[${list.length}]`, depth + 1));
    }
    take();
    return list;
  };
  const readObject = (place: string, depth: number): object => {
    const entries: [string, unknown][] = [];
    for (let isFirst = true; peek() !== "}"; isFirst = false) {
      if (!isFirst) want(",");
      if (!peek().startsWith('"')) throw fail();
      const key = String(JSON.parse(take()));
      want(":");
      entries.push([key, read(place === "" ? key : `${place}.${key}`, depth + 1)]);
    }
    take();
    return Object.fromEntries(entries);
  };
  try {
    const value = read("", 0);
    if (text.slice(at).trim() !== "") throw fail();
    return { ok: true, value, lines };
  } catch (error) {
    if (error instanceof Stop) return { ok: false, line: error.line };
    if (error instanceof SyntaxError) return { ok: false, line: lineAt(at) };
    throw error;
  }
}

/** The line of a place, or of the nearest around it. */
export function lineOf(lines: ReadonlyMap<string, number>, place: string): number {
  for (let at = place; at !== ""; at = at.slice(0, Math.max(at.lastIndexOf("."), at.lastIndexOf("[")))) {
    const line = lines.get(at);
    if (line !== undefined) return line;
    if (!/[.[]/.test(at)) break;
  }
  return 1;
}

/** Ends the reading at a line. */
class Stop extends Error {
  readonly line: number;
  constructor(line: number) {
    super("not JSON");
    this.line = line;
  }
}

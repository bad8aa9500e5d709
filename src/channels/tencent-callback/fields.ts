/**
 * A field of a callback, whether it came as XML or as JSON: text, a list or a group.
 *
 * Everything that is not a list or a group is text: a number keeps all its digits, "007" stays "007". Maps, not objects,
 * so that a key such as `__proto__` is a key like any other.
 */
export type Field = string | readonly Field[] | Fields;
/** The fields of a callback or of a group in it, by name. */
export type Fields = ReadonlyMap<string, Field>;

/** A text in a form that Postgres and every client can hold: NUL and lone surrogates become U+FFFD. */
export function wellFormed(text: string): string {
  return text.replaceAll("\0", "\uFFFD").toWellFormed();
}

/** The text of a field exactly as written; of a repeated one the first; empty when there is none. */
export function wordsOf(fields: Fields, name: string): string {
  const [first] = listOf(fields, name);
  return typeof first === "string" ? first : "";
}

/** The text of a field, with all that a repeated one holds: words that look like a field are words all the same. */
export function allWordsOf(fields: Fields, name: string): string {
  return listOf(fields, name)
    .filter((one) => typeof one === "string")
    .join("\n");
}

/** The text of a field that is an id, a number or a name: without the white space around it. */
export function textOf(fields: Fields, name: string): string {
  return wordsOf(fields, name).trim();
}

/** The group of fields under a name; empty when there is none. */
export function groupOf(fields: Fields, name: string): Fields {
  const [first] = listOf(fields, name);
  return isGroup(first) ? first : new Map();
}

/** The groups under a name: XML writes a list of one element without any sign that it is a list. */
export function groupsOf(fields: Fields, name: string): readonly Fields[] {
  return listOf(fields, name).filter(isGroup);
}

function listOf(fields: Fields, name: string): readonly Field[] {
  const field = fields.get(name);
  if (field === undefined) return [];
  return isList(field) ? field : [field];
}

function isList(field: Field): field is readonly Field[] {
  return Array.isArray(field);
}

/** Whether a field holds fields of its own. */
export function isGroup(field: Field | undefined): field is Fields {
  return field instanceof Map;
}

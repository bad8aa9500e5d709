import { wellFormed } from "./tencent-callback/fields.ts";

/** The fields of an object that came as JSON; numbers are texts, as they were written (`tencent-callback/json.ts`). */
export type JsonFields = Readonly<Record<string, unknown>>;

/** Whether a value is an object with fields. */
export function isFields(value: unknown): value is JsonFields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object under a name; one without fields when there is none. */
export function fieldsIn(fields: JsonFields, name: string): JsonFields {
  const value = fields[name];
  return isFields(value) ? value : {};
}

/** The objects in the list under a name; none when there is no list. */
export function listIn(fields: JsonFields, name: string): readonly JsonFields[] {
  const value = fields[name];
  return Array.isArray(value) ? value.filter(isFields) : [];
}

/** The words under a name, as they were written, in a form that can be kept; empty when there are none. */
export function wordsIn(fields: JsonFields, name: string): string {
  const value = fields[name];
  return typeof value === "string" ? wellFormed(value) : "";
}

/** The id, number or name under a name, without the white space around it. */
export function idIn(fields: JsonFields, name: string): string {
  return wordsIn(fields, name).trim();
}

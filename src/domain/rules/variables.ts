/** The variables that a condition may name, and what each holds; a code may also be null. */
export const VARIABLES = {
  text: "text",
  category: "code",
  channel: "code",
  language: "code",
  hour: "number",
  weekday: "number",
  hasPhoto: "boolean",
  "grid.code": "code",
  "grid.township": "code",
  "grid.community": "code",
  "grid.station": "code",
  "resident.openCases": "number",
} as const;

type OfType<T> = { [K in keyof typeof VARIABLES]: (typeof VARIABLES)[K] extends T ? K : never }[keyof typeof VARIABLES];
/** A variable that holds a code, or null. */
export type CodeVariable = OfType<"code">;
/** A variable that holds a number. */
export type NumberVariable = OfType<"number">;

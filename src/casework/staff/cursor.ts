import { z } from "zod";

/** The place in a list behind its last row: the value by which it is sorted, and the row's id. */
export type Cursor = { readonly value: string; readonly id: string };

const MOMENT = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d{1,6})?[+-]\d{2}(:\d{2})?$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const written = z.tuple([z.string().max(40), z.uuid()]);

/** A cursor as it travels. */
export function writeCursor({ value, id }: Cursor): string {
  return Buffer.from(JSON.stringify([value, id])).toString("base64url");
}

/** The cursor that somebody gave; null where it is none of a list that is sorted so. */
export function readCursor(given: string, sortedBy: "moment" | "day"): Cursor | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(given, "base64url").toString("utf8"));
  } catch {
    return null;
  }
  const read = written.safeParse(parsed);
  if (!read.success) return null;
  const [value, id] = read.data;
  const isOne = (sortedBy === "day" ? DAY : MOMENT).test(value) && !Number.isNaN(Date.parse(value));
  return isOne ? { value, id } : null;
}

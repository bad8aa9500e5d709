import { z } from "zod";

/** Writes the cursor of a list: the sort value and the id of the last thing shown, so that the next page begins behind it. */
export function cursorOf(...parts: readonly [string, string]): string {
  return Buffer.from(JSON.stringify(parts)).toString("base64url");
}

/** Reads a cursor that came back; null for what this service did not write in this form. */
export function readCursor(
  cursor: string,
  sort: z.ZodType<string>,
  id: z.ZodType<string>,
): readonly [string, string] | null {
  try {
    const read = z.tuple([sort, id]).safeParse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

import type postgres from "postgres";

/**
 * The array types of Postgres that this code sends and reads; one of another type must be added here.
 *
 * Otherwise postgres.js asks every new link for all types that there are: one question more before it can be used, whose
 * failure, when the link ends just then, reaches nobody.
 */
export const arrayTypes = { texts: arrayOf(1009), uuids: arrayOf(2951), bigints: arrayOf(1016) };

function arrayOf(oid: number): postgres.PostgresType {
  return { to: oid, from: [oid], serialize: writeArray, parse: readArray };
}

/** Whatever is no array has been written already, by drizzle for its columns. */
function writeArray(values: unknown): unknown {
  if (!Array.isArray(values)) return values;
  return `{${values.map((value) => (value === null ? "null" : `"${String(value).replaceAll(/["\\]/g, "\\$&")}"`)).join(",")}}`;
}

const ELEMENT = /"((?:[^"\\]|\\.)*)"|([^,{}"]+)/gs;

/** Elements as texts, in one dimension. */
function readArray(text: string): (string | null)[] {
  return [...text.matchAll(ELEMENT)].map(([, quoted, bare = ""]) => {
    if (quoted !== undefined) return quoted.replaceAll(/\\(.)/gs, "$1");
    return bare === "NULL" ? null : bare;
  });
}

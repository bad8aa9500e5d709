/** An entry of an answer in GeoReport, of which nothing is known. */
export type Entry = Readonly<Record<string, unknown>>;

/** The entries of an answer; null where it is none of GeoReport. */
export function listIn(body: string): readonly Entry[] | null {
  try {
    const read: unknown = JSON.parse(body);
    if (!Array.isArray(read)) return null;
    return read.filter((one): one is Entry => typeof one === "object" && one !== null && !Array.isArray(one));
  } catch {
    return null;
  }
}

/** The first entry of an answer; undefined where there is none. */
export function firstOf(body: string): Entry | undefined {
  return listIn(body)?.[0];
}

/** A value as a text, for systems write numbers as both; null where there is nothing. */
export function textOf(value: unknown): string | null {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value.trim() !== "" ? value : null;
}

/** A value as a moment; null where it is none. */
export function momentOf(value: unknown): Date | null {
  const at = typeof value === "string" ? new Date(value) : null;
  return at === null || Number.isNaN(at.getTime()) ? null : at;
}

/** A loss by an import: a value that the county had, and has no more because a cell is empty or a list is shorter. */
export type TakenAway = {
  /** `file:row` of whoever or whatever loses it. */
  readonly at: string;
  /** The code and name of the row that loses it. */
  readonly of: string;
  /** The column, or `assignments` for a grid or station of a deputy. */
  readonly what: string;
  /** What is gone; null where it is personal, or has no words. */
  readonly value: string | null;
};

type Row = Readonly<Record<string, unknown>>;

/** Where a field of a row comes from another column than its name says. */
const COLUMN_OF: Readonly<Record<string, string>> = { stationId: "station", untilOn: "until", longitude: "position" };
/** Fields of which nothing is shown: sealed phones, shapes. */
const UNSHOWN: ReadonlySet<string> = new Set(["phone", "shape", "longitude"]);

/**
 * The losses of a changed row: fields that are empty now, and items that are missing from its lists.
 *
 * @param nameOf what to call a value that is an id, such as a station's
 */
export function lossesOf(at: string, was: Row, now: Row, nameOf: (id: string) => string | undefined): TakenAway[] {
  const of = [now.code, now.name].filter((part) => part !== "").join(" ");
  return Object.entries(was).flatMap(([field, before]): TakenAway[] => {
    if (field === "latitude") return [];
    const what = COLUMN_OF[field] ?? field;
    const after = now[field];
    if (Array.isArray(before) && Array.isArray(after) && field !== "shape") {
      return before.filter((item) => !after.includes(item)).map((item) => ({ at, of, what, value: String(item) }));
    }
    if (isEmpty(before) || !isEmpty(after)) return [];
    const value = UNSHOWN.has(field) ? null : (nameOf(String(before)) ?? String(before));
    return [{ at, of, what, value }];
  });
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === "";
}

import { isDeepStrictEqual } from "node:util";
import { addDays } from "../../../domain/calendar/days.ts";
import type { PlainRow, WrittenKind, WrittenRow } from "./written.ts";

/** A row that undoing an import writes: as it is now, and as it shall be; null for a row that is not there. */
export type UndoStep = {
  readonly kind: WrittenKind;
  readonly id: string;
  readonly now: PlainRow | null;
  readonly to: PlainRow | null;
};

/** The reason for which something is not as it was before an import: it is left as it is now. */
type LeftWhy = "changed-since" | "gone" | "assigned-since" | "code-taken" | "in-use";

/** A row, or one field of it, that undoing an import leaves as it is. */
export type LeftRow = {
  readonly kind: WrittenKind;
  readonly row: PlainRow;
  /** Null where it is the row as a whole. */
  readonly field: string | null;
  /** What it was before the import, and would be again. */
  readonly wanted: unknown;
  /** What it is now. */
  readonly is: unknown;
  readonly why: LeftWhy;
};

/** The plan by which an import is undone: the rows to write, and those that stay as somebody made them since. */
export type UndoPlan = { readonly steps: readonly UndoStep[]; readonly left: readonly LeftRow[] };

/** The kinds of rows: what is referred to stands before what refers to it. */
export const KINDS = ["stations", "grids", "deputies", "units", "places", "receptions", "assignments"] as const;
const REFERRED_TO = ["stations", "grids", "deputies"] as const;
const REFERENCES = ["stationId", "gridId", "deputyId"];

/** The rows of the county as they are now, by id. */
export type RowsNow = Readonly<Record<WrittenKind, ReadonlyMap<string, PlainRow>>>;

/**
 * Plans the inverse of what an import wrote, field by field: what nobody has changed since is as it was before; what somebody
 * changed stays, and is named.
 *
 * A row that the import added is taken away, but for assignments: those end on the day before.
 */
export function planUndo(written: readonly WrittenRow[], rows: RowsNow, today: string): UndoPlan {
  const steps: UndoStep[] = [];
  const left: LeftRow[] = [];
  for (const one of written) {
    const now = rows[one.kind].get(one.id) ?? null;
    const planned = inverseOf(one, now, today);
    left.push(...planned.left);
    if (planned.step !== null) steps.push(planned.step);
  }
  return withoutClashes({ steps, left }, rows, today);
}

function inverseOf(
  { kind, id, was, became }: WrittenRow,
  now: PlainRow | null,
  today: string,
): { readonly step: UndoStep | null; readonly left: readonly LeftRow[] } {
  if (was === null) {
    if (now === null || became === null) return { step: null, left: [] };
    if (fieldsThatDiffer(became, now).length > 0)
      return { step: null, left: [{ kind, row: now, field: null, wanted: null, is: null, why: "changed-since" }] };
    const to = kind === "assignments" ? { ...now, untilOn: addDays(today, -1) } : null;
    return { step: { kind, id, now, to }, left: [] };
  }
  if (became === null) return { step: now === null ? { kind, id, now, to: was } : null, left: [] };
  if (now === null)
    return { step: null, left: [{ kind, row: became, field: null, wanted: null, is: null, why: "gone" }] };
  const left: LeftRow[] = [];
  const back: Record<string, unknown> = {};
  for (const field of fieldsThatDiffer(was, became)) {
    const [wanted, is] = [was[field] ?? null, now[field] ?? null];
    if (isDeepStrictEqual(is, wanted)) continue;
    if (isDeepStrictEqual(is, became[field] ?? null)) back[field] = wanted;
    else left.push({ kind, row: now, field, wanted, is, why: "changed-since" });
  }
  const isSame = Object.keys(back).length === 0;
  return { step: isSame ? null : { kind, id, now, to: { ...now, ...back } }, left };
}

/** Leaves out what cannot be written: an assignment that somebody made anew, a code that is another row's now, a row without what it refers to. */
function withoutClashes({ steps, left }: UndoPlan, rows: RowsNow, today: string): UndoPlan {
  const rewritten = new Set(steps.map(({ id }) => id));
  const others = (kind: WrittenKind) => [...rows[kind]].filter(([id]) => !rewritten.has(id)).map(([, row]) => row);
  const held = new Set(
    others("assignments")
      .filter((row) => lastsTo(row, today))
      .map(postOf),
  );
  const there = new Set(REFERRED_TO.flatMap((kind) => [...rows[kind].keys()]));
  const taken = new Map<WrittenKind, ReadonlySet<string>>();
  const isTaken = (kind: WrittenKind, row: PlainRow) => {
    const codes = taken.get(kind) ?? new Set(others(kind).map((other) => codeOf(kind, other)));
    taken.set(kind, codes);
    return codes.has(codeOf(kind, row));
  };
  const why = ({ kind, now, to }: UndoStep): LeftWhy | null => {
    if (to === null) return null;
    if (REFERENCES.some((field) => to[field] != null && !there.has(String(to[field])))) return "gone";
    if (kind === "assignments") return lastsTo(to, today) && held.has(postOf(to)) ? "assigned-since" : null;
    return now === null && isTaken(kind, to) ? "code-taken" : null;
  };
  const more: LeftRow[] = [];
  const kept = KINDS.flatMap((kind) => steps.filter((step) => step.kind === kind)).filter((step) => {
    const reason = why(step);
    if (step.to === null) return true;
    if (reason === null) there.add(step.id);
    else more.push({ kind: step.kind, row: step.to, field: null, wanted: null, is: null, why: reason });
    return reason === null;
  });
  return { steps: kept, left: [...left, ...more] };
}

function fieldsThatDiffer(one: PlainRow, other: PlainRow): string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].filter(
    (field) => !isDeepStrictEqual(one[field] ?? null, other[field] ?? null),
  );
}

function lastsTo({ untilOn }: PlainRow, day: string): boolean {
  return untilOn == null || String(untilOn) >= day;
}

function postOf({ deputyId, gridId, stationId }: PlainRow): string {
  return `${String(deputyId)} ${String(gridId ?? stationId)}`;
}

function codeOf(kind: WrittenKind, row: PlainRow): string {
  if (kind === "receptions") return `${String(row.stationId)} ${String(row.heldOn)} ${String(row.fromTime)}`;
  return kind === "places" ? `${String(row.gridId)} ${String(row.name)}` : String(row.code);
}

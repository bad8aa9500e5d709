import { idOf, rulesIn } from "./finding-place.ts";

/** A change between two contents: of one rule, or of the set itself where `rule` is null. */
export type RuleChange = {
  /** The name of the change, such as `changed:lifts`; each is once in a comparison. */
  readonly change: string;
  readonly rule: string | null;
  readonly kind: "added" | "removed" | "moved" | "changed";
  /** As it was written before; null for what is added. */
  readonly from: unknown;
  readonly to: unknown;
  /** What differs; empty for what is added, removed or moved. */
  readonly fields: readonly string[];
  /** The place in the order, from 1. */
  readonly order: { readonly from: number | null; readonly to: number | null };
};

const FIELDS = ["when", "then", "reason", "owner", "expires"] as const;
const SET_FIELDS = ["name", "otherwise"] as const;

type Placed = { readonly rule: unknown; readonly order: number };

/**
 * Compares two contents by the ids of their rules: first what differs of the set, then the rules in the new order, then those that
 * are gone. As few rules as possible count as moved; one that was moved and changed is there twice.
 * @param from null for no content: then everything is added
 */
export function compareRules(from: unknown, to: unknown): RuleChange[] {
  const [before, after] = [placed(from), placed(to)];
  const moved = movedIds(before, after);
  const changes: RuleChange[] = [];
  const fields = from === null ? [] : differing(from, to, SET_FIELDS);
  if (fields.length > 0) {
    const pick = (set: unknown) => Object.fromEntries(SET_FIELDS.map((field) => [field, fieldOf(set, field)]));
    const order = { from: null, to: null };
    changes.push({ change: "set", rule: null, kind: "changed", from: pick(from), to: pick(to), fields, order });
  }
  const add = (id: string, kind: RuleChange["kind"], told: readonly string[] = []) => {
    const [old, now] = [before.get(id), after.get(id)];
    const order = { from: old?.order ?? null, to: now?.order ?? null };
    const rules = { from: old?.rule ?? null, to: now?.rule ?? null };
    changes.push({ change: `${kind}:${id}`, rule: id, kind, ...rules, fields: told, order });
  };
  for (const [id, { rule }] of after) {
    const old = before.get(id);
    if (old === undefined) {
      add(id, "added");
      continue;
    }
    if (moved.has(id)) add(id, "moved");
    const told = differing(old.rule, rule, FIELDS);
    if (told.length > 0) add(id, "changed", told);
  }
  for (const id of before.keys()) if (!after.has(id)) add(id, "removed");
  return changes;
}

/** Whether two values of JSON are the same; the order of keys does not count. */
export function isSameJson(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && isSameJson(fieldOf(one, key), fieldOf(other, key)))
  );
}

function placed(content: unknown): ReadonlyMap<string, Placed> {
  return new Map(
    rulesIn(content).flatMap((rule, index) => {
      const id = idOf(rule);
      return id === null ? [] : [[id, { rule, order: index + 1 }] as const];
    }),
  );
}

function differing(one: unknown, other: unknown, fields: readonly string[]): string[] {
  return fields.filter((field) => !isSameJson(fieldOf(one, field) ?? null, fieldOf(other, field) ?? null));
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;
}

/** All common rules but those of a longest run that stands in the same order in both. */
function movedIds(before: ReadonlyMap<string, Placed>, after: ReadonlyMap<string, Placed>): ReadonlySet<string> {
  const common = [...after.keys()].flatMap((id) => {
    const old = before.get(id);
    return old === undefined ? [] : [{ id, order: old.order }];
  });
  /** The end of the best run of each length, and for each rule the one before it in its run. */
  const ends: number[] = [];
  const previous: (number | null)[] = [];
  for (const [index, { order }] of common.entries()) {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((common[ends[middle] ?? 0]?.order ?? 0) < order) low = middle + 1;
      else high = middle;
    }
    previous.push(low === 0 ? null : (ends[low - 1] ?? null));
    ends[low] = index;
  }
  const kept = new Set<string>();
  for (let at = ends.at(-1) ?? null; at !== null; at = previous[at] ?? null) {
    const one = common[at];
    if (one !== undefined) kept.add(one.id);
  }
  return new Set(common.flatMap(({ id }) => (kept.has(id) ? [] : [id])));
}

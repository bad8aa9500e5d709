import type { RuleTarget } from "../../../domain/rules/ruleset.ts";

type Written = {
  readonly name: string | null;
  readonly reason: string | null;
  readonly owner: string | null;
  readonly expires: string | null;
};

/** The plain fields of a rule, or of a set, as it was written; null for those that it has not. */
export function writtenOf(written: unknown): Written {
  const text = (key: string) => {
    const value = fieldOf(written, key);
    return typeof value === "string" ? value : null;
  };
  return { name: text("name"), reason: text("reason"), owner: text("owner"), expires: text("expires") };
}

/** The target of a rule, or of a set's end, as it was written; null where it has none that can be read. */
export function targetOf(written: unknown): RuleTarget | null {
  const assign = fieldOf(fieldOf(written, "then") ?? fieldOf(written, "otherwise"), "assign");
  for (const kind of ["deputy", "group", "unit"] as const) {
    const code = fieldOf(assign, kind);
    if (typeof code === "string") return { kind, code };
  }
  const station = fieldOf(assign, "station");
  if (typeof station === "string") return { kind: "station", code: station };
  if (station === true) return { kind: "station", code: null };
  if (fieldOf(assign, "grid") === true) return { kind: "grid" };
  return fieldOf(assign, "office") === true ? { kind: "office" } : null;
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
}

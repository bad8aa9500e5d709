/** A list of messages without a case as its address says it; without `all` it is the week's sample. */
export type UnreadParams = { readonly days?: string; readonly kind?: string; readonly all?: "true" };

const DAYS: readonly unknown[] = ["7", "14", "31"];

/** Reads an address as a list of messages without a case; what is no condition is left out. */
export function readUnreadParams({ days, kind, all }: Readonly<Record<string, unknown>>): UnreadParams {
  return {
    ...(DAYS.includes(days) ? { days: String(days) } : {}),
    ...(typeof kind === "string" && kind !== "" ? { kind } : {}),
    ...(all === "true" ? { all } : {}),
  };
}

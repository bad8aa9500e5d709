/** The parts of the page of audit. */
export const VIEWS = ["readings", "events", "staff", "chain"] as const;
/** A part of the page of audit. */
export type View = (typeof VIEWS)[number];

/** The page of audit as its address says it. */
export type AuditParams = {
  readonly view?: View;
  readonly by?: string;
  readonly case?: string;
  readonly from?: string;
  readonly to?: string;
};

/** Reads an address as the page of audit; what is no condition is left out, what is no value the API refuses. */
export function readAuditParams(search: Readonly<Record<string, unknown>>): AuditParams {
  const view = VIEWS.find((one) => one === search.view);
  const names = ["by", "case", "from", "to"] as const;
  const given = names.flatMap((name) => {
    const value = search[name];
    return typeof value === "string" && value !== "" ? [[name, value] as const] : [];
  });
  return { ...(view === undefined ? {} : { view }), ...Object.fromEntries(given) };
}

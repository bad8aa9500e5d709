/** The results of a unit's work, as the unit says: all of it, a part, planned for a day, or not to be done. */
export const UNIT_RESULTS = ["done", "partly", "planned", "refused"] as const;
/** A result of a unit's work, as the unit says. */
export type UnitResult = (typeof UNIT_RESULTS)[number];

/** A claim about whether a matter was solved: a result of their work as whoever worked on it says, `confirmed` or `denied` as its resident does. */
type Claim = { readonly result: UnitResult | "confirmed" | "denied"; readonly at: string };

/** The three claims of a case, side by side and never added up; null where nothing was said. */
export type Claims = { readonly unit: Claim | null; readonly deputy: Claim | null; readonly resident: Claim | null };

/** An event of a case, as far as claims follow from it. */
type ClaimEvent = {
  readonly type: string;
  readonly by: string;
  readonly at: string;
  readonly details: Readonly<Record<string, unknown>>;
};

const SATISFIED_FROM = 4;

/** Whether the unit, the deputy and the resident say that it is solved, by the events of a case; a new closing asks the resident anew. */
export function claimsOf(events: readonly ClaimEvent[]): Claims {
  let claims: Claims = { unit: null, deputy: null, resident: null };
  for (const { type, by, at, details } of events) {
    if (type === "rated") {
      const isGood = Number(details.rating) >= SATISFIED_FROM;
      claims = { ...claims, resident: { result: isGood ? "confirmed" : "denied", at } };
    }
    if (type === "unit_reported") {
      const result = UNIT_RESULTS.find((one) => one === details.result);
      if (result !== undefined) claims = { ...claims, unit: { result, at } };
    }
    // Another unit says it anew.
    if (type === "unit_returned" || type === "referred") claims = { ...claims, unit: null };
    if (type !== "closed" || details.outcome !== "solved") continue;
    const { claim } = details;
    const said = { result: "done", at } as const;
    if (claim === "unit") claims = { ...claims, unit: said, resident: null };
    else if (claim === "resident") claims = { ...claims, resident: { result: "confirmed", at } };
    else if (claim === "deputy" || by.startsWith("deputy:")) claims = { ...claims, deputy: said, resident: null };
  }
  return claims;
}

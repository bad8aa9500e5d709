/** The results of a unit's work, as the unit says: all of it, a part, planned for a day, or not to be done. */
export const UNIT_RESULTS = ["done", "partly", "planned", "refused"] as const;
/** A result of a unit's work, as the unit says. */
export type UnitResult = (typeof UNIT_RESULTS)[number];

/** The steps between a unit that has a case and the office, besides accepting, giving back and reporting. */
export const UNIT_STEPS = [
  "told",
  "progress",
  "extension_asked",
  "extended",
  "extension_refused",
  "taken_back",
] as const;

/** The results of a deputy's look at what was done. */
export const DEPUTY_RESULTS = ["fixed", "partly", "not_fixed"] as const;
/** The result of a deputy's look at what was done. */
type DeputyResult = (typeof DEPUTY_RESULTS)[number];

/** The ways by which a deputy looked for themselves: there, at a photo, by telephone. */
export const LOOKED = ["visit", "photo", "phone"] as const;
/** The ways by which a deputy may know that something is done; `unsaid` where they did not say. */
export const HOWS = [...LOOKED, "unit_word", "resident_word", "unsaid"] as const;
/** The way by which a deputy knows that something is done. */
export type How = (typeof HOWS)[number];

/** Whether somebody who knows it so has looked for themselves. */
export function hasLooked(how: How): boolean {
  return LOOKED.some((one) => one === how);
}

/** The three claims of a case, side by side and never added up; null where nothing was said. */
export type Claims = {
  readonly unit: { readonly result: UnitResult; readonly at: string } | null;
  readonly deputy: { readonly result: DeputyResult; readonly how: How; readonly at: string } | null;
  /** `silent` where they were asked and said nothing until the time for it was over. */
  readonly resident: { readonly result: "confirmed" | "denied" | "silent"; readonly at: string } | null;
};

/** An event of a case, as far as claims follow from it. */
type ClaimEvent = {
  readonly type: string;
  readonly by: string;
  readonly at: string;
  readonly details: Readonly<Record<string, unknown>>;
};

const SATISFIED_FROM = 4;
const NOTHING: Claims = { unit: null, deputy: null, resident: null };

/** Whether the unit, the deputy and the resident say that it is solved, by the events of a case; a new closing asks the resident anew. */
export function claimsOf(events: readonly ClaimEvent[]): Claims {
  return Object.assign({ ...NOTHING }, ...events.map(claimedBy));
}

function claimedBy({ type, by, at, details }: ClaimEvent): Partial<Claims> {
  switch (type) {
    case "unit_reported": {
      const result = UNIT_RESULTS.find((one) => one === details.result);
      return result === undefined ? {} : { unit: { result, at } };
    }
    // Another unit says it anew.
    case "unit_returned":
    case "referred":
      return { unit: null };
    case "checked": {
      const result = DEPUTY_RESULTS.find((one) => one === details.result);
      return result === undefined ? {} : { deputy: { result, how: howOf(details), at } };
    }
    case "rated":
      return { resident: { result: isConfirming(details) ? "confirmed" : "denied", at } };
    case "settled":
      return { resident: { result: "silent", at } };
    case "closed":
      return details.outcome === "solved" ? saidSolved(by, at, details) : {};
    default:
      return {};
  }
}

function saidSolved(by: string, at: string, details: ClaimEvent["details"]): Partial<Claims> {
  const { claim } = details;
  if (claim === "resident") return { resident: { result: "confirmed", at } };
  if (claim === "unit") return { unit: { result: "done", at }, resident: null };
  const isDeputys = claim === "deputy" || by.startsWith("deputy:");
  return isDeputys ? { deputy: { result: "fixed", how: howOf(details), at }, resident: null } : {};
}

function howOf({ how, claim }: ClaimEvent["details"]): How {
  // The office closes on the word of a deputy who went there.
  return HOWS.find((one) => one === how) ?? (claim === "deputy" ? "visit" : "unsaid");
}

/** Whether the resident says that it is solved, whatever they think of how; before they were asked apart, by how satisfied they are. */
function isConfirming({ claim, rating }: ClaimEvent["details"]): boolean {
  return claim === undefined ? Number(rating) >= SATISFIED_FROM : claim === "confirmed";
}

/** The refusal of a decision of staff, with a plain sentence for whoever decided. Nothing has changed then. */
export type Refused = { readonly ok: false; readonly reason: string };

/** A refusal with this reason. */
export function refused(reason: string): Refused {
  return { ok: false, reason };
}

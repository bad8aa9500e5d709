/** A decision of staff that may not be: the reason is a plain sentence for whoever decided. Nothing has changed then. */
export type Refused = { readonly ok: false; readonly reason: string };

export function refused(reason: string): Refused {
  return { ok: false, reason };
}

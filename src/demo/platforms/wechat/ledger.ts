const MINUTE_MS = 60_000;

/** An action of a person by which the account may write to them. */
export type Contact = "message" | "menu" | "follow" | "scan" | "enter";

/** A permission to send: how many messages are left, until when. */
type Grant = { readonly left: number; readonly until: Date };

/** The permissions to write to one person, live and lapsed; a menu tap does not take away what a message has given. */
export type Ledger = { readonly message: Grant | null; readonly brief: Grant | null };

/** The ledger of a person who has not been in touch yet. */
export const EMPTY_LEDGER: Ledger = { message: null, brief: null };

/**
 * Adds the permission that an action gives, by the platform's table since 2023: a message gives 5 in 48 h; a menu tap,
 * a follow or a scan 3 in one minute; opening a mini program's chat 2.
 */
export function contact(ledger: Ledger, action: Contact, now: Date): Ledger {
  if (action === "message")
    return { ...ledger, message: { left: 5, until: new Date(now.getTime() + 48 * 60 * MINUTE_MS) } };
  return { ...ledger, brief: { left: action === "enter" ? 2 : 3, until: new Date(now.getTime() + MINUTE_MS) } };
}

/**
 * Spends one message of the ledger.
 *
 * Permissions do not add up: a send counts against every live one, and is allowed while any has something left.
 * @returns the errcode 45015 (outside the window) or 45047 (count used up) where nothing may be sent
 */
export function spend(ledger: Ledger, now: Date): { ok: true; ledger: Ledger } | { ok: false; errcode: 45015 | 45047 } {
  const live = (grant: Grant | null): grant is Grant => grant !== null && grant.until.getTime() > now.getTime();
  const grants = [ledger.message, ledger.brief].filter(live);
  if (grants.length === 0) return { ok: false, errcode: 45015 };
  if (grants.every((grant) => grant.left === 0)) return { ok: false, errcode: 45047 };
  const less = (grant: Grant | null): Grant | null =>
    live(grant) ? { ...grant, left: Math.max(0, grant.left - 1) } : grant;
  return { ok: true, ledger: { message: less(ledger.message), brief: less(ledger.brief) } };
}

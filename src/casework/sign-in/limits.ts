/** A session ends after so long in any case, in milliseconds. */
export const SESSION_MS = 12 * 60 * 60_000;
/** A session ends when nothing was asked for so long, in milliseconds. */
export const IDLE_MS = 30 * 60_000;
/** A code of the second factor is good so long for what must be confirmed, in milliseconds. */
export const CONFIRMED_MS = 10 * 60_000;
/** The time that may pass between the password and the code of the second factor, in milliseconds. */
export const CHALLENGE_MS = 10 * 60_000;
/** The pause after too many wrong passwords or codes, in milliseconds; they are counted as long. */
export const PAUSE_MS = 15 * 60_000;
/** The number of wrong passwords of one account that are answered within `PAUSE_MS`. */
export const WRONG_PASSWORDS = 10;
/** The number of wrong codes of one account that are answered before its second factor pauses. */
export const WRONG_CODES = 5;
/** The number of wrong passwords and codes that are answered to one address in a minute. */
export const WRONG_FROM_ADDRESS = 20;
/** An invitation is good for so long, in milliseconds. */
export const INVITATION_MS = 72 * 60 * 60_000;

/** The names of the cookies: of a session, and of a sign-in that waits for its second factor. */
export type Cookies = { readonly session: string; readonly challenge: string; readonly isSecure: boolean };

/** The cookies of a service: browsers take a name that begins with `__Host-` over https alone. */
export function cookiesOf(publicUrl: string): Cookies {
  const isSecure = publicUrl.startsWith("https:");
  const session = isSecure ? "__Host-liaison" : "liaison";
  return { session, challenge: `${session}-second`, isSecure };
}

/** Whether an address is of this machine alone, so that nothing sent to it can be overheard. */
export function isLoopback(publicUrl: string): boolean {
  const { hostname } = new URL(publicUrl);
  return hostname === "localhost" || hostname.endsWith(".localhost") || hostname === "[::1]" || /^127\./.test(hostname);
}

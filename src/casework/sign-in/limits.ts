/** A session ends after so long in any case, in milliseconds. */
export const SESSION_MS = 12 * 60 * 60_000;
/** A session ends when nothing was asked for so long, in milliseconds. */
export const IDLE_MS = 30 * 60_000;
/** A code of the second factor is good so long for what must be confirmed, in milliseconds. */
export const CONFIRMED_MS = 10 * 60_000;
/** Between the password and the code of the second factor so much time may pass, in milliseconds. */
export const CHALLENGE_MS = 10 * 60_000;
/** After too many wrong passwords or codes none is taken for so long, in milliseconds; they are counted as long. */
export const PAUSE_MS = 15 * 60_000;
/** So many wrong passwords of one account are answered within `PAUSE_MS`. */
export const WRONG_PASSWORDS = 10;
/** So many wrong codes of one account are answered before its second factor pauses. */
export const WRONG_CODES = 5;
/** So many wrong passwords and codes a minute are answered to one address. */
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

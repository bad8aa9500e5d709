/** The bytes of which a visitor's token is made: 160 bits. */
export const TOKEN_BYTES = 20;

/** The number of different codes that stand beside links: six digits. */
export const CODES = 1_000_000;

const TOKEN = /^[A-Za-z0-9_-]{27}$/;
const SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** The token of some random bytes: 27 signs of base64url. */
export function tokenOf(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const sixes = bits.match(/.{1,6}/g) ?? [];
  return sixes.map((six) => SIGNS[Number.parseInt(six.padEnd(6, "0"), 2)]).join("");
}

/** The token in what somebody gives as their link: all of the link, what is behind its `#`, or the token alone; null for none. */
export function tokenIn(text: string): string | null {
  const trimmed = text.trim();
  const behind = /#k=([A-Za-z0-9_-]+)/.exec(trimmed)?.[1] ?? trimmed;
  return TOKEN.test(behind) ? behind : null;
}

/** The code that stands beside a link. @param drawn from 0 to {@link CODES} */
export function codeOf(drawn: number): string {
  return String(drawn).padStart(6, "0");
}

/** The code in what somebody typed, with or without blanks, in half or full width; null where it is none. */
export function codeIn(text: string): string | null {
  const digits = text.normalize("NFKC").replace(/[\s.-]/g, "");
  return /^\d{6}$/.test(digits) ? digits : null;
}

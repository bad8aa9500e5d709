import type { Failed, Failure } from "../failure.ts";

type Blocks = Extract<Failure, { outcome: "refused" }>["blocks"];

/** The numbers that stand for codes of the platform, which are words: a token that is refused, or any other. */
const TOKEN_REFUSED = 40_014;
const OTHER = 1;

const TOKEN =
  /^(?:InvalidAuthentication|Forbidden\.AccessDenied\.AccessToken(?:NotFound|Invalid|Expired)|40014|42001)$/i;
/** The platform's refusals by the beginnings of their codes (protocols-more.md 6), and what each blocks; the first that fits counts. */
const REFUSALS: readonly (readonly [code: RegExp, blocks: Blocks])[] = [
  [/^(?:staffId\.notExisted|invalidStaffId|user\.notExisted|chat\.notExisted|conversation\.notFound)/i, "person"],
  [
    /^(?:invalidClientIdOrSecret|invalidClientId|invalidParameter\.robotCode|robot\.|resource\.not\.found|Forbidden)/i,
    "account",
  ],
  [/^(?:invalidParameter|param|msg|media|content|template|file)/i, "content"],
  [/^4\d{4}$/, "content"],
];
/** A robot's template was switched off by its owner: told in words alone. */
const SWITCHED_OFF = /模板已经停用|机器人.{0,4}停用/;
const TOO_FAST = /QpsLimit|Throttl|FlowControl|TooManyRequests|^(?:88|90018|90002)$/i;
/** “Send too fast”: what is sent within the next ten minutes is refused as well. */
const BLOCKED_FOR_TEN = "130101";

const RETRY_MS = 5000;
const TEN_MINUTES_MS = 600_000;
const MOST_WAIT_S = 7 * 86_400;

/** The failure that an answer of the platform means for what was being sent. */
export function failureOf(
  code: string,
  message: string,
  { status, waitSeconds }: { readonly status: number; readonly waitSeconds: number | null },
): Failure {
  const reason = `${code} ${message}`.trim();
  const afterMs = waitSeconds === null ? RETRY_MS : Math.min(MOST_WAIT_S, waitSeconds) * 1000;
  if (code === BLOCKED_FOR_TEN) return { outcome: "retry", reason, afterMs: TEN_MINUTES_MS, scope: "account" };
  if (status === 429 || TOO_FAST.test(code)) return { outcome: "retry", reason, afterMs, scope: "account" };
  if (status >= 500) return { outcome: "retry", reason, afterMs: RETRY_MS, scope: "account" };
  if (TOKEN.test(code) || SWITCHED_OFF.test(message)) return { outcome: "refused", reason, blocks: "account" };
  const known = REFUSALS.find(([form]) => form.test(code));
  return {
    outcome: "refused",
    reason: known === undefined ? `${reason}: unknown to us` : reason,
    blocks: known?.[1] ?? "content",
  };
}

/** The number of a code. */
export function numberOf(code: string): number {
  return TOKEN.test(code) ? TOKEN_REFUSED : OTHER;
}

/** Whether a code says that the access token is wrong or expired. */
export function isTokenCode(code: number | null): boolean {
  return code === TOKEN_REFUSED;
}

/** The time for which an interface is better left alone after a failed call, in milliseconds; 0 when it is not. */
export function restMs({ code, failure }: Failed): number {
  return code !== null && failure.outcome === "retry" && failure.scope === "account" ? failure.afterMs : 0;
}

/** Whether a failed call says that the platform takes no token of ours. */
export function isDown({ code }: Failed): boolean {
  return isTokenCode(code);
}

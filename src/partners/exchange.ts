import type { Means } from "./partner.ts";

/** The end of one exchange over HTTP: the status and the body, or why there is none. */
export type Exchanged =
  | { readonly ok: true; readonly status: number; readonly body: string }
  | { readonly ok: false; readonly status: number | null; readonly reason: string };

const BODY_LIMIT_BYTES = 256 * 1024;
const SUCCESS = 2;

/**
 * Makes one call: no redirect is followed, the answer is waited for only so long and read only so far, and it must be of HTTP's success.
 *
 * The reason of a failure is a code, never a word of the answer.
 */
export async function exchange(
  { fetch, timeoutMs }: Pick<Means, "fetch" | "timeoutMs">,
  url: string,
  init: { readonly method: "GET" | "POST"; readonly headers?: Record<string, string>; readonly body?: string },
): Promise<Exchanged> {
  let status: number | null = null;
  try {
    const response = await fetch(url, { ...init, redirect: "manual", signal: AbortSignal.timeout(timeoutMs) });
    status = response.status;
    const body = await bodyOf(response);
    if (body === null) return { ok: false, status, reason: "answer-too-large" };
    if (Math.floor(status / 100) !== SUCCESS) return { ok: false, status, reason: reasonOf(status) };
    return { ok: true, status, body };
  } catch (error) {
    return { ok: false, status, reason: isTimeout(error) ? "no-answer-in-time" : "not-reachable" };
  }
}

/** @returns null when it is longer than anything that is expected */
async function bodyOf(response: Response): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > BODY_LIMIT_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function reasonOf(status: number): string {
  if (status >= 300 && status < 400) return "redirect";
  return `http-${status}`;
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && (error.name === "TimeoutError" || error.name === "AbortError");
}

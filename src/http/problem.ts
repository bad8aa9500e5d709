import type { Context } from "hono";
import type { Finding } from "../domain/rules/finding.ts";

/** A mistake in what was sent: its place, such as `body.place.grid`, a stable word, and a sentence. */
export type Mistake = { readonly at: string; readonly code: string; readonly text: string };

/** A problem document of RFC 9457; `detail` says what to do and holds nothing personal. */
export type Problem = {
  readonly status: 400 | 401 | 403 | 404 | 405 | 409 | 412 | 413 | 422 | 428 | 429 | 500 | 503;
  readonly title: string;
  readonly detail?: string;
  /** A stable word by which a page knows this problem and words it itself. */
  readonly code?: string;
  /** Every mistake in what was sent, with its place. */
  readonly findings?: readonly (Finding | Mistake)[];
  /** What happened to the thing since the version that was named in `If-Match`. */
  readonly since?: readonly { readonly type: string; readonly at: string; readonly by: string }[];
  /** What must be there before it can be done, by codes. */
  readonly missing?: readonly string[];
  /** The state that does not allow it, and what it allows. */
  readonly state?: string;
  readonly allowed?: readonly string[];
};

/** Answers with a problem document (RFC 9457); its type is `about:blank`: the status says it all. */
export function problem(c: Context, problem: Problem, headers: Readonly<Record<string, string>> = {}): Response {
  return c.body(JSON.stringify({ type: "about:blank", ...problem }), problem.status, {
    ...headers,
    "content-type": "application/problem+json",
    "cache-control": "no-store",
  });
}

import type { Context } from "hono";
import type { Finding } from "../domain/rules/ruleset.ts";

/** A problem document of RFC 9457; `detail` says what to do and holds nothing personal. */
export type Problem = {
  readonly status: 400 | 401 | 403 | 404 | 405 | 409 | 413 | 422 | 429 | 500 | 503;
  readonly title: string;
  readonly detail?: string;
  /** Every mistake in what was sent, with its place. */
  readonly findings?: readonly Finding[];
};

/** Answers with a problem document (RFC 9457); its type is `about:blank`: the status says it all. */
export function problem(c: Context, problem: Problem, headers: Readonly<Record<string, string>> = {}): Response {
  return c.body(JSON.stringify({ type: "about:blank", ...problem }), problem.status, {
    ...headers,
    "content-type": "application/problem+json",
    "cache-control": "no-store",
  });
}

import { randomUUID } from "node:crypto";
import type { Context } from "hono";
import type { RequestIdVariables } from "hono/request-id";

/**
 * The id of a request in the log and in `X-Request-Id`; made when it is first asked for, so that it costs nothing
 * before.
 */
export function requestIdOf(c: Context): string {
  const kept: RequestIdVariables["requestId"] | undefined = c.get("requestId");
  if (kept !== undefined) return kept;
  const made = randomUUID();
  c.set("requestId", made);
  return made;
}

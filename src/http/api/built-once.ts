import { createHash } from "node:crypto";
import type { MiddlewareHandler } from "hono";

/**
 * An answer that is the same for everybody and at all times: built when it is first asked for, then given from memory.
 *
 * Its ETag lets those who have it ask for nothing more than whether it is still so; see `etag` of Hono.
 */
export function builtOnce(contentType: string, build: () => Promise<string>): MiddlewareHandler {
  let built: Promise<{ readonly body: string; readonly etag: string }> | null = null;
  const make = async () => {
    const body = await build();
    return { body, etag: `"${createHash("sha256").update(body).digest("base64url")}"` };
  };
  return async (c) => {
    built ??= make().catch((error) => {
      built = null;
      throw error;
    });
    const { body, etag } = await built;
    return c.body(body, 200, { "content-type": contentType, "cache-control": "no-cache", etag });
  };
}

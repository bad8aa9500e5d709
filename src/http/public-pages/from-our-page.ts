import type { Context } from "hono";

/** Whether a request comes from a page of ours; of a form without a script, browsers say so in another way. */
export function isFromOurPage(c: Context, publicUrl: string): boolean {
  const origin = c.req.header("origin") ?? "null";
  const ours = [new URL(publicUrl).origin, new URL(c.req.url).origin];
  return origin === "null" ? c.req.header("sec-fetch-site") === "same-origin" : ours.includes(origin);
}

/** Whether a request comes from a page's script, which shows the answer by itself. */
export function wantsJson(c: Context): boolean {
  return c.req.header("accept") === "application/json";
}

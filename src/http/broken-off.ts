import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";

/** Whether a request's connection ended before its body did: whoever sent it is gone, or was too slow. */
export function isBrokenOff(c: Pick<Context<{ Bindings: Partial<HttpBindings> }>, "env">): boolean {
  const incoming = c.env?.incoming;
  return incoming?.destroyed === true && !incoming.complete;
}

import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Logger } from "pino";
import type { CallbackAnswer } from "../casework/partner-exchange/callback.ts";
import type { Callback } from "../partners/partner.ts";
import { withTimeout } from "../with-timeout.ts";
import { isBrokenOff } from "./broken-off.ts";
import { requestIdOf } from "./request-id.ts";

/** The services behind the calls of partners. */
export type PartnerCallServices = {
  /** Takes a call of a partner in. */
  readonly receive: (name: string, callback: Callback) => Promise<CallbackAnswer>;
  /** Delivers what a call gave somebody to hear. */
  readonly deliver: (jurisdictionId: string, conversations: readonly string[]) => void;
  readonly log: Logger;
};

type Env = { Bindings: Partial<HttpBindings> };

const BODY_LIMIT_BYTES = 256 * 1024;
const ANSWER_LIMIT_MS = 10_000;

/**
 * The routes `/webhooks/partners/<name>`, to which case systems of others say how far they are.
 *
 * Whatever is signed as it must be is answered with 202, also where its number is none of theirs: nobody learns from an answer which there
 * are. What is not signed so is answered with 401, alike for every reason. What could not be stored is answered with 503, to be sent again.
 */
export function partnerCalls({ receive, deliver, log }: PartnerCallServices): Hono<Env> {
  const routes = new Hono<Env>();
  const limit = bodyLimit({
    maxSize: BODY_LIMIT_BYTES,
    onError: (c) => c.text("This is too large.", 413, { connection: "close" }),
  });
  routes.post("/:name", limit, async (c) => {
    const name = c.req.param("name");
    try {
      const body = new Uint8Array(await c.req.arrayBuffer());
      const taken = await withTimeout(ANSWER_LIMIT_MS, receive(name, { headers: c.req.header(), body }));
      if (taken.answer === "unsigned") return c.text("This is not signed as it must be.", 401);
      if (taken.answer === "unreadable") return c.text("This cannot be read.", 400);
      if (taken.jurisdictionId !== null) deliver(taken.jurisdictionId, taken.conversations);
      return c.body(null, 202);
    } catch (error) {
      if (isBrokenOff(c)) return c.text("The body is not whole.", 400);
      log.error({ err: error, request: requestIdOf(c) }, "a call of a partner could not be stored");
      return c.text("This could not be stored: send it again.", 503);
    }
  });
  routes.all("/:name", (c) => c.text("Only POST is understood here.", 405, { allow: "POST" }));
  return routes;
}

import type { Hono } from "hono";
import { jumpTargets } from "../../../casework/people/jump.ts";
import { dayIn } from "../../../domain/calendar/deadline.ts";
import type { CallerEnv } from "../../auth.ts";
import { JUMP } from "../../contract/jump.ts";
import { type OperationServices, operationRoutes } from "../operations.ts";

/** The route by which somebody jumps to a case, a grid or a deputy. */
export function jumpRoutes(services: OperationServices & { readonly timeZone: string }): Hono<CallerEnv> {
  return operationRoutes(services, JUMP, {
    "POST /jump": async ({ tx, caller, now, body: { text } }) => {
      const found = await jumpTargets(tx, caller, text, dayIn(now, services.timeZone));
      return {
        body: {
          cases: found.cases.map((number) => ({ number })),
          grids: [...found.grids],
          deputies: [...found.deputies],
        },
      };
    },
  });
}

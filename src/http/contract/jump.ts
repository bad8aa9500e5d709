import { z } from "zod";
import { ROLES } from "../../domain/access/roles.ts";
import type { Contract } from "./operation.ts";

const code = z.string();

/** The operation by which somebody jumps to what they know the number, code or name of. */
export const JUMP = {
  "POST /jump": {
    summary: "Find a case by its last digits, a grid or a deputy by code or name",
    description: "Never by words of residents. What is typed travels in the body, never in an address.",
    roles: ROLES,
    body: z.strictObject({ text: z.string().trim().min(1).max(60) }),
    answer: z.object({
      cases: z.array(z.object({ number: code })),
      grids: z.array(z.object({ code, name: z.string(), township: z.string() })),
      deputies: z.array(z.object({ code, name: z.string() })),
    }),
  },
} as const satisfies Contract;

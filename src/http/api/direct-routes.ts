import { type Context, Hono } from "hono";
import { describeRoute } from "hono-openapi";
import { type CallerEnv, type Guard, identify, onlyFromHere } from "../auth.ts";
import type { Answer, Contract, Given, Operation } from "../contract/operation.ts";
import { type Problem, problem } from "../problem.ts";
import { requestIdOf } from "../request-id.ts";
import { specOf } from "./operation-spec.ts";
import { readRequest } from "./read-request.ts";

/** What a handler without a transaction gives: an answer with cookies to set, or a problem with headers. */
type Directly<O extends Operation = Operation> =
  | { readonly body: Answer<O>; readonly cookies?: readonly string[] }
  | { readonly problem: Problem; readonly headers?: Readonly<Record<string, string>> };

/** The handlers of a contract whose operations settle their own transactions, one for each operation. */
export type DirectHandlers<C extends Contract> = {
  readonly [K in keyof C]: C[K] extends Operation
    ? (given: Given<C[K]>, c: Context<CallerEnv>) => Promise<Directly<C[K]>>
    : never;
};

/** Passwords and codes are short, and whoever sends them need not be signed in. */
const MOST_BYTES = 64 * 1024;

type Handler = (given: object, c: Context<CallerEnv>) => Promise<Directly>;

/**
 * The routes of a contract whose handlers settle their own transactions: what was counted as wrong stays counted, and no connection
 * waits while a password is hashed.
 */
export function directRoutes<C extends Contract>(
  guard: Guard,
  contract: C,
  handlers: DirectHandlers<C>,
): Hono<CallerEnv> {
  const app = new Hono<CallerEnv>();
  for (const [name, operation] of Object.entries(contract) as [keyof C & string, Operation][]) {
    const [method = "", path = ""] = name.split(" ");
    const handler = (handlers as Readonly<Record<string, unknown>>)[name] as Handler;
    app.on(
      method,
      path.replaceAll(/\{(\w+)\}/g, ":$1"),
      describeRoute(specOf(operation)),
      operation.roles === "anybody" ? onlyFromHere : identify(guard, operation),
      async (c: Context<CallerEnv>) => {
        const request = { "x-request-id": requestIdOf(c) };
        const read = await readRequest(
          c,
          { mostBytes: MOST_BYTES, ...operation },
          operation.roles === "anybody" ? null : c.get("caller"),
        );
        if (!read.ok) return problem(c, read.problem, request);
        const done = await handler(read.given, c);
        if ("problem" in done) return problem(c, done.problem, { ...request, ...done.headers });
        for (const cookie of done.cookies ?? []) c.header("set-cookie", cookie, { append: true });
        return operation.answer === null
          ? c.body(null, 204)
          : c.json(done.body as unknown as object, operation.status ?? 200);
      },
    );
  }
  return app;
}

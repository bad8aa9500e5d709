import { createHash } from "node:crypto";
import { type Context, Hono } from "hono";
import { type DescribeRouteOptions, describeRoute, resolver } from "hono-openapi";
import type { z } from "zod";
import type { Database, Transaction } from "../../../db/database.ts";
import type { Caller } from "../../casework/access/caller.ts";
import { type CallerEnv, type Guard, identify } from "../auth.ts";
import type { Answer, Contract, Given, Operation } from "../contract/operation.ts";
import { type Mistake, type Problem, problem } from "../problem.ts";
import { requestIdOf } from "../request-id.ts";
import { type Answered, onceFor } from "./asked-once.ts";
import { SHAPES } from "./shapes.ts";

/** A request of an operation, checked: who asks, what they give, and the transaction in which it happens. */
export type Asked<O extends Operation = Operation> = Given<O> & {
  readonly c: Context<CallerEnv>;
  /** Of an operation for anybody there may be none: `callerOf` throws then. */
  readonly caller: Caller;
  readonly tx: Transaction;
  /** The version that the caller has seen, as in `If-Match`, without quotes; null where none is asked for. */
  readonly match: string | null;
  readonly request: string;
  readonly now: Date;
  /** Does something once the transaction has committed. */
  afterCommit(work: () => void): void;
};

/**
 * The result of a handler: an answer with its version, or a problem with the version that there is; after a problem nothing has
 * changed, nor after a preview, whose key serves for the real request.
 */
export type Handled<O extends Operation = Operation> =
  | { readonly body: Answer<O>; readonly etag?: string; readonly location?: string; readonly isPreview?: boolean }
  | { readonly problem: Problem; readonly etag?: string };

/** The handlers of a contract, one for each operation. */
export type Handlers<C extends Contract> = {
  readonly [K in keyof C]: C[K] extends Operation ? (asked: Asked<C[K]>) => Promise<Handled<C[K]>> : never;
};

/** The services on which every operation stands. */
export type OperationServices = { readonly guard: Guard; readonly database: Database; readonly now: () => Date };

const MOST_BYTES = 1024 * 1024;
const CONFIRMED_MS = 10 * 60_000;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * The routes of a contract: each checks who asks, the version, the key and the shapes, and runs its handler in one transaction of
 * the caller's county.
 */
export function operationRoutes<C extends Contract>(
  services: OperationServices,
  contract: C,
  handlers: Handlers<C>,
): Hono<CallerEnv> {
  const app = new Hono<CallerEnv>();
  for (const [name, operation] of Object.entries(contract) as [keyof C & string, Operation][]) {
    const [method = "", path = ""] = name.split(" ");
    const handler = (handlers as Readonly<Record<string, unknown>>)[name] as Route["handler"];
    app.on(
      method,
      path.replaceAll(/\{(\w+)\}/g, ":$1"),
      describeRoute(specOf(operation)),
      identify(services.guard, operation.roles),
      (c) => run(c, services, { name, operation, handler }),
    );
  }
  return app;
}

type Route = {
  readonly name: string;
  readonly operation: Operation;
  readonly handler: (asked: Asked) => Promise<Handled>;
};

async function run(c: Context<CallerEnv>, { database, now }: OperationServices, route: Route): Promise<Response> {
  const { operation, name, handler } = route;
  const request = requestIdOf(c);
  const refuse = (one: Problem) => problem(c, one, { "x-request-id": request });
  const caller = c.get("caller");
  const read = await readRequest(c, operation, caller);
  if (!read.ok) return refuse(read.problem);
  const { given, match, key, bodyHash } = read;
  const after: (() => void)[] = [];
  const done = await database
    .inCounty(caller.jurisdictionId, async (tx) => {
      const ask = {
        ...given,
        c,
        caller,
        tx,
        match,
        request,
        now: now(),
        afterCommit: (work: () => void) => after.push(work),
      };
      const once = key === null ? null : await onceFor(tx, { caller, key, operation: name, bodyHash, now: now() });
      if (once?.kind === "other") throw new Refusal(OTHER_BODY);
      if (once?.kind === "done" && operation.isSecret === undefined) return once.answered;
      const handled = await handler(ask as Asked);
      if ("problem" in handled) throw new Refusal(handled.problem, handled.etag);
      const status = operation.answer === null ? 204 : (operation.status ?? 200);
      const answered = { status, body: handled.body, etag: handled.etag ?? null, location: handled.location ?? null };
      if (handled.isPreview === true) throw new Preview(answered);
      if (once?.kind === "first")
        await once.keep(operation.isSecret === undefined ? answered : { ...answered, body: null });
      return answered;
    })
    .catch((error) => {
      if (error instanceof Refusal) {
        if (error.etag !== undefined) c.header("etag", `"${error.etag}"`);
        return error.problem;
      }
      if (error instanceof Preview) {
        after.length = 0;
        return error.answered;
      }
      throw error;
    });
  if ("title" in done) return refuse(done);
  for (const work of after) work();
  if (done.etag !== null) c.header("etag", `"${done.etag}"`);
  if (done.location !== null) c.header("location", done.location);
  return done.status === 204 ? c.body(null, 204) : c.json(done.body as object, done.status as 200 | 201 | 202);
}

/** Rolls a transaction back; nothing has changed then. */
class Refusal extends Error {
  readonly problem: Problem;
  readonly etag: string | undefined;
  constructor(told: Problem, etag?: string) {
    super(told.title);
    this.problem = told;
    this.etag = etag;
  }
}

/** Rolls a transaction back too, with what it would have answered. */
class Preview extends Error {
  readonly answered: Answered;
  constructor(answered: Answered) {
    super("a preview");
    this.answered = answered;
  }
}

type ReadRequest =
  | { readonly ok: false; readonly problem: Problem }
  | {
      readonly ok: true;
      readonly given: { params: unknown; query: unknown; body: unknown };
      readonly match: string | null;
      readonly key: string | null;
      readonly bodyHash: Buffer;
    };

async function readRequest(c: Context<CallerEnv>, operation: Operation, caller: Caller): Promise<ReadRequest> {
  const wrong = (told: Problem): ReadRequest => ({ ok: false, problem: told });
  const params = operation.params?.safeParse(c.req.param());
  if (params?.success === false) return wrong(NOTHING_HERE);
  if (operation.confirm === true && caller.kind === "person" && !isConfirmed(caller)) return wrong(CONFIRM);
  const header = c.req.header("if-match");
  const match = /^(?:W\/)?"([^"]+)"$/.exec(header ?? "")?.[1] ?? null;
  if (operation.match === true && match === null) return wrong(NO_MATCH);
  const key = c.req.header("idempotency-key") ?? null;
  if (operation.write === true && key === null) return wrong(NO_KEY);
  if (key !== null && !UUID.test(key)) return wrong(NO_UUID);
  const query = operation.query?.safeParse(c.req.query());
  if (query?.success === false) return wrong(mistaken("query", query.error));
  const bytes = operation.body === undefined ? Buffer.alloc(0) : await bytesOf(c);
  if (bytes === null) return wrong(TOO_LARGE);
  const hash = createHash("sha256").update(`${c.req.path}\n`).update(bytes).digest();
  if (operation.body === undefined)
    return {
      ok: true,
      given: { params: params?.data, query: query?.data, body: undefined },
      match,
      key,
      bodyHash: hash,
    };
  const parsed = parse(bytes);
  if (parsed === undefined) return wrong(NO_JSON);
  const body = operation.body.safeParse(parsed);
  if (!body.success) return wrong(mistaken("body", body.error));
  return { ok: true, given: { params: params?.data, query: query?.data, body: body.data }, match, key, bodyHash: hash };
}

function isConfirmed({ confirmedAt }: Caller): boolean {
  return confirmedAt !== null && Date.now() - confirmedAt.getTime() < CONFIRMED_MS;
}

async function bytesOf(c: Context): Promise<Buffer | null> {
  if (Number(c.req.header("content-length") ?? 0) > MOST_BYTES) return null;
  const bytes = Buffer.from(await c.req.arrayBuffer());
  return bytes.length > MOST_BYTES ? null : bytes;
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return undefined;
  }
}

function mistaken(where: "query" | "body", { issues }: z.ZodError): Problem {
  const findings = issues.map(
    ({ path, code, message }): Mistake => ({ at: [where, ...path.map(String)].join("."), code, text: message }),
  );
  const detail = "What was sent cannot be taken as it is; `findings` names every place.";
  return { status: 422, title: "Unprocessable Content", code: "content", detail, findings };
}

const NOTHING_HERE: Problem = { status: 404, title: "Not Found", code: "not-found", detail: "There is nothing here." };
const NO_JSON: Problem = { status: 400, title: "Bad Request", code: "no-json", detail: "The body is no JSON." };
const NO_KEY: Problem = {
  status: 400,
  title: "Bad Request",
  code: "key-needed",
  detail: "Give an Idempotency-Key, a UUID that a repetition gives again.",
};
const NO_UUID: Problem = { ...NO_KEY, detail: "The Idempotency-Key is no UUID." };
const NO_MATCH: Problem = {
  status: 428,
  title: "Precondition Required",
  code: "version-needed",
  detail: "Give the version that you have seen as If-Match, as its ETag said.",
};
const CONFIRM: Problem = {
  status: 403,
  title: "Forbidden",
  code: "confirm-needed",
  detail: "This needs a code of your second factor: POST /api/v1/me/confirm, then the same again.",
};
const OTHER_BODY: Problem = {
  status: 422,
  title: "Unprocessable Content",
  code: "key-used",
  detail: "This Idempotency-Key was used for something else.",
};
const TOO_LARGE: Problem = {
  status: 413,
  title: "Content Too Large",
  code: "too-large",
  detail: `At most ${MOST_BYTES} bytes are taken here.`,
};

/** The refusal of a change to something that others changed meanwhile. */
export function someoneWasFaster(since: NonNullable<Problem["since"]>): Problem {
  return {
    status: 412,
    title: "Precondition Failed",
    code: "somebody-was-faster",
    detail: "It was changed since you looked: `since` says how.",
    since,
  };
}

/** The refusal of what is not there, or not for this caller: nobody can tell the two apart. */
export function notHere(detail: string): Problem {
  return { ...NOTHING_HERE, detail };
}

function specOf({ summary, description, roles, query, body, answer, refusals = {}, ...operation }: Operation) {
  const json = (schema: z.ZodType) => ({ "application/json": { schema: resolver(schema) } });
  const who = typeof roles === "string" ? roles : `role ${roles.join(", ")}`;
  const told = [description, `For ${who}.`];
  if (operation.write === true) told.push("Takes an `Idempotency-Key`.");
  if (operation.match === true) told.push("Takes an `If-Match`; answers 412 with what happened since.");
  if (operation.confirm === true) told.push("Needs a code of the second factor within the last ten minutes.");
  const common = {
    400: "No JSON, or no key.",
    401: "Nobody is signed in.",
    403: "This role may not.",
    503: "The database is away.",
  };
  const refused = Object.entries({ ...common, ...refusals }).map(
    ([status, text]) => [status, { description: text, content: SHAPES.problem }] as const,
  );
  const right =
    answer === null
      ? { 204: { description: "Done." } }
      : { [operation.status ?? 200]: { description: "Done.", content: json(answer) } };
  return {
    summary,
    description: told.filter(Boolean).join(" "),
    security: roles === "anybody" ? [] : [{ token: [] }],
    responses: { ...right, ...Object.fromEntries(refused) },
    ...(query === undefined ? {} : { parameters: Object.entries(query.shape).map(parameter) }),
    ...(body === undefined ? {} : { requestBody: { required: true, content: json(body) } }),
  } as DescribeRouteOptions;
}

function parameter([name]: [string, unknown]) {
  return { in: "query" as const, name, schema: { type: "string" as const } };
}

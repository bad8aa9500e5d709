import { createHash } from "node:crypto";
import { type Context, Hono } from "hono";
import { describeRoute } from "hono-openapi";
import type { z } from "zod";
import type { Database, Transaction } from "../../../db/database.ts";
import type { Caller } from "../../casework/access/caller.ts";
import { type CallerEnv, type Guard, identify } from "../auth.ts";
import type { Answer, Contract, Given, Operation } from "../contract/operation.ts";
import { type Mistake, type Problem, problem } from "../problem.ts";
import { requestIdOf } from "../request-id.ts";
import { onceFor } from "./asked-once.ts";
import { specOf } from "./operation-spec.ts";

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

/** The result of a handler: an answer with its version, or a problem; after a problem nothing has changed. */
export type Handled<O extends Operation = Operation> =
  | { readonly body: Answer<O>; readonly etag?: string; readonly location?: string }
  | { readonly file: SentFile }
  | { readonly problem: Problem };

/** A file as an answer: saved under its name, never shown as a page of ours. */
type SentFile = { readonly name: string; readonly contentType: string; readonly content: Uint8Array };

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
      const once =
        key === null || operation.write !== true
          ? null
          : await onceFor(tx, { caller, key, operation: name, bodyHash, now: now() });
      if (once?.kind === "other") throw new Refusal(OTHER_BODY);
      if (once?.kind === "done" && operation.isSecret === undefined) return once.answered;
      const handled = await handler(ask as Asked);
      if ("problem" in handled) throw new Refusal(handled.problem);
      if ("file" in handled) return handled;
      const status = operation.answer === null ? 204 : (operation.status ?? 200);
      const answered = { status, body: handled.body, etag: handled.etag ?? null, location: handled.location ?? null };
      if (once?.kind === "first")
        await once.keep(operation.isSecret === undefined ? answered : { ...answered, body: null });
      return answered;
    })
    .catch((error) => {
      if (error instanceof Refusal) return error.problem;
      throw error;
    });
  if ("title" in done) return refuse(done);
  for (const work of after) work();
  if ("file" in done) return sendFile(c, done.file);
  if (done.etag !== null) c.header("etag", `"${done.etag}"`);
  if (done.location !== null) c.header("location", done.location);
  return done.status === 204 ? c.body(null, 204) : c.json(done.body as object, done.status as 200 | 201 | 202);
}

function sendFile(c: Context, { name, contentType, content }: SentFile): Response {
  return c.body(Buffer.from(content), 200, {
    "content-type": contentType,
    "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    "content-security-policy": "sandbox; default-src 'none'",
    "x-content-type-options": "nosniff",
  });
}

/** Rolls a transaction back; nothing has changed then. */
class Refusal extends Error {
  readonly problem: Problem;
  constructor(told: Problem) {
    super(told.title);
    this.problem = told;
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
  const lacks = lacking(c, operation, caller);
  if (lacks !== null) return wrong(lacks);
  const { match, key } = namedIn(c);
  const query = operation.query?.safeParse(c.req.query());
  if (query?.success === false) return wrong(mistaken("query", query.error));
  const { mostBytes = MOST_BYTES } = operation;
  const bytes = operation.body === undefined ? Buffer.alloc(0) : await bytesOf(c, mostBytes);
  if (bytes === null) return wrong(tooLarge(mostBytes));
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

/** The version in `If-Match`, without quotes, and the `Idempotency-Key` of a request; null where it has none. */
export function namedIn(c: Context): { readonly match: string | null; readonly key: string | null } {
  const match = /^(?:W\/)?"([^"]+)"$/.exec(c.req.header("if-match") ?? "")?.[1] ?? null;
  return { match, key: c.req.header("idempotency-key") ?? null };
}

/** Tells what a request of an operation must bring beside its body, and does not; null where nothing is missing. */
export function lacking(
  c: Context,
  { confirm, match, write }: Pick<Operation, "confirm" | "match" | "write">,
  caller: Caller,
): Problem | null {
  const named = namedIn(c);
  if (confirm === true && caller.kind === "person" && !isConfirmed(caller)) return CONFIRM;
  if (match === true && named.match === null) return NO_MATCH;
  if (write === true && named.key === null) return NO_KEY;
  return named.key !== null && !UUID.test(named.key) ? NO_UUID : null;
}

function isConfirmed({ confirmedAt }: Caller): boolean {
  return confirmedAt !== null && Date.now() - confirmedAt.getTime() < CONFIRMED_MS;
}

async function bytesOf(c: Context, most: number): Promise<Buffer | null> {
  if (Number(c.req.header("content-length") ?? 0) > most) return null;
  const bytes = Buffer.from(await c.req.arrayBuffer());
  return bytes.length > most ? null : bytes;
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
/** The refusal of a key that was used for something else. */
export const OTHER_BODY: Problem = {
  status: 422,
  title: "Unprocessable Content",
  code: "key-used",
  detail: "This Idempotency-Key was used for something else.",
};

function tooLarge(most: number): Problem {
  const detail = `At most ${most} bytes are taken here.`;
  return { status: 413, title: "Content Too Large", code: "too-large", detail };
}

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

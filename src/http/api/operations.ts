import { gunzipSync } from "node:zlib";
import { type Context, Hono } from "hono";
import { describeRoute } from "hono-openapi";
import type { Database, Transaction } from "../../../db/database.ts";
import type { Caller } from "../../casework/access/caller.ts";
import { type CallerEnv, type Guard, identify } from "../auth.ts";
import type { Answer, Contract, Given, Operation } from "../contract/operation.ts";
import { type Problem, problem } from "../problem.ts";
import { requestIdOf } from "../request-id.ts";
import { type Answered, onceFor } from "./asked-once.ts";
import { specOf } from "./operation-spec.ts";
import { NOTHING_HERE, OTHER_BODY, readRequest } from "./read-request.ts";

/** A request of an operation, checked: who asks, what they give, and the transaction in which it happens. */
export type Asked<O extends Operation = Operation> = Given<O> & {
  readonly c: Context<CallerEnv>;
  readonly caller: Caller;
  readonly tx: Transaction;
  /** The version that the caller has seen, as in `If-Match`, without quotes; null where none is asked for. */
  readonly match: string | null;
  readonly request: string;
  readonly now: Date;
  /** Whether the same was asked before, with the same key, and its answer was not kept for it is secret: nothing may be done again. */
  readonly isRepeated: boolean;
  /** Does something once the transaction has committed. */
  afterCommit(work: () => void): void;
};

/**
 * The result of a handler: an answer with its version, a file, or a problem with the version there is; after a problem nothing
 * has changed, nor after a preview, whose key serves for the real request.
 */
export type Handled<O extends Operation = Operation> =
  | ({
      readonly body: Answer<O>;
      readonly etag?: string;
      readonly location?: string;
      readonly isPreview?: boolean;
    } & Noting)
  | { readonly file: SentFile }
  | { readonly kept: KeptAnswer }
  | ({ readonly problem: Problem; readonly etag?: string } & Noting);

/** What is written down of a preview or a problem, though nothing else is: in a transaction of its own, before it is answered. */
type Noting = { readonly note?: ((tx: Transaction) => Promise<void>) | undefined };

/** An answer that browsers keep and ask about again: its JSON, compressed, with its version. */
type KeptAnswer = { readonly etag: string; readonly zipped: Uint8Array };

/** A file as an answer: saved under its name, never shown as a page of ours. */
type SentFile = { readonly name: string; readonly contentType: string; readonly content: Uint8Array };

/** The handlers of a contract, one for each operation. */
export type Handlers<C extends Contract> = {
  readonly [K in keyof C]: C[K] extends Operation ? (asked: Asked<C[K]>) => Promise<Handled<C[K]>> : never;
};

/** The services on which every operation stands. */
export type OperationServices = {
  readonly guard: Guard;
  readonly database: Database;
  readonly now: () => Date;
  /** Why an answer that was kept is not given again: what it is about does not exist for the caller any more. Asked for no other. */
  readonly refuseKept?: (asked: Asked) => Promise<Problem | null>;
};

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
      identify(services.guard, operation),
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

async function run(
  c: Context<CallerEnv>,
  { database, now, refuseKept }: OperationServices,
  route: Route,
): Promise<Response> {
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
      const once =
        key === null || operation.write !== true
          ? null
          : await onceFor(tx, { caller, key, operation: name, bodyHash, now: now() });
      const ask = {
        ...given,
        c,
        caller,
        tx,
        match,
        request,
        now: now(),
        isRepeated: once?.kind === "done",
        afterCommit: (work: () => void) => after.push(work),
      };
      if (once?.kind === "other") throw new Refusal({ problem: OTHER_BODY });
      if (once?.kind === "done" && operation.isSecret === undefined) {
        const gone = once.answered.body === null ? null : await refuseKept?.(ask as Asked);
        if (gone != null) throw new Refusal({ problem: gone });
        return once.answered;
      }
      const handled = await handler(ask as Asked);
      if ("problem" in handled) throw new Refusal(handled);
      if ("file" in handled || "kept" in handled) return handled;
      const status = operation.answer === null ? 204 : (operation.status ?? 200);
      const answered = { status, body: handled.body, etag: handled.etag ?? null, location: handled.location ?? null };
      if (handled.isPreview === true) throw new Preview(answered, handled.note);
      if (once?.kind === "first")
        await once.keep(operation.isSecret === undefined ? answered : { ...answered, body: null });
      return answered;
    })
    .catch(async (error) => {
      const note = error instanceof Refusal || error instanceof Preview ? error.note : undefined;
      if (note !== undefined) await database.inCounty(caller.jurisdictionId, note);
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
  if ("file" in done) return sendFile(c, done.file);
  if ("kept" in done) return sendKept(c, done.kept);
  if (done.etag !== null) c.header("etag", `"${done.etag}"`);
  if (done.location !== null) c.header("location", done.location);
  return done.status === 204 ? c.body(null, 204) : c.json(done.body as object, done.status as 200 | 201 | 202);
}

function sendKept(c: Context, { etag, zipped }: KeptAnswer): Response {
  const headers = {
    etag: `"${etag}"`,
    "cache-control": "private, no-cache",
    vary: "accept-encoding, cookie, authorization",
  };
  if (namesVersion(c.req.header("if-none-match") ?? "", etag)) return c.body(null, 304, headers);
  const typed = { ...headers, "content-type": "application/json" };
  const takesZipped = (c.req.header("accept-encoding") ?? "").includes("gzip");
  return takesZipped
    ? c.body(Buffer.from(zipped), 200, { ...typed, "content-encoding": "gzip" })
    : c.body(gunzipSync(zipped), 200, typed);
}

function namesVersion(asked: string, etag: string): boolean {
  return asked.split(",").some((one) => one.trim().replace(/^W\//, "") === `"${etag}"`);
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
  readonly etag: string | undefined;
  readonly note: Noting["note"];
  constructor({ problem: told, etag, note }: { readonly problem: Problem; readonly etag?: string } & Noting) {
    super(told.title);
    this.problem = told;
    this.etag = etag;
    this.note = note;
  }
}

/** Rolls a transaction back too, with what it would have answered. */
class Preview extends Error {
  readonly answered: Answered;
  readonly note: Noting["note"];
  constructor(answered: Answered, note: Noting["note"]) {
    super("a preview");
    this.answered = answered;
    this.note = note;
  }
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

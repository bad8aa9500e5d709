import { createHash } from "node:crypto";
import type { Context } from "hono";
import type { z } from "zod";
import type { Caller } from "../../casework/access/caller.ts";
import { CONFIRMED_MS } from "../../casework/sign-in/limits.ts";
import type { CallerEnv } from "../auth.ts";
import type { GivenFile, Operation } from "../contract/operation.ts";
import type { Mistake, Problem } from "../problem.ts";

const MOST_BYTES = 1024 * 1024;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A request of an operation that was checked: what it gives, or the problem with it. */
export type ReadRequest =
  | { readonly ok: false; readonly problem: Problem }
  | {
      readonly ok: true;
      readonly given: { params: unknown; query: unknown; body: unknown; files: readonly GivenFile[] };
      readonly match: string | null;
      readonly key: string | null;
      readonly bodyHash: Buffer;
    };

/** Checks a request of an operation: shapes, version, key, confirmation. @param caller null for an operation that is anybody's */
export async function readRequest(
  c: Context<CallerEnv>,
  operation: Operation,
  caller: Caller | null,
): Promise<ReadRequest> {
  const wrong = (told: Problem): ReadRequest => ({ ok: false, problem: told });
  const params = operation.params?.safeParse(c.req.param());
  if (params?.success === false) return wrong(NOTHING_HERE);
  const lacks = lacking(c, operation, caller);
  if (lacks !== null) return wrong(lacks);
  const { match, key } = namedIn(c);
  const query = operation.query?.safeParse(c.req.query());
  if (query?.success === false) return wrong(mistaken("query", query.error));
  const { mostBytes = MOST_BYTES } = operation;
  const hasBody = operation.body !== undefined || operation.files === true;
  const bytes = hasBody ? await bytesOf(c, mostBytes) : Buffer.alloc(0);
  if (bytes === null) {
    // The rest stays unread, so that nothing else can be sent over this connection.
    c.header("connection", "close");
    return wrong(tooLarge(mostBytes));
  }
  const files = operation.files === true ? await filesIn(c, bytes) : [];
  if (files === null) return wrong(NO_FILES);
  const hash = createHash("sha256").update(`${c.req.path}\n`);
  // The same files come with another boundary each time.
  for (const { name, bytes: content } of files) hash.update(`${name}\n${content.length}\n`).update(content);
  if (operation.files !== true) hash.update(bytes);
  const read = { ok: true, match, key, bodyHash: hash.digest() } as const;
  const asked = { params: params?.data, query: query?.data, files };
  if (operation.body === undefined) return { ...read, given: { ...asked, body: undefined } };
  const parsed = parse(bytes);
  if (parsed === undefined) return wrong(NO_JSON);
  const body = operation.body.safeParse(parsed);
  if (!body.success) return wrong(mistaken("body", body.error));
  return { ...read, given: { ...asked, body: body.data } };
}

/** The files of a form; null where the body is none. */
async function filesIn(c: Context, bytes: Buffer): Promise<GivenFile[] | null> {
  const type = c.req.header("content-type") ?? "";
  if (!/^multipart\/form-data\s*;/i.test(type)) return null;
  try {
    const form = await new Response(new Uint8Array(bytes), { headers: { "content-type": type } }).formData();
    const files = [...form.values()].filter((value) => value instanceof File);
    return await Promise.all(
      files.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
    );
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
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
  caller: Caller | null,
): Problem | null {
  const named = namedIn(c);
  const unconfirmed = confirm === true && caller !== null ? lackingConfirmation(caller) : null;
  if (unconfirmed !== null) return unconfirmed;
  if (match === true && named.match === null) return NO_MATCH;
  if (write === true && named.key === null) return NO_KEY;
  return named.key !== null && !UUID.test(named.key) ? NO_UUID : null;
}

/** The refusal for a person who gave no code of the second factor lately; null for everybody else. */
export function lackingConfirmation(caller: Caller): Problem | null {
  return caller.kind === "person" && !isConfirmed(caller) ? CONFIRM : null;
}

function isConfirmed({ confirmedAt }: Caller): boolean {
  return confirmedAt !== null && Date.now() - confirmedAt.getTime() < CONFIRMED_MS;
}

/** The body, read no farther than to the limit: its length need not be said before. Null where it is longer. */
async function bytesOf(c: Context, most: number): Promise<Buffer | null> {
  if (Number(c.req.header("content-length") ?? 0) > most) return null;
  const reader = c.req.raw.body?.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  // What is left is not cancelled: that would cut the connection before the refusal is sent.
  for (let read = await reader?.read(); read?.done === false; read = await reader?.read()) {
    length += read.value.byteLength;
    if (length > most) return null;
    parts.push(read.value);
  }
  return Buffer.concat(parts);
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

/** The refusal of what is not there. */
export const NOTHING_HERE: Problem = {
  status: 404,
  title: "Not Found",
  code: "not-found",
  detail: "There is nothing here.",
};
const NO_JSON: Problem = { status: 400, title: "Bad Request", code: "no-json", detail: "The body is no JSON." };
const NO_FILES: Problem = {
  status: 400,
  title: "Bad Request",
  code: "no-files",
  detail: "The body is no form with files.",
};
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

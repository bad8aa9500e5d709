import type { z } from "zod";
import type { Role } from "../../domain/access/roles.ts";

/** An operation of the API: who may ask for it, in which shape, and what comes back. */
export type Operation = {
  readonly summary: string;
  readonly description?: string;
  /** Who may; `anybody` needs no session, `everybody` any. */
  readonly roles: readonly Role[] | "anybody" | "everybody";
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Null where nothing comes back but the status 204. */
  readonly answer: z.ZodType | null;
  /** 200 when left out, 204 without an answer. */
  readonly status?: 200 | 201 | 202;
  /** Changes something: it takes an `Idempotency-Key`, and a repetition does nothing more. */
  readonly write?: true;
  /** Changes something that others may have changed meanwhile: it takes an `If-Match`. */
  readonly match?: true;
  /** Needs a code of the second factor within the last ten minutes. */
  readonly confirm?: true;
  /** For people with a session; a program with a token is refused. */
  readonly peopleOnly?: true;
  /** Open also to somebody who has to set up a second factor first. */
  readonly whileEnrolling?: true;
  /** Asked by a page by itself while nobody need be there: it does not keep a session open. */
  readonly isNoUse?: true;
  /** The answer holds words, numbers or secrets and is never kept for a repetition: that reads again. */
  readonly isSecret?: true;
  /** The answer is a file and no JSON. */
  readonly file?: true;
  /** The body is files, as `multipart/form-data`. */
  readonly files?: true;
  /** The most bytes of a body; 1 MiB when left out. */
  readonly mostBytes?: number;
  /** Refusals beside those that every operation may give, by status. */
  readonly refusals?: Readonly<Record<number, string>>;
};

/** A table of operations by method and path under `/api/v1`: `POST /cases/{number}/answer`. */
export type Contract = Readonly<Record<`${"GET" | "POST" | "PUT" | "PATCH" | "DELETE"} /${string}`, Operation>>;

/** A file that came with a request. */
export type GivenFile = { readonly name: string; readonly bytes: Uint8Array };

/** The input of an operation, after it was checked. */
export type Given<O extends Operation> = {
  readonly params: O["params"] extends z.ZodType ? z.output<O["params"]> : Record<string, never>;
  readonly query: O["query"] extends z.ZodType ? z.output<O["query"]> : Record<string, never>;
  readonly body: O["body"] extends z.ZodType ? z.output<O["body"]> : undefined;
  /** Empty where an operation takes none. */
  readonly files: readonly GivenFile[];
};

/** The answer of an operation. */
export type Answer<O extends Operation> = O["answer"] extends z.ZodType ? z.input<O["answer"]> : null;

import type { z } from "zod";
import type { CASES } from "../../http/contract/cases.ts";
import type { DUTY } from "../../http/contract/desk/duty.ts";
import type { HANDOVERS } from "../../http/contract/desk/handovers.ts";
import type { INTAKE } from "../../http/contract/desk/intake.ts";
import type { PARTNERS_CONTRACT } from "../../http/contract/desk/partners.ts";
import type { PETITIONS } from "../../http/contract/desk/petitions.ts";
import type { PHONE } from "../../http/contract/desk/phone.ts";
import type { RECORDINGS } from "../../http/contract/desk/recordings.ts";
import type { TOPICS } from "../../http/contract/desk/topics.ts";
import type { ERRANDS } from "../../http/contract/errands.ts";
import type { IMPORTS } from "../../http/contract/imports.ts";
import type { JUMP } from "../../http/contract/jump.ts";
import type { BULK_CASES } from "../../http/contract/lists/bulk.ts";
import type { VIEWS } from "../../http/contract/lists/views.ts";
import type { LIVE } from "../../http/contract/live.ts";
import type { PEOPLE } from "../../http/contract/people.ts";
import type { CHATS } from "../../http/contract/places/chats.ts";
import type { PLACES } from "../../http/contract/places/places.ts";
import type { POSTERS } from "../../http/contract/places/posters.ts";
import type { SUCCESSION_FILES } from "../../http/contract/places/succession-files.ts";
import type { SUCCESSIONS } from "../../http/contract/places/successions.ts";
import type { ACCOUNTS } from "../../http/contract/records/accounts.ts";
import type { AUDIT } from "../../http/contract/records/audit.ts";
import type { DELIVERIES } from "../../http/contract/records/deliveries.ts";
import type { FIGURES } from "../../http/contract/records/figures.ts";
import type { UNREAD } from "../../http/contract/records/unread.ts";
import type { RULES, VERSIONS } from "../../http/contract/rules.ts";
import type { SESSION_CONTRACT } from "../../http/contract/session.ts";
import type { ABOUT } from "../../http/contract/settings/about.ts";
import type { ANSWER_LIBRARY } from "../../http/contract/settings/answer-library.ts";
import type { ANSWER_TEMPLATES } from "../../http/contract/settings/answers.ts";
import type { CATEGORIES } from "../../http/contract/settings/categories.ts";
import type { CLOCK_RULES } from "../../http/contract/settings/clock-rules.ts";
import type { COUNTY_SETTINGS } from "../../http/contract/settings/county.ts";
import type { SETUP } from "../../http/contract/settings/setup.ts";
import type { TRIAL } from "../../http/contract/settings/trial.ts";
import type { UNDERSTANDING } from "../../http/contract/settings/understanding.ts";
import type { STAFF_CONTRACT } from "../../http/contract/staff.ts";
import type { TODAY } from "../../http/contract/today.ts";
import { Refused, refusalOf } from "./refused.ts";

/** The operations that the console uses: types alone, so that nothing of the server comes into the browser. */
type Operations = typeof SESSION_CONTRACT &
  typeof STAFF_CONTRACT &
  typeof CASES &
  typeof TODAY &
  typeof LIVE &
  typeof JUMP &
  typeof PEOPLE &
  typeof PLACES &
  typeof CHATS &
  typeof POSTERS &
  typeof SUCCESSIONS &
  typeof SUCCESSION_FILES &
  typeof IMPORTS &
  typeof ERRANDS &
  typeof DELIVERIES &
  typeof UNREAD &
  typeof ACCOUNTS &
  typeof AUDIT &
  typeof FIGURES &
  typeof COUNTY_SETTINGS &
  typeof ANSWER_TEMPLATES &
  typeof ANSWER_LIBRARY &
  typeof CATEGORIES &
  typeof CLOCK_RULES &
  typeof UNDERSTANDING &
  typeof TOPICS &
  typeof SETUP &
  typeof TRIAL &
  typeof ABOUT &
  typeof VERSIONS &
  typeof RULES &
  typeof INTAKE &
  typeof PHONE &
  typeof HANDOVERS &
  typeof PARTNERS_CONTRACT &
  typeof PETITIONS &
  typeof RECORDINGS &
  typeof DUTY &
  typeof VIEWS &
  typeof BULK_CASES;

/** The name of an operation: `POST /cases/{number}/answer`. */
export type OperationName = keyof Operations & string;

type Of<K extends OperationName> = Operations[K];
type Part<O, P extends "params" | "query" | "body"> =
  O extends Readonly<Record<P, infer S extends z.ZodType>> ? Readonly<Record<P, z.input<S>>> : unknown;
/** The query may be left out where nothing of it is obligatory. */
type Query<O> = O extends { readonly query: infer S extends z.ZodType } ? { readonly query?: z.input<S> } : unknown;
type Files<O> = O extends { readonly files: true } ? { readonly files: readonly File[] } : unknown;
type Key<O> = O extends { readonly write: true } ? { readonly key: string } : unknown;
type Match<O> = O extends { readonly match: true } ? { readonly etag: string } : unknown;

/** The input of an operation; `key` is made once, when a dialog opens, so that a second press does nothing more. */
export type Given<K extends OperationName> = Part<Of<K>, "params"> &
  Query<Of<K>> &
  Part<Of<K>, "body"> &
  Files<Of<K>> &
  Key<Of<K>> &
  Match<Of<K>> & { readonly signal?: AbortSignal };

/** The answer of an operation. */
export type Answered<K extends OperationName> =
  Of<K> extends { readonly file: true }
    ? Blob
    : Of<K> extends { readonly answer: infer S extends z.ZodType }
      ? z.output<S>
      : null;

/** An answer with the version of what it is about; null where it has none. */
type Reply<K extends OperationName> = { readonly body: Answered<K>; readonly etag: string | null };

/** A question to the API: resolves with its answer, rejects with {@link Refused}. */
export type Call = <K extends OperationName>(name: K, given: Given<K>) => Promise<Reply<K>>;

/** The help of the shell when the API asks for more than the request has. */
export type CallServices = {
  /** Asks the person for a code of the second factor; whether they gave a right one. */
  readonly confirm: () => Promise<boolean>;
  /** Told when there is no session any more. */
  readonly signedOut: () => void;
};

type Loose = {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly files?: readonly File[];
  readonly key?: string;
  readonly etag?: string;
  readonly signal?: AbortSignal;
};

/** Makes the call to the API of this address; a request that needs a code is asked again with the same key once it was given. */
export function createCall({ confirm, signedOut }: CallServices): Call {
  return async function call<K extends OperationName>(name: K, given: Given<K>): Promise<Reply<K>> {
    const ask = () => once(name, given as Loose);
    try {
      return (await ask()) as Reply<K>;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.code === "signed-out") signedOut();
      if (error.code !== "confirm-needed" || !(await confirm())) throw error;
      return (await ask()) as Reply<K>;
    }
  };
}

async function once(name: string, { params = {}, query, body, files, key, etag, signal }: Loose) {
  const [method = "", path = ""] = name.split(" ");
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, param: string) => encodeURIComponent(params[param] ?? ""));
  const asked = new URLSearchParams(Object.entries(query ?? {}).map(([word, value]) => [word, String(value)]));
  const headers = new Headers({ accept: "application/json" });
  if (body !== undefined) headers.set("content-type", "application/json");
  if (key !== undefined) headers.set("idempotency-key", key);
  if (etag !== undefined) headers.set("if-match", `"${etag}"`);
  const search = asked.size === 0 ? "" : `?${asked}`;
  const isWrite = method !== "GET" && !name.endsWith("/search") && !name.endsWith("/count");
  const response = await fetch(`/api/v1${filled}${search}`, {
    method,
    headers,
    body: files !== undefined ? formOf(files) : body === undefined ? null : JSON.stringify(body),
    credentials: "same-origin",
    ...(signal === undefined ? {} : { signal }),
  }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Refused({ status: 0, code: "no-network", isWrite });
  });
  if (!response.ok) throw await refusalOf(response, name, isWrite);
  if (response.headers.get("content-disposition") !== null) return { body: await response.blob(), etag: null };
  const text = response.status === 204 ? "" : await response.text();
  return { body: text === "" ? null : (JSON.parse(text) as unknown), etag: versionOf(response.headers.get("etag")) };
}

function formOf(files: readonly File[]): FormData {
  const form = new FormData();
  for (const file of files) form.append("files", file, file.name);
  return form;
}

/** A version without the quotes, and the mark of a weak one, that stand around it. */
function versionOf(etag: string | null): string | null {
  return etag === null ? null : etag.replace(/^W\//, "").replaceAll('"', "");
}

/** A key against repetition, for one opening of one dialog. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

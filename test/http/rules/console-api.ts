import { v7 as newId } from "uuid";
import type { Database } from "../../../db/database.ts";
import type { Vault } from "../../../db/vault.ts";
import type { Caller } from "../../../src/casework/access/caller.ts";
import type { Role } from "../../../src/domain/access/roles.ts";
import { type ListeningApi, listeningApi } from "../listening-api.ts";

/** An answer of the API, read. */
type Answered = { readonly status: number; readonly etag: string | null; readonly body: never };

/** The API for people whose sessions the test makes up, each known by a header. */
export type ConsoleApi = {
  readonly api: ListeningApi;
  /** Adds a person, signed in with a code just now. */
  person(name: string, jurisdictionId: string, role: Role, more?: Partial<Caller>): Caller;
  /** Asks as a person, with a key of its own for what changes something. */
  ask(who: string, method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answered>;
};

/** Starts the API with sessions by the header `x-person`. */
export async function consoleApi(services: {
  readonly database: Database;
  readonly vault: Vault;
  readonly now: () => Date;
}): Promise<ConsoleApi> {
  const people = new Map<string, Caller>();
  const api = await listeningApi({
    ...services,
    sessions: async (c) => people.get(c.req.header("x-person") ?? "") ?? null,
  });
  return {
    api,
    person(name, jurisdictionId, role, more = {}) {
      const person: Caller = {
        ...{ kind: "person", id: newId(), jurisdictionId, name, role },
        ...{ stations: [], deputyId: null, confirmedAt: new Date() },
        ...more,
      };
      people.set(name, person);
      return person;
    },
    async ask(who, method, path, body, headers = {}) {
      const response = await fetch(`${api.base}/api/v1${path}`, {
        method,
        headers: {
          ...{ "x-person": who, "content-type": "application/json", origin: api.base },
          ...(method === "GET" ? {} : { "idempotency-key": newId() }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const isJson = response.headers.get("content-type")?.includes("json") === true;
      return {
        status: response.status,
        etag: response.headers.get("etag"),
        body: (isJson && text !== "" ? JSON.parse(text) : text) as never,
      };
    },
  };
}

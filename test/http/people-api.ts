import { v7 as newId } from "uuid";
import type { Caller } from "../../src/casework/access/caller.ts";
import type { Role } from "../../src/domain/access/roles.ts";
import { newToken } from "../tokens.ts";
import { type ListeningApi, listeningApi } from "./listening-api.ts";

/** The answer of the API; `body` is null where nothing came back, and a text where it was no JSON. */
export type Answer = {
  readonly status: number;
  readonly etag: string | null;
  readonly body: Awaited<ReturnType<Response["json"]>>;
};

/** What a request brings beside its operation; `key` is made where it is left out, and none is sent where it is null. */
type Asking = {
  readonly body?: unknown;
  readonly match?: string | null;
  readonly key?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
};

/** The API for people whose sessions the test makes up, each known by a header instead of a cookie, and for programs. */
export type PeopleApi = {
  readonly api: ListeningApi;
  /** Adds a person; their code of the second factor was just given unless it is said otherwise. */
  person(name: string, jurisdictionId: string, role: Role, more?: Partial<Caller>): Caller;
  /** Makes a program's token. */
  program(name: string, jurisdictionId: string, role: Role, more?: { readonly sealed?: boolean }): Promise<void>;
  /** Asks for an operation, such as `GET /rulesets`. */
  ask(who: string, operation: string, asking?: Asking): Promise<Answer>;
};

/** Starts the API with people by the header `x-person`. */
export async function peopleApi(services: Omit<Parameters<typeof listeningApi>[0], "sessions">): Promise<PeopleApi> {
  const people = new Map<string, Caller>();
  const tokens = new Map<string, string>();
  const api = await listeningApi({
    ...services,
    sessions: async (c) => people.get(decodeURIComponent(c.req.header("x-person") ?? "")) ?? null,
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
    async program(name, jurisdictionId, role, more = {}) {
      tokens.set(name, await newToken(services, jurisdictionId, { role, name, ...more }));
    },
    async ask(who, operation, { body, match, key, headers = {} } = {}) {
      const [method = "", path = ""] = operation.split(" ");
      const token = tokens.get(who);
      const response = await fetch(`${api.base}/api/v1${path}`, {
        method,
        headers: {
          ...{ "content-type": "application/json", origin: api.base },
          ...(token === undefined ? { "x-person": encodeURIComponent(who) } : { authorization: `Bearer ${token}` }),
          ...(match == null ? {} : { "if-match": match }),
          ...(key === null || method === "GET" ? {} : { "idempotency-key": key ?? newId() }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      const isJson = response.headers.get("content-type")?.includes("json") === true;
      return {
        status: response.status,
        etag: response.headers.get("etag"),
        body: text === "" ? null : isJson ? JSON.parse(text) : text,
      };
    },
  };
}

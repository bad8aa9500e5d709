import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { cases } from "../../db/schema/cases.ts";
import { stations } from "../../db/schema/places.ts";
import type { Caller } from "../../src/casework/access/caller.ts";
import { listCases } from "../../src/casework/cases/case-view.ts";
import type { Role } from "../../src/domain/access/roles.ts";
import { type Office, openOffice } from "../casework/office.ts";
import { newToken } from "../tokens.ts";
import { type ListeningApi, listeningApi } from "./listening-api.ts";

/** The answer of the API; `body` is null where nothing came back. */
export type Answer = {
  readonly status: number;
  readonly etag: string | null;
  readonly body: Awaited<ReturnType<Response["json"]>>;
};

/** The API over the office of 清河, with people of the staff, whom a header names instead of a session. */
export type StaffApi = {
  readonly office: Office;
  readonly api: ListeningApi;
  /** Makes somebody of the staff; their code of the second factor was just given unless it is said otherwise. */
  person(name: string, role: Role, more?: Partial<Caller>): Promise<void>;
  /** Makes a program's token. */
  program(name: string, role: Role, more?: { readonly sealed?: boolean }): Promise<void>;
  ask(who: string, operation: string, options?: Asking): Promise<Answer>;
  /** Sends what a person says and gives the number of the newest case. */
  newCase(person: string, said: string): Promise<string>;
  /** Asks for the case as it is now, and applies a verb to that version. */
  act(who: string, number: string, verb: string, body: object): Promise<Answer>;
  close(): Promise<void>;
};

type Asking = { readonly body?: unknown; readonly match?: string | null; readonly key?: string | null };

/** Opens the API of an office with nobody in it yet. */
export async function staffApi(): Promise<StaffApi> {
  const office = await openOffice();
  const { runtime, county, db } = office;
  const people = new Map<string, Caller>();
  const tokens = new Map<string, string>();
  const api = await listeningApi({
    database: runtime.database,
    now: runtime.now,
    runtime,
    sessions: async (c) => people.get(decodeURIComponent(c.req.header("x-person") ?? "")) ?? null,
  });
  const ask: StaffApi["ask"] = async (who, operation, { body, match, key } = {}) => {
    const [method = "", path = ""] = operation.split(" ");
    const token = tokens.get(who);
    const response = await fetch(`${api.base}/api/v1${path}`, {
      method,
      headers: {
        "content-type": "application/json",
        ...(token === undefined ? { "x-person": encodeURIComponent(who) } : { authorization: `Bearer ${token}` }),
        ...(match == null ? {} : { "if-match": match }),
        ...(key === null || method === "GET" ? {} : { "idempotency-key": key ?? randomUUID() }),
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, etag: response.headers.get("etag"), body: text === "" ? null : JSON.parse(text) };
  };
  return {
    office,
    api,
    ask,
    async person(name, role, more = {}) {
      const jurisdictionId = more.jurisdictionId ?? county.id;
      const caller = {
        kind: "person",
        id: randomUUID(),
        jurisdictionId,
        name,
        role,
        stations: [],
        deputyId: null,
      } as const;
      people.set(name, { ...caller, confirmedAt: new Date(), ...more });
    },
    async program(name, role, more = {}) {
      tokens.set(name, await newToken({ database: db.database, now: runtime.now }, county.id, { role, name, ...more }));
    },
    async newCase(person, said) {
      await office.say(person, said);
      const all = await db.database.inCounty(county.id, listCases);
      return all.at(-1)!.number;
    },
    async act(who, number, verb, body) {
      const shown = await ask(who, `GET /cases/${number}`);
      return ask(who, `POST /cases/${number}/${verb}`, { body, match: shown.etag });
    },
    async close() {
      await api.close();
      await office.close();
    },
  };
}

/** The id of the station of a case, by its number. */
export async function stationOf({ office }: StaffApi, number: string): Promise<string> {
  const [row] = await office.db.database.inCounty(office.county.id, (tx) =>
    tx
      .select({ id: stations.id })
      .from(cases)
      .innerJoin(stations, eq(stations.id, cases.stationId))
      .where(eq(cases.number, number)),
  );
  return row!.id;
}

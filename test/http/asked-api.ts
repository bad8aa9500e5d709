import { pino } from "pino";
import { afterAll, beforeAll, expect } from "vitest";
import type { Database } from "../../db/database.ts";
import { createAtlasStore } from "../../src/casework/county/atlas-store.ts";
import { mediaStore } from "../../src/casework/runtime/media-store.ts";
import { openReader } from "../../src/casework/runtime/open-reader.ts";
import type { Runtime } from "../../src/casework/runtime/runtime.ts";
import type { Role } from "../../src/domain/access/roles.ts";
import { type TestDatabase, testDatabase } from "../database.ts";
import { ruleset } from "../domain/rules/rule-sets.ts";
import { newToken } from "../tokens.ts";
import { type ListeningApi, listeningApi } from "./listening-api.ts";

export const NOW = new Date("2026-11-24T02:00:00Z");

let db: TestDatabase;
export let api: ListeningApi;
let breakDatabase: Promise<never> | null = null;
export const tokens = new Map<string, string>();

/** The API of two counties, with a token of each role. */
export function withApi(): void {
  beforeAll(async () => {
    db = await testDatabase();
    const database: Database = {
      ...db.database,
      inCounty: (id, work) => breakDatabase ?? db.database.inCounty(id, work),
    };
    api = await listeningApi({ database, tokens: db.database, now: () => NOW, runtime: bareRuntime(database) });
    for (const county of ["east", "west"]) {
      for (const role of ["office", "reviewer", "auditor", "operator", "station"] as const) {
        await token(role, county, `${role}-1`);
      }
    }
  });
  afterAll(async () => {
    await api.close();
    await db.close();
  });
}

/** No platform, no photos: of the operations on cases, those that only read. */
function bareRuntime(database: Database): Runtime {
  return {
    ...{ database, vault: db.vault, now: () => NOW, random: () => 0, timeZone: "Asia/Shanghai" },
    accounts: { find: async () => null, named: async () => [], byId: async () => null },
    atlases: createAtlasStore(),
    reader: openReader(),
    media: mediaStore("/nonexistent"),
    log: pino({ level: "silent" }),
  };
}

/** Lets every look at the database fail, until null is given. */
export function failWith(error: Error | null): void {
  api.forgetLog();
  breakDatabase = error === null ? null : Promise.reject(error);
  breakDatabase?.catch(() => undefined);
}

/** Makes a token that is then called `east office-1`. */
export async function token(role: Role, county: string, name: string): Promise<void> {
  const services = { database: db.database, now: () => NOW };
  tokens.set(`${county} ${name}`, await newToken(services, await db.county(county), { role, name }));
}

type Answer = { readonly status: number; readonly headers: Headers; readonly body: never };

export async function ask(who: string, method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(`${api.base}/api/v1/rulesets${path}`, {
    method,
    headers: { authorization: `Bearer ${tokens.get(who)}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as never };
}
export const office = (method: string, path: string, body?: unknown) => ask("east office-1", method, path, body);
export const reviewer = (method: string, path: string, body?: unknown) => ask("east reviewer-1", method, path, body);
export const states = async (who = "east auditor-1") =>
  ((await ask(who, "GET", "")).body as { number: number; state: string }[]).map(
    ({ number, state }) => `${number} ${state}`,
  );

/** Drafts and submits; gives the path of the version. */
export async function submitted(name = "2026 rules"): Promise<string> {
  const drafted = await office("POST", "", ruleset(name));
  expect(drafted.status).toBe(201);
  const path = drafted.headers.get("location")!.replace("/api/v1/rulesets", "");
  expect((await office("POST", `${path}/submit`)).status).toBe(200);
  return path;
}

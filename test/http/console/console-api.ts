import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect } from "vitest";
import { jurisdictions } from "../../../db/schema/county.ts";
import { addUser } from "../../../src/casework/access/users.ts";
import type { Role } from "../../../src/domain/access/roles.ts";
import { type TestDatabase, testDatabase } from "../../database.ts";
import { type ListeningApi, listeningApi } from "../listening-api.ts";
import { type Browser, browser } from "./browser.ts";
import { codeOf } from "./one-time-code.ts";

/** Somebody of the office who can sign in. */
export type Person = { readonly email: string; readonly password: string; readonly uri?: string };

export let db: TestDatabase;
export let api: ListeningApi;
let numbered = 0;

/** The service with two counties, each under a host name of its own: `east.example` and `west.example`. */
export function withConsole(
  options: Omit<Parameters<typeof listeningApi>[0], "database" | "now" | "vault"> = {},
): void {
  beforeAll(async () => {
    db = await testDatabase();
    for (const code of ["east", "west"]) {
      const id = await db.county(code);
      await db.database.inCounty(id, (tx) =>
        tx
          .update(jurisdictions)
          .set({ hosts: [`${code}.example`] })
          .where(eq(jurisdictions.jurisdictionId, id)),
      );
    }
    api = await listeningApi({ database: db.database, vault: db.vault, now: () => new Date(), ...options });
  });
  afterAll(async () => {
    await api.close();
    await db.close();
  });
}

/** A browser that opens the console of a county. */
export const inCounty = (county = "east"): Browser => browser(api.base, `${county}.example`);

/** Adds somebody as the command line does. */
export async function person(
  role: Role,
  county = "east",
  wanted: Partial<Person> & { name?: string } = {},
): Promise<Person> {
  numbered += 1;
  const { email = `person${numbered}@example.org`, password = `a good password ${numbered}`, name } = wanted;
  const services = { database: db.database, vault: db.vault, now: () => new Date() };
  const added = await addUser(services, await db.county(county), { email, role, password, name });
  if (!added.ok) throw new Error(added.reason);
  return { email, password };
}

/** Signs somebody in with the password. */
export const signIn = (at: Browser, { email, password }: Person) => at.ask("POST", "/session", { email, password });

/** Somebody of a role who is signed in, with a second factor set up just now where their role needs one. */
export async function signedIn(
  role: Role,
  county = "east",
  wanted: Partial<Person> & { name?: string } = {},
): Promise<{ readonly at: Browser; readonly who: Person }> {
  const who = await person(role, county, wanted);
  const at = inCounty(county);
  const { body } = await signIn(at, who);
  if (role === "station") {
    expect(body).toEqual({ next: "open" });
    return { at, who };
  }
  expect(body).toEqual({ next: "enrol" });
  return { at, who: { ...who, uri: await enrol(at, who) } };
}

/** Sets up a second factor; gives its `otpauth://` address. */
export async function enrol(at: Browser, { password }: Person): Promise<string> {
  const begun = await at.ask("POST", "/me/second-factor/begin", { password });
  expect(begun.status).toBe(200);
  const { uri } = begun.body as { uri: string };
  expect((await at.ask("POST", "/me/second-factor/prove", { code: codeOf(uri) })).status).toBe(200);
  return uri;
}

import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { ROLES, type Role } from "../../../src/domain/access/roles.ts";
import { SESSION_CONTRACT } from "../../../src/http/contract/session.ts";
import { STAFF_CONTRACT } from "../../../src/http/contract/staff.ts";
import { newToken } from "../../tokens.ts";
import type { Browser } from "./browser.ts";
import { db, inCounty, person, signedIn, signIn, withConsole } from "./console-api.ts";

withConsole();

/** Who may: everybody (`*`), nobody signed in needed (`-`), or the first letters of the roles; `+` also before a second factor is set up. */
const TABLE: Readonly<Record<string, string>> = {
  "POST /session": "-",
  "POST /session/second-factor": "-",
  "POST /invitations/look": "-",
  "POST /invitations": "-",
  "GET /me": "*+",
  "POST /me/confirm": "*",
  "GET /me/sessions": "*",
  "DELETE /me/sessions": "*",
  "DELETE /me/sessions/{id}": "*",
  "POST /me/second-factor/begin": "*+",
  "POST /me/second-factor/prove": "*+",
  "POST /me/password": "*",
  "PATCH /me/preferences": "*+",
  "GET /me/readings": "*",
  "GET /staff": "pa",
  "POST /staff": "p",
  "PATCH /staff/{id}": "p",
  "POST /staff/{id}/end": "p",
  "POST /staff/{id}/unlock": "p",
  "POST /staff/{id}/reset-second-factor": "p",
  "POST /staff/{id}/end-sessions": "p",
  "GET /staff/changes": "pa",
  "GET /tokens": "pa",
  "POST /tokens": "p",
  "DELETE /tokens/{id}": "p",
  "DELETE /session": "*+",
};
const LETTER: Readonly<Record<Role, string>> = {
  office: "o",
  reviewer: "r",
  station: "s",
  auditor: "a",
  operator: "p",
};
const HELD_BACK = new Set(["cross-site", "not-signed-in", "people-only", "role", "second-factor-needed"]);

const people = new Map<Role, Browser>();
beforeAll(async () => {
  for (const role of ROLES) people.set(role, (await signedIn(role)).at);
});

/** Asks with nothing that could be done: whoever may is refused for something else. */
async function heldBack(at: Browser, name: string, headers: Record<string, string> = {}): Promise<string | null> {
  const [method = "", path = ""] = name.split(" ");
  const body = method === "GET" || method === "DELETE" ? undefined : "{";
  const known = { "idempotency-key": randomUUID(), "if-match": '"v1"', ...headers };
  const answer = await at.ask(method, path.replace("{id}", randomUUID()).replace("{code}", "none"), body, {
    headers: known,
  });
  const { code = null } = (answer.body ?? {}) as { code?: string | null };
  return code !== null && HELD_BACK.has(code) ? code : null;
}

describe("the table of who may ask for what", () => {
  test("has every operation of sign-in and staff, and no other", () => {
    expect(Object.keys(TABLE).sort()).toEqual(Object.keys({ ...SESSION_CONTRACT, ...STAFF_CONTRACT }).sort());
  });

  test.each(Object.entries(TABLE))("%s: %s", async (name, who) => {
    for (const role of ROLES) {
      const at = people.get(role)!;
      const may = who.startsWith("*") || who === "-" || who.includes(LETTER[role]);
      expect([role, await heldBack(at, name)]).toEqual([role, may ? null : "role"]);
    }
    expect(await heldBack(inCounty(), name)).toBe(
      who === "-" || /^p?a?$/.test(who) ? await asNobody(who, name) : "not-signed-in",
    );
  });

  test("is closed to whoever has to set up a second factor, but for that", async () => {
    for (const role of ["office", "reviewer", "auditor", "operator"] as const) {
      const at = inCounty();
      await signIn(at, await person(role));
      for (const [name, who] of Object.entries(TABLE)) {
        if (who === "-") continue;
        const expected = who.endsWith("+") ? null : "second-factor-needed";
        expect([role, name, await heldBack(at, name)]).toEqual([role, name, expected]);
      }
    }
  });

  test("lets programs with a token read at most", async () => {
    const services = { database: db.database, now: () => new Date() };
    const token = await newToken(services, await db.county("east"), { role: "operator" });
    const reads = new Set(["GET /staff", "GET /staff/changes", "GET /tokens"]);
    for (const [name, who] of Object.entries(TABLE)) {
      if (who === "-") continue;
      const held = await heldBack(inCounty(), name, { authorization: `Bearer ${token}` });
      expect([name, held]).toEqual([name, reads.has(name) ? null : "people-only"]);
    }
  });

  test("shows nothing of another county: its people are not there", async () => {
    const west = await signedIn("operator", "west");
    const { items } = (await west.at.ask("GET", "/staff")).body as { items: { id: string; etag: string }[] };
    expect(items).toHaveLength(1);
    const [theirs] = items;
    const { at } = await signedIn("operator");
    for (const step of ["end", "unlock", "reset-second-factor", "end-sessions"])
      expect((await at.write("POST", `/staff/${theirs?.id}/${step}`)).status).toBe(404);
    expect((await at.write("PATCH", `/staff/${theirs?.id}`, { name: "Mine" }, { match: "v1" })).status).toBe(404);
    expect((await west.at.ask("GET", "/me")).status).toBe(200);
  });
});

/** Of what programs may ask too, nobody hears that a token is missing. */
async function asNobody(who: string, name: string): Promise<string | null> {
  if (who === "-") return null;
  const [method = "", path = ""] = name.split(" ");
  const { status } = await inCounty().ask(
    method,
    path.replace("{id}", randomUUID()),
    method === "GET" ? undefined : {},
  );
  expect(status).toBe(401);
  return who === "pa" ? null : "not-signed-in";
}

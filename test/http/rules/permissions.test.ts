import { v7 as newId } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROLES, type Role } from "../../../src/domain/access/roles.ts";
import { ERRANDS } from "../../../src/http/contract/errands.ts";
import { RULES, VERSIONS } from "../../../src/http/contract/rules.ts";
import { type TestDatabase, testDatabase } from "../../database.ts";
import { ruleset } from "../../domain/rules/rule-sets.ts";
import { newToken } from "../../tokens.ts";
import { type PeopleApi, peopleApi } from "../people-api.ts";
import { askedAs } from "./asked-as.ts";

const O: readonly Role[] = ["office"];
const R: readonly Role[] = ["reviewer"];
const OR: readonly Role[] = ["office", "reviewer"];
const ORA: readonly Role[] = ["office", "reviewer", "auditor"];
const NAMES: readonly Role[] = [...ORA, "station"];
const NEVER = {
  rule: "x",
  text: "x",
  must: false,
  change: "x",
  reviewer: "x",
  verdict: "turn-down",
  kind: "x",
  content: {},
  message: { text: "x" },
};
const only = (...names: (keyof typeof NEVER)[]) => Object.fromEntries(names.map((name) => [name, NEVER[name]]));

/** Who may do what, written down a second time; with a body that is taken. */
const TABLE: Readonly<Record<string, readonly [roles: readonly Role[], body?: unknown]>> = {
  "GET /rulesets": [ORA],
  "GET /rulesets/{number}": [ORA],
  "POST /rulesets": [O, ruleset()],
  "PUT /rulesets/{number}": [O, ruleset()],
  "POST /rulesets/{number}/submit": [O],
  "POST /rulesets/{number}/review": [R, only("verdict")],
  "POST /rulesets/{number}/take-back": [O],
  "POST /rulesets/check": [OR, only("content")],
  "POST /rulesets/{number}/withdraw": [O],
  "POST /rulesets/{number}/assign": [O, only("reviewer")],
  "GET /rulesets/{number}/changes": [ORA],
  "GET /rulesets/{number}/comments": [ORA],
  "POST /rulesets/{number}/comments": [ORA, only("rule", "text", "must")],
  "POST /rulesets/{number}/comments/{comment}/resolve": [ORA],
  "PUT /rulesets/{number}/looks": [R, only("change")],
  "GET /rulesets/{number}/readiness": [ORA],
  "POST /rulesets/{number}/dry-run": [OR, {}],
  "GET /rulesets/{number}/check": [ORA],
  "GET /rulesets/{number}/dry-run": [ORA],
  "GET /errands/{id}/differences": [ORA],
  "GET /errands/{id}/report.xlsx": [ORA],
  "GET /errands/{id}/report.txt": [ORA],
  "PUT /errands/{id}/marks": [OR, { case: "2026-000001", verdict: "right" }],
  "GET /rulesets/{number}/marks": [ORA],
  "POST /simulate": [ORA, only("message")],
  "GET /rules/use": [ORA],
  "GET /codes/{kind}": [NAMES],
  "POST /codes/names": [NAMES, {}],
  "GET /rulesets/{number}/reviewers": [O],
  "GET /coverage": [ROLES],
  "GET /coverage.pdf": [ROLES],
  "GET /coverage/{grid}": [ROLES],
  "GET /errands": [ROLES],
  "POST /errands": [ROLES, { kind: "x", asked: {} }],
  "GET /errands/{id}": [ROLES],
  "POST /errands/{id}/stop": [ROLES],
  "GET /errands/{id}/file": [ROLES],
};
const OPERATIONS = { ...VERSIONS, ...RULES, ...ERRANDS };

let db: TestDatabase;
let people: PeopleApi;
const ask = askedAs(() => people);
const now = () => new Date("2026-11-24T02:00:00Z");

beforeAll(async () => {
  db = await testDatabase();
  people = await peopleApi({ database: db.database, vault: db.vault, now });
  for (const county of ["east", "west"]) {
    for (const role of ROLES) people.person(`${county} ${role}`, await db.county(county), role);
  }
  people.person("new reviewer", await db.county("east"), "reviewer", { must: "second-factor" });
});
afterAll(async () => {
  await people.api.close();
  await db.close();
});

function asked(name: string, number: number): readonly [method: string, path: string] {
  const [method = "", path = ""] = name.split(" ");
  const filled = path
    .replace("{number}", String(number))
    .replace(/\{(id|comment)\}/g, newId())
    .replace("{kind}", "deputy")
    .replace("{grid}", "G1");
  return [method, filled];
}

describe("every operation on rules and errands", () => {
  it("has its line in the table of who may", () => {
    expect(Object.keys(TABLE).sort()).toEqual(Object.keys(OPERATIONS).sort());
  });

  it.each(Object.entries(TABLE))("%s", async (name, [roles, body]) => {
    for (const role of ROLES) {
      const [method, path] = asked(name, 999);
      const headers: Record<string, string> = method === "PUT" ? { "if-match": '"r1"' } : {};
      const { status } = await ask(`east ${role}`, method, path, body, headers);
      expect([role, status === 403]).toEqual([role, !roles.includes(role)]);
      expect(status).toBeLessThan(500);
    }
    const [method, path] = asked(name, 999);
    const nobody = await fetch(`${people.api.base}/api/v1${path}`, { method, headers: { "idempotency-key": newId() } });
    expect(nobody.status).toBe(401);
    expect((await ask("new reviewer", method, path, body)).body).toMatchObject({ code: "second-factor-needed" });
    if (method === "GET") return;
    const elsewhere = await ask("east office", method, path, body, { origin: "https://evil.example" });
    expect(elsewhere.body).toMatchObject({ code: "cross-site" });
  });

  it("finds nothing of another county, by any of them", async () => {
    const made = (await ask("east office", "POST", "/rulesets", ruleset())).body as { number: number };
    for (const [name, [roles, body]] of Object.entries(TABLE)) {
      if (!name.includes("{number}")) continue;
      const [method, path] = asked(name, made.number);
      const headers: Record<string, string> = method === "PUT" ? { "if-match": '"r1"' } : {};
      const { status } = await ask(`west ${roles[0]}`, method, path, body, headers);
      expect([name, status]).toEqual([name, 404]);
    }
  });

  it("takes a program's token as well, under the same roles", async () => {
    const services = { database: db.database, now };
    const token = await newToken(services, await db.county("east"), { role: "auditor", name: "reader" });
    const headers = { authorization: `Bearer ${token}` };
    const get = (path: string) => fetch(`${people.api.base}/api/v1${path}`, { headers });
    expect((await get("/rules/use")).status).toBe(200);
    const posted = await fetch(`${people.api.base}/api/v1/rulesets/check`, {
      method: "POST",
      headers,
      body: '{"content":{}}',
    });
    expect(posted.status).toBe(403);
  });
});

import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../db/database.ts";
import { addToken, type Role } from "../../src/casework/tokens.ts";
import { MOST_BYTES } from "../../src/domain/ruleset.ts";
import { createApp } from "../../src/http/app.ts";
import { createFailures } from "../../src/http/auth.ts";
import { createDoor } from "../../src/http/door.ts";
import { type Listening, listen } from "../../src/http/listen.ts";
import { createLog } from "../../src/log.ts";
import { type TestDatabase, testDatabase } from "../database.ts";
import { rule, ruleset } from "../domain/rule-sets.ts";
import { watchedService } from "../observe/watched.ts";

const NOW = new Date("2026-11-24T02:00:00Z");

let db: TestDatabase;
let listening: Listening;
let base: string;
let logged = "";
let breakDatabase: Promise<never> | null = null;
const tokens = new Map<string, string>();

beforeAll(async () => {
  db = await testDatabase();
  const now = () => NOW;
  const log = createLog("info", {
    write(line) {
      logged += line;
    },
  });
  const database: Database = {
    ...db.database,
    inCounty: (id, work) => breakDatabase ?? db.database.inCounty(id, work),
  };
  const guard = { door: createDoor({ database: db.database, now }), failures: createFailures(), log };
  const app = createApp({
    accounts: { find: async () => null, byId: async () => null },
    channelOf: () => null,
    inbox: { accept: async () => undefined, close: async () => undefined },
    passiveReply: async () => ({ kind: "nothing" }),
    now,
    maxAgeSeconds: 300,
    log,
    checks: { database: async () => true, queue: async () => true },
    publicUrl: "http://liaison.example",
    api: { guard, database, timeZone: "Asia/Shanghai" },
  });
  listening = await listen(app.fetch, "127.0.0.1", 0);
  base = `http://127.0.0.1:${listening.port}`;
  for (const county of ["east", "west"]) {
    for (const role of ["office", "reviewer", "auditor", "operator", "station"] as const) {
      await token(role, county, `${role}-1`);
    }
  }
});
afterAll(async () => {
  await listening.close();
  await db.close();
});

/** Makes a token that is then called `east office-1`. */
async function token(role: Role, county: string, name: string): Promise<void> {
  const services = { database: db.database, now: () => NOW };
  const added = await addToken(services, await db.county(county), { role, name, expiresAt: null });
  if (!added.ok) throw new Error(added.reason);
  tokens.set(`${county} ${name}`, added.token);
}

type Answer = { readonly status: number; readonly headers: Headers; readonly body: never };

async function ask(who: string, method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(`${base}/api/v1/rulesets${path}`, {
    method,
    headers: { authorization: `Bearer ${tokens.get(who)}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as never };
}
const office = (method: string, path: string, body?: unknown) => ask("east office-1", method, path, body);
const reviewer = (method: string, path: string, body?: unknown) => ask("east reviewer-1", method, path, body);
const states = async (who = "east auditor-1") =>
  ((await ask(who, "GET", "")).body as { number: number; state: string }[]).map(
    ({ number, state }) => `${number} ${state}`,
  );

/** Drafts and submits; gives the path of the version. */
async function submitted(name = "2026 rules"): Promise<string> {
  const drafted = await office("POST", "", ruleset(name));
  expect(drafted.status).toBe(201);
  const path = drafted.headers.get("location")!.replace("/api/v1/rulesets", "");
  expect((await office("POST", `${path}/submit`)).status).toBe(200);
  return path;
}

describe("the rule sets of the API", () => {
  it("go from draft through review to publication, and back to an older one", async () => {
    const drafted = await office("POST", "", ruleset("first"));
    expect([drafted.status, drafted.headers.get("location")]).toEqual([201, "/api/v1/rulesets/1"]);
    expect(drafted.body).toMatchObject({ number: 1, state: "draft", name: "first", author: "office-1" });
    expect((await office("PUT", "/1", ruleset("first, corrected"))).body).toMatchObject({ name: "first, corrected" });
    expect((await office("POST", "/1/submit")).body).toMatchObject({ state: "in-review" });
    const published = await reviewer("POST", "/1/review", { verdict: "publish", note: "Agreed." });
    expect([published.status, published.body]).toEqual([
      200,
      expect.objectContaining({ state: "published", reviewer: "reviewer-1", reviewNote: "Agreed." }),
    ]);
    const second = await submitted("second");
    await reviewer("POST", `${second}/review`, { verdict: "publish" });
    expect(await states()).toEqual(["2 published", "1 retired"]);
    const back = await office("POST", "/1/take-back");
    expect([back.status, back.headers.get("location")]).toEqual([201, "/api/v1/rulesets/3"]);
    expect(back.body).toMatchObject({ number: 3, state: "in-review", takesBack: 1, name: "first, corrected" });
    await reviewer("POST", "/3/review", { verdict: "turn-down", note: "Not yet." });
    expect(await states()).toEqual(["3 retired", "2 published", "1 retired"]);
    const shown = await reviewer("GET", "/1");
    expect(shown.headers.get("cache-control")).toBe("no-store");
    expect(shown.body).toMatchObject({
      content: ruleset("first, corrected"),
      events: [
        { type: "drafted", by: "office-1", at: NOW.toISOString(), note: null },
        { type: "edited" },
        { type: "submitted" },
        { type: "published", by: "reviewer-1", note: "Agreed." },
        { type: "retired", by: "reviewer-1" },
      ],
    });
    expect(shown.body).not.toHaveProperty("id");
  });

  it("tell what their check finds to whoever submits, reviews or takes back one, and refuse nothing for it", async () => {
    const drafted = await office("POST", "", ruleset("with a group that is not there yet"));
    expect(drafted.body).not.toHaveProperty("findings");
    const path = drafted.headers.get("location")!.replace("/api/v1/rulesets", "");
    const findings = [{ rule: "lifts", kind: "unknown-target", text: "there is no group property" }];
    const { status, body } = await office("POST", `${path}/submit`);
    expect([status, body]).toEqual([200, expect.objectContaining({ state: "in-review", findings })]);
    expect((await reviewer("POST", `${path}/review`, { verdict: "publish" })).body).toMatchObject({
      state: "published",
      findings,
    });
    const next = await submitted("next");
    expect((await reviewer("POST", `${next}/review`, { verdict: "turn-down" })).body).toMatchObject({ findings: null });
    const last = await submitted("last");
    await reviewer("POST", `${last}/review`, { verdict: "publish" });
    expect((await office("POST", `${path}/take-back`)).body).toMatchObject({ state: "in-review", findings });

    const many = ruleset(
      "many",
      Array.from({ length: 1_001 }, (_, index) => rule(`r${index}`)),
    );
    const large = (await office("POST", "", many)).headers.get("location")!.replace("/api/v1/rulesets", "");
    expect((await office("POST", `${large}/submit`)).body).toMatchObject({ state: "in-review", findings: null });
  });

  it("answer tokens of the right role alone", async () => {
    const roles = ["office", "reviewer", "auditor", "operator", "station"];
    for (const [method, path, allowed] of [
      ["GET", "", ["office", "reviewer", "auditor"]],
      ["GET", "/99", ["office", "reviewer", "auditor"]],
      ["POST", "", ["office"]],
      ["PUT", "/99", ["office"]],
      ["POST", "/99/submit", ["office"]],
      ["POST", "/99/review", ["reviewer"]],
      ["POST", "/99/take-back", ["office"]],
    ] as const) {
      const answered = [];
      for (const role of roles) {
        const { status } = await ask(`east ${role}-1`, method, path, method === "GET" ? undefined : "{}");
        if (status !== 403) answered.push(role);
      }
      expect([method, path, answered]).toEqual([method, path, allowed]);
    }
    const nobody = await fetch(`${base}/api/v1/rulesets`);
    expect([nobody.status, nobody.headers.get("content-type")]).toEqual([401, "application/problem+json"]);
  });

  it("of one county are nowhere to be seen in another", async () => {
    const path = await submitted("of the east");
    const before = await states();
    expect(await states("west auditor-1")).toEqual([]);
    expect((await ask("west auditor-1", "GET", path)).status).toBe(404);
    expect((await ask("west office-1", "PUT", path, ruleset())).status).toBe(404);
    expect((await ask("west reviewer-1", "POST", `${path}/review`, { verdict: "publish" })).status).toBe(404);
    expect(await states()).toEqual(before);
  });

  it("are reviewed by nobody who wrote them: a token that differs in capital letters is no second person", async () => {
    await token("reviewer", "east", "OFFICE-1");
    const path = await submitted("mine");
    const { status, body } = await ask("east OFFICE-1", "POST", `${path}/review`, { verdict: "publish" });
    expect([status, body]).toEqual([
      403,
      {
        type: "about:blank",
        status: 403,
        title: "Forbidden",
        detail: "OFFICE-1 wrote this rule set: somebody else must review it.",
      },
    ]);
    expect((await states())[0]).toMatch(/in-review$/);
  });

  it("cannot be changed once they were submitted, by no method", async () => {
    const path = await submitted("kept");
    const refused = await office("PUT", path, ruleset("changed"));
    expect([refused.status, refused.headers.get("content-type")]).toEqual([409, "application/problem+json"]);
    expect((await office("POST", `${path}/submit`)).status).toBe(409);
    expect((await office("POST", `${path}/take-back`)).status).toBe(409);
    expect((await reviewer("POST", `${path}/review`, { verdict: "publish" })).status).toBe(200);
    expect((await office("PUT", path, ruleset("changed"))).status).toBe(409);
    expect((await reviewer("POST", `${path}/review`, { verdict: "turn-down" })).status).toBe(409);
    for (const [method, where, allow] of [
      ["DELETE", path, "GET, PUT"],
      ["PATCH", path, "GET, PUT"],
      ["DELETE", "", "GET, POST"],
      ["GET", `${path}/submit`, "POST"],
    ] as const) {
      const { status, headers } = await office(method, where);
      expect([method, where, status, headers.get("allow")]).toEqual([method, where, 405, allow]);
    }
    expect((await office("GET", path)).body).toMatchObject({ name: "kept", state: "published" });
  });
});

describe("what comes in over the API", () => {
  const whenIs = (when: unknown) => ruleset("bad", [rule("good"), rule("bad", { when })]);
  const deep = (open: string, close: string) =>
    `${open.repeat(524_288 / open.length)}1${close.repeat(524_288 / open.length)}`;
  const withCondition = (when: string) => JSON.stringify(whenIs("HERE")).replace('"HERE"', when);

  it.each([
    ["no JSON", "{", null, /^the set: is no JSON: /],
    ["nothing", "", null, /^the set: is no JSON: /],
    [
      "an unknown variable",
      whenIs({ "==": [{ var: "mood" }, "x"] }),
      "bad",
      /^rules\[1\]\.when\.==: there is no variable/,
    ],
    ["a wrong type", whenIs({ "<": [{ var: "hour" }, "9"] }), "bad", /^rules\[1\]\.when\.<: compares one variable/],
    ["a pattern", whenIs({ match: ["(a+)+$", { var: "text" }] }), "bad", /^rules\[1\]\.when\.match: "match" is not/],
    ["1 MB of lists", withCondition(deep("[", "]")), "bad", /^rules\[1\]\.when: must be one operation/],
    ["1 MB of conditions", withCondition(deep('{"!":', "}")), "bad", /^rules\[1\]\.when.*nested more than 12 deep/],
    ["1 MB as a variable", withCondition(`{"var": ${deep("[", "]")}}`), "bad", /^rules\[1\]\.when\.var: a list is/],
    [
      "100,000 rules",
      ruleset("many", Array(100_000).fill({ id: "x" })),
      null,
      /^rules: has 100000 rules, at most 10000/,
    ],
    ["a NUL", ruleset("a\0b"), null, /^name: holds a character that cannot be stored/],
  ])(
    "is refused when it is or has %s, with the place named, and nothing is stored",
    async (_what, body, id, expected) => {
      await office("POST", "", ruleset("a draft"));
      const before = (await reviewer("GET", "")).body as { number: number }[];
      for (const [method, path] of [
        ["POST", ""],
        ["PUT", `/${before[0]!.number}`],
      ] as const) {
        const { status, headers, body: answered } = await office(method, path, body);
        expect([status, headers.get("content-type")]).toEqual([422, "application/problem+json"]);
        expect(answered).toMatchObject({
          status: 422,
          findings: [{ rule: id, kind: "invalid", text: expect.stringMatching(expected) }],
        });
      }
      expect((await reviewer("GET", "")).body).toEqual(before);
    },
  );

  it("may have 8 MB in 10,000 rules and not a byte more, whether it says its length or not; 1 MB in one is refused", async () => {
    const before = await states();
    const large = JSON.stringify(
      ruleset(
        "large",
        Array.from({ length: 10_000 }, (_, index) => rule(`r${index}`)),
      ),
    );
    const padded = (bytes: number) => large + " ".repeat(bytes - Buffer.byteLength(large));
    expect((await office("POST", "", padded(MOST_BYTES))).status).toBe(201);
    const one = JSON.stringify(ruleset("one", [rule("a")])) + " ".repeat(1_048_576);
    expect(await office("POST", "", one)).toMatchObject({
      status: 422,
      body: {
        findings: [{ rule: null, kind: "invalid", text: expect.stringMatching(/^the set: has \d+ bytes for 1 rules/) }],
      },
    });
    expect((await office("POST", "", padded(MOST_BYTES + 1))).status).toBe(413);
    const streamed = await fetch(`${base}/api/v1/rulesets`, {
      method: "POST",
      headers: { authorization: `Bearer ${tokens.get("east office-1")}` },
      body: new Blob([padded(MOST_BYTES + 1)]).stream(),
      duplex: "half",
    } as RequestInit);
    expect([streamed.status, streamed.headers.get("content-type")]).toEqual([413, "application/problem+json"]);
    expect(await states()).toHaveLength(before.length + 1);
  });

  it.each([
    ["no verdict", {}, 422, /^verdict: /],
    ["another verdict", { verdict: "perhaps" }, 422, /^verdict: /],
    ["more than is asked", { verdict: "publish", reviewer: "me" }, 422, /reviewer/],
    ["a note that is none", { verdict: "publish", note: 7 }, 422, /^note: /],
  ])("is refused when a review has %s", async (_what, body, expected, finding) => {
    const { status, body: answered } = await reviewer("POST", `${await submitted()}/review`, body);
    expect([status, (answered as { findings: { text: string }[] }).findings[0]?.text]).toEqual([
      expected,
      expect.stringMatching(finding),
    ]);
  });

  it("is refused when a review is no JSON, or its note is endless or cannot be stored", async () => {
    const path = await submitted();
    const review = (body: unknown) => reviewer("POST", `${path}/review`, body);
    expect((await review("{")).status).toBe(400);
    expect((await review({ verdict: "publish", note: "x".repeat(2001) })).status).toBe(422);
    expect((await review({ verdict: "publish", note: "\0" })).status).toBe(422);
    expect((await review({ verdict: "publish", note: "x".repeat(70_000) })).status).toBe(413);
    expect((await office("GET", path)).body).toMatchObject({ state: "in-review" });
  });

  it("meets a problem document where there is nothing", async () => {
    for (const path of ["/0", "/01", "/one", "/99", "/1/approve", "/1%20or%201=1", "/99999999999"]) {
      const { status, headers, body } = await office("GET", path);
      expect([path, status, headers.get("content-type")]).toEqual([path, 404, "application/problem+json"]);
      expect(body).toMatchObject({ status: 404, detail: expect.any(String) });
    }
  });
});

describe("a failure", () => {
  it("is told as a problem without its cause, which is in the log under the name that the answer has", async () => {
    for (const [error, status] of [
      [new Error("secret cause"), 500],
      [Object.assign(new Error("secret cause"), { code: "ECONNREFUSED" }), 503],
    ] as const) {
      logged = "";
      breakDatabase = Promise.reject(error);
      breakDatabase.catch(() => undefined);
      const answer = await office("GET", "").finally(() => {
        breakDatabase = null;
      });
      expect([answer.status, answer.headers.get("content-type")]).toEqual([status, "application/problem+json"]);
      expect(JSON.stringify(answer.body)).not.toContain("secret cause");
      expect(JSON.parse(logged).request).toBe(answer.headers.get("x-request-id"));
    }
  });
});

describe("the description of the API", () => {
  it("names every operation, who may use it, and what the answers hold", async () => {
    const described = await (await fetch(`${base}/api/openapi.json`)).json();
    expect(described).toMatchObject({ openapi: "3.1.0", servers: [{ url: "http://liaison.example" }] });
    const operations = Object.entries(described.paths as Record<string, object>).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method} ${path}`),
    );
    expect(operations.sort()).toEqual([
      "get /api/v1/cases/{number}",
      "get /api/v1/coverage",
      "get /api/v1/rulesets",
      "get /api/v1/rulesets/{number}",
      "get /api/v1/rulesets/{number}/check",
      "get /api/v1/rulesets/{number}/dry-run",
      "post /api/v1/rulesets",
      "post /api/v1/rulesets/{number}/review",
      "post /api/v1/rulesets/{number}/submit",
      "post /api/v1/rulesets/{number}/take-back",
      "put /api/v1/rulesets/{number}",
    ]);
    expect(described.paths["/api/v1/rulesets/{number}/review"].post).toMatchObject({
      description: expect.stringContaining("For tokens of role reviewer."),
      security: [{ token: [] }],
      requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/Review" } } } },
    });
  });

  it("tells the truth about what is answered and what is taken", async () => {
    const described = await (await fetch(`${base}/api/openapi.json`)).json();
    const ajv = new Ajv2020({ strict: false });
    addFormats.default(ajv);
    ajv.addSchema({ $id: "api", components: described.components });
    const fits = (schema: string, value: unknown) => {
      const validate = ajv.getSchema(`api#/components/schemas/${schema}`)!;
      return validate(value) ? null : validate.errors;
    };
    const drafted = await office("POST", "", ruleset("described"));
    const path = drafted.headers.get("location")!.replace("/api/v1/rulesets", "");
    expect(described.paths["/api/v1/rulesets/{number}/submit"].post.responses["200"].content).toEqual({
      "application/json": { schema: { $ref: "#/components/schemas/RulesetChecked" } },
    });
    const checked = (await office("POST", `${path}/submit`)).body;
    expect(fits("RulesetChecked", checked)).toBeNull();
    expect((checked as { findings: unknown[] }).findings).not.toEqual([]);
    expect(fits("RulesetChecked", { ...(checked as object), findings: null })).toBeNull();
    expect(fits("RulesetChecked", { ...(checked as object), findings: [{ rule: 7 }] })).not.toBeNull();
    const whole = (await office("GET", path)).body;
    expect(fits("RulesetWhole", whole)).toBeNull();
    for (const one of (await office("GET", "")).body as object[]) expect(fits("Ruleset", one)).toBeNull();
    expect(fits("Problem", (await office("POST", "", ruleset("", [{}]))).body)).toBeNull();
    expect(fits("RulesetContent", ruleset())).toBeNull();
    expect(fits("RulesetContent", { ...ruleset(), extra: 1 })).not.toBeNull();
    expect(fits("RulesetContent", ruleset("x", [rule("a", { owner: "" })]))).not.toBeNull();
  });

  it("can be read by people, with nothing loaded from anywhere", async () => {
    const page = await fetch(`${base}/api/docs`);
    const text = await page.text();
    expect([page.status, page.headers.get("content-security-policy")]).toEqual([
      200,
      expect.stringContaining("default-src 'none'"),
    ]);
    expect(text).toContain("<code>PUT /api/v1/rulesets/{number}</code>");
    expect(text).not.toMatch(/<script|<link|src=|https?:/);
  });
});

describe("a running service", () => {
  it("answers programs with a token of its county", async () => {
    const watched = await watchedService();
    try {
      expect((await watched.get("/api/v1/rulesets")).status).toBe(401);
      const listed = await watched.get("/api/v1/rulesets", await watched.token("auditor"));
      expect([listed.status, await listed.json()]).toEqual([200, []]);
      expect((await watched.get("/api/docs")).status).toBe(200);
    } finally {
      await watched.close();
    }
  });
});

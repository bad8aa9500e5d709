import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { ROLES } from "../../src/domain/access/roles.ts";
import { operationsOf } from "../../src/http/contract/contracts.ts";
import { SESSION_CONTRACT } from "../../src/http/contract/session.ts";
import { STAFF_CONTRACT } from "../../src/http/contract/staff.ts";
import { rule, ruleset } from "../domain/rules/rule-sets.ts";
import { watchedService } from "../observe/watched.ts";
import { api, ask, failWith, NOW, office, reviewer, states, submitted, token, withApi } from "./asked-api.ts";

withApi();

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
    const findings = [
      {
        ...{ rule: "lifts", at: null, kind: "unknown-target", text: "there is no group property" },
        ...{ code: "no-group", values: { code: "property" } },
      },
    ];
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
    const nobody = await fetch(`${api.base}/api/v1/rulesets`);
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

describe("a failure", () => {
  it("is told as a problem without its cause, which is in the log under the name that the answer has", async () => {
    for (const [error, status] of [
      [new Error("secret cause"), 500],
      [Object.assign(new Error("secret cause"), { code: "ECONNREFUSED" }), 503],
    ] as const) {
      failWith(error);
      const answer = await office("GET", "");
      const said = api.logged();
      failWith(null);
      expect([answer.status, answer.headers.get("content-type")]).toEqual([status, "application/problem+json"]);
      expect(JSON.stringify(answer.body)).not.toContain("secret cause");
      expect(JSON.parse(said).request).toBe(answer.headers.get("x-request-id"));
    }
  });
});

describe("the description of the API", () => {
  it("names every operation, who may use it, and what the answers hold", async () => {
    const described = await (await fetch(`${api.base}/api/openapi.json`)).json();
    expect(described).toMatchObject({ openapi: "3.1.0", servers: [{ url: "http://liaison.example" }] });
    const operations = Object.entries(described.paths as Record<string, object>).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method} ${path}`),
    );
    // Sign-in and staff are there only where people are served.
    const forPeople = new Set([SESSION_CONTRACT, STAFF_CONTRACT].flatMap((contract) => Object.keys(contract)));
    const named = new Set(ROLES.flatMap((role) => operationsOf(role, false)).filter((name) => !forPeople.has(name)));
    const wanted = [...named].map((name) => {
      const [method = "", path = ""] = name.split(" ");
      return `${method.toLowerCase()} /api/v1${path}`;
    });
    expect(wanted.length).toBeGreaterThan(100);
    expect(operations.toSorted()).toEqual(wanted.toSorted());
    expect(described.paths["/api/v1/rulesets/{number}/review"].post).toMatchObject({
      description: expect.stringContaining("For tokens of role reviewer."),
      security: [{ token: [] }],
      requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/Review" } } } },
    });
  });

  it("tells the truth about what is answered and what is taken", async () => {
    const described = await (await fetch(`${api.base}/api/openapi.json`)).json();
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
    const page = await fetch(`${api.base}/api/docs`);
    const text = await page.text();
    expect([page.status, page.headers.get("content-security-policy")]).toEqual([
      200,
      expect.stringContaining("default-src 'none'"),
    ]);
    expect(text).toContain("<code>PUT /api/v1/rulesets/{number}</code>");
    expect(text).not.toMatch(/<script|<link|src=|https?:/);
  });
});

describe("what describes the API", () => {
  it.each(["/api/docs", "/api/openapi.json"])(
    "%s is given as it was built once, and not at all to whoever has it",
    async (path) => {
      const [first, second] = [await fetch(`${api.base}${path}`), await fetch(`${api.base}${path}`)];
      expect(await second.text()).toBe(await first.text());
      const etag = first.headers.get("etag") ?? "";
      expect([etag, first.headers.get("cache-control")]).toEqual([expect.stringMatching(/^"[\w-]{20,}"$/), "no-cache"]);
      const again = await fetch(`${api.base}${path}`, { headers: { "if-none-match": `"other", W/${etag}` } });
      expect([again.status, await again.text(), again.headers.get("etag")]).toEqual([304, "", etag]);
      const other = await fetch(`${api.base}${path}`, { headers: { "if-none-match": '"other"' } });
      expect(other.status).toBe(200);
    },
  );
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

import { describe, expect, it } from "vitest";
import { ruleset } from "../domain/rules/rule-sets.ts";
import { api, ask, states, submitted, tokens, withApi } from "../http/asked-api.ts";

withApi();

const READS = ["/api/v1/rulesets", "/api/v1/rulesets/1", "/api/v1/coverage", "/api/v1/cases/2026-000001"];
/** Not known; or not known, and the twentieth wrong one from here. */
const REFUSED = [401, 429];
const right = () => tokens.get("east office-1") ?? "";

async function get(path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Response> {
  return fetch(`${api.base}${path}`, { method, headers, redirect: "manual" });
}

describe("who is nobody", () => {
  it.each([
    ["no token", () => ({})],
    ["an empty one", () => ({ authorization: "Bearer " })],
    ["one that is cut short", () => ({ authorization: `Bearer ${right().slice(0, -1)}` })],
    ["one with a sign too many", () => ({ authorization: `Bearer ${right()}A` })],
    ["one in small letters", () => ({ authorization: `Bearer ${right().toLowerCase()}` })],
    ["another scheme", () => ({ authorization: `Basic ${Buffer.from(`office:${right()}`).toString("base64")}` })],
    ["the token without its scheme", () => ({ authorization: right() })],
    ["the token in a cookie", () => ({ cookie: `token=${right()}; session=${right()}` })],
    ["the token in a header of its own", () => ({ "x-api-key": right(), "x-auth-token": right() })],
    ["a path that claims to be inside", () => ({ "x-forwarded-for": "127.0.0.1", "x-original-url": "/healthz" })],
    ["a made-up claim", () => ({ authorization: "Bearer eyJhbGciOiJub25lIn0.eyJyb2xlIjoib2ZmaWNlIn0." })],
    ["a query", () => ({ authorization: "Bearer ' or 1=1 --" })],
  ] as const)("is refused at every door with %s", async (_what, headers) => {
    for (const path of READS) expect(REFUSED, path).toContain((await get(path, { ...headers() })).status);
    expect(REFUSED).toContain((await get(`/api/v1/rulesets?access_token=${right()}`, { ...headers() })).status);
  });

  it("gets no word about what there is: a known and an unknown path are refused alike", async () => {
    const [known, unknown] = [await get("/api/v1/rulesets/1"), await get("/api/v1/rulesets/999999")];
    expect([known.status, await known.text()]).toEqual([unknown.status, await unknown.text()]);
  });

  it("is given no right by another page: no origin is allowed", async () => {
    const asked = await get(
      "/api/v1/rulesets",
      { origin: "https://evil.example", "access-control-request-method": "POST" },
      "OPTIONS",
    );
    expect(asked.headers.get("access-control-allow-origin")).toBeNull();
    expect(asked.headers.get("access-control-allow-credentials")).toBeNull();
  });
});

describe("who has another role", () => {
  const WRITES = [
    ["POST", "", ["office"]],
    ["PUT", "/1", ["office"]],
    ["POST", "/1/submit", ["office"]],
    ["POST", "/1/review", ["reviewer"]],
    ["POST", "/1/take-back", ["office"]],
  ] as const;

  it.each(["office", "reviewer", "auditor", "operator", "station"] as const)(
    "writes only what %s may",
    async (role) => {
      for (const [method, path, roles] of WRITES) {
        if ((roles as readonly string[]).includes(role)) continue;
        const before = await states();
        const answer = await ask(`east ${role}-1`, method, path, ruleset("slipped in"));
        expect([role, method, path, answer.status]).toEqual([role, method, path, 403]);
        expect(await states()).toEqual(before);
      }
    },
  );

  it.each(["x-http-method-override", "x-method-override", "x-http-method"])("gains nothing by %s", async (header) => {
    const before = await states();
    const response = await fetch(`${api.base}/api/v1/rulesets`, {
      method: "GET",
      headers: { authorization: `Bearer ${tokens.get("east auditor-1")}`, [header]: "POST" },
    });
    expect(response.status).toBe(200);
    expect(await states()).toEqual(before);
  });
});

describe("who is of another county", () => {
  it("finds nothing under the numbers of this one, by any method", async () => {
    const path = await submitted("east's own");
    for (const [method, rest] of [
      ["GET", ""],
      ["PUT", ""],
      ["POST", "/submit"],
      ["POST", "/take-back"],
    ] as const) {
      const body = method === "GET" ? undefined : ruleset("taken over");
      const answer = await ask("west office-1", method, `${path}${rest}`, body);
      expect([method, rest, answer.status]).toEqual([method, rest, 404]);
    }
    expect((await ask("west reviewer-1", "POST", `${path}/review`, { verdict: "publish" })).status).toBe(404);
    expect(await states()).toContain(`${path.slice(1)} in-review`);
    expect(await states("west auditor-1")).toEqual([]);
  });

  it("is not let in by a county named beside the token", async () => {
    const response = await get("/api/v1/rulesets?county=east", {
      authorization: `Bearer ${tokens.get("west office-1")}`,
      "x-county": "east",
      "x-jurisdiction-id": "east",
    });
    expect(await response.json()).toEqual([]);
  });
});

describe("odd requests of somebody who may", () => {
  it.each([
    "0",
    "-1",
    "1e3",
    "9999999999999999999",
    "NaN",
    "1%00",
    "%2e%2e",
    "..%2f..",
    "1;drop",
    "%F0%9F%98%80",
    "__proto__",
  ])("a version called %s is not found, and nothing fails", async (number) => {
    const answer = await get(`/api/v1/rulesets/${number}`, { authorization: `Bearer ${right()}` });
    expect([400, 404]).toContain(answer.status);
  });

  it.each([
    ["a prototype", '{"__proto__":{"isOffice":true},"name":"x","rules":[],"otherwise":{"assign":{"grid":true}}}'],
    ["a constructor", '{"constructor":{"prototype":{"isOffice":true}},"name":"x","rules":[]}'],
    ["a tower", `${"[".repeat(50_000)}${"]".repeat(50_000)}`],
    ["a number beyond all", '{"name":1e999999,"rules":[]}'],
    ["half a document", '{"name":"x"'],
    ["nothing", ""],
    ["a list", "[]"],
    ["null", "null"],
  ])("a body that is %s is refused, and nothing fails", async (_what, body) => {
    const before = await states();
    const answer = await ask("east office-1", "POST", "", body === "" ? " " : body);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(await states()).toEqual(before);
    expect(({} as Record<string, unknown>).isOffice).toBeUndefined();
  });

  it("a note cannot write a header or a line of the log", async () => {
    const path = await submitted("with a note");
    api.forgetLog();
    const note = 'Agreed.\r\nset-cookie: a=b\r\n{"level":50,"msg":"forged"}';
    const answer = await ask("east reviewer-1", "POST", `${path}/review`, { verdict: "turn-down", note });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("set-cookie")).toBeNull();
    for (const line of api.logged().trim().split("\n").filter(Boolean)) {
      expect((JSON.parse(line) as { msg: string }).msg).not.toBe("forged");
    }
  });

  it("every answer forbids to be kept, framed or guessed at", async () => {
    for (const path of [...READS, "/api/openapi.json", "/api/docs", "/healthz", "/"]) {
      const { headers } = await get(path, { authorization: `Bearer ${right()}` });
      expect(headers.get("x-content-type-options"), path).toBe("nosniff");
      expect(headers.get("content-security-policy") ?? "", path).toContain("frame-ancestors 'none'");
    }
  });
});

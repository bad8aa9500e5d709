import { describe, expect, it } from "vitest";
import { MOST_BYTES } from "../../src/domain/rules/ruleset.ts";
import { rule, ruleset } from "../domain/rules/rule-sets.ts";
import { api, office, reviewer, states, submitted, tokens, withApi } from "./asked-api.ts";

withApi();

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
    const streamed = await fetch(`${api.base}/api/v1/rulesets`, {
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

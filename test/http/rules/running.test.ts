import { v7 as newId } from "uuid";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { ruleset } from "../../domain/rules/rule-sets.ts";
import { type WatchedService, watchedService } from "../../observe/watched.ts";

let watched: WatchedService;
beforeAll(async () => {
  watched = await watchedService();
});
afterAll(() => watched.close());

it("the service as it is started does the errands of a program, with its own right to the tables", async () => {
  const token = await watched.token("office");
  const post = async (path: string, body: unknown) => {
    const response = await fetch(`${watched.url}/api/v1${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "idempotency-key": newId() },
      body: JSON.stringify(body),
    });
    return { status: response.status, location: response.headers.get("location"), body: await response.json() };
  };
  const drafted = await post("/rulesets", ruleset());
  const asked = await post(`/rulesets/${drafted.body.number}/dry-run`, { since: "2020-01-01" });
  expect([asked.status, asked.location]).toEqual([202, `/api/v1/errands/${asked.body.id}`]);
  await vi.waitFor(
    async () => {
      const shown = await (await watched.get(asked.location ?? "", token)).json();
      expect(shown).toMatchObject({ state: "done", answer: { messages: 0, check: { findings: expect.any(Array) } } });
    },
    { timeout: 60_000, interval: 100 },
  );
});

import { Hono } from "hono";
import { expect, test } from "vitest";
import { builtOnce } from "../../src/http/api/built-once.ts";

test("an answer that is built once is built once for all who ask together, and anew where that failed", async () => {
  let built = 0;
  const app = new Hono()
    .get(
      "/",
      builtOnce("text/plain", async () => {
        built += 1;
        if (built === 1) throw new Error("the first time fails");
        return `built ${built}`;
      }),
    )
    .onError((_error, c) => c.text("failed", 500));
  expect((await app.request("/")).status).toBe(500);
  const answers = await Promise.all(Array.from({ length: 20 }, async () => (await app.request("/")).text()));
  expect(new Set(answers)).toEqual(new Set(["built 2"]));
  expect(built).toBe(2);
});

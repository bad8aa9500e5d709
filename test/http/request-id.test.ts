import { expect, test } from "vitest";
import { createApp } from "../../src/http/app.ts";
import { createLog } from "../../src/log.ts";

test("a request that fails is named in the log as in the answer, on webhooks too", async () => {
  let logged = "";
  const log = createLog("info", {
    write(line) {
      logged += line;
    },
  });
  const app = createApp({
    accounts: { find: () => Promise.reject(new Error("away")), named: async () => [], byId: async () => null },
    channelOf: () => ({ type: "telegrams" }) as never,
    inbox: { accept: async () => "stored", close: async () => undefined },
    passiveReply: async () => ({ kind: "nothing" }),
    now: () => new Date(),
    maxAgeSeconds: 300,
    log,
    checks: { database: () => Promise.reject(new Error("broken")) },
    publicUrl: "http://127.0.0.1",
  });
  for (const path of ["/webhooks/telegrams/one", "/readyz"]) {
    logged = "";
    const answer = await app.request(path);
    expect(answer.status).toBeGreaterThanOrEqual(500);
    expect(answer.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect(JSON.parse(logged).request).toBe(answer.headers.get("x-request-id"));
  }
});

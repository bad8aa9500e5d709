import { request } from "node:http";
import { expect, it } from "vitest";
import { api, withConsole } from "../console/console-api.ts";

withConsole();

const PART = Buffer.alloc(32 * 1024, 0x20);

/** Sends a body in parts whose length is never said, until an answer comes; gives the answer and how much was taken. */
function sendWithoutEnd(path: string): Promise<{ status: number | undefined; sent: number }> {
  return new Promise((resolve, reject) => {
    let sent = 0;
    const asked = request(`${api.base}/api/v1${path}`, {
      method: "POST",
      headers: { host: "east.example", "content-type": "application/json" },
    });
    asked.on("response", ({ statusCode: status }) => {
      asked.destroy();
      resolve({ status, sent });
    });
    asked.on("error", reject);
    const more = () => {
      if (asked.destroyed || sent > 20 * 1024 * 1024) return;
      sent += PART.length;
      asked.write(PART, () => setImmediate(more));
    };
    more();
  });
}

it("is refused at its limit, though it never says how long it is, to whoever is not signed in too", async () => {
  const { status, sent } = await sendWithoutEnd("/session");
  expect(status).toBe(413);
  expect(sent).toBeLessThan(8 * 1024 * 1024);
  const short = await fetch(`${api.base}/api/v1/session`, { method: "POST", body: " ".repeat(65 * 1024) });
  expect([short.status, (await short.json()).code]).toEqual([413, "too-large"]);
});

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import type { SimulatedPlatform } from "../../src/demo/platforms/face/platform.ts";
import { startFeishu } from "../../src/demo/platforms/feishu.ts";

const HOUR_MS = 3_600_000;
const CARD = {
  config: { update_multi: true },
  elements: [
    { tag: "action", actions: [{ tag: "button", text: { tag: "plain_text", content: "好" }, value: { key: "a" } }] },
  ],
};

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

/** A server that answers as it is told, and counts. */
async function serverThat(answers: () => number | "never") {
  const seen = { count: 0 };
  const server = createServer((request, response) => {
    request.resume().once("end", () => {
      seen.count += 1;
      const status = answers();
      if (status !== "never") response.writeHead(status, { "content-type": "application/json" }).end("{}");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  opened.push({
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  });
  return { seen, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

async function platformWith(url: string, answerWithinMs = 60_000) {
  const platform = await startFeishu({ answerWithinMs });
  opened.push(platform);
  const options = await platform.openAccount("one", url);
  const call = async (path: string, body: object, method = "POST", token = "") => {
    const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
    const response = await fetch(platform.url + path, { method, headers, body: JSON.stringify(body) });
    return (await response.json()) as Record<string, unknown>;
  };
  const secret = { app_id: options["app-id"], app_secret: options["app-secret"] };
  const given = await call("/open-apis/auth/v3/tenant_access_token/internal", secret);
  return {
    platform,
    call: (path: string, body: object, method = "POST") => call(path, body, method, String(given.tenant_access_token)),
  };
}

const statuses = (platform: SimulatedPlatform) => platform.log().filter(({ kind }) => kind === "webhook").length;

it("an event that is not taken is told again after 15 s, 5 min, 1 h and 6 h, and then no more", async () => {
  const { seen, url } = await serverThat(() => 500);
  const { platform } = await platformWith(url);
  expect(await platform.phone("one", "ou_1").say("在吗")).toEqual({ accepted: false });
  for (const [index, afterMs] of [15_000, 5 * 60_000, HOUR_MS, 6 * HOUR_MS].entries()) {
    platform.advanceClock(afterMs - 1000);
    expect(statuses(platform)).toBe(index + 1);
    platform.advanceClock(1000);
    await expect.poll(() => statuses(platform), { timeout: 60_000 }).toBe(index + 2);
  }
  platform.advanceClock(24 * HOUR_MS);
  expect(seen.count).toBe(5);
});

it("an answer that takes too long is none, and a press that had none is an error on the screen, told once", async () => {
  const answers: (number | "never")[] = [200, "never", "never"];
  const { seen, url } = await serverThat(() => answers.shift() ?? 200);
  const { platform, call } = await platformWith(url, 300);
  const phone = platform.phone("one", "ou_1");
  expect(await phone.say("在吗")).toEqual({ accepted: true });
  expect(await phone.say("还在吗")).toEqual({ accepted: false });
  const content = JSON.stringify(CARD);
  await call("/open-apis/im/v1/messages?receive_id_type=open_id", {
    receive_id: "ou_1",
    msg_type: "interactive",
    content,
  });
  expect(await phone.press(phone.lines().at(-1)!, "a")).toEqual({ accepted: false });
  expect(phone.lines().at(-1)?.text).toBe("200341");
  expect(seen.count).toBe(3);
});

it("the token of a press changes its card twice, not before the answer, and not after half an hour", async () => {
  const { url } = await serverThat(() => 200);
  const { platform, call } = await platformWith(url);
  const phone = platform.phone("one", "ou_1");
  await phone.open(null);
  const content = JSON.stringify(CARD);
  await call("/open-apis/im/v1/messages?receive_id_type=open_id", {
    receive_id: "ou_1",
    msg_type: "interactive",
    content,
  });
  const press = async () => {
    await phone.press(phone.lines().find(({ by }) => by === "service")!, "a");
    return String(Object(platform.log().findLast(({ kind }) => kind === "webhook")?.request).token);
  };
  const change = (token: string) => call("/open-apis/interactive/v1/card/update", { token, card: CARD });
  const token = await press();
  const codes = [await change(token), await change(token), await change(token)].map(({ code }) => code === 0);
  expect(codes).toEqual([true, true, false]);
  const late = await press();
  platform.advanceClock(31 * 60_000);
  expect((await change(late)).code).not.toBe(0);
});

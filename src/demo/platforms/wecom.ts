import { randomBytes, randomInt } from "node:crypto";
import { createServer } from "node:http";
import type { SimulatedPlatform } from "./face/platform.ts";
import { answerCall } from "./wecom/api.ts";
import { tryCallback } from "./wecom/callbacks.ts";
import { pickUpPhone } from "./wecom/phone.ts";
import { type App, createWorld } from "./wecom/world.ts";

/**
 * Starts a simulated WeCom on 127.0.0.1: apps of corporations, their members, cards with codes that serve once, files, and encrypted
 * callbacks. What is over thirty messages a minute to one member, or says the same again, is answered like any other and not shown.
 *
 * It shares no code with the channel that it talks to, so that an error there does not cancel itself out here.
 */
export async function startWecom(
  options: { readonly now?: () => Date; readonly port?: number } = {},
): Promise<SimulatedPlatform> {
  const clock = options.now ?? (() => new Date());
  let offsetMs = 0;
  const world = createWorld(() => new Date(clock().getTime() + offsetMs));
  const server = createServer((request, response) => void answerCall(world, request, response));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", () => resolve());
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const appOf = (account: string): App => {
    const app = world.apps.get(account);
    if (app === undefined) throw new Error(`There is no app ${account}.`);
    return app;
  };

  return {
    type: "wecom",
    url: `http://127.0.0.1:${port}`,
    async openAccount(account, webhookUrl) {
      const app: App = {
        ...{ account, webhookUrl, corpId: `ww${randomBytes(8).toString("hex")}` },
        agentId: String(randomInt(1_000_002, 1_999_999)),
        secret: randomBytes(32).toString("base64url"),
        token: randomBytes(12).toString("hex"),
        aesKey: randomBytes(32).toString("base64").slice(0, 43),
        ...{ members: new Map(), callbacks: [], taskIds: new Set(), said: new Map(), codes: new Map() },
      };
      world.apps.set(account, app);
      const { corpId, agentId, secret, token, aesKey } = app;
      return { "corp-id": corpId, "agent-id": agentId, "agent-secret": secret, token, "aes-key": aesKey };
    },
    phone: (account, person) => pickUpPhone(world, appOf(account), person),
    fail: (fault) => world.faults.add(fault),
    clearFaults: () => world.faults.clear(),
    advanceClock: (byMs) => {
      offsetMs += byMs;
    },
    async repeat(account, count) {
      const app = appOf(account);
      for (const fields of app.callbacks.slice(-count)) await tryCallback(world, app, null, fields);
    },
    listen(listener) {
      world.listeners.add(listener);
      return () => void world.listeners.delete(listener);
    },
    log: () => world.entries,
    close() {
      world.closing.abort();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

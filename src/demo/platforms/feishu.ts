import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { SimulatedPlatform } from "./face/platform.ts";
import { answerCall } from "./feishu/api.ts";
import { openCallbacks } from "./feishu/callbacks.ts";
import { pickUpPhone } from "./feishu/phone.ts";
import { type App, createWorld } from "./feishu/world.ts";

/** The options of a simulated Feishu. */
export type FeishuOptions = {
  readonly now?: () => Date;
  /** 0 or nothing for any free one. */
  readonly port?: number;
  /** How long a server may take for its answer, in real time; the platform's three seconds when left out. */
  readonly answerWithinMs?: number;
};

const ANSWER_WITHIN_MS = 3000;

/**
 * Starts a simulated Feishu on 127.0.0.1: apps, people's chats with their bots, cards, files, and events that are repeated for hours.
 *
 * It shares no code with the channel that it talks to, so that an error there does not cancel itself out here.
 */
export async function startFeishu(options: FeishuOptions = {}): Promise<SimulatedPlatform> {
  const clock = options.now ?? (() => new Date());
  let offsetMs = 0;
  const world = createWorld(() => new Date(clock().getTime() + offsetMs), options.answerWithinMs ?? ANSWER_WITHIN_MS);
  const callbacks = openCallbacks(world);
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
    type: "feishu",
    url: `http://127.0.0.1:${port}`,
    async openAccount(account, webhookUrl) {
      const secret = (bytes: number) => randomBytes(bytes).toString("base64url");
      const app: App = {
        ...{ account, webhookUrl, token: null, appId: `cli_${randomBytes(8).toString("hex")}` },
        ...{ appSecret: secret(24), encryptKey: secret(24), verificationToken: secret(24) },
        ...{ chats: new Map(), events: [], sentByKey: new Map(), cardTokens: new Map() },
      };
      world.apps.set(account, app);
      return {
        "app-id": app.appId,
        "app-secret": app.appSecret,
        "encrypt-key": app.encryptKey,
        "verification-token": app.verificationToken,
      };
    },
    phone: (account, person) => pickUpPhone(world, callbacks, appOf(account), person),
    fail: (fault) => world.faults.add(fault),
    clearFaults: () => world.faults.clear(),
    advanceClock: (byMs) => {
      offsetMs += byMs;
    },
    async repeat(account, count) {
      const app = appOf(account);
      await callbacks.repeat(app, app.events.slice(-count));
    },
    listen(listener) {
      world.listeners.add(listener);
      return () => void world.listeners.delete(listener);
    },
    log: () => world.entries,
    close() {
      world.closing.abort();
      callbacks.close();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

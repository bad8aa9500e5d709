import { randomBytes, randomInt } from "node:crypto";
import { createServer } from "node:http";
import type { SimulatedPlatform } from "./face/platform.ts";
import { answerCall } from "./telegram/api.ts";
import { pickUpPhone, type ToSatellites } from "./telegram/phone.ts";
import { enterRoom } from "./telegram/room.ts";
import { tryUpdate } from "./telegram/updates.ts";
import { type Bot, createWorld } from "./telegram/world.ts";

/** The options of a simulated Telegram. */
export type TelegramOptions = {
  readonly now?: () => Date;
  /** 0 or nothing for any free one. */
  readonly port?: number;
  /** How a place of the map becomes one of the satellites' datum; the same where nothing is said. */
  readonly toSatellites?: ToSatellites;
};

/**
 * Starts a simulated Telegram on 127.0.0.1: bots, their private chats, buttons, edits, files and updates.
 *
 * It shares no code with the channel that it talks to, so that an error there does not cancel itself out here.
 */
export async function startTelegram(options: TelegramOptions = {}): Promise<SimulatedPlatform> {
  const clock = options.now ?? (() => new Date());
  let offsetMs = 0;
  const world = createWorld(() => new Date(clock().getTime() + offsetMs));
  const toSatellites = options.toSatellites ?? ((longitude, latitude) => [longitude, latitude] as const);
  const server = createServer((request, response) => void answerCall(world, request, response));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", () => resolve());
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const botOf = (account: string): Bot => {
    const bot = world.bots.get(account);
    if (bot === undefined) throw new Error(`There is no bot ${account}.`);
    return bot;
  };

  return {
    type: "telegram",
    url: `http://127.0.0.1:${port}`,
    async openAccount(account, webhookUrl) {
      const id = randomInt(100_000_000, 999_999_999);
      const token = `${id}:${randomBytes(26).toString("base64url")}`;
      const secret = randomBytes(18).toString("base64url");
      const webhook = { url: webhookUrl, secret };
      world.bots.set(account, {
        ...{ account, id, token, webhook, username: `${account}_bot` },
        ...{ chats: new Map(), updates: [], sent: new Set<string>() },
      });
      return { "bot-token": token, "secret-token": secret };
    },
    phone: (account, person) => pickUpPhone(world, botOf(account), person, toSatellites),
    room: (account, room, members) => enterRoom(world, botOf(account), room, members),
    fail: (fault) => world.faults.add(fault),
    clearFaults: () => world.faults.clear(),
    advanceClock: (byMs) => {
      offsetMs += byMs;
    },
    async repeat(account, count) {
      const bot = botOf(account);
      for (const update of bot.updates.slice(-count)) await tryUpdate(world, bot, null, update);
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

import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { RoomView, SimulatedPlatform } from "./face/platform.ts";
import { answerCall } from "./wechaty/api.ts";
import { tryBatch } from "./wechaty/hand-over.ts";
import { enterRoom, pickUpPhone } from "./wechaty/people.ts";
import { createWorld, type Held } from "./wechaty/world.ts";

/** A simulated bridge: unlike others it has rooms. */
export type SimulatedWechaty = SimulatedPlatform & {
  room(account: string, room: string, members: readonly string[]): RoomView;
};

/**
 * Starts a simulated Wechaty bridge on 127.0.0.1, with people and rooms behind it.
 *
 * It shares no code with the channel that it talks to, nor with the bridge, so that an error there does not cancel itself out here.
 */
export async function startWechaty(options: { readonly now?: () => Date } = {}): Promise<SimulatedWechaty> {
  const clock = options.now ?? (() => new Date());
  let offsetMs = 0;
  const world = createWorld(() => new Date(clock().getTime() + offsetMs));
  const server = createServer((request, response) => void answerCall(world, request, response));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve());
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const heldBy = (account: string): Held => {
    const held = world.held.get(account);
    if (held === undefined) throw new Error(`There is no account ${account}.`);
    return held;
  };
  return {
    type: "wechaty",
    url: `http://127.0.0.1:${port}`,
    async openAccount(account, webhookUrl) {
      const secret = randomBytes(24).toString("base64url");
      world.held.set(account, { account, secret, webhookUrl, chats: new Map(), batches: [] });
      return { secret };
    },
    phone: (account, person) => pickUpPhone(world, heldBy(account), person),
    room: (account, room, members) => enterRoom(world, heldBy(account), room, members),
    fail: (fault) => world.faults.add(fault),
    clearFaults: () => world.faults.clear(),
    advanceClock: (byMs) => {
      offsetMs += byMs;
    },
    async repeat(account, count) {
      const held = heldBy(account);
      for (const batch of held.batches.slice(-count)) await tryBatch(world, held, batch);
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

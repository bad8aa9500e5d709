import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import { answerCall } from "./dingtalk/api.ts";
import { openGateway } from "./dingtalk/gateway.ts";
import { pickUpPhone } from "./dingtalk/phone.ts";
import { createWorld, type Robot } from "./dingtalk/world.ts";
import type { SimulatedPlatform } from "./face/platform.ts";

/** The options of a simulated DingTalk. */
export type DingtalkOptions = {
  readonly now?: () => Date;
  /** 0 or nothing for any free one. */
  readonly port?: number;
  /** How long a phone waits for its message to be acknowledged, in real time. */
  readonly patienceMs?: number;
};

/** A simulated DingTalk, with its gateway as a test looks at it. */
export type SimulatedDingtalk = SimulatedPlatform & {
  /** How many connections of an account are open and alive. */
  connections(account: string): number;
  /** Breaks an account's lines: half open, cut, or with the word that the gateway ends them. */
  disturb(account: string, how: "mute" | "cut" | "disconnect"): void;
  /** Tells an account's server what no server knows: another event, another callback, a kind of message. @returns whether all was acknowledged */
  tellOddities(account: string): Promise<boolean>;
};

const PATIENCE_MS = 10_000;
const ODDITIES = [
  { type: "EVENT", topic: "*", data: '{"eventType":"user_add_org"}' },
  { type: "CALLBACK", topic: "/v1.0/card/instances/callback", data: '{"outTrackId":"1"}' },
  {
    type: "CALLBACK",
    topic: "/v1.0/im/bot/messages/get",
    data: '{"msgId":"o1","msgtype":"dice","senderStaffId":"9999"}',
  },
] as const;

/**
 * Starts a simulated DingTalk on 127.0.0.1: robots, members' chats with them, files, and the gateway to which servers connect.
 *
 * It shares no code with the channel that it talks to, so that an error there does not cancel itself out here.
 */
export async function startDingtalk(options: DingtalkOptions = {}): Promise<SimulatedDingtalk> {
  const clock = options.now ?? (() => new Date());
  let offsetMs = 0;
  const world = createWorld(() => new Date(clock().getTime() + offsetMs), options.patienceMs ?? PATIENCE_MS);
  const gateway = openGateway(world);
  const server = createServer((request, response) => void answerCall(world, request, response));
  server.on("upgrade", (request, socket) => gateway.take(request, socket));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", () => resolve());
  });
  const address = server.address();
  world.url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  const robotOf = (account: string): Robot => {
    const robot = world.robots.get(account);
    if (robot === undefined) throw new Error(`There is no robot ${account}.`);
    return robot;
  };

  return {
    type: "dingtalk",
    url: world.url,
    async openAccount(account) {
      const robot: Robot = {
        ...{ account, token: null, clientId: `ding${randomBytes(8).toString("hex")}` },
        ...{ clientSecret: randomBytes(32).toString("base64url"), robotCode: `ding${randomBytes(6).toString("hex")}` },
        ...{ tickets: new Set(), chats: new Map(), callbacks: [] },
      };
      world.robots.set(account, robot);
      return { "client-id": robot.clientId, "client-secret": robot.clientSecret, "robot-code": robot.robotCode };
    },
    phone: (account, person) => pickUpPhone(world, gateway, robotOf(account), person),
    connections: (account) => gateway.count(robotOf(account)),
    disturb: (account, how) => gateway.disturb(robotOf(account), how),
    async tellOddities(account) {
      const ends = ODDITIES.map((one) => gateway.tell(robotOf(account), { ...one, person: null }));
      return (await Promise.all(ends)).every(Boolean);
    },
    fail: (fault) => world.faults.add(fault),
    clearFaults: () => world.faults.clear(),
    advanceClock: (byMs) => {
      offsetMs += byMs;
    },
    async repeat(account, count) {
      const robot = robotOf(account);
      await gateway.again(robot, robot.callbacks.slice(-count));
    },
    listen(listener) {
      world.listeners.add(listener);
      return () => void world.listeners.delete(listener);
    },
    log: () => world.entries,
    close() {
      gateway.close();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { acceptSocket, type SocketEnd } from "./web-socket.ts";
import { type Callback, type Robot, record, type World } from "./world.ts";

/** What is not acknowledged is told again after this. */
const REPEAT_MS = 60_000;
const PING_MS = 30_000;
const LOOK_MS = 20;

/**
 * A connection of a robot's server. `isMute`: the line is half open, so that nothing goes either way; `isLeaving`: the gateway has
 * said that it ends it, and tells nothing new there.
 */
type Held = {
  readonly robot: Robot;
  readonly end: SocketEnd;
  isMute: boolean;
  isLeaving: boolean;
  pingedAtMs: number;
};

/** The gateway to which the servers of robots connect. */
export type Gateway = {
  take(request: IncomingMessage, socket: Duplex): void;
  /** Tells a callback until it is acknowledged. @returns whether it was within a phone's patience */
  tell(robot: Robot, callback: Pick<Callback, "person" | "type" | "topic" | "data">): Promise<boolean>;
  /** Tells some once more, whether they were acknowledged or not. */
  again(robot: Robot, callbacks: readonly Callback[]): Promise<void>;
  /** How many connections of a robot are open and alive. */
  count(robot: Robot): number;
  /** Breaks the lines of a robot: half open, cut, or with the word that the gateway ends them. */
  disturb(robot: Robot, how: "mute" | "cut" | "disconnect"): void;
  close(): void;
};

/** Opens the gateway: pings, callbacks, and their repeats by the platform's clock. */
export function openGateway(world: World): Gateway {
  const held = new Set<Held>();

  const frame = (type: string, topic: string, messageId: string, data: string) =>
    JSON.stringify({
      specVersion: "1.0",
      type,
      headers: { topic, messageId, contentType: "application/json", time: String(world.now().getTime()) },
      data,
    });
  const send = (robot: Robot, callback: Callback): boolean => {
    const line = [...held].findLast((one) => one.robot === robot && !one.isLeaving);
    if (line === undefined) return false;
    const messageId = world.nextId("frame_");
    callback.messageIds.add(messageId);
    callback.toldAtMs = world.now().getTime();
    if (!line.isMute) line.end.send(frame(callback.type, callback.topic, messageId, callback.data));
    record(world, {
      ...{ kind: "webhook", at: world.now(), account: robot.account, person: callback.person },
      ...{ path: callback.topic, request: JSON.parse(callback.data), status: null, code: null },
    });
    return true;
  };
  const look = (): void => {
    const nowMs = world.now().getTime();
    for (const robot of world.robots.values()) {
      for (const callback of robot.callbacks) {
        if (callback.isAcknowledged) continue;
        if (callback.toldAtMs === null || nowMs - callback.toldAtMs >= REPEAT_MS) send(robot, callback);
      }
    }
    for (const line of held) {
      if (line.isMute || nowMs - line.pingedAtMs < PING_MS) continue;
      line.pingedAtMs = nowMs;
      line.end.send(frame("SYSTEM", "ping", world.nextId("ping_"), '{"opaque":"1"}'));
    }
  };
  const onText = (line: Held, text: string): void => {
    if (line.isMute) return;
    const { code, headers } = JSON.parse(text);
    if (code !== 200) return;
    const callback = line.robot.callbacks.find(({ messageIds }) => messageIds.has(headers?.messageId));
    if (callback === undefined) return;
    callback.isAcknowledged = true;
    callback.acknowledged();
  };
  const timer = setInterval(look, LOOK_MS).unref();

  return {
    take(request, socket) {
      const ticket = new URL(request.url ?? "/", "http://here").searchParams.get("ticket") ?? "";
      const robot = [...world.robots.values()].find(({ tickets }) => tickets.delete(ticket));
      if (robot === undefined) {
        socket.end("HTTP/1.1 401 Unauthorized\r\n\r\n");
        return;
      }
      const end = acceptSocket(request, socket, {
        onText: (text) => onText(line, text),
        onEnd: () => void held.delete(line),
      });
      const line: Held = { robot, end, isMute: false, isLeaving: false, pingedAtMs: world.now().getTime() };
      held.add(line);
      end.send(frame("SYSTEM", "CONNECTED", world.nextId("sys_"), "{}"));
      end.send(frame("SYSTEM", "REGISTERED", world.nextId("sys_"), "{}"));
    },
    async tell(robot, told) {
      const acknowledged = Promise.withResolvers<boolean>();
      const callback: Callback = {
        ...told,
        ...{ toldAtMs: null, messageIds: new Set(), isAcknowledged: false },
        acknowledged: () => acknowledged.resolve(true),
      };
      robot.callbacks.push(callback);
      send(robot, callback);
      const impatient = setTimeout(() => acknowledged.resolve(false), world.patienceMs).unref();
      return acknowledged.promise.finally(() => clearTimeout(impatient));
    },
    async again(robot, callbacks) {
      for (const callback of callbacks) {
        const acknowledged = Promise.withResolvers<void>();
        callback.acknowledged = () => acknowledged.resolve();
        callback.isAcknowledged = false;
        send(robot, callback);
        const impatient = setTimeout(() => acknowledged.resolve(), world.patienceMs).unref();
        await acknowledged.promise.finally(() => clearTimeout(impatient));
      }
    },
    count: (robot) => [...held].filter((one) => one.robot === robot && !one.isMute && !one.isLeaving).length,
    disturb(robot, how) {
      for (const line of [...held].filter((one) => one.robot === robot)) {
        if (how === "mute") line.isMute = true;
        else if (how === "cut") {
          held.delete(line);
          line.end.cut();
        } else {
          line.isLeaving = true;
          line.end.send(frame("SYSTEM", "disconnect", world.nextId("sys_"), '{"reason":"gateway restarts"}'));
        }
      }
    },
    close() {
      clearInterval(timer);
      for (const { end } of held) end.cut();
    },
  };
}

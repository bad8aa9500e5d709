import { setTimeout as pause } from "node:timers/promises";
import type { Connection, Hand, SenderServices } from "../channel.ts";
import { fieldsIn, idIn, type JsonFields } from "../json-fields.ts";
import { parseJsonObject } from "../tencent-callback/json.ts";
import type { Credentials } from "./api.ts";
import { openSocket } from "./gateway.ts";
import { inboundsOf, quarantined } from "./inbound.ts";

const MESSAGES = "/v1.0/im/bot/messages/get";
/** The gateway pings well within this; a connection on which nothing came for so long is half open. */
const SILENT_MS = 150_000;
const LOOK_MS = 1000;
/** What is being stored when a connection is closed is acknowledged if that does not take longer. */
const LAST_WORDS_MS = 3000;

/**
 * Stays connected to the platform's gateway (Stream). A callback is acknowledged when what it brought is stored, and only then: without
 * that the platform tells it again after a minute. What nobody knows is acknowledged too, for it would come for ever.
 *
 * Where the gateway says that it will end the connection, or has been silent, another is opened before that one is closed.
 */
export async function stayConnected(
  credentials: Credentials,
  services: SenderServices,
  hand: Hand,
): Promise<Connection> {
  const { now } = services;
  const closed = Promise.withResolvers<string>();
  const state = {
    socket: await openSocket(credentials, services),
    lastFrameAt: now(),
    isReplacing: false,
    isOver: false,
  };
  let storing: Promise<void> = Promise.resolve();

  const lastWords = () => Promise.race([storing, pause(LAST_WORDS_MS, undefined, { ref: false })]);
  const end = (reason: string): void => {
    if (state.isOver) return;
    state.isOver = true;
    clearInterval(watching);
    state.socket.close();
    closed.resolve(reason);
  };
  const replace = async (why: string): Promise<void> => {
    if (state.isReplacing || state.isOver) return;
    state.isReplacing = true;
    try {
      const next = await openSocket(credentials, services);
      const former = state.socket;
      attach(next);
      // Whoever was told to end while this one was opened has closed the former alone.
      if (state.isOver) next.close();
      else void lastWords().then(() => former.close());
    } catch {
      end(why);
    } finally {
      state.isReplacing = false;
    }
  };
  const store = async (socket: WebSocket, frame: JsonFields): Promise<void> => {
    const data = idIn(frame, "data");
    const isMessage = idIn(frame, "type") === "CALLBACK" && idIn(fieldsIn(frame, "headers"), "topic") === MESSAGES;
    const messages = isMessage ? inboundsOf(data, now()) : [];
    try {
      if (messages.length > 0) await hand(messages);
    } catch {
      return;
    }
    const done = idIn(frame, "type") === "EVENT" ? { status: "SUCCESS", message: "" } : { response: {} };
    answer(socket, frame, JSON.stringify(done));
  };
  const onSystem = (socket: WebSocket, frame: JsonFields): void => {
    const topic = idIn(fieldsIn(frame, "headers"), "topic");
    if (topic === "ping") answer(socket, frame, String(frame.data ?? ""));
    if (topic === "disconnect") void replace("the gateway ends the connection");
  };
  const onFrame = (socket: WebSocket, text: string): void => {
    state.lastFrameAt = now();
    const frame = parseJsonObject(text);
    if (frame !== null && idIn(frame, "type") === "SYSTEM") {
      onSystem(socket, frame);
      return;
    }
    // One after the other, in the order in which they came; a failure is the platform's to repeat.
    const work = frame === null ? () => hand([quarantined(text, now())]) : () => store(socket, frame);
    storing = storing.then(work).catch(() => undefined);
  };
  const attach = (socket: WebSocket): void => {
    Object.assign(state, { socket, lastFrameAt: now() });
    socket.addEventListener("message", ({ data }) => onFrame(socket, String(data)));
    socket.addEventListener("close", ({ code }) => {
      if (socket === state.socket) end(`the connection was lost (${code})`);
    });
  };

  attach(state.socket);
  const watching = setInterval(() => {
    if (now().getTime() - state.lastFrameAt.getTime() > SILENT_MS) void replace("the gateway was silent");
  }, LOOK_MS);
  watching.unref();
  return {
    closed: closed.promise,
    async close() {
      await lastWords();
      end("closed");
    },
  };
}

function answer(socket: WebSocket, frame: JsonFields, data: string): void {
  if (socket.readyState !== WebSocket.OPEN) return;
  const headers = { contentType: "application/json", messageId: idIn(fieldsIn(frame, "headers"), "messageId") };
  socket.send(JSON.stringify({ code: 200, headers, message: "OK", data }));
}

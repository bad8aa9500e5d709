import { type Context, Hono } from "hono";
import { describeRoute } from "hono-openapi";
import type { Vault } from "../../../../db/vault.ts";
import type { Hint } from "../../../casework/live/hints.ts";
import type { Hearing, Listener, Live } from "../../../casework/live/live.ts";
import { notePresence } from "../../../casework/live/presence.ts";
import { dayIn } from "../../../domain/calendar/deadline.ts";
import { type CallerEnv, identify, lookAgain } from "../../auth.ts";
import { LIVE } from "../../contract/live.ts";
import { problem } from "../../problem.ts";
import { requestIdOf } from "../../request-id.ts";
import { noCase } from "../case-problems.ts";
import { specOf } from "../operation-spec.ts";
import { type OperationServices, operationRoutes } from "../operations.ts";
import { readRequest } from "../read-request.ts";

/** The times of streams of hints, in milliseconds. */
export type StreamTimes = {
  /** A stream lasts so long, then it is opened anew: a peer that vanished without a word costs nothing for longer. */
  readonly lastsMs: number;
  /** So often it is looked whether the session is still there. */
  readonly checkMs: number;
  /** So often something is written, so that nobody between takes the connection for dead. */
  readonly commentMs: number;
};

const TIMES: StreamTimes = { lastsMs: 15 * 60_000, checkMs: 60_000, commentMs: 20_000 };
const RETRY_MS = 5000;
/** A page that is so many writes behind does not read. */
const MOST_BEHIND = 64;
/** So long an ended stream's connection may take to close. */
const CLOSE_MS = 5000;

type LiveServices = OperationServices & {
  readonly vault: Vault;
  readonly timeZone: string;
  readonly live: Live;
  readonly streamTimes?: StreamTimes;
};

/** The routes by which an open page hears of changes, and says that somebody is at a case. */
export function liveRoutes(services: LiveServices): Hono<CallerEnv> {
  const { guard, vault, timeZone } = services;
  const { "GET /live": stream, ...presence } = LIVE;
  const app = new Hono<CallerEnv>();
  app.get("/live", describeRoute(specOf(stream)), identify(guard, stream), async (c) => {
    const read = await readRequest(c, stream, c.get("caller"));
    const headers = { "x-request-id": requestIdOf(c) };
    if (!read.ok) return problem(c, read.problem, headers);
    const { topics } = read.given.query as { readonly topics: readonly Hint["topic"][] };
    const told = await openStream(c, services, new Set(topics));
    return told ?? problem(c, AWAY, { ...headers, "retry-after": "5" });
  });
  app.route(
    "/",
    operationRoutes(services, presence, {
      "PUT /cases/{number}/presence": async ({ tx, caller, now, params: { number }, body: { doing } }) => {
        const means = { vault, now, today: dayIn(now, timeZone) };
        const others = await notePresence(tx, means, { caller, number, doing });
        if (others === null) return { problem: noCase(number) };
        return { body: { others: others.map((one) => ({ name: one.name, doing: one.doing })) } };
      },
    }),
  );
  return app;
}

const AWAY = {
  status: 503,
  title: "Service Unavailable",
  code: "not-live",
  detail: "Changes cannot be told from here now: ask for what is shown again instead.",
} as const;

/** Opens a stream; null where nothing can be heard. */
async function openStream(
  c: Context<CallerEnv>,
  { guard, vault, live, streamTimes: times = TIMES }: LiveServices,
  topics: Listener["topics"],
): Promise<Response | null> {
  let caller = c.get("caller");
  let hearing: Hearing | null = null;
  let isOver = false;
  let writer: ReadableStreamDefaultController<Uint8Array> | null = null;
  const timers: NodeJS.Timeout[] = [];
  const leave = (): void => {
    isOver = true;
    for (const timer of timers) clearInterval(timer);
    hearing?.stop();
    c.req.raw.signal.removeEventListener("abort", leave);
  };
  const end = (): void => {
    if (isOver) return;
    leave();
    writer?.close();
    const connection = c.env.outgoing;
    setTimeout(() => connection?.destroy(), CLOSE_MS).unref();
  };
  const write = (text: string): void => {
    if (isOver || writer === null) return;
    if ((writer.desiredSize ?? 0) <= 0) end();
    else writer.enqueue(new TextEncoder().encode(text));
  };
  const sealedFor = `live:${caller.jurisdictionId}:${caller.id}`;
  const idOf = (position: number) => Buffer.from(vault.seal(String(position), sealedFor)).toString("base64url");
  const since = positionOf(vault, c.req.header("last-event-id"), sealedFor);
  const waiting: (readonly [readonly Hint[], number])[] = [];
  const listener: Listener = {
    get caller() {
      return caller;
    },
    topics,
    hear: (hints, position) =>
      writer === null ? waiting.push([hints, position]) : write(eventsOf(hints, idOf(position))),
    end,
  };
  try {
    hearing = await live.listen(listener, since);
  } catch (error) {
    guard.log.warn({ err: error }, "nobody can listen now");
    return null;
  }
  if (isOver || c.req.raw.signal.aborted) {
    leave();
    return null;
  }
  const { position, missed } = hearing;
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        writer = controller;
        write(
          `retry: ${RETRY_MS}\nid: ${idOf(position)}\nevent: hello\ndata: {"resumed":${missed !== null && since !== null}}\n\n`,
        );
        if (missed !== null) write(eventsOf(missed, idOf(position)));
        for (const [hints, at] of waiting) write(eventsOf(hints, idOf(at)));
      },
      cancel: leave,
    },
    { highWaterMark: MOST_BEHIND },
  );
  c.req.raw.signal.addEventListener("abort", leave);
  const look = lookAgain(guard, LIVE["GET /live"]);
  const check = async (): Promise<void> => {
    const now = await look(c).catch((error) => {
      guard.log.warn({ err: error }, "a session could not be looked up again");
      return null;
    });
    if (now === null || now.id !== caller.id) end();
    else caller = now;
  };
  timers.push(
    setTimeout(end, times.lastsMs),
    setInterval(() => void check(), times.checkMs),
    setInterval(() => write(": still here\n\n"), times.commentMs),
  );
  return c.body(body, 200, {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store, no-transform",
    "x-accel-buffering": "no",
    connection: "close",
    "x-request-id": requestIdOf(c),
  });
}

/** The position that an id stands for, sealed so that nobody reads from it how much happens of which they do not hear; null for none of this caller. */
function positionOf(vault: Vault, id: string | undefined, purpose: string): number | null {
  if (id === undefined || id === "") return null;
  try {
    return Number(vault.open(Buffer.from(id, "base64url"), purpose));
  } catch {
    return null;
  }
}

function eventsOf(hints: readonly Hint[], id: string): string {
  return hints.map((hint) => `id: ${id}\nevent: changed\ndata: ${JSON.stringify(hint)}\n\n`).join("");
}

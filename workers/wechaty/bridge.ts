import { join } from "node:path";
import { describe, describeFriend, WITH_FILE } from "./describe.ts";
import { type HandOver, type Service, startHandOver } from "./hand-over.ts";
import { type KeptFiles, MAX_FILE_BYTES, openFiles } from "./kept-files.ts";
import { causeOf, type Log } from "./log.ts";
import type { Bot, Friendship, Message } from "./puppet.ts";
import { openServer, type Server } from "./server.ts";
import { openSpool, type Spool } from "./spool.ts";
import type { WireMessage } from "./wire.ts";

const DAY_MS = 86_400_000;
/** Ids of messages that are known again after a reconnect; the service knows older ones. */
const REMEMBERED = 5_000;
const TIDY_MS = 3_600_000;
const FILE_LIMIT_MS = 60_000;

/** The options of a bridge. */
export type BridgeOptions = {
  readonly bot: Bot;
  /** What waits and the files lie there. */
  readonly folder: string;
  readonly service: Omit<Service, "now" | "log">;
  /** Makes what a puppet sends of a file. */
  readonly fileOf: (name: string, bytes: Buffer) => unknown;
  /** 0 for any free one. */
  readonly port: number;
  readonly host?: string;
  readonly now?: () => Date;
  readonly log: Log;
  /** Waits for a message's turn; real time where nothing else is said. */
  readonly wait?: (ms: number) => Promise<void>;
};

/** A running bridge. */
export type Bridge = {
  /** Where the service reaches it. */
  readonly url: string;
  readonly waiting: () => number;
  /** Resolves when everything that has arrived is on the disk. */
  settled(): Promise<void>;
  close(): Promise<void>;
};

/**
 * Starts a bridge between a Wechaty bot and the service: what people say goes into the spool, and from there to the service; what the
 * service sends is said by the bot.
 *
 * A puppet tells a message once: it counts as taken only when it is on the disk. A handler that throws would end the process: none does.
 */
export async function startBridge(options: BridgeOptions): Promise<Bridge> {
  const { bot, folder, log, now = () => new Date() } = options;
  const spool = await openSpool<WireMessage>(folder, { now, log });
  const files = await openFiles(join(folder, "files"));
  const handOver = startHandOver(spool, { ...options.service, now, log });
  const server = await openServer({ ...options, files, now, state: () => stateOf(bot, spool, handOver) });
  const taking = takeFrom({ bot, spool, files, log, now, taken: () => handOver.wake() });
  const tidy = async () => {
    await spool.moveOldAside();
    await files.forgetOld(now());
  };
  const tidying = setInterval(
    () => void tidy().catch((error) => log("tidy-failed", { cause: causeOf(error) })),
    TIDY_MS,
  );
  await tidy();
  return {
    url: server.url,
    waiting: spool.size,
    settled: taking.settled,
    close: () => close({ taking, tidying, server, handOver, spool }),
  };
}

type Parts = {
  readonly taking: Taking;
  readonly tidying: NodeJS.Timeout;
  readonly server: Server;
  readonly handOver: HandOver;
  readonly spool: Spool<WireMessage>;
};

async function close({ taking, tidying, server, handOver, spool }: Parts): Promise<void> {
  taking.end();
  clearInterval(tidying);
  await server.close();
  await taking.settled();
  await handOver.close();
  await spool.settled();
}

function stateOf(bot: Bot, spool: Spool<WireMessage>, handOver: HandOver) {
  return { isLoggedIn: bot.isLoggedIn, waiting: spool.size(), isTaken: handOver.isTaken() };
}

type Taking = { settled(): Promise<void>; end(): void };

/** Listens to a bot: each thing that it tells is looked at when the one before it is on the disk, so that the order stays. */
function takeFrom(parts: {
  readonly bot: Bot;
  readonly spool: Spool<WireMessage>;
  readonly files: KeptFiles;
  readonly log: Log;
  readonly now: () => Date;
  readonly taken: () => void;
}): Taking {
  const { bot, spool, log, now, taken } = parts;
  const oldest = now().getTime() - DAY_MS;
  const seen = new Set<string>();
  let chain: Promise<void> = Promise.resolve();

  /** Runs a handler behind those before it; whatever it throws is written down and ends nothing. */
  const behind = (event: string, work: () => Promise<void>): void => {
    chain = chain.then(work).catch((error) => log("handler-failed", { of: event, cause: causeOf(error) }));
  };
  const put = async (described: WireMessage | null): Promise<void> => {
    if (described === null) return;
    await spool.append(described);
    taken();
  };
  const onMessage = (message: Message) => {
    behind("message", async () => {
      if (message.self() || message.date().getTime() < oldest || seen.has(message.id)) return;
      await put(await readMessage(message, parts));
      seen.add(message.id);
      const [first] = seen;
      if (seen.size > REMEMBERED && first !== undefined) seen.delete(first);
    });
  };
  const onFriend = (friendship: Friendship) => behind("friendship", () => put(describeFriend(friendship, now())));
  const onLogin = () => log("logged-in");
  const onLogout = () => log("logged-out");
  const onError = (error: unknown) => log("puppet-error", { cause: causeOf(error) });
  const onScan = (code: string, status: number) =>
    log("scan", { status, open: `https://wechaty.js.org/qrcode/${encodeURIComponent(code)}` });
  const listeners: readonly (readonly [string, (...given: never[]) => void])[] = [
    ["message", onMessage],
    ["friendship", onFriend],
    ["login", onLogin],
    ["logout", onLogout],
    ["error", onError],
    ["scan", onScan],
  ];
  for (const [event, listener] of listeners) bot.on(event, listener);
  return {
    settled: () => chain,
    end: () => {
      for (const [event, listener] of listeners) bot.off(event, listener);
    },
  };
}

/** A message with its file kept; one that the puppet cannot tell about is handed over as of an unknown kind, so that it is not lost. */
async function readMessage(
  message: Message,
  { bot, files, log }: { readonly bot: Bot; readonly files: KeptFiles; readonly log: Log },
): Promise<WireMessage | null> {
  const described = await describe(message, bot.currentUser).catch((error): WireMessage | null => {
    log("not-described", { cause: causeOf(error) });
    // Of a room nobody knows whether it was said to us.
    if (message.room() !== undefined) return null;
    const { id } = message;
    return {
      ...{ id, at: message.date().getTime(), from: message.talker().id, room: null, toUs: true, text: "" },
      ...{ kind: "unknown", type: message.type() },
    };
  });
  if (described === null || !WITH_FILE.has(described.kind)) return described;
  try {
    const box = await within(message.toFileBox(), FILE_LIMIT_MS);
    const bytes = await within(box.toBuffer(), FILE_LIMIT_MS);
    if (bytes.byteLength > MAX_FILE_BYTES) log("file-too-large", { bytes: bytes.byteLength });
    else await files.keep(message.id, bytes);
    return { ...described, fileName: box.name };
  } catch (error) {
    log("file-not-kept", { cause: causeOf(error) });
    return described;
  }
}

function within<T>(work: Promise<T>, ms: number): Promise<T> {
  const limit = Promise.withResolvers<never>();
  const timer = setTimeout(() => limit.reject(new Error("it took too long")), ms);
  return Promise.race([work, limit.promise]).finally(() => clearTimeout(timer));
}

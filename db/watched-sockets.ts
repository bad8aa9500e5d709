import { Socket } from "node:net";

/** How often a socket is looked at within its limit; a process that was stopped for a while has looked once, not often. */
const LOOKS = 8;
/** The end of what Postgres says when it owes no answer: ReadyForQuery outside of a transaction. */
const IDLE = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);

type Watched = {
  readonly socket: Socket;
  read: number;
  written: number;
  /** Looks since anything was heard, and those of them at which an answer was owed. */
  silent: number;
  owed: number;
  tail: Buffer;
  owesRest: boolean;
};

/**
 * A factory of sockets for the connections of one pool to Postgres, which destroy themselves when the server owes an
 * answer and is silent; the others of the pool that were as silent go with it, for they crossed the same network.
 *
 * A link that is half open (a firewall forgot it, the other machine lost its power) loses what is written and ends
 * nothing: without this, the operating system waits a quarter of an hour, and the connection's place in the pool with it.
 * Whoever uses it must keep the server from being silent for so long by a `statement_timeout` below the limit. Inside
 * TLS only the amounts of bytes can be seen, so a link that dies between two parts of one answer is left to keepalive.
 * @param limitMs of silence
 * @param broken called when a link ends that was not asked to, before anybody else hears of it
 */
export function watchedSockets(limitMs: number, broken: () => void = () => undefined): () => Socket {
  const pool = new Set<Watched>();
  let watch: NodeJS.Timeout | undefined;
  const look = () => {
    for (const one of pool) {
      if (one.socket.destroyed) pool.delete(one);
      else if (one.socket.bytesRead !== one.read) dispatch(one);
      else lookAt(one);
    }
    const longest = Math.max(0, ...[...pool].map((one) => one.owed));
    if (longest > LOOKS) {
      broken();
      for (const one of pool) if (one.silent >= longest) one.socket.destroy(silence(limitMs));
    }
    if (pool.size > 0) return;
    clearInterval(watch);
    watch = undefined;
  };
  return () => {
    const socket = new Socket();
    const one = watched(socket);
    pool.add(one);
    endAtOnce(one, broken);
    watch ??= setInterval(look, limitMs / LOOKS).unref();
    return socket;
  };
}

function watched(socket: Socket): Watched {
  const one: Watched = { socket, read: 0, written: 0, silent: 0, owed: 0, tail: Buffer.alloc(0), owesRest: false };
  socket.on("data", (chunk: Buffer) => {
    one.tail = (chunk.length < IDLE.length ? Buffer.concat([one.tail, chunk]) : chunk).subarray(-IDLE.length);
    // What comes unasked (a notification) is no part of an answer.
    const isUnasked = !one.owesRest && socket.bytesWritten === one.written;
    one.owesRest = !isUnasked && one.tail.length === IDLE.length && !one.tail.equals(IDLE);
    dispatch(one);
  });
  return one;
}

/** What ended links; see `isLinkError`. */
const linkErrors = new WeakSet<object>();

/** Whether a statement failed because its connection ended, so that nothing more can be sent on it. */
export function isLinkError(error: unknown): boolean {
  return typeof error === "object" && error !== null && linkErrors.has(error);
}

/**
 * Ends a socket so that postgres.js forgets nothing: `error` and `close` come together, and a link that owes nothing
 * ends without an error.
 *
 * Between the two, postgres.js still gives work to the connection, and never says what became of it. Without `error`, it
 * tries for ever to open what a server closes before its first answer.
 */
function endAtOnce(one: Watched, broken: () => void): void {
  const emit: (name: string | symbol, ...values: unknown[]) => boolean = one.socket.emit.bind(one.socket);
  let end: { readonly isQuiet: boolean; readonly error: Error } | null = null;
  one.socket.emit = (name: string | symbol, ...values: unknown[]) => {
    if (name !== "error" && name !== "close") return emit(name, ...values);
    const [error] = values;
    if (end === null) broken();
    end ??= { isQuiet: one.read > 0 && !owes(one), error: error instanceof Error ? error : closedByServer() };
    if (name === "error") return true;
    if (end.isQuiet) return emit("close", false);
    linkErrors.add(end.error);
    emit("error", end.error);
    return emit("close", true);
  };
}

function closedByServer(): Error {
  return Object.assign(new Error("Postgres closed the connection while it owed an answer"), { code: "ECONNRESET" });
}

function owes(one: Watched): boolean {
  return one.owesRest || one.socket.bytesWritten > one.written;
}

function dispatch(one: Watched): void {
  one.read = one.socket.bytesRead;
  one.written = one.socket.bytesWritten;
  one.silent = 0;
  one.owed = 0;
}

function lookAt(one: Watched): void {
  one.silent += 1;
  one.owed = owes(one) ? one.owed + 1 : 0;
}

/** An error as the system's own, so that whoever reads its code takes it for a connection that broke. */
function silence(limitMs: number): Error {
  return Object.assign(new Error(`Postgres owed an answer and was silent for ${limitMs} ms`), { code: "ETIMEDOUT" });
}

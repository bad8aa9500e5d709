import { Socket } from "node:net";

/** How often a socket is looked at within its limit; a process that was stopped for a while has looked once, not often. */
const LOOKS = 8;
/** The end of what Postgres says when it owes no answer: ReadyForQuery outside of a transaction. */
const IDLE = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);

/**
 * A socket for a connection to Postgres that destroys itself when the server owes an answer and is silent.
 *
 * A link that is half open (a firewall forgot it, the other machine lost its power) swallows what is written and ends
 * nothing: without this, the operating system waits a quarter of an hour, and the connection's place in the pool with it.
 * Whoever uses it must keep the server from being silent for so long by a `statement_timeout` below the limit. Inside
 * TLS only the amounts of bytes can be seen, so a link that dies between two parts of one answer is left to keepalive.
 * @param limitMs of silence
 */
export function watchedSocket(limitMs: number): Socket {
  const socket = new Socket();
  const state = { read: 0, writtenWhenHeard: 0, looksInSilence: 0, tail: Buffer.alloc(0) as Buffer };
  const hear = () => {
    state.read = socket.bytesRead;
    state.writtenWhenHeard = socket.bytesWritten;
    state.looksInSilence = 0;
  };
  socket.on("data", (chunk: Buffer) => {
    state.tail = (chunk.length < IDLE.length ? Buffer.concat([state.tail, chunk]) : chunk).subarray(-IDLE.length);
    hear();
  });
  const watch = setInterval(() => {
    if (socket.destroyed) return clearInterval(watch);
    if (socket.bytesRead !== state.read) return hear();
    const isAnswered = state.tail.length < IDLE.length || state.tail.equals(IDLE);
    if (isAnswered && socket.bytesWritten <= state.writtenWhenHeard) state.looksInSilence = 0;
    else state.looksInSilence += 1;
    if (state.looksInSilence > LOOKS) socket.destroy(silent(limitMs));
  }, limitMs / LOOKS);
  watch.unref();
  return socket;
}

/** An error as the system's own, so that whoever reads its code takes it for a connection that broke. */
function silent(limitMs: number): Error {
  return Object.assign(new Error(`Postgres owed an answer and was silent for ${limitMs} ms`), { code: "ETIMEDOUT" });
}

import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";

/** The server's end of a WebSocket (RFC 6455): texts in and out, as many as a simulated gateway needs. */
export type SocketEnd = {
  send(text: string): void;
  /** Says goodbye and ends. */
  close(): void;
  /** Ends without a word, as a broken line does. */
  cut(): void;
};

type Listener = { onText(text: string): void; onEnd(): void };

const MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
const TEXT = 1;
const CLOSE = 8;
const PING = 9;
const PONG = 10;

/** Takes a request to become a WebSocket. */
export function acceptSocket(request: IncomingMessage, socket: Duplex, listener: Listener): SocketEnd {
  const key = createHash("sha1").update(`${request.headers["sec-websocket-key"]}${MAGIC}`).digest("base64");
  const head = ["HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade"];
  socket.write(`${[...head, `Sec-WebSocket-Accept: ${key}`].join("\r\n")}\r\n\r\n`);
  let rest = Buffer.alloc(0);
  socket.on("data", (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    for (let frame = frameIn(rest); frame !== null; frame = frameIn(rest)) {
      rest = rest.subarray(frame.length);
      if (frame.kind === TEXT) listener.onText(frame.payload.toString());
      if (frame.kind === PING) write(socket, PONG, frame.payload);
      if (frame.kind === CLOSE) socket.end();
    }
  });
  socket.on("error", () => undefined);
  socket.once("close", listener.onEnd);
  return {
    send: (text) => write(socket, TEXT, Buffer.from(text)),
    close() {
      write(socket, CLOSE, Buffer.from([3, 232]));
      socket.end();
    },
    cut: () => void socket.destroy(),
  };
}

/** The first whole frame of what came; null where there is none yet. A client's frames are masked. */
function frameIn(bytes: Buffer): { readonly kind: number; readonly payload: Buffer; readonly length: number } | null {
  const [first = 0, second = 0] = bytes;
  if (bytes.length < 2) return null;
  const short = second & 127;
  const start = short === 126 ? 4 : short === 127 ? 10 : 2;
  if (bytes.length < start + 4) return null;
  const size = short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
  const length = start + 4 + size;
  if (bytes.length < length) return null;
  const mask = bytes.subarray(start, start + 4);
  const payload = Buffer.from(bytes.subarray(start + 4, length).map((byte, index) => byte ^ (mask[index % 4] ?? 0)));
  return { kind: first & 15, payload, length };
}

function write(socket: Duplex, kind: number, payload: Buffer): void {
  if (socket.destroyed || !socket.writable) return;
  const head = Buffer.alloc(payload.length < 126 ? 2 : payload.length < 65_536 ? 4 : 10);
  head[0] = 128 | kind;
  if (payload.length < 126) head[1] = payload.length;
  else if (payload.length < 65_536) {
    head[1] = 126;
    head.writeUInt16BE(payload.length, 2);
  } else {
    head[1] = 127;
    head.writeBigUInt64BE(BigInt(payload.length), 2);
  }
  socket.write(Buffer.concat([head, payload]));
}

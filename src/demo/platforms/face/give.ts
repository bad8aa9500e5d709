import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { PlatformFault } from "./platform.ts";

/** The answer of a simulated platform to a call, as it goes over the line. */
export type Given = {
  readonly status: number;
  readonly body: string | Uint8Array;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** What is left of an answer that breaks off, with HTTP 200. */
  readonly garbled: string;
};

const JSON_TYPE = "application/json";
const HANGS_MS = 60_000;

/** Gives an answer over the line, or what a fault makes of it: another status, a broken connection, half an answer, a late one. */
export async function give(
  request: IncomingMessage,
  response: ServerResponse,
  fault: PlatformFault | null,
  { status, body, contentType = JSON_TYPE, headers = {}, garbled }: Given,
): Promise<void> {
  const write = (code: number, text: string | Uint8Array, more: Readonly<Record<string, string>> = {}) => {
    response.writeHead(code, { "content-type": contentType, ...more }).end(text);
  };
  switch (fault?.kind) {
    case "http-500":
      return write(500, "");
    case "http-502":
    case "accept-then-502":
      return write(502, "<h1>502 Bad Gateway</h1>");
    case "reset":
    case "accept-then-reset":
      request.socket.resetAndDestroy();
      return;
    case "hang":
    case "accept-then-hang":
      await pause(fault.delayMs ?? HANGS_MS, undefined, { ref: false });
      request.socket.destroy();
      return;
    case "garbled":
      return write(200, garbled);
    case "slow":
    case "late-report":
      await pause(fault.delayMs ?? 0);
  }
  write(status, body, headers);
}

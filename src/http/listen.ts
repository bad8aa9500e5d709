import type { Server } from "node:http";
import { type ServerType, serve } from "@hono/node-server";

/** A web server that listens. */
export type Listening = {
  /** The port, also where 0 asked for any. */
  readonly port: number;
  /** Takes no more requests, answers those under way, and closes. */
  close(): Promise<void>;
};

type Fetch = Parameters<typeof serve>[0]["fetch"];

/** A request, headers and body, that is not whole by then is cut off. */
const REQUEST_LIMIT_MS = 15_000;
/** How often slow requests are looked for: so much longer than its limit one may live. Node's own is half a minute. */
const CHECK_MS = 500;
/** Longer than storing a message may take. */
const CLOSE_LIMIT_MS = 5000;

/**
 * Listens for requests.
 * @param requestLimitMs within which a request must be whole, counted from its first byte, or the connection's beginning
 * @throws Error with a plain sentence when the port is taken or not allowed
 */
export function listen(
  fetch: Fetch,
  host: string,
  port: number,
  requestLimitMs = REQUEST_LIMIT_MS,
): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const server = serve(
      {
        fetch,
        hostname: host,
        port,
        serverOptions: {
          requestTimeout: requestLimitMs,
          headersTimeout: requestLimitMs,
          connectionsCheckingInterval: CHECK_MS,
        },
      },
      (address) => resolve({ port: address.port, close: () => close(server) }),
    );
    server.once("error", (error: NodeJS.ErrnoException) => reject(explain(error, host, port)));
  });
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const reasons: Record<string, string> = {
    EADDRINUSE: `Port ${port} is taken by another program: stop it, or set PORT.`,
    EACCES: `Port ${port} needs more rights than this user has: set PORT to one above 1023.`,
    EADDRNOTAVAIL: `${host} is no address of this machine: set HOST.`,
    ENOTFOUND: `${host} is no address of this machine: set HOST.`,
  };
  return new Error(reasons[error.code ?? ""] ?? `It cannot listen on ${host}:${port}: ${error.message}.`, {
    cause: error,
  });
}

function close(server: ServerType): Promise<void> {
  return new Promise((resolve) => {
    const http = server as Server;
    const limit = setTimeout(() => http.closeAllConnections(), CLOSE_LIMIT_MS);
    http.close(() => {
      clearTimeout(limit);
      resolve();
    });
    http.closeIdleConnections();
  });
}

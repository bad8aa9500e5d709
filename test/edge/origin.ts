import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { type HandedRequest, isSigned, SIGNATURE_HEADER } from "../../src/edge-protocol.ts";
import { EDGE_SECRET } from "./worker.ts";

/** What the service answers: a status, or nothing, for the connection breaks. */
type Mood = number | "cut";

/** A service of which only the door for the edge is there. */
export type Origin = {
  readonly url: string;
  /** What it took, in order. */
  readonly taken: readonly HandedRequest[];
  /** How many tries there were, taken or not. */
  readonly tries: () => number;
  /** What it answers from now on; 204 is to take everything. @param mood by what was handed over, where it depends on that */
  answers(mood: Mood | ((requests: readonly HandedRequest[], path: string) => Mood)): void;
  close(): Promise<void>;
};

export async function startOrigin(): Promise<Origin> {
  const taken: HandedRequest[] = [];
  let tries = 0;
  let mood: Parameters<Origin["answers"]>[0] = 204;
  const server: Server = createServer(async (request, response) => {
    // The edge that asks may be ended in the middle of it.
    const body = await buffer(request).catch(() => null);
    if (body === null) return;
    const path = request.url ?? "";
    tries++;
    if (
      path.startsWith("/edge/inbox/") &&
      !isSigned(EDGE_SECRET, body, String(request.headers[SIGNATURE_HEADER]), new Date())
    ) {
      response.writeHead(401).end();
      return;
    }
    const requests = path.startsWith("/edge/inbox/") ? JSON.parse(body.toString()).requests : [];
    const answer = typeof mood === "function" ? mood(requests, path) : mood;
    if (answer === "cut") {
      request.socket.destroy();
      return;
    }
    if (answer === 204) taken.push(...requests);
    response.writeHead(answer).end(answer === 204 ? undefined : "no");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken,
    tries: () => tries,
    answers(next) {
      mood = next;
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

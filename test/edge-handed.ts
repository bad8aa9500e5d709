import type { WebhookRequest } from "../src/channels/channel.ts";
import type { HandedRequest } from "../src/edge-protocol.ts";

/** A request as the edge hands it over. @param at when the edge received it */
export function handedOf(request: WebhookRequest, at: Date): HandedRequest {
  const type = request.header("content-type");
  return {
    id: Buffer.from(request.body).toString("hex").slice(-64),
    at: at.toISOString(),
    method: request.method,
    query: request.query.toString(),
    headers: type === null ? {} : { "content-type": type },
    body: Buffer.from(request.body).toString(),
  };
}

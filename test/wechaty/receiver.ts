import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { isGenuine } from "../../workers/wechaty/signature.ts";
import type { WireMessage } from "../../workers/wechaty/wire.ts";

export const SECRET = "secret-of-the-bridge-and-service";

/** The service's side of the bridge: takes batches, or does not. */
export type Receiver = {
  readonly url: string;
  readonly secret: string;
  readonly messages: WireMessage[];
  /** The status of the next answers; 200 at first. */
  status: number;
  close(): Promise<void>;
};

/** Opens a server that takes what a bridge hands over, with its signature checked. */
export async function openReceiver(): Promise<Receiver> {
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const isOurs = isGenuine(SECRET, body, String(request.headers["liaison-signature"]), new Date());
    if (isOurs && receiver.status === 200) receiver.messages.push(...JSON.parse(body.toString()).messages);
    response.writeHead(isOurs ? receiver.status : 403).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/wechaty/qinghe`,
    secret: SECRET,
    messages: [],
    status: 200,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return receiver;
}

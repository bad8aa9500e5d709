import { createServer } from "node:http";
import { setTimeout as pause } from "node:timers/promises";

/** A platform that takes every message. */
export type Platform = {
  readonly url: string;
  close(): Promise<void>;
};

/**
 * Starts one.
 * @param onMessage is given the body of each call that sends something
 * @param options.callMs how long it thinks about each of them
 * @param options.from before that it answers none of them
 */
export async function openPlatform(
  onMessage: (body: string) => void,
  { callMs = 0, from }: { readonly callMs?: number; readonly from?: Promise<void> } = {},
): Promise<Platform> {
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", async () => {
      response.setHeader("content-type", "application/json");
      if (/token$/.test(request.url?.split("?")[0] ?? "")) {
        response.end('{"access_token":"t","expires_in":7200}');
        return;
      }
      await from;
      onMessage(Buffer.concat(parts).toString());
      if (callMs > 0) await pause(callMs);
      response.end('{"errcode":0,"errmsg":"ok","msgid":1}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

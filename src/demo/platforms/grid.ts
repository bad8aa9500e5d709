import { createAdaptorServer } from "@hono/node-server";
import { gridApi } from "./grid/api.ts";
import { type SayOptions, sayStatus } from "./grid/say.ts";
import { type Captured, createWorld, type GridFault, type Matter } from "./grid/world.ts";

/** The options of a simulated grid governance platform. */
export type GridPlatformOptions = {
  /** 0 or nothing for any free one. */
  readonly port?: number;
  /** With which both sides sign, in the way of Standard Webhooks. */
  readonly secret: string;
  /** What its GeoReport asks of whoever writes. */
  readonly apiKey: string;
  readonly now?: () => Date;
  /** Whether GeoReport answers with a token first. */
  readonly givesTokens?: boolean;
  /** Called when a fault begins to hold a call. */
  readonly onHang?: (path: string) => void;
};

/** A simulated grid governance platform (网格化服务管理平台), which gets hand-overs by webhooks and by GeoReport v2 and says how far it is. */
export type GridPlatform = {
  readonly url: string;
  /** Where webhooks go, and the base address of its GeoReport. */
  readonly hookUrl: string;
  readonly georeportUrl: string;
  /** What it has, oldest first; a hand-over that came twice under one id is there once. */
  matters(): readonly Matter[];
  /** Every call that reached it, with its body as it came. */
  captured(): readonly Captured[];
  /** Says how far it is with a matter: by a signed call for a webhook, when it is asked for GeoReport. @returns the answers to the calls */
  say(number: string, status: string, options?: SayOptions): Promise<number[]>;
  /** Answers the next calls so, all of them until `mend`. */
  fail(fault: GridFault): void;
  mend(): void;
  close(): Promise<void>;
};

/**
 * Starts a simulated grid platform on 127.0.0.1; it shares no code with the partners that call it, so that an error there does not cancel
 * itself out here.
 *
 * @throws Error when the port is taken
 */
export async function startGridPlatform(options: GridPlatformOptions): Promise<GridPlatform> {
  const world = createWorld({ now: () => new Date(), givesTokens: false, ...options });
  const server = createAdaptorServer({ fetch: gridApi(world, options.onHang).fetch });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    hookUrl: `${url}/hook`,
    georeportUrl: `${url}/georeport`,
    matters: () => [...world.matters.values()],
    captured: () => [...world.captured],
    say: (number, status, said) => sayStatus(world, number, status, said),
    fail(fault) {
      world.fault = fault;
    },
    mend() {
      world.fault = null;
    },
    close: () =>
      new Promise((resolve) => {
        if ("closeAllConnections" in server) server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

import { createServer, connect as dial, type Socket } from "node:net";

/** How links behave: `open` passes everything on, `half-open` swallows everything and ends nothing. */
type Mode = "open" | "half-open";

/** A TCP proxy on loopback between the service and what it stands on, which breaks links in every way that networks do. */
export type TcpProxy = {
  readonly port: number;
  /** The url with this proxy's address instead of its own. */
  through(url: string): string;
  /** How many links there are. */
  links(): number;
  /** Ends every link with a reset; new ones are accepted. */
  cut(): void;
  /**
   * Ends every link with a reset once so many parts more have come through them, requests and answers together.
   * @returns whether that has happened
   */
  cutAfter(parts: number): () => boolean;
  /** Ends every link politely, as a server does that is told to stop; new ones are accepted. */
  finish(): void;
  /** Refuses new links by a reset until `resume`, and ends those that there are. */
  decline(): void;
  /**
   * The links that there are swallow whatever is sent from now on, for ever: they are what a firewall has forgotten.
   * @param options.newToo new links do the same until `resume`
   */
  halfOpen(options?: { readonly newToo: boolean }): void;
  /** Holds back what is sent, in both directions, for so long each; 0 for no delay. */
  delay(ms: number): void;
  /** New links work again. */
  resume(): void;
  /** New links lead to another port from now on: the server came back elsewhere. */
  retarget(port: number): void;
  close(): Promise<void>;
};

type Link = { readonly near: Socket; readonly far: Socket; mode: Mode };

/** Starts a proxy to a port of 127.0.0.1. */
export async function tcpProxy(firstPort: number): Promise<TcpProxy> {
  const links = new Set<Link>();
  let targetPort = firstPort;
  let ofNewLinks: Mode | "refused" = "open";
  let delayMs = 0;
  let partsLeft = Number.POSITIVE_INFINITY;

  const end = (link: Link): void => {
    links.delete(link);
    link.near.resetAndDestroy();
    link.far.resetAndDestroy();
  };
  const cut = () => {
    for (const link of [...links]) end(link);
  };
  const pass = (link: Link, from: Socket, to: Socket): void => {
    // What follows a delayed part never overtakes it.
    const held: { readonly chunk: Buffer; readonly at: number }[] = [];
    let timer: NodeJS.Timeout | undefined;
    const release = () => {
      timer = undefined;
      for (let next = held[0]; next !== undefined && next.at <= performance.now(); next = held[0]) {
        held.shift();
        if (link.mode === "open" && !to.destroyed) to.write(next.chunk);
        partsLeft -= 1;
        if (partsLeft === 0) cut();
      }
      const [next] = held;
      if (next !== undefined) timer = setTimeout(release, Math.max(1, next.at - performance.now()));
    };
    from.on("data", (chunk: Buffer) => {
      held.push({ chunk, at: Math.max(held.at(-1)?.at ?? 0, performance.now() + delayMs) });
      if (timer === undefined) release();
    });
    from.on("error", () => end(link));
    from.on("close", () => {
      if (link.mode === "half-open") return;
      links.delete(link);
      to.end();
    });
  };
  const server = createServer((near) => {
    if (ofNewLinks === "refused") {
      near.resetAndDestroy();
      return;
    }
    const link: Link = { near, far: dial(targetPort, "127.0.0.1"), mode: ofNewLinks };
    links.add(link);
    pass(link, near, link.far);
    pass(link, link.far, near);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    port,
    through(url) {
      const changed = new URL(url);
      changed.host = `127.0.0.1:${port}`;
      return changed.href;
    },
    links: () => links.size,
    cut,
    cutAfter(parts) {
      partsLeft = parts;
      return () => partsLeft <= 0;
    },
    finish() {
      for (const { near, far } of links) for (const side of [near, far]) side.end();
    },
    decline() {
      ofNewLinks = "refused";
      cut();
    },
    halfOpen({ newToo } = { newToo: false }) {
      for (const link of links) link.mode = "half-open";
      if (newToo) ofNewLinks = "half-open";
    },
    delay(ms) {
      delayMs = ms;
    },
    resume() {
      ofNewLinks = "open";
    },
    retarget(port) {
      targetPort = port;
    },
    close() {
      cut();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

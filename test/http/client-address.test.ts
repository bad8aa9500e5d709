import { BlockList } from "node:net";
import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { describe, expect, test } from "vitest";
import { clientAddress } from "../../src/http/client-address.ts";
import { listen } from "../../src/http/listen.ts";
import { readNetworks } from "../../src/networks.ts";

const asked = (link: string | undefined, forwarded?: string) =>
  ({ env: { incoming: { socket: { remoteAddress: link } } }, req: { header: () => forwarded } }) as never;

describe("the address of a request", () => {
  test.each([
    ["of a link that nobody vouches for, whatever it says", "", "198.51.100.7", "203.0.113.9", "198.51.100.7"],
    ["as the trusted proxy saw it", "127.0.0.1", "127.0.0.1", "203.0.113.9", "203.0.113.9"],
    ["and not as its sender wrote it", "127.0.0.1", "127.0.0.1", "10.9.9.9, 203.0.113.9", "203.0.113.9"],
    ["behind two proxies", "127.0.0.1,172.16.0.0/12", "127.0.0.1", "1.1.1.1, 203.0.113.9, 172.17.0.1", "203.0.113.9"],
    ["of the proxy itself, where it names nobody", "127.0.0.1", "127.0.0.1", undefined, "127.0.0.1"],
    ["of the proxy, where it names nonsense", "127.0.0.1", "127.0.0.1", "203.0.113.9, unknown", "127.0.0.1"],
    ["through a link that writes IPv4 as IPv6", "127.0.0.1", "::ffff:127.0.0.1", "203.0.113.9", "203.0.113.9"],
    ["of IPv6", "fd00::/8", "fd00::1", "2001:db8::5", "2001:db8::5"],
    ["of trusted ones alone: the farthest", "10.0.0.0/8", "10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"],
  ])("%s", (_, trusted, link, forwarded, expected) => {
    const networks = trusted === "" ? new BlockList() : readNetworks(trusted);
    expect(clientAddress(networks!)(asked(link, forwarded))).toBe(expected);
  });

  test("is that of the link over real HTTP, and there is one where nothing is known", async () => {
    const app = new Hono<{ Bindings: Partial<HttpBindings> }>().get("/", (c) =>
      c.text(clientAddress(new BlockList())(c)),
    );
    const listening = await listen(app.fetch, "127.0.0.1", 0);
    const answer = await fetch(`http://127.0.0.1:${listening.port}/`, {
      headers: { "x-forwarded-for": "203.0.113.9" },
    });
    expect(await answer.text()).toBe("127.0.0.1");
    await listening.close();
    expect(clientAddress(new BlockList())(asked(undefined))).toBe("unknown");
  });
});

test("nothing names no network", () => {
  expect(readNetworks("")?.rules).toEqual([]);
});

test.each(["loopback", "10.0.0.0/33", "::1/129", "10.0.0.1,", "10.0.0", "a/8"])("%j names no networks", (text) => {
  expect(readNetworks(text)).toBeNull();
});

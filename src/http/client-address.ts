import { type BlockList, isIP } from "node:net";
import type { HttpBindings } from "@hono/node-server";

/** What is looked at of a request. */
type Asked = { readonly env?: Partial<HttpBindings>; readonly req: { header(name: string): string | undefined } };

/** A function that gives the address of a request's sender. */
export type ClientAddress = (asked: Asked) => string;

/**
 * A function that gives the address of a request's sender: that of the connection itself, or, where that is a proxy
 * that the operator trusts, the last address in `X-Forwarded-For` that is not one.
 *
 * Addresses before it were written by the sender, and prove nothing.
 * @param trusted the networks of the operator's proxies; where there are none, the header is never read
 */
export function clientAddress(trusted: BlockList): ClientAddress {
  return ({ env, req }) => {
    let nearest = plain(env?.incoming?.socket.remoteAddress ?? "unknown");
    const told = (req.header("x-forwarded-for") ?? "").split(",").map((one) => plain(one.trim()));
    while (isIP(nearest) !== 0 && trusted.check(nearest, isIP(nearest) === 6 ? "ipv6" : "ipv4")) {
      const before = told.pop();
      if (before === undefined || isIP(before) === 0) break;
      nearest = before;
    }
    return nearest;
  };
}

/** An IPv4 address is the same address when it is written as one of IPv6. */
const plain = (address: string) => address.replace(/^::ffff:(?=\d+\.)/i, "");

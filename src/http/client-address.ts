import { type BlockList, isIP } from "node:net";
import type { HttpBindings } from "@hono/node-server";

/** What is looked at of a request. */
type Asked = { readonly env?: Partial<HttpBindings>; readonly req: { header(name: string): string | undefined } };

/** The address of whoever sent a request. */
export type ClientAddress = (asked: Asked) => string;

/**
 * Tells the address of a request's sender: of the link itself, or, where that is a proxy that the operator trusts, the last
 * address in `X-Forwarded-For` that is not one. What stands before it was written by the sender, and is worth nothing.
 * @param trusted empty: nobody's word is taken
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

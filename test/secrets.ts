import { randomBytes } from "node:crypto";

/** The secrets of an account of this name, as its owner reads them in the console: made up anew each time. */
export function secretsOf(name: string) {
  return {
    name,
    appId: `wx${randomBytes(8).toString("hex")}`,
    appSecret: randomBytes(16).toString("hex"),
    token: randomBytes(8).toString("hex"),
    aesKey: randomBytes(32).toString("base64").slice(0, 43),
  };
}

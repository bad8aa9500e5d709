import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import type { Vault } from "../../../db/vault.ts";

/** The name of the cookie by which a device is known: bound to this host, and only over encrypted connections. */
const NAME = "__Host-lw";
const LASTS_S = 180 * 86_400;
const PURPOSE = "web-visitor-cookie";
/** A host may serve several counties, and a device have a visitor in each. */
const MOST_VISITORS = 4;

/** Reads the ids of the visitors whom a device has opened, newest first; none where its cookie is not ours, or too old. */
export function visitorsOf(c: Context, vault: Vault, now: Date): readonly string[] {
  const [words = "", signature = ""] = (getCookie(c, NAME) ?? "").split("!");
  if (words === "" || !vault.isSigned(words, PURPOSE, signature)) return [];
  const [ids = "", madeAt = ""] = words.split("@");
  const ageMs = now.getTime() - Number.parseInt(madeAt, 36);
  return ageMs < LASTS_S * 1000 ? ids.split("~") : [];
}

/** Gives a device the cookie of a visitor, beside those that it has. */
export function rememberVisitor(
  c: Context,
  vault: Vault,
  { id, now }: { readonly id: string; readonly now: Date },
): void {
  const others = visitorsOf(c, vault, now).filter((other) => other !== id);
  const words = `${[id, ...others].slice(0, MOST_VISITORS).join("~")}@${now.getTime().toString(36)}`;
  setCookie(c, NAME, `${words}!${vault.sign(words, PURPOSE)}`, {
    ...{ path: "/", secure: true, httpOnly: true, sameSite: "Lax", maxAge: LASTS_S },
  });
}

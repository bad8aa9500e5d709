import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import type { Vault } from "../../../db/vault.ts";
import { LINK_MS, SHOWN_AFTER_MS } from "../../domain/answer-page/limits.ts";

/** The name of the cookie by which a device is known: bound to this host, and only over encrypted connections. */
const NAME = "__Host-la";
/** As long as a link may serve, and what was sent by it is shown afterwards. */
const LASTS_MS = LINK_MS + SHOWN_AFTER_MS;
const PURPOSE = "answer-page-cookie";
/** A deputy may have several cases open at once. */
const MOST_LINKS = 8;

/** Reads the ids of the links that a device has opened, newest first; none where its cookie is not ours, or too old. */
export function linksOf(c: Context, vault: Vault, now: Date): readonly string[] {
  const [words = "", signature = ""] = (getCookie(c, NAME) ?? "").split("!");
  if (words === "" || !vault.isSigned(words, PURPOSE, signature)) return [];
  const [ids = "", madeAt = ""] = words.split("@");
  return now.getTime() - Number.parseInt(madeAt, 36) < LASTS_MS ? ids.split("~") : [];
}

/** Gives a device the cookie of a link, beside those that it has. */
export function rememberLink(c: Context, vault: Vault, { id, now }: { readonly id: string; readonly now: Date }): void {
  const others = linksOf(c, vault, now).filter((other) => other !== id);
  const words = `${[id, ...others].slice(0, MOST_LINKS).join("~")}@${now.getTime().toString(36)}`;
  setCookie(c, NAME, `${words}!${vault.sign(words, PURPOSE)}`, {
    ...{ path: "/", secure: true, httpOnly: true, sameSite: "Lax", maxAge: LASTS_MS / 1000 },
  });
}

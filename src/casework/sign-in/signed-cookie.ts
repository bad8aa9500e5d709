import { createHmac, timingSafeEqual } from "node:crypto";
import type { SignInServices } from "./services.ts";

/** The value of a cookie that this service signed, read without the database; null where it has none, or not our signature. */
export function signedValue({ vault }: Pick<SignInServices, "vault">, cookie: string, name: string): string | null {
  const line = cookie.split(/; */).find((one) => one.startsWith(`${name}=`));
  const [, value = "", signature = ""] =
    /^(.+)\.([A-Za-z0-9+/]{43}=)$/.exec(decoded(line?.slice(name.length + 1))) ?? [];
  const right = createHmac("sha256", vault.sign("cookies", "sign-in")).update(value).digest();
  return value !== "" && timingSafeEqual(right, Buffer.from(signature, "base64")) ? value : null;
}

function decoded(text = ""): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

import { createHmac } from "node:crypto";

const AGE_SECONDS = 300;

/** The signature of a call in the way of Standard Webhooks. */
export function sign(secret: string, id: string, stamp: string, body: string): string {
  const key = secret.startsWith("whsec_") ? Buffer.from(secret.slice("whsec_".length), "base64") : secret;
  return `v1,${createHmac("sha256", key).update(`${id}.${stamp}.${body}`).digest("base64")}`;
}

/** Whether a call is signed as it must be, and not too old. */
export function isSigned(
  { secret, now }: { readonly secret: string; readonly now: () => Date },
  headers: Readonly<Record<string, string>>,
  body: string,
): boolean {
  const { "webhook-id": id = "", "webhook-timestamp": stamp = "", "webhook-signature": given = "" } = headers;
  const age = Math.abs(now().getTime() / 1000 - Number(stamp));
  return age <= AGE_SECONDS && given.split(" ").includes(sign(secret, id, stamp, body));
}

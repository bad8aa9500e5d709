import { createHash } from "node:crypto";
import type { SharedStore } from "../channel.ts";

/** The life of a code that the platform gives when somebody enters a session, or when one has ended. */
export const CODE_LIFE_MS = 20_000;

/** A code by which one message may be sent to a person, whatever their last message allows; until when it serves. */
export type OneTimeCode = { readonly address: string; readonly code: string; readonly until: Date };

/** Keeps a code for the next words to its person; one that is over is not kept. */
export async function keepCode(store: SharedStore, { address, code, until }: OneTimeCode, now: Date): Promise<void> {
  const leftMs = until.getTime() - now.getTime();
  if (leftMs <= 0) return;
  await store.set(keyOf(address), JSON.stringify({ code, until: until.getTime() }), leftMs);
}

/** Takes the code of a person, which nobody else can use then; null where there is none that still serves. */
export async function takeCode(store: SharedStore, address: string, now: Date): Promise<string | null> {
  const key = keyOf(address);
  const kept = await store.get(key);
  if (kept === null) return null;
  await store.deleteIfEqual(key, kept);
  const { code, until } = JSON.parse(kept) as { readonly code: string; readonly until: number };
  return until > now.getTime() ? code : null;
}

function keyOf(address: string): string {
  return `wecom-customer-code-${createHash("sha256").update(address).digest("hex").slice(0, 32)}`;
}

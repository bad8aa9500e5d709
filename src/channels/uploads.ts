import { createHash } from "node:crypto";
import type { SharedStore } from "./channel.ts";
import type { Failed } from "./failure.ts";

type Uploaded = { readonly ok: true; readonly id: string };

const DAY_MS = 86_400_000;

/**
 * The platform's id of a file: uploaded once a day, whatever the number of people to whom it goes and of processes that send it.
 * @param of.account all on which the id depends beside the bytes: the account at the platform, and the form
 */
export async function uploadedOnce(
  store: SharedStore,
  of: { readonly account: string; readonly bytes: Uint8Array },
  upload: () => Promise<Uploaded | Failed>,
): Promise<Uploaded | Failed> {
  const hash = createHash("sha256").update(of.account).update("\n").update(of.bytes).digest("hex").slice(0, 40);
  const key = `upload:${hash}`;
  // A store that is away costs one upload more, and no message.
  const known = await store.get(key).catch(() => null);
  if (known !== null) return { ok: true, id: known };
  const made = await upload();
  if (made.ok) await store.set(key, made.id, DAY_MS).catch(() => undefined);
  return made;
}

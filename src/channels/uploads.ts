import type { SenderServices, SharedStore } from "./channel.ts";
import type { Failed } from "./failure.ts";

/** As long as an upload is used again: platforms keep them for days, and the next day it is made anew. */
const USED_FOR_MS = 86_400_000;

/** A file as an account has uploaded it: `name` is what the platform calls it, null where it was not uploaded within a day. */
export type Upload = {
  readonly name: string | null;
  /** Notes what the platform calls it, for every process. What cannot be noted is uploaded again the next time. */
  keep(name: string): Promise<void>;
  /** Forgets a name that the platform does not know any more, unless another process has noted a newer one. */
  forget(name: string): Promise<void>;
};

/** The uploads of an account: the same file is uploaded once a day. */
export type Uploads = { of(bytes: Uint8Array): Promise<Upload> };

/** Opens the uploads of an account, over the values that all processes share. */
export function openUploads({ store }: Pick<SenderServices, "store">, accountId: string): Uploads {
  return {
    async of(bytes) {
      const digest = await crypto.subtle.digest("SHA-256", new Uint8Array(bytes));
      const key = `upload:${accountId}:${Buffer.from(digest).toString("base64url")}`;
      return {
        name: await store.get(key).catch(() => null),
        keep: (name) => store.set(key, name, USED_FOR_MS).catch(() => undefined),
        forget: (name) => store.deleteIfEqual(key, name).catch(() => undefined),
      };
    },
  };
}

type Uploaded = { readonly ok: true; readonly id: string };

/**
 * The platform's id of a file: uploaded once a day, whatever the number of people to whom it goes and of processes that send it.
 * @param of.account all on which the id depends beside the bytes: the account at the platform, and the form
 */
export async function uploadedOnce(
  store: SharedStore,
  of: { readonly account: string; readonly bytes: Uint8Array },
  upload: () => Promise<Uploaded | Failed>,
): Promise<Uploaded | Failed> {
  const known = await openUploads({ store }, of.account).of(of.bytes);
  if (known.name !== null) return { ok: true, id: known.name };
  const made = await upload();
  if (made.ok) await known.keep(made.id);
  return made;
}

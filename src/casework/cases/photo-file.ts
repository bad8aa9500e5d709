import { v7 as newId } from "uuid";
import type { CaseRecord } from "../../../db/schema/cases.ts";
import { media } from "../../../db/schema/media.ts";
import type { Runtime } from "../runtime/runtime.ts";
import type { Turn } from "../turn/turn.ts";
import { keyPurpose } from "./thread.ts";

/**
 * Keeps a photo sealed under the key of a case: whoever destroys the key destroys the photo.
 * @param photo cleaned of its metadata
 * @param isTried only to see what would happen: no file is written
 * @returns its `media` row's id
 */
export async function keepSealedPhoto(
  turn: Turn,
  subject: CaseRecord,
  photo: Uint8Array,
  isTried: boolean,
): Promise<string> {
  const { jurisdictionId, now, account, runtime } = turn;
  const key = runtime.vault.unwrap(subject.keyWrapped, keyPurpose(jurisdictionId));
  const id = newId();
  const hash = isTried ? null : await runtime.media.keep(jurisdictionId, key.sealBytes(photo));
  turn.writes.insert(media, {
    ...{ id, jurisdictionId, accountId: account.id, platformId: id, form: "image", state: "kept", hash },
    ...{ contentType: "image/jpeg", sealedFor: subject.id, createdAt: now },
  });
  return id;
}

/** The picture of a photo that is kept. @param sealedWith the key of the case under which it is sealed; null where it is kept as it is */
export async function openPhoto(
  { media: store, vault }: Pick<Runtime, "media" | "vault">,
  { jurisdictionId, hash }: { readonly jurisdictionId: string; readonly hash: string },
  sealedWith: Uint8Array | null,
): Promise<Uint8Array> {
  const bytes = await store.read(hash);
  return sealedWith === null ? bytes : vault.unwrap(sealedWith, keyPurpose(jurisdictionId)).openBytes(bytes);
}

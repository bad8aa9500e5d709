import { v7 as newId } from "uuid";
import { media } from "../../../db/schema/media.ts";
import { cleanPhoto } from "../inbox/clean-photo.ts";
import type { Said } from "../turn/said.ts";
import type { Turn } from "../turn/turn.ts";

/**
 * Keeps a photo that was taken at a desk, without its metadata.
 * @param options.isTried only to see what would happen: no file is written
 * @returns null where it is no photo
 */
export async function keepPhoto(
  turn: Turn,
  bytes: Uint8Array,
  { seq, isTried }: { readonly seq: number; readonly isTried: boolean },
): Promise<Said | null> {
  const clean = await cleanPhoto(bytes);
  if (clean === null) return null;
  const { jurisdictionId, now, account, runtime } = turn;
  const id = newId();
  const hash = isTried ? null : await runtime.media.keep(jurisdictionId, clean);
  turn.writes.insert(media, {
    ...{ id, jurisdictionId, accountId: account.id, platformId: id, form: "image", state: "kept", hash },
    ...{ contentType: "image/jpeg", createdAt: now },
  });
  return { seq, at: now, kind: "image", text: "", mediaId: id };
}

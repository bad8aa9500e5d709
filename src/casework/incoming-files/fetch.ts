import { and, asc, eq } from "drizzle-orm";
import { media } from "../../../db/schema/media.ts";
import type { FetchedMedia } from "../../channels/channel.ts";
import { fileKind, LARGEST_TAKEN } from "../../domain/messages/file-kinds.ts";
import { cleanPhoto } from "../inbox/clean-photo.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { tellNotTaken } from "./tell-not-taken.ts";

const TRIES = 8;

const AT_ONCE = 20;

type Row = typeof media.$inferSelect;

/** What becomes of a file that was fetched or not. */
type Change = Partial<typeof media.$inferInsert> & { readonly state: Row["state"] };

/**
 * Fetches the waiting files of a county, oldest first; WeChat deletes them after three days.
 *
 * @returns how many were settled, kept or given up
 */
export async function fetchWaitingMedia(runtime: Runtime, jurisdictionId: string): Promise<number> {
  const waiting = await runtime.database.inCounty(jurisdictionId, (tx) =>
    tx.select().from(media).where(eq(media.state, "waiting")).orderBy(asc(media.createdAt)).limit(AT_ONCE),
  );
  let settled = 0;
  for (const one of waiting) {
    if (await fetchMedia(runtime, one)) settled += 1;
  }
  return settled;
}

/**
 * Fetches one file; false when it must be tried again. What is too large, or none of the kinds that are taken, is not kept, and its person
 * is told so in the same transaction.
 */
export async function fetchMedia(runtime: Runtime, one: Row): Promise<boolean> {
  const found = await runtime.accounts.byId(one.jurisdictionId, one.accountId);
  const fetched: FetchedMedia =
    found === null
      ? { ok: false, reason: "the channel account is gone", retryable: false }
      : await found.sender.fetchMedia(one.reference ?? { mediaId: one.platformId, form: one.form });
  const change = fetched.ok ? await kept(runtime, one, fetched.bytes) : notFetched(one, fetched);
  const hash = await runtime.database.inCounty(one.jurisdictionId, async (tx) => {
    const settled = await tx
      .update(media)
      .set({ ...change, tries: one.tries + 1 })
      .where(and(eq(media.id, one.id), eq(media.state, "waiting")))
      .returning({ id: media.id });
    if (settled.length > 0) {
      if (change.state === "too-large" || change.state === "unsupported") {
        await tellNotTaken(runtime, tx, one.id, change.state);
      }
      return null;
    }
    if (change.hash == null) return null;
    // It was refused while it was fetched: nothing of it stays that no other row shows.
    const [other] = await tx.select({ id: media.id }).from(media).where(eq(media.hash, change.hash)).limit(1);
    return other === undefined ? change.hash : null;
  });
  if (hash !== null) await runtime.media.remove(hash);
  return change.state !== "waiting";
}

function notFetched(one: Row, { reason, retryable, isTooLarge }: Extract<FetchedMedia, { ok: false }>): Change {
  if (isTooLarge === true) return { state: "too-large", reason };
  return { state: retryable && one.tries + 1 < TRIES ? "waiting" : "failed", reason };
}

/** Keeps a file as what it holds says that it is: never by its name, nor by what was told of it. */
async function kept(
  runtime: Runtime,
  { jurisdictionId, form }: Pick<Row, "jurisdictionId" | "form">,
  bytes: Uint8Array,
): Promise<Change> {
  if (bytes.byteLength > LARGEST_TAKEN[form])
    return { state: "too-large", reason: `a file over ${LARGEST_TAKEN[form]} bytes` };
  if (form === "image") {
    const clean = await cleanPhoto(bytes);
    if (clean === null) return { state: "unsupported", reason: "what came is no photo (JPEG, PNG, WebP or GIF)" };
    return { state: "kept", hash: await runtime.media.keep(jurisdictionId, clean), contentType: "image/jpeg" };
  }
  const kind = fileKind(bytes);
  // A film or a photo that was sent as a file is a file all the same; a voice must be one.
  const fits = kind !== null && (kind.form === form || form === "file");
  if (!fits) return { state: "unsupported", reason: `what came is no ${form} of a kind that is taken` };
  const content = form === "file" && kind.form === "image" ? await cleanPhoto(bytes) : bytes;
  if (content === null) return { state: "unsupported", reason: "what came is no photo (JPEG, PNG, WebP or GIF)" };
  const contentType = content === bytes ? kind.contentType : "image/jpeg";
  return { state: "kept", hash: await runtime.media.keep(jurisdictionId, content), contentType };
}

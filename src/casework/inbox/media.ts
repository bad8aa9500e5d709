import { and, asc, eq } from "drizzle-orm";
import { media } from "../../../db/schema/media.ts";
import type { MediaReference } from "../../domain/messages/message.ts";
import type { Runtime } from "../runtime/runtime.ts";
import type { Turn } from "../turn/turn.ts";
import { cleanPhoto } from "./clean-photo.ts";

const TRIES = 8;

const AT_ONCE = 20;

/** A file of a form that is kept with a case. */
type Kept = MediaReference & { readonly form: (typeof media.$inferSelect)["form"] };

/** Records a file to be fetched from the platform, in the transaction that received the message. */
export function noteMedia(turn: Turn, id: string, reference: Kept): void {
  turn.writes.insert(media, {
    id,
    jurisdictionId: turn.jurisdictionId,
    accountId: turn.account.id,
    platformId: reference.mediaId,
    form: reference.form,
    state: "waiting",
    createdAt: turn.now,
  });
}

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

/** Fetches one file; false when it must be tried again. */
export async function fetchMedia(runtime: Runtime, one: typeof media.$inferSelect): Promise<boolean> {
  const found = await runtime.accounts.byId(one.jurisdictionId, one.accountId);
  const fetched =
    found === null
      ? { ok: false as const, reason: "the channel account is gone", retryable: false }
      : await found.sender.fetchMedia({ mediaId: one.platformId, form: one.form });
  const change: Partial<typeof media.$inferInsert> & { state: "kept" | "waiting" | "failed" } = fetched.ok
    ? await kept(runtime, one, fetched.bytes)
    : {
        state: fetched.retryable && one.tries + 1 < TRIES ? ("waiting" as const) : ("failed" as const),
        reason: fetched.reason,
      };
  const hash = await runtime.database.inCounty(one.jurisdictionId, async (tx) => {
    const settled = await tx
      .update(media)
      .set({ ...change, tries: one.tries + 1 })
      .where(and(eq(media.id, one.id), eq(media.state, "waiting")))
      .returning({ id: media.id });
    if (settled.length > 0 || change.hash == null) return null;
    // It was refused while it was fetched: nothing of it stays that no other row shows.
    const [other] = await tx.select({ id: media.id }).from(media).where(eq(media.hash, change.hash)).limit(1);
    return other === undefined ? change.hash : null;
  });
  if (hash !== null) await runtime.media.remove(hash);
  return change.state !== "waiting";
}

async function kept(
  runtime: Runtime,
  { jurisdictionId, form }: Pick<typeof media.$inferSelect, "jurisdictionId" | "form">,
  bytes: Uint8Array,
): Promise<Partial<typeof media.$inferInsert> & { state: "kept" | "failed" }> {
  if (form !== "image") {
    return {
      state: "kept",
      hash: await runtime.media.keep(jurisdictionId, bytes),
      contentType: "application/octet-stream",
    };
  }
  const clean = await cleanPhoto(bytes);
  if (clean === null) return { state: "failed", reason: "what came is no photo (JPEG, PNG, WebP or GIF)" };
  return { state: "kept", hash: await runtime.media.keep(jurisdictionId, clean), contentType: "image/jpeg" };
}

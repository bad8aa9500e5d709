import { and, eq, lt, or, sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Transaction } from "../../../db/database.ts";
import { cases } from "../../../db/schema/cases.ts";
import { media, type WebVisitor, webPosts, webUploads } from "../../../db/schema/media.ts";
import type { Vault } from "../../../db/vault.ts";
import { openPhoto } from "../cases/photo-file.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { type Post, postPurpose } from "./posts.ts";

/** So long a photo may wait to be kept; longer than all tries take. */
const KEPT_MS = 24 * 60 * 60_000;

const uploadPurpose = (jurisdictionId: string) => `web-upload:${jurisdictionId}`;

const nameOf = (visitorId: string, uploadId: string) => `${visitorId}.${uploadId}`;

/** The visitor and the photo of a name under which {@link keepUploads} put one aside. */
export function uploadNamed(name: string): { readonly visitorId: string; readonly uploadId: string } {
  const [visitorId = "", uploadId = ""] = name.split(".");
  return { visitorId, uploadId };
}

/** Puts photos of a visitor aside, sealed. @returns their names, which say whose they are */
export async function keepUploads(
  { database, vault, now }: Pick<Runtime, "database" | "vault" | "now">,
  { id: visitorId, jurisdictionId }: WebVisitor,
  photos: readonly Uint8Array[],
): Promise<string[]> {
  if (photos.length === 0) return [];
  const rows = photos.map((photo) => ({
    ...{ id: newId(), jurisdictionId, visitorId, at: now() },
    photo: vault.seal(Buffer.from(photo).toString("base64"), uploadPurpose(jurisdictionId)),
  }));
  await database.inCounty(jurisdictionId, (tx) => tx.insert(webUploads).values(rows));
  return rows.map(({ id }) => nameOf(visitorId, id));
}

/** Reads a photo that was put aside; null where it is not there. */
export async function readUpload(
  { tx, vault, jurisdictionId }: { readonly tx: Transaction; readonly vault: Vault; readonly jurisdictionId: string },
  visitorId: string,
  uploadId: string,
): Promise<Uint8Array | null> {
  const its = and(eq(webUploads.id, uploadId), eq(webUploads.visitorId, visitorId));
  const [row] = await tx.select({ photo: webUploads.photo }).from(webUploads).where(its);
  return row === undefined ? null : Buffer.from(vault.open(row.photo, uploadPurpose(jurisdictionId)), "base64");
}

/** A picture that a visitor may look at. */
export type Picture = { readonly bytes: Uint8Array; readonly contentType: string };

/**
 * The picture that a line of a visitor's page names: one that was shown to them, or one of their own, which may not be kept yet. Null
 * where it is not theirs, or is gone.
 */
export async function pictureFor(runtime: Runtime, visitor: WebVisitor, name: string): Promise<Picture | null> {
  const { id, jurisdictionId, accountId } = visitor;
  const { vault } = runtime;
  const seq = /^p(\d{1,15})$/.exec(name)?.[1];
  return runtime.database.inCounty(jurisdictionId, async (tx) => {
    if (seq !== undefined) {
      const its = and(eq(webPosts.visitorId, id), eq(webPosts.seq, Number(seq)));
      const [row] = await tx.select({ content: webPosts.content }).from(webPosts).where(its);
      const post: Post =
        row === undefined ? { text: "" } : JSON.parse(vault.open(row.content, postPurpose(jurisdictionId)));
      if (post.file === undefined || post.contentType === undefined) return null;
      return { bytes: Buffer.from(post.file, "base64"), contentType: post.contentType };
    }
    if (!/^[0-9a-f-]{36}$/.test(name)) return null;
    const [kept] = await tx
      .select({ state: media.state, hash: media.hash, key: cases.keyWrapped })
      .from(media)
      .leftJoin(cases, eq(cases.id, media.sealedFor))
      .where(and(eq(media.accountId, accountId), eq(media.platformId, nameOf(id, name))));
    if (kept?.hash != null) {
      const bytes = await openPhoto(runtime, { jurisdictionId, hash: kept.hash }, kept.key);
      return { bytes, contentType: "image/jpeg" };
    }
    if (kept?.state === "failed") return null;
    const bytes = await readUpload({ tx, vault, jurisdictionId }, id, name);
    return bytes === null ? null : { bytes, contentType: "image/jpeg" };
  });
}

/** Forgets photos that were put aside, when they are kept like others, were refused, or nobody came for them within a day. */
export async function forgetUploads({ database, now }: Runtime, jurisdictionId: string): Promise<void> {
  const before = new Date(now().getTime() - KEPT_MS);
  await database.inCounty(jurisdictionId, async (tx) => {
    const named = sql`${media.platformId} = ${webUploads.visitorId}::text || '.' || ${webUploads.id}::text`;
    const settled = tx
      .select({ id: media.id })
      .from(media)
      .where(and(named, sql`${media.state} <> 'waiting'`));
    await tx.delete(webUploads).where(or(lt(webUploads.at, before), sql`exists ${settled}`));
  });
}

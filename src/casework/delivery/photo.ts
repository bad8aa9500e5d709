import { eq, getTableColumns } from "drizzle-orm";
import { toBuffer } from "qrcode";
import { cases } from "../../../db/schema/cases.ts";
import { media } from "../../../db/schema/media.ts";
import type { Sender, SendOutcome } from "../../channels/channel.ts";
import type { Outbound } from "../../domain/messages/message.ts";
import { LIFE_SECONDS } from "../../domain/messages/scene-life.ts";
import { openPhoto } from "../cases/photo-file.ts";
import { fetchMedia } from "../inbox/media.ts";
import type { Runtime } from "../runtime/runtime.ts";

const FETCH_AGAIN_MS = 5_000;

/** A stored photo or recording as a message; one that is not stored yet is fetched first. */
export async function photoOf(
  runtime: Runtime,
  jurisdictionId: string,
  mediaId: string,
): Promise<Extract<Outbound, { bytes: Uint8Array }> | { readonly kind: "missing"; readonly outcome: SendOutcome }> {
  const first = await rowOf(runtime, jurisdictionId, mediaId);
  if (first?.state === "waiting") await fetchMedia(runtime, first);
  const row = first?.state === "waiting" ? await rowOf(runtime, jurisdictionId, mediaId) : first;
  if (row?.state === "waiting") {
    return missing({ outcome: "retry", reason: "the photo could not be fetched yet", afterMs: FETCH_AGAIN_MS });
  }
  if (row === undefined || row.hash === null) {
    return missing({ outcome: "refused", reason: row?.reason ?? "the photo is gone", blocks: "content" });
  }
  const bytes = await openPhoto(runtime, { jurisdictionId, hash: row.hash }, row.sealedWith);
  // What a recording is was not looked at when it was kept; platforms give residents' voices as AMR.
  if (row.form === "voice") return { kind: "voice", bytes, contentType: "audio/amr", fileName: "voice.amr" };
  return {
    kind: "image",
    bytes,
    contentType: row.contentType ?? "image/jpeg",
    fileName: "photo.jpg",
  };
}

function missing(outcome: SendOutcome): { kind: "missing"; outcome: SendOutcome } {
  return { kind: "missing", outcome };
}

async function rowOf(runtime: Runtime, jurisdictionId: string, id: string) {
  const [row] = await runtime.database.inCounty(jurisdictionId, (tx) =>
    tx
      .select({ ...getTableColumns(media), sealedWith: cases.keyWrapped })
      .from(media)
      .leftJoin(cases, eq(cases.id, media.sealedFor))
      .where(eq(media.id, id)),
  );
  return row;
}

const WIDTH = 430;

/** The code of a scene that serves for some days, drawn as a picture; the outcome where the platform makes none. */
export async function codeOf(
  sender: Sender,
  scene: string,
): Promise<Extract<Outbound, { bytes: Uint8Array }> | { readonly kind: "missing"; readonly outcome: SendOutcome }> {
  const made = await sender.createQr(scene, LIFE_SECONDS);
  // Nothing that is said behind it waits for it: whoever asked was told what to do where no code comes.
  if (!made.ok) return { kind: "missing", outcome: { outcome: "refused", reason: made.reason, blocks: "content" } };
  const bytes = await toBuffer(made.url, { type: "png", width: WIDTH, margin: 4, errorCorrectionLevel: "M" });
  return { kind: "image", bytes, contentType: "image/png", fileName: "code.png" };
}

import { eq, getTableColumns } from "drizzle-orm";
import { toBuffer } from "qrcode";
import { cases } from "../../../db/schema/cases.ts";
import { media } from "../../../db/schema/media.ts";
import type { Sender, SendOutcome } from "../../channels/channel.ts";
import type { OutboundContent } from "../../domain/messages/message.ts";
import { LIFE_SECONDS } from "../../domain/messages/scene-life.ts";
import { openPhoto } from "../cases/photo-file.ts";
import { fetchMedia } from "../inbox/media.ts";
import type { Runtime } from "../runtime/runtime.ts";

const FETCH_AGAIN_MS = 5_000;

/** A stored photo or recording as a message; one that is not stored yet is fetched first. */
export async function mediaOf(
  runtime: Runtime,
  jurisdictionId: string,
  mediaId: string,
): Promise<Extract<OutboundContent, { kind: "media" }> | { readonly kind: "missing"; readonly outcome: SendOutcome }> {
  const first = await rowOf(runtime, jurisdictionId, mediaId);
  if (first?.state === "waiting") await fetchMedia(runtime, first);
  const row = first?.state === "waiting" ? await rowOf(runtime, jurisdictionId, mediaId) : first;
  if (row?.state === "waiting") {
    const reason = "the photo could not be fetched yet";
    return missing({ outcome: "retry", reason, afterMs: FETCH_AGAIN_MS, scope: "message" });
  }
  if (row === undefined || row.hash === null) {
    return missing({ outcome: "refused", reason: row?.reason ?? "the photo is gone", blocks: "content" });
  }
  const bytes = await openPhoto(runtime, { jurisdictionId, hash: row.hash }, row.sealedWith);
  const file = { kind: "media", bytes, caption: "" } as const;
  if (row.form === "voice") return { ...file, form: "voice", ...soundOf(bytes) };
  return { ...file, form: "image", contentType: row.contentType ?? "image/jpeg", fileName: "photo.jpg" };
}

/** The kinds of recordings by their first bytes, for what one is was not looked at when it was kept: WeChat gives AMR, Telegram Opus. */
const SOUNDS: readonly (readonly [begin: RegExp, contentType: string, ending: string])[] = [
  [/^OggS/, "audio/ogg", "ogg"],
  [/^ID3|^\xff[\xe0-\xff]/, "audio/mp3", "mp3"],
];

function soundOf(bytes: Uint8Array): { readonly contentType: string; readonly fileName: string } {
  const begin = Buffer.from(bytes.subarray(0, 4)).toString("latin1");
  const [, contentType, ending] = SOUNDS.find(([pattern]) => pattern.test(begin)) ?? ["", "audio/amr", "amr"];
  return { contentType, fileName: `voice.${ending}` };
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
): Promise<Extract<OutboundContent, { kind: "media" }> | { readonly kind: "missing"; readonly outcome: SendOutcome }> {
  const made = await sender.link(scene, LIFE_SECONDS);
  // Nothing that is said behind it waits for it: whoever asked was told what to do where no code comes.
  if (!made.ok) return { kind: "missing", outcome: { outcome: "refused", reason: made.reason, blocks: "content" } };
  const bytes = await toBuffer(made.url, { type: "png", width: WIDTH, margin: 4, errorCorrectionLevel: "M" });
  return { kind: "media", form: "image", bytes, contentType: "image/png", fileName: "code.png", caption: "" };
}

import type { Outbound } from "../../domain/messages/message.ts";
import type { FetchedMedia } from "../channel.ts";
import type { Api } from "./api.ts";
import type { Failed } from "./errors.ts";

type Image = Extract<Outbound, { kind: "image" }>;

const IMAGE_TYPES: ReadonlySet<string> = new Set(["image/jpeg", "image/png", "image/gif"]);
const MAX_IMAGE_BYTES = 10 * 1024 * 1024;

/**
 * Fetches what a resident sent, by the platform's id; at most 10 MB, within 3 days of its arrival.
 *
 * Videos come back as an address only and are not fetched. Never throws for what the platform or the network does.
 */
export async function fetchMedia(api: Api, mediaId: string): Promise<FetchedMedia> {
  const answer = await api.download("/cgi-bin/media/get", { media_id: mediaId });
  if (answer.ok) return { ok: true, bytes: answer.bytes, contentType: answer.contentType };
  return { ok: false, reason: answer.failure.reason, retryable: answer.failure.outcome === "retry" };
}

/**
 * Uploads an image for one message (protocols.md 2.6): JPEG, PNG or GIF of at most 10 MB.
 *
 * Nothing has reached the person yet, so a failure here is never `uncertain`.
 */
export async function uploadImage(api: Api, image: Image): Promise<{ ok: true; mediaId: string } | Failed> {
  if (!IMAGE_TYPES.has(image.contentType)) return unfit("not JPEG, PNG or GIF");
  if (image.bytes.byteLength > MAX_IMAGE_BYTES) return unfit("an image over 10 MB");
  const answer = await api.upload("/cgi-bin/media/upload", { type: "image" }, () => {
    const form = new FormData();
    form.append("media", new Blob([new Uint8Array(image.bytes)], { type: image.contentType }), image.fileName);
    return form;
  });
  if (!answer.ok) return answer;
  const mediaId = answer.fields.media_id;
  return typeof mediaId === "string" && mediaId !== "" ? { ok: true, mediaId } : unfit("an upload without media_id");
}

function unfit(reason: string): Failed {
  return { ok: false, code: null, failure: { outcome: "refused", reason, blocks: "content" } };
}

import type { OutboundContent } from "../../domain/messages/message.ts";
import type { Failed } from "../failure.ts";
import type { Api } from "./api.ts";

/** A file that is sent as a message. */
export type SentFile = Extract<OutboundContent, { kind: "media" }>;
type Form = SentFile["form"];

/** What the platform takes of each kind of file (protocols.md 2.6), and how a refusal says so. */
const TAKEN: Readonly<
  Partial<Record<Form, { types: ReadonlySet<string>; bytes: number; otherType: string; tooLarge: string }>>
> = {
  image: {
    types: new Set(["image/jpeg", "image/png", "image/gif"]),
    bytes: 10 * 1024 * 1024,
    otherType: "not JPEG, PNG or GIF",
    tooLarge: "an image over 10 MB",
  },
  voice: {
    types: new Set(["audio/amr", "audio/mp3"]),
    bytes: 2 * 1024 * 1024,
    otherType: "not AMR or MP3",
    tooLarge: "a voice over 2 MB",
  },
};

/** The kinds of recordings that the platform takes. */
export const SOUNDS: readonly string[] = [...(TAKEN.voice?.types ?? [])];

/** The largest file of each form that the platform takes, in bytes. */
export const LARGEST: Partial<Record<Form, number>> = Object.fromEntries(
  Object.entries(TAKEN).map(([form, { bytes }]) => [form, bytes]),
);

/** The same for whom only pictures are taken. */
export const PICTURES: Partial<Record<Form, number>> = LARGEST.image === undefined ? {} : { image: LARGEST.image };

/**
 * Uploads a file for one message: an image of at most 10 MB, or a voice of at most 2 MB.
 *
 * Nothing has reached the person yet, so a failure here is never `uncertain`.
 */
export async function uploadFile(api: Api, file: SentFile): Promise<{ ok: true; mediaId: string } | Failed> {
  const taken = TAKEN[file.form];
  if (taken === undefined) return unfit(`no ${file.form} can be sent`);
  const { types, bytes, otherType, tooLarge } = taken;
  if (!types.has(file.contentType)) return unfit(otherType);
  if (file.bytes.byteLength > bytes) return unfit(tooLarge);
  const answer = await api.upload("/cgi-bin/media/upload", { type: file.form }, () => {
    const form = new FormData();
    form.append("media", new Blob([new Uint8Array(file.bytes)], { type: file.contentType }), file.fileName);
    return form;
  });
  if (!answer.ok) return answer;
  const mediaId = answer.fields.media_id;
  return typeof mediaId === "string" && mediaId !== "" ? { ok: true, mediaId } : unfit("an upload without media_id");
}

function unfit(reason: string): Failed {
  return { ok: false, code: null, failure: { outcome: "refused", reason, blocks: "content" } };
}

import type { OutboundContent } from "../../domain/messages/message.ts";
import type { ErrcodeApi } from "../errcode-api.ts";
import type { Failed } from "../failure.ts";

/** A file that is sent as a message. */
export type SentFile = Extract<OutboundContent, { kind: "media" }>;
type Form = SentFile["form"];

const MEBIBYTE = 1024 * 1024;

/** The largest file of each form that the platform takes, in bytes. */
export const LARGEST: Readonly<Record<Form, number>> = {
  image: 10 * MEBIBYTE,
  voice: 2 * MEBIBYTE,
  video: 10 * MEBIBYTE,
  file: 20 * MEBIBYTE,
};

/** The content types of each form that the platform shows as such; a file may be anything. */
const TYPES: Readonly<Partial<Record<Form, ReadonlySet<string>>>> = {
  image: new Set(["image/jpeg", "image/png"]),
  voice: new Set(["audio/amr"]),
  video: new Set(["video/mp4"]),
};

/** Uploads a file for one message. Nothing has reached the person yet, so a failure here is never `uncertain`. */
export async function uploadFile(api: ErrcodeApi, file: SentFile): Promise<{ ok: true; mediaId: string } | Failed> {
  const { form: kind, contentType, bytes } = file;
  if (TYPES[kind]?.has(contentType) === false) return unfit(`a ${kind} that is ${contentType}`);
  if (bytes.byteLength > LARGEST[kind]) return unfit(`a ${kind} over ${LARGEST[kind] / MEBIBYTE} MB`);
  const answer = await api.upload("/cgi-bin/media/upload", { type: kind }, () => {
    const form = new FormData();
    form.append("media", new Blob([new Uint8Array(bytes)], { type: contentType }), file.fileName);
    return form;
  });
  if (!answer.ok) return answer;
  const mediaId = answer.fields.media_id;
  return typeof mediaId === "string" && mediaId !== "" ? { ok: true, mediaId } : unfit("an upload without media_id");
}

function unfit(reason: string): Failed {
  return { ok: false, code: null, failure: { outcome: "refused", reason, blocks: "content" } };
}

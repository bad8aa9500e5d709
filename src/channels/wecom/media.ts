import type { OutboundContent } from "../../domain/messages/message.ts";
import type { ErrcodeApi } from "../errcode-api.ts";
import type { Failed } from "../failure.ts";

/** A file that is sent as a message. */
export type SentFile = Extract<OutboundContent, { kind: "media" }>;
type Form = SentFile["form"];

const MEBIBYTE = 1024 * 1024;
/** The largest file of each form that the platform takes, in bytes. */
export const LARGEST = {
  image: 10 * MEBIBYTE,
  voice: 2 * MEBIBYTE,
  video: 10 * MEBIBYTE,
  file: 20 * MEBIBYTE,
} as const;
/** What the platform shows as what it is; anything else of that form goes as a file, which every client opens. */
const SHOWN: Readonly<Record<Form, RegExp>> = {
  image: /^image\/(?:jpeg|png)$/,
  voice: /^audio\/amr$/,
  video: /^video\/mp4$/,
  file: /^/,
};

/** Uploads a file for one message. Nothing has reached the person yet, so a failure here is never `uncertain`. */
export async function uploadFile(
  api: ErrcodeApi,
  file: SentFile,
): Promise<{ readonly ok: true; readonly mediaId: string; readonly form: Form } | Failed> {
  const isAsItIs = SHOWN[file.form].test(file.contentType) && file.bytes.byteLength <= LARGEST[file.form];
  const form = isAsItIs ? file.form : "file";
  if (file.bytes.byteLength > LARGEST[form]) return unfit("a file over 20 MB");
  const answer = await api.upload("/cgi-bin/media/upload", { type: form }, () => {
    const body = new FormData();
    body.append("media", new Blob([new Uint8Array(file.bytes)], { type: file.contentType }), file.fileName);
    return body;
  });
  if (!answer.ok) return answer;
  const mediaId = answer.fields.media_id;
  return typeof mediaId === "string" && mediaId !== ""
    ? { ok: true, mediaId, form }
    : unfit("an upload without media_id");
}

function unfit(reason: string): Failed {
  return { ok: false, code: null, failure: { outcome: "refused", reason, blocks: "content" } };
}

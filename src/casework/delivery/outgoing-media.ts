import { eq, getTableColumns } from "drizzle-orm";
import { toBuffer } from "qrcode";
import { cases } from "../../../db/schema/cases.ts";
import { media } from "../../../db/schema/media.ts";
import type { Abilities, Sender, SendOutcome } from "../../channels/channel.ts";
import { endingOf, fileKind } from "../../domain/messages/file-kinds.ts";
import type { OutboundContent } from "../../domain/messages/message.ts";
import { LIFE_SECONDS } from "../../domain/messages/scene-life.ts";
import { openPhoto } from "../cases/photo-file.ts";
import { fetchMedia } from "../incoming-files/fetch.ts";
import type { Runtime } from "../runtime/runtime.ts";

const FETCH_AGAIN_MS = 5_000;

/** A file on its way out. */
type SentFile = Extract<OutboundContent, { kind: "media" }>;
type Row = NonNullable<Awaited<ReturnType<typeof rowOf>>>;

/** A stored photo, recording or file as a message; one that is not stored yet is fetched first. */
export async function mediaOf(
  runtime: Runtime,
  jurisdictionId: string,
  mediaId: string,
): Promise<SentFile | { readonly kind: "missing"; readonly outcome: SendOutcome }> {
  const first = await rowOf(runtime, jurisdictionId, mediaId);
  if (first?.state === "waiting") await fetchMedia(runtime, first);
  const row = first?.state === "waiting" ? await rowOf(runtime, jurisdictionId, mediaId) : first;
  if (row?.state === "waiting") {
    const reason = "the file could not be fetched yet";
    return missing({ outcome: "retry", reason, afterMs: FETCH_AGAIN_MS, scope: "message" });
  }
  if (row === undefined || row.hash === null) {
    return missing({ outcome: "refused", reason: row?.reason ?? "the file is gone", blocks: "content" });
  }
  const bytes = await openPhoto(runtime, { jurisdictionId, hash: row.hash }, row.sealedWith);
  return { kind: "media", bytes, caption: "", form: row.form, ...nameOf(row, bytes) };
}

/** What a kept file is and is called; of one that an earlier version kept without looking, what it holds says so. */
function nameOf({ form, contentType, reference }: Row, bytes: Uint8Array) {
  const known = contentType === null || contentType === UNKNOWN ? null : contentType;
  const type = known ?? fileKind(bytes)?.contentType ?? DEFAULTS[form];
  const ending = endingOf(type) ?? "bin";
  const told = form === "file" ? reference?.fileName?.replace(/[^\p{L}\p{N} _-]+/gu, "_").slice(0, 60) : undefined;
  return { contentType: type, fileName: `${told === undefined || told === "" ? NAMES[form] : told}.${ending}` };
}

const UNKNOWN = "application/octet-stream";
const NAMES = { image: "photo", voice: "voice", video: "film", file: "file" } as const;
const DEFAULTS = { image: "image/jpeg", voice: "audio/amr", video: "video/mp4", file: UNKNOWN } as const;

/** Whether an account can send a file as it is: its form, its size, and of a recording its kind. */
export function canSend({ media: forms, sounds }: Abilities, { form, bytes, contentType }: SentFile): boolean {
  if (bytes.byteLength > (forms[form] ?? -1)) return false;
  return form !== "voice" || sounds === undefined || sounds.includes(contentType);
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

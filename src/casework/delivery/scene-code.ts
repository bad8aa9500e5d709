import { toBuffer } from "qrcode";
import type { Sender, SendOutcome } from "../../channels/channel.ts";
import type { Outbound } from "../../domain/messages/message.ts";
import { LIFE_SECONDS } from "../../domain/messages/scene-life.ts";

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

import { createHash } from "node:crypto";
import type { WebVisitor } from "../../../db/schema/media.ts";
import type { ChannelAccount } from "../../channels/channel.ts";
import { inboundOf, type SaidOnPage } from "../../channels/web/said.ts";
import type { Inbox } from "../inbox/accept.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { keepUploads } from "./uploads.ts";

/** The words, photos and place that a visitor sends; of each photo the picture alone. */
export type Saying = Pick<SaidOnPage, "scene" | "text" | "place"> & {
  /** The key of the page. */
  readonly page: string;
  readonly photos: readonly Uint8Array[];
};

/**
 * Stores what a visitor says, before they are told that it has come.
 *
 * Its key is made of the page's and of what is said: the same sent twice is one message, and words that were changed after going back are
 * others.
 * @throws Error when it could not be stored: the page keeps the words
 */
export async function sayOnPage(
  { database, vault, now, inbox }: Pick<Runtime, "database" | "vault" | "now"> & { readonly inbox: Inbox },
  account: ChannelAccount,
  visitor: WebVisitor,
  { page, text, photos, scene, place }: Saying,
): Promise<void> {
  const digest = createHash("sha256").update(JSON.stringify([text, scene, place]));
  for (const photo of photos) digest.update(photo);
  const key = `${page}-${digest.digest("base64url").slice(0, 22)}`;
  const names = await keepUploads({ database, vault, now }, visitor, photos);
  const said = { sender: visitor.key, key, sentAt: now(), scene, text, photos: names, place };
  await inbox.accept(account, inboundOf(said));
}

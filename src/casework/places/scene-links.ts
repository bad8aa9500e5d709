import { firstChatAccount } from "../runtime/chat-accounts.ts";
import type { Runtime } from "../runtime/runtime.ts";

/** The links behind QR codes, as a county's account at a platform gives them. */
export type SceneLinks = {
  /** The platform, such as `wechat-official`. */
  readonly channel: string;
  /** Registers a scene and gives what its code says. */
  of(
    scene: string,
  ): Promise<{ readonly ok: true; readonly url: string } | { readonly ok: false; readonly reason: string }>;
};

/** The links of a county's first account at a platform, or at the one that is named; null while it has none. */
export async function sceneLinks(
  { database, accounts }: Pick<Runtime, "database" | "accounts">,
  jurisdictionId: string,
  channel?: string,
): Promise<SceneLinks | null> {
  const id = await database.inCounty(jurisdictionId, (tx) => firstChatAccount(tx, channel));
  const found = id === null ? null : await accounts.byId(jurisdictionId, id);
  return found === null ? null : { channel: found.account.channel, of: (scene) => found.sender.link(scene) };
}

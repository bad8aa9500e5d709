import { asc } from "drizzle-orm";
import { channelAccounts } from "../../../db/schema/county.ts";
import type { Channel } from "../../channels/channel.ts";
import { channelOf } from "../../channels/registry.ts";
import { LIFE_SECONDS } from "../../domain/messages/scene-life.ts";
import { readCounty } from "../county/settings.ts";
import { firstChatAccount, isChatAccount } from "../runtime/chat-accounts.ts";
import type { Runtime } from "../runtime/runtime.ts";

/** The link of a scene, or why there is none. */
type Linked = { readonly ok: true; readonly url: string } | { readonly ok: false; readonly reason: string };

/** The links behind QR codes, as a county's account at a platform gives them. */
export type SceneLinks = {
  /** The platform, such as `wechat-official`. */
  readonly channel: string;
  /** Registers a scene and gives what its code says. */
  of(scene: string): Promise<Linked>;
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

/** A way by which residents of a county write: a platform by its names, or a page of ours, and what opens it with a scene. */
export type ResidentWay = {
  readonly names: Channel["names"];
  readonly isPage: boolean;
  /** @param forSeconds how long it serves at least; for ever when left out */
  of(scene: string, forSeconds?: number): Promise<Linked>;
};

/** The ways by which residents of a county write, oldest account first: those of its accounts that open a chat by a link. */
export async function residentWays(
  { database, accounts }: Pick<Runtime, "database" | "accounts">,
  jurisdictionId: string,
): Promise<ResidentWay[]> {
  const { id, channel, createdAt } = channelAccounts;
  const rows = await database.inCounty(jurisdictionId, (tx) =>
    tx.select({ id, channel }).from(channelAccounts).where(isChatAccount).orderBy(asc(createdAt)),
  );
  const ways: ResidentWay[] = [];
  for (const row of rows) {
    const found = await accounts.byId(jurisdictionId, row.id);
    if (found === null) continue;
    const isPage = channelOf(row.channel)?.pageOf !== undefined;
    ways.push({ names: found.names, isPage, of: (scene, forSeconds) => found.sender.link(scene, forSeconds) });
  }
  return ways;
}

/** The way by which a county's posters lead residents into a chat: by its one way, or by a page that offers all of them. */
export type PosterLinks = {
  /** The name of the one platform; null for a page of ours, and for the page that offers several. */
  readonly platform: string | null;
  readonly isOneOfSeveral: boolean;
  of(scene: string): Promise<Linked>;
};

/**
 * The links on a county's posters. Where several of its accounts open a chat by a link, the code leads to a page that offers them: who
 * scans it chooses. Null while the county has no account.
 *
 * @param scene one of those that are wanted, to see which accounts give links at all
 */
export async function posterLinks(
  runtime: Pick<Runtime, "database" | "accounts" | "publicUrl">,
  jurisdictionId: string,
  scene: string,
): Promise<PosterLinks | null> {
  const ways = await residentWays(runtime, jurisdictionId);
  const [first] = ways;
  if (first === undefined) return null;
  const { publicUrl } = runtime;
  const open = ways.length === 1 || publicUrl === undefined || publicUrl === "" ? [first] : await opening(ways, scene);
  const [one = first] = open;
  if (open.length < 2) {
    return { platform: one.isPage ? null : one.names["zh-CN"], isOneOfSeveral: false, of: (wanted) => one.of(wanted) };
  }
  const { code } = await runtime.database.inCounty(jurisdictionId, readCounty);
  return {
    ...{ platform: null, isOneOfSeveral: true },
    of: async (wanted) => ({ ok: true, url: `${publicUrl}${landingPath(code, wanted)}` }),
  };
}

/** The address of the page that offers a county's ways, below this service's own. */
function landingPath(county: string, scene: string): string {
  return `/c/${encodeURIComponent(county)}?${new URLSearchParams({ s: scene }).toString()}`;
}

async function opening(ways: readonly ResidentWay[], scene: string): Promise<ResidentWay[]> {
  const open: ResidentWay[] = [];
  for (const way of ways) if ((await way.of(scene, LIFE_SECONDS)).ok) open.push(way);
  return open;
}

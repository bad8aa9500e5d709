import { and, eq, gt, ne, sql } from "drizzle-orm";
import { conversations, linkCodes } from "../../../db/schema/conversations.ts";
import { channelAccounts } from "../../../db/schema/county.ts";
import type { Channel } from "../../channels/channel.ts";
import { LINK_SECONDS } from "../../domain/messages/scene-life.ts";
import { isChatAccount } from "../runtime/chat-accounts.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { drawLinkCode } from "./link-chat.ts";

/** The way on to another platform, as somebody is shown it: the code to be said there, and a link to each platform that opens with it. */
export type LinkOffer = {
  readonly code: string;
  readonly platforms: readonly { readonly names: Channel["names"]; readonly url: string }[];
};

/** So many codes within an hour are enough for anybody: platforms count the links that they make. */
const MOST_AN_HOUR = 10;
const HOUR_MS = 3_600_000;

/**
 * Draws the code by which a person joins a chat on another platform of their county, with the links of its other accounts.
 *
 * @returns null where the person has said nothing yet, or speaks as a deputy; `slow-down` after too many
 */
export async function offerLink(
  runtime: Runtime,
  {
    jurisdictionId,
    accountId,
    peer,
  }: { readonly jurisdictionId: string; readonly accountId: string; readonly peer: string },
): Promise<LinkOffer | "slow-down" | null> {
  const drawn = await runtime.database.inCounty(jurisdictionId, async (tx) => {
    const [chat] = await tx
      .select({ id: conversations.id, deputyId: conversations.deputyId })
      .from(conversations)
      .where(and(eq(conversations.accountId, accountId), eq(conversations.peer, peer)))
      .for("no key update");
    if (chat === undefined || chat.deputyId !== null) return null;
    const since = new Date(runtime.now().getTime() + LINK_SECONDS * 1000 - HOUR_MS);
    const [before] = await tx
      .select({ number: sql<number>`count(*)::int` })
      .from(linkCodes)
      .where(and(eq(linkCodes.conversationId, chat.id), gt(linkCodes.expiresAt, since)));
    if ((before?.number ?? 0) >= MOST_AN_HOUR) return "slow-down" as const;
    const code = await drawLinkCode(runtime, tx, { id: chat.id, jurisdictionId });
    const others = await tx
      .select({ id: channelAccounts.id })
      .from(channelAccounts)
      .where(and(isChatAccount, ne(channelAccounts.id, accountId)))
      .orderBy(channelAccounts.createdAt);
    return { code, others };
  });
  if (drawn === null || drawn === "slow-down") return drawn;
  const platforms = await Promise.all(
    drawn.others.map(async ({ id }) => {
      const found = await runtime.accounts.byId(jurisdictionId, id);
      const link = await found?.sender.link(`l:${drawn.code}`, LINK_SECONDS);
      return found !== null && link?.ok === true ? [{ names: found.names, url: link.url }] : [];
    }),
  );
  return { code: drawn.code, platforms: platforms.flat() };
}

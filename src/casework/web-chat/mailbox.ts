import { and, eq } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Transaction } from "../../../db/database.ts";
import { webPosts, webVisitors } from "../../../db/schema/media.ts";
import type { ChannelAccount, Mailbox } from "../../channels/channel.ts";
import type { OutboundContent } from "../../domain/messages/message.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { type Post, postPurpose } from "./posts.ts";
import { readUpload, uploadNamed } from "./uploads.ts";

/** Opens the mailbox of an account of the web chat, over the database. */
export function openMailbox(
  { database, vault, now }: Pick<Runtime, "database" | "vault" | "now">,
  account: Pick<ChannelAccount, "id" | "jurisdictionId">,
): Mailbox {
  const { id: accountId, jurisdictionId } = account;
  const within = <T>(work: (tx: Transaction) => Promise<T>) => database.inCounty(jurisdictionId, work);
  return {
    put: (to, key, outbound) =>
      within(async (tx) => {
        const its = and(eq(webVisitors.accountId, accountId), eq(webVisitors.key, to.id));
        const [visitor] = await tx.select({ id: webVisitors.id }).from(webVisitors).where(its).for("key share");
        if (visitor === undefined) return null;
        const content = vault.seal(JSON.stringify(postOf(outbound)), postPurpose(jurisdictionId));
        const post = { id: newId(), jurisdictionId, visitorId: visitor.id, key, content, at: now() };
        const [put] = await tx.insert(webPosts).values(post).onConflictDoNothing().returning({ id: webPosts.id });
        if (put !== undefined) return put.id;
        const same = and(eq(webPosts.visitorId, visitor.id), eq(webPosts.key, key));
        const [before] = await tx.select({ id: webPosts.id }).from(webPosts).where(same);
        return before?.id ?? null;
      }),
    upload: (mediaId) =>
      within(async (tx) => {
        const { visitorId, uploadId } = uploadNamed(mediaId);
        return readUpload({ tx, vault, jurisdictionId }, visitorId, uploadId);
      }),
  };
}

function postOf(outbound: OutboundContent): Post {
  switch (outbound.kind) {
    case "text":
    case "card":
      return { text: outbound.text };
    case "choices":
      return { text: outbound.text, choices: outbound.choices, closing: outbound.closing };
    case "media":
      return {
        text: outbound.caption,
        file: Buffer.from(outbound.bytes).toString("base64"),
        contentType: outbound.contentType,
      };
    case "notice":
      throw new Error("a page shows no notices");
  }
}

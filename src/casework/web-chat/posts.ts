import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { webPosts } from "../../../db/schema/media.ts";
import { attempts, outbox } from "../../../db/schema/outbox.ts";
import type { Choice } from "../../domain/messages/message.ts";

/** The content of a post, as it is sealed: words with what may be chosen, or a file in base64. */
export type Post = {
  readonly text: string;
  readonly choices?: readonly Choice[];
  readonly closing?: string;
  readonly file?: string;
  readonly contentType?: string;
};

/** The purpose for which posts are sealed; see `vault.ts`. */
export const postPurpose = (jurisdictionId: string) => `web-post:${jurisdictionId}`;

/** Erases the posts by which these messages of the outbox were delivered, also where others were in the same post. */
export async function erasePosts(tx: Transaction, which: SQL | undefined): Promise<void> {
  await tx.execute(sql`
    delete from ${webPosts} where ${webPosts.id} in (
      select case when ${attempts.platformId} ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then ${attempts.platformId}::uuid end
      from ${attempts} join ${outbox} on ${outbox.id} = ${attempts.outboxId}
      where ${which})`);
}

import { and, asc, gt, inArray } from "drizzle-orm";
import type { Logger } from "pino";
import type { Database } from "../../../db/database.ts";
import { type WebVisitor, webPosts } from "../../../db/schema/media.ts";

/** A listener: an open page of a visitor. */
type PostListener = {
  readonly visitor: Pick<WebVisitor, "id" | "jurisdictionId">;
  /** The number of the newest post that the page shows. */
  seen: number;
  /** Told the numbers of new posts, in order. */
  readonly hear: (seqs: readonly number[]) => void;
  /** Told when nothing can be heard here any more. */
  readonly end: () => void;
};

/** The new posts of all counties, told to the pages that are open. */
export type PostWatch = {
  /** @returns what ends it; null where this visitor has too many pages open */
  listen(listener: PostListener): (() => void) | null;
  listeners(): number;
  close(): Promise<void>;
};

const PAUSE_MS = 1000;
/** Pages of one visitor that listen at once. */
const MOST_OF_ONE = 2;
const MOST_AT_ONCE = 500;

/**
 * Watches for new posts: one look a second and county, while pages of it are open, at an index that holds little.
 *
 * No `NOTIFY`: it takes a lock at every commit; see `createLive`.
 */
export function createPostWatch({ database, log }: { readonly database: Database; readonly log: Logger }): PostWatch {
  const listeners = new Set<PostListener>();
  let timer: NodeJS.Timeout | null = null;
  let looking: Promise<void> = Promise.resolve();
  let isClosed = false;

  const look = async (): Promise<void> => {
    for (const [jurisdictionId, here] of Map.groupBy(listeners, ({ visitor }) => visitor.jurisdictionId)) {
      const seen = Math.min(...here.map((one) => one.seen));
      const ids = [...new Set(here.map(({ visitor }) => visitor.id))];
      const rows = await database.inCounty(jurisdictionId, (tx) =>
        tx
          .select({ seq: webPosts.seq, visitorId: webPosts.visitorId })
          .from(webPosts)
          .where(and(inArray(webPosts.visitorId, ids), gt(webPosts.seq, seen)))
          .orderBy(asc(webPosts.seq))
          .limit(MOST_AT_ONCE),
      );
      for (const one of here) {
        const news = rows.flatMap(({ seq, visitorId }) =>
          visitorId === one.visitor.id && seq > one.seen ? [seq] : [],
        );
        one.seen = news.at(-1) ?? one.seen;
        if (news.length > 0) one.hear(news);
      }
    }
  };
  const lookLater = (): void => {
    if (isClosed || listeners.size === 0 || timer !== null) return;
    timer = setTimeout(() => {
      looking = look()
        .catch((error) => log.warn({ err: error }, "nobody can tell open pages what is new"))
        .finally(() => {
          timer = null;
          lookLater();
        });
    }, PAUSE_MS);
    timer.unref();
  };

  return {
    listen(listener) {
      const ofOne = [...listeners].filter(({ visitor }) => visitor.id === listener.visitor.id);
      if (isClosed || ofOne.length >= MOST_OF_ONE) return null;
      listeners.add(listener);
      lookLater();
      return () => void listeners.delete(listener);
    },
    listeners: () => listeners.size,
    async close() {
      isClosed = true;
      if (timer !== null) clearTimeout(timer);
      for (const one of [...listeners]) one.end();
      listeners.clear();
      await looking;
    },
  };
}

import { and, desc, eq, isNull, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { cases } from "../../../db/schema/cases.ts";
import { conversations, inbox } from "../../../db/schema/conversations.ts";
import { type WebVisitor, webPosts } from "../../../db/schema/media.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import { type Due, dueOf } from "../../domain/calendar/due.ts";
import type { CaseOutcome, CaseState } from "../../domain/case/case.ts";
import type { Choice, InboundContent } from "../../domain/messages/message.ts";
import { isShownIn } from "../cases/visible-to.ts";
import { readPayload } from "../inbox/payload.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { chatsLinkedWith } from "../turn/person.ts";
import { type Post, postPurpose } from "./posts.ts";
import { uploadNamed } from "./uploads.ts";

/** A line of what a visitor and the service said to each other. */
export type PageLine = {
  /** The same whenever it is read: by it a page knows what it shows already. */
  readonly id: string;
  readonly by: "visitor" | "service";
  readonly at: Date;
  readonly text: string;
  readonly choices: readonly Choice[];
  readonly closing: string;
  /** The name of its photo; null where it has none. */
  readonly photo: string | null;
};

/** A case of a visitor, in short. */
type PageCase = {
  readonly number: string;
  readonly state: CaseState;
  readonly outcome: CaseOutcome | null;
  readonly due: Due | null;
};

/** The content of a visitor's page: their cases, newest first, and what was said, oldest first. */
export type PageThread = {
  readonly lines: readonly PageLine[];
  readonly cases: readonly PageCase[];
  /** The number of the newest post. */
  readonly newest: number;
};

const MOST_LINES = 100;
const MOST_CASES = 20;

/** Reads what a visitor's page shows; what is shown now for the first time counts as read. */
export async function readThread(
  { database, vault, now, timeZone }: Pick<Runtime, "database" | "vault" | "now" | "timeZone">,
  visitor: WebVisitor,
): Promise<PageThread> {
  const { id, jurisdictionId, accountId, peer } = visitor;
  return database.inCounty(jurisdictionId, async (tx) => {
    const posts = await tx
      .select()
      .from(webPosts)
      .where(eq(webPosts.visitorId, id))
      .orderBy(desc(webPosts.seq))
      .limit(MOST_LINES);
    const said = await tx
      .select()
      .from(inbox)
      .where(and(eq(inbox.accountId, accountId), eq(inbox.peer, peer)))
      .orderBy(desc(inbox.seq))
      .limit(MOST_LINES);
    const unread = and(eq(webPosts.visitorId, id), isNull(webPosts.readAt));
    if (posts.some((post) => post.readAt === null)) await tx.update(webPosts).set({ readAt: now() }).where(unread);
    const lines = [
      ...said.toReversed().flatMap((row) => ownLine(row, readPayload(vault, row).content)),
      ...posts.toReversed().map((post) => {
        const content: Post = JSON.parse(vault.open(post.content, postPurpose(jurisdictionId)));
        return postLine(post, content);
      }),
    ];
    return {
      lines: lines.toSorted((a, b) => a.at.getTime() - b.at.getTime()).slice(-MOST_LINES),
      cases: await casesOf(tx, visitor, dayIn(now(), timeZone)),
      newest: posts[0]?.seq ?? 0,
    };
  });
}

function postLine({ seq, at }: typeof webPosts.$inferSelect, post: Post): PageLine {
  return {
    ...{ id: `p${seq}`, by: "service", at, text: post.text },
    choices: post.choices ?? [],
    closing: post.closing ?? "",
    photo: post.contentType?.startsWith("image/") === true ? `p${seq}` : null,
  };
}

/** What a visitor said themselves; what was erased, and what no person said, is left out. */
function ownLine({ seq, receivedAt }: typeof inbox.$inferSelect, content: InboundContent): PageLine[] {
  const line = {
    id: `m${seq}`,
    by: "visitor",
    at: receivedAt,
    text: "",
    choices: [],
    closing: "",
    photo: null,
  } as const;
  if (content.kind === "text") return [{ ...line, text: content.text }];
  if (content.kind === "location") return [{ ...line, text: content.label }];
  if (content.kind === "media") return [{ ...line, photo: uploadNamed(content.media.mediaId).uploadId }];
  return [];
}

async function casesOf(
  tx: Transaction,
  { accountId, peer }: Pick<WebVisitor, "accountId" | "peer">,
  today: string,
): Promise<PageCase[]> {
  const own = and(eq(conversations.accountId, accountId), eq(conversations.peer, peer));
  const [chat] = await tx
    .select({ id: conversations.id, personId: conversations.personId })
    .from(conversations)
    .where(own);
  if (chat === undefined) return [];
  const theirs =
    chat.personId === null
      ? eq(cases.conversationId, chat.id)
      : and(sql`${cases.conversationId} = any(${chatsLinkedWith(chat.id)})`, isShownIn(chat.id));
  const rows = await tx
    .select({
      number: cases.number,
      state: cases.state,
      outcome: cases.outcome,
      dueOn: cases.dueOn,
      dueWithin: cases.dueWithin,
    })
    .from(cases)
    .where(theirs)
    .orderBy(desc(cases.receivedAt))
    .limit(MOST_CASES);
  return rows.map(({ number, state, outcome, ...due }) => {
    // A day that is over promises nothing any more.
    const isDue = state === "assigned" && due.dueOn >= today;
    return { number, state, outcome, due: isDue ? dueOf(due) : null };
  });
}

import type { Conversation } from "../../../db/schema/conversations.ts";
import type { Inbound } from "../../domain/messages/message.ts";

/**
 * Records what a message or event tells of whether its person follows the account, by the platform's time.
 *
 * Platforms repeat and delay events: an unfollow older than the latest act of the person, or an act older than the latest
 * unfollow, tells nothing of now. Of two within one second the later to arrive counts; no moment lies ahead of `now`.
 * @returns whether it tells how things are now
 */
export function noteFollowing(conversation: Conversation, { content, sentAt, isContact }: Inbound, now: Date): boolean {
  const isLeaving = content.kind === "unfollow";
  if (!isLeaving && content.kind !== "follow" && !isContact) return true;
  const { following, followingAsOf } = conversation;
  const at = sentAt < now ? sentAt : now;
  if (followingAsOf !== null && at < followingAsOf) return following !== isLeaving;
  conversation.following = !isLeaving;
  conversation.followingAsOf = at;
  if (isLeaving) conversation.windowLeft = 0;
  return true;
}

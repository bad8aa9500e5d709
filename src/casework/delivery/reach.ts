import type { Conversation } from "../../../db/schema/conversations.ts";
import type { Reachability } from "../../domain/messages/delivery-ladder.ts";
import type { FoundAccount } from "../runtime/accounts.ts";
import { isDirectRefused } from "./direct-refusal.ts";

/** The ways in which the person of a conversation can be reached now. */
export function reachOf(conversation: Conversation, { account, sender }: FoundAccount, now: Date): Reachability {
  return {
    rungs: sender.abilities.rungs,
    window: sender.abilities.window,
    refusedSinceContact: conversation.directRefusedAt !== null,
    directRefused: isDirectRefused(account, now),
    following: conversation.following,
    windowLeft: conversation.windowLeft,
    windowUntil: conversation.windowUntil,
    subscriptionCredits: conversation.subscriptionCredits,
    keepsOneForTheAnswer: sender.abilities.window === "after-contact" && conversation.deputyId === null,
  };
}

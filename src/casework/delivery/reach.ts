import type { Conversation } from "../../../db/schema/conversations.ts";
import type { Reachability } from "../../domain/messages/delivery-ladder.ts";
import type { FoundAccount } from "../runtime/accounts.ts";
import { isDirectRefused } from "./direct-refusal.ts";

/** A window that ends within seconds, as after somebody only opened a chat, is for what is said at once: no answer comes within it. */
const FLEETING_MS = 20_000;

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
    keepsOneForTheAnswer:
      sender.abilities.window === "after-contact" && conversation.deputyId === null && !isFleeting(conversation, now),
  };
}

function isFleeting({ windowUntil }: Conversation, now: Date): boolean {
  return windowUntil !== null && windowUntil.getTime() - now.getTime() <= FLEETING_MS;
}

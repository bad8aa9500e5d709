import { codesIn } from "../../domain/dialog/invite-code.ts";
import { understandLinking } from "../../domain/dialog/resident/linking.ts";
import { understandBinding } from "../../domain/dialog/understand-deputy.ts";
import type { InboundContent } from "../../domain/messages/message.ts";

/**
 * Whether a message may bind its chat to a deputy, to a matter that a station took down, or to another chat: whoever sends one is received in a transaction of their own, as deputies
 * are, for a binding locks what others write and moves what they told the deputy.
 */
export function mayBind(content: InboundContent): boolean {
  switch (content.kind) {
    case "text":
      return hasCode(content.text);
    case "media":
      return hasCode(content.transcript ?? content.text ?? "");
    case "edited":
      return hasCode(content.text);
    case "menu":
      return understandBinding(content.key) !== null;
    case "scan":
    case "follow":
      return /^\s*[ikl]:/.test(content.scene ?? "");
    default:
      return false;
  }
}

function hasCode(text: string): boolean {
  return understandBinding(text) !== null || understandLinking(text) !== null || codesIn(text).length > 0;
}

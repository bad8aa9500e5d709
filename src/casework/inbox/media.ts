import { media } from "../../../db/schema/media.ts";
import type { MediaReference } from "../../domain/messages/message.ts";
import type { Turn } from "../turn/turn.ts";

/** Records a file to be fetched from the platform, in the transaction that received the message. */
export function noteMedia(turn: Turn, id: string, reference: MediaReference): void {
  turn.writes.insert(media, {
    ...{ id, jurisdictionId: turn.jurisdictionId, accountId: turn.account.id },
    ...{ platformId: reference.mediaId, reference, form: reference.form },
    ...{ state: "waiting", createdAt: turn.now },
  });
}

import { asc } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Transaction } from "../../../db/database.ts";
import { notEnded } from "../../../db/in-force.ts";
import { inbox } from "../../../db/schema/conversations.ts";
import { grids } from "../../../db/schema/places.ts";
import type { ChannelAccount } from "../../channels/channel.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import { REHEARSAL_CHANNEL, REHEARSAL_MESSAGES, type RehearsalMessage } from "../../domain/case/rehearsal.ts";
import { emergencyTopics } from "../../domain/danger/emergency.ts";
import { inboundOf } from "../../domain/messages/inbound.ts";
import type { InboundContent } from "../../domain/messages/message.ts";
import { sealPayload } from "../inbox/payload.ts";
import { ownAccount } from "../runtime/own-account.ts";
import type { Runtime } from "../runtime/runtime.ts";

const WINDOW = { messages: 1000, durationMs: 7 * 86_400_000 };
/** A name that no list of deputies should hold. */
const INVENTED = "欧阳试演";

/** What a simulated resident says. @param place a grid of the county by its name */
const SAID: Readonly<Record<RehearsalMessage, (place: string) => string>> = {
  "full-address": (place) => `${place}的路灯坏了六盏，晚上看不见路`,
  vague: () => "路灯坏了好几天，晚上看不见路",
  photo: () => "",
  "two-matters": (place) => `${place}的路灯坏了，另外下水道也堵了，臭得很`,
  thanks: () => "谢谢你们，辛苦了",
  danger: (place) => `${place}楼道里全是煤气味，有人头晕`,
  accusation: () => `${INVENTED}代表收了物业的好处，跟他反映多少次都不办`,
  "out-of-scope": () => "低价促销，全场五折，限时抢购，欢迎选购",
};

/** The account of a county's simulated residents. */
export async function rehearsalAccount(runtime: Runtime, jurisdictionId: string): Promise<ChannelAccount> {
  return ownAccount(runtime, jurisdictionId, REHEARSAL_CHANNEL);
}

/** The name of a simulated resident on the account of rehearsals: one for each message of a run, so that none leans on another. */
export function simulatedResident(run: string, message: RehearsalMessage): string {
  return `${run}-${message}`;
}

/**
 * Puts the eight messages of a rehearsal into the inbox of the county whose transaction this is, as those of simulated residents:
 * from there on they are received, understood, placed, routed and answered as all others.
 *
 * @returns the name of the run; null while the county has no grid
 */
export async function beginRehearsal(
  { vault, now, timeZone }: Runtime,
  tx: Transaction,
  account: ChannelAccount,
): Promise<string | null> {
  const at = now();
  const [grid] = await tx
    .select({ name: grids.name })
    .from(grids)
    .where(notEnded(grids.untilOn, dayIn(at, timeZone)))
    .orderBy(asc(grids.code))
    .limit(1);
  if (grid === undefined) return null;
  const run = newId();
  await tx.insert(inbox).values(
    REHEARSAL_MESSAGES.map((message) => {
      const [sender, text] = [simulatedResident(run, message), SAID[message](grid.name)];
      const content: InboundContent =
        message === "photo" ? { kind: "media", media: { mediaId: "photo", form: "image" } } : { kind: "text", text };
      const payload = inboundOf({ dedupeKey: sender, sender, sentAt: at, window: WINDOW, content });
      return {
        ...{ jurisdictionId: account.jurisdictionId, accountId: account.id, dedupeKey: sender, kind: content.kind },
        peer: vault.blindIndex(sender, account.id),
        payload: sealPayload(vault, account.id, payload),
        urgent: emergencyTopics(text).length > 0,
        receivedAt: at,
      };
    }),
  );
  return run;
}

import { and, gte, lt, or } from "drizzle-orm";
import { askedOnce } from "../../../db/schema/console.ts";
import { sharedValues } from "../../../db/schema/county.ts";
import { sessions, verifications } from "../../../db/schema/sign-in.ts";
import { forgetLinkCodes } from "../persons/link-chat.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { IDLE_MS } from "../sign-in/limits.ts";

const LINKING_MS = 24 * 60 * 60_000;
const ASKED_MS = 48 * 60 * 60_000;

/** Deletes what has ended by itself: answers kept for repetitions after 48 hours, sessions, and sign-ins that waited for a code, codes for joining chats after a day, and who was at a case. */
export async function forgetEnded({ database, now }: Runtime, jurisdictionId: string): Promise<void> {
  // Sessions go by the real clock.
  const [real, kept] = [new Date(), new Date(now().getTime() - ASKED_MS)];
  const idle = new Date(real.getTime() - IDLE_MS);
  await database.inCounty(jurisdictionId, async (tx) => {
    await tx.delete(askedOnce).where(lt(askedOnce.at, kept));
    await tx.delete(sessions).where(or(lt(sessions.expiresAt, real), lt(sessions.lastUsedAt, idle)));
    const isPresence = and(gte(sharedValues.key, "presence:"), lt(sharedValues.key, "presence;"));
    await tx.delete(sharedValues).where(and(isPresence, lt(sharedValues.expiresAt, now())));
    await forgetLinkCodes(tx, new Date(now().getTime() - LINKING_MS));
    await tx.delete(verifications).where(lt(verifications.expiresAt, real));
  });
}

import { eq } from "drizzle-orm";
import { inbox } from "../../db/schema/conversations.ts";
import { readPayload } from "./inbox/accept.ts";
import type { Sitting } from "./turn/turn.ts";

/** The words of a message that was taken in before. */
export async function inboxText(sitting: Sitting, seq: number): Promise<string> {
  const [row] = await sitting.tx.select().from(inbox).where(eq(inbox.seq, seq));
  if (row === undefined) return "";
  const { content } = readPayload(sitting.house.vault, row);
  return content.kind === "text" ? content.text : "";
}

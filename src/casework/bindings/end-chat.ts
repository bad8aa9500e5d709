import { and, eq, isNull } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { bindings } from "../../../db/schema/conversations.ts";

/** Ends that a chat speaks for a unit or a station; whoever writes there is heard as a resident from then on. @returns false where there is no such one */
export async function endChat(
  tx: Transaction,
  { role, ref, id }: { readonly role: "unit" | "station"; readonly ref: string; readonly id: string },
  now: Date,
): Promise<boolean> {
  const ended = await tx
    .update(bindings)
    .set({ endedAt: now })
    .where(and(eq(bindings.id, id), eq(bindings.role, role), eq(bindings.ref, ref), isNull(bindings.endedAt)))
    .returning({ id: bindings.id });
  return ended.length > 0;
}

import { and, asc, eq, isNull } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { bindings } from "../../../db/schema/conversations.ts";
import type { BoundAs } from "../../domain/dialog/state.ts";

/** The unit, station or grid for which a chat may speak: its role and its code. */
export type SpokenFor = { readonly role: BoundAs; readonly ref: string };

/** Ends that a chat speaks for a unit, a station or a grid; whoever writes there is heard as a resident from then on. @returns false where there is no such one */
export async function endChat(
  tx: Transaction,
  { role, ref, id }: SpokenFor & { readonly id: string },
  now: Date,
): Promise<boolean> {
  const ended = await tx
    .update(bindings)
    .set({ endedAt: now })
    .where(and(eq(bindings.id, id), eq(bindings.role, role), eq(bindings.ref, ref), isNull(bindings.endedAt)))
    .returning({ id: bindings.id });
  return ended.length > 0;
}

/** The chats in which somebody speaks for a unit, a station or a grid, by their bindings, with the moment since which they do. */
export async function listChats(
  tx: Transaction,
  { role, ref }: SpokenFor,
): Promise<{ readonly id: string; readonly since: string }[]> {
  const rows = await tx
    .select({ id: bindings.id, boundAt: bindings.boundAt })
    .from(bindings)
    .where(and(eq(bindings.role, role), eq(bindings.ref, ref), isNull(bindings.endedAt)))
    .orderBy(asc(bindings.boundAt));
  return rows.map(({ id, boundAt }) => ({ id, since: boundAt.toISOString() }));
}

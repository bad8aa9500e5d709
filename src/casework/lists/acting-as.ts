import { and, eq, isNull } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { apiTokens, users } from "../../../db/schema/users.ts";
import type { Caller } from "../access/caller.ts";
import { isValid } from "../access/reader-of.ts";

/**
 * The caller who asked for long work, as they may act when it is done: somebody whose service ended meanwhile, whose token is over, or whose role changed, can do
 * no more than they may now.
 * @param asked as they were when they asked
 * @returns null where they may not act any more
 */
export async function actingAs(tx: Transaction, asked: Caller, now: Date): Promise<Caller | null> {
  if (asked.kind === "token") {
    const [token] = await tx
      .select({ role: apiTokens.role, sealed: apiTokens.sealed })
      .from(apiTokens)
      .where(and(eq(apiTokens.id, asked.id), isValid(now)));
    if (token === undefined || token.role !== asked.role) return null;
    return { ...asked, ...(!token.sealed && { isWithoutSealed: true as const }) };
  }
  const [user] = await tx
    .select({ role: users.role, stations: users.stations, deputyId: users.deputyId })
    .from(users)
    .where(and(eq(users.id, asked.id), isNull(users.endedAt)));
  return user === undefined || user.role !== asked.role ? null : { ...asked, ...user };
}

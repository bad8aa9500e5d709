import { and, eq, gt, isNull, or, type SQL } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { apiTokens, users } from "../../../db/schema/users.ts";
import type { Reader } from "../../domain/access/may-see.ts";

/** The reader who a person or a token is now, by its id: for work that is done after they asked. Null where they have left, or the token is over. */
export async function readerOf(tx: Transaction, id: string, now: Date): Promise<Reader | null> {
  const [user] = await tx
    .select({ role: users.role, stations: users.stations, deputyId: users.deputyId })
    .from(users)
    .where(and(eq(users.id, id), isNull(users.endedAt)));
  if (user !== undefined) return { id, ...user };
  const [token] = await tx
    .select({ role: apiTokens.role, sealed: apiTokens.sealed })
    .from(apiTokens)
    .where(and(eq(apiTokens.id, id), isValid(now)));
  if (token === undefined) return null;
  return {
    id,
    role: token.role,
    stations: [],
    deputyId: null,
    ...(!token.sealed && { isWithoutSealed: true as const }),
  };
}

/** The condition that a row of `api_tokens` is neither revoked nor over. */
export function isValid(now: Date): SQL | undefined {
  return and(isNull(apiTokens.revokedAt), or(isNull(apiTokens.expiresAt), gt(apiTokens.expiresAt, now)));
}

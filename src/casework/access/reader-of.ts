import { and, eq, isNull } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { apiTokens } from "../../../db/schema/tokens.ts";
import { users } from "../../../db/schema/users.ts";
import type { Reader } from "../../domain/access/may-see.ts";

/** The reader who a person or a token is now, by its id: for work that is done after they asked. Null where they have left. */
export async function readerOf(tx: Transaction, id: string): Promise<Reader | null> {
  const [user] = await tx
    .select({ role: users.role, stations: users.stations, deputyId: users.deputyId })
    .from(users)
    .where(and(eq(users.id, id), isNull(users.endedAt)));
  if (user !== undefined) return { id, ...user };
  const [token] = await tx
    .select({ role: apiTokens.role, sealed: apiTokens.sealed })
    .from(apiTokens)
    .where(and(eq(apiTokens.id, id), isNull(apiTokens.revokedAt)));
  if (token === undefined) return null;
  return {
    id,
    role: token.role,
    stations: [],
    deputyId: null,
    ...(!token.sealed && { isWithoutSealed: true as const }),
  };
}

import type { Database } from "../db/database.ts";
import { addToken } from "../src/casework/access/api-tokens.ts";
import type { Role } from "../src/domain/access/roles.ts";

/** Makes a token of a county, as `liaison token add` does, and gives it back. */
export async function newToken(
  services: { readonly database: Database; readonly now: () => Date },
  jurisdictionId: string,
  wanted: { readonly role: Role; readonly name?: string; readonly expiresAt?: Date | null; readonly sealed?: boolean },
): Promise<string> {
  const added = await addToken(services, jurisdictionId, { expiresAt: null, ...wanted });
  if (!added.ok) throw new Error(added.reason);
  return added.token;
}

import { and, eq } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { callerNames } from "../../../db/schema/sign-in.ts";
import { apiTokens, users } from "../../../db/schema/users.ts";
import type { Caller } from "./caller.ts";

/**
 * Takes a name for a person or a token of the county: no other person has it, in whatever spelling, for ledgers name who did something.
 *
 * A name that was given once is never given to another, not even when its person leaves.
 * @returns whether it was free, or theirs already; a name that nobody sees never is
 */
export async function takeName(
  tx: Transaction,
  jurisdictionId: string,
  wanted: { readonly name: string; readonly callerId: string; readonly kind: Caller["kind"] },
): Promise<boolean> {
  const { name, callerId, kind } = wanted;
  const nameKey = keyOf(name);
  if (nameKey === "") return false;
  const [tokens, people] = [
    await tx.select({ id: apiTokens.id, name: apiTokens.name }).from(apiTokens),
    await tx.select({ id: users.id, name: users.name }).from(users),
  ];
  // Those that are older than the table of names, or were written by the version before it.
  const others = kind === "person" ? [...tokens, ...people] : people;
  const isTaken = others.some((one) => one.id !== callerId && one.name !== null && keyOf(one.name) === nameKey);
  if (isTaken) return false;
  await tx.insert(callerNames).values({ jurisdictionId, nameKey, callerId }).onConflictDoNothing();
  const [owner] = await tx
    .select({ id: callerNames.callerId })
    .from(callerNames)
    .where(and(eq(callerNames.jurisdictionId, jurisdictionId), eq(callerNames.nameKey, nameKey)));
  // Tokens tell themselves apart by their spelling, as ever; that they are no two persons is known to the rules' review.
  return owner?.id === callerId || (kind === "token" && tokens.some(({ id }) => id === owner?.id));
}

/** The name as it is compared: signs that nobody sees, and how many blanks there are, make no other name. */
function keyOf(name: string): string {
  const seen = name.normalize("NFKC").replace(/\p{Default_Ignorable_Code_Point}/gu, "");
  return seen.replace(/\s+/gu, " ").trim().toLowerCase();
}

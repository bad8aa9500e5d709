import { and, eq } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { askedOnce } from "../../../db/schema/console.ts";
import type { Caller } from "../../casework/access/caller.ts";

/** An answer as it was given: what a repetition gets again. */
export type Answered = {
  readonly status: number;
  readonly body: unknown;
  readonly etag: string | null;
  readonly location: string | null;
};

/** The state of a key: nothing yet, that it was used for something else, or what was answered. */
export type Once =
  | { readonly kind: "first"; keep(answered: Answered): Promise<void> }
  | { readonly kind: "other" }
  | { readonly kind: "done"; readonly answered: Answered };

/** Takes a key of a caller within the transaction of what it is for: whoever comes second with it waits, and gets the same answer. */
export async function onceFor(
  tx: Transaction,
  asked: {
    readonly caller: Caller;
    readonly key: string;
    readonly operation: string;
    readonly bodyHash: Buffer;
    readonly now: Date;
  },
): Promise<Once> {
  const { caller, key, operation, bodyHash, now } = asked;
  const mine = and(eq(askedOnce.callerId, caller.id), eq(askedOnce.key, key));
  const taken = await tx
    .insert(askedOnce)
    .values({
      jurisdictionId: caller.jurisdictionId,
      callerId: caller.id,
      key,
      operation,
      bodyHash,
      status: 0,
      answer: null,
      etag: null,
      at: now,
    })
    .onConflictDoNothing()
    .returning({ key: askedOnce.key });
  if (taken.length > 0)
    return {
      kind: "first",
      async keep({ status, body, etag, location }) {
        await tx.update(askedOnce).set({ status, answer: { body, location }, etag }).where(mine);
      },
    };
  const [row] = await tx.select().from(askedOnce).where(mine);
  if (row === undefined || row.operation !== operation || Buffer.compare(row.bodyHash, bodyHash) !== 0)
    return { kind: "other" };
  const { body, location } = row.answer as { body: unknown; location: string | null };
  return { kind: "done", answered: { status: row.status, body, etag: row.etag, location } };
}

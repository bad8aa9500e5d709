import { sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { bulkResults } from "../../../db/schema/errands.ts";
import type { Caller } from "../access/caller.ts";
import { categorise } from "../office/category-corrections.ts";
import { placeByHand } from "../office/place-by-hand.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { actOnCase } from "../staff/act.ts";
import { actingAs } from "./acting-as.ts";
import { codeOf, mergeWork } from "./merge-many.ts";
import type { Selected } from "./selected.ts";

/** What is done to many cases at once: nothing that a resident reads as an answer. `into` is the case that leads all others. */
type ManyAction =
  | { readonly kind: "merge"; readonly into: string }
  | { readonly kind: "place"; readonly grid: string }
  | { readonly kind: "category"; readonly code: string | null };

/** What became of one of many cases; where it could not go with another one, the word that says why. */
type ManyCode = string;

/** A case with what became of it. */
export type ManyResult = { readonly number: string; readonly code: ManyCode };

/**
 * Does the same to one of many cases, in a transaction of its own, with its result: done again it finds the result and does nothing.
 * @param asker as they were when they asked; what they may do is looked up anew for each case
 * @param errandId of whoever asked for it
 * @returns null where they may not act any more
 */
export async function changeOne(
  runtime: Runtime,
  asker: Caller,
  errandId: string,
  { action, one }: { readonly action: ManyAction; readonly one: Selected },
): Promise<ManyResult | null> {
  const { number } = one;
  const { jurisdictionId } = asker;
  const known = await runtime.database.inCounty(jurisdictionId, (tx) => resultOf(tx, errandId, number));
  if (known !== null) return { number, code: known };
  const note = (tx: Transaction, code: ManyCode) =>
    tx.insert(bulkResults).values({ jurisdictionId, errandId, caseNumber: number, code }).onConflictDoNothing();
  const code = await runtime.database
    .inCounty(jurisdictionId, async (tx) => {
      const caller = await actingAs(tx, asker, runtime.now());
      if (caller === null) return null;
      const became = await act(runtime, tx, caller, { action, one, request: errandId });
      if (became !== "done") throw new NotDone(became);
      await note(tx, became);
      return became;
    })
    .catch(async (error: unknown) => {
      if (!(error instanceof NotDone)) throw error;
      // Nothing of it may stay but that it was tried.
      return runtime.database.inCounty(jurisdictionId, async (tx) => {
        await note(tx, error.code);
        // A run that was taken for dead may have done it meanwhile.
        return (await resultOf(tx, errandId, number)) ?? error.code;
      });
    });
  return code === null ? null : { number, code };
}

class NotDone extends Error {
  readonly code: ManyCode;
  constructor(code: ManyCode) {
    super(code);
    this.code = code;
  }
}

async function resultOf(tx: Transaction, errandId: string, number: string): Promise<ManyCode | null> {
  const [row] = await tx.execute<{ code: ManyCode }>(
    sql`select code from bulk_results where errand_id = ${errandId} and case_number = ${number}`,
  );
  return row?.code ?? null;
}

async function act(
  runtime: Runtime,
  tx: Transaction,
  caller: Caller,
  { action, one, request }: { readonly action: ManyAction; readonly one: Selected; readonly request: string },
): Promise<ManyCode> {
  const acting = { runtime, tx, caller, number: one.number, request, seen: one.etag };
  if (action.kind === "merge") {
    const merged = await actOnCase({ ...acting, also: { number: action.into, seen: null } }, "merge", mergeWork);
    return merged.ok ? "done" : codeOf(merged);
  }
  const done = await actOnCase(acting, action.kind, async (turn, subject) => {
    if (action.kind === "place") {
      const placed = await placeByHand(turn, subject, action.grid);
      return placed.ok
        ? { ok: true, value: null }
        : { ok: false, why: "content", code: "unknown-grid", reason: placed.reason };
    }
    const writing = { ...turn, tx: turn.tx, vault: turn.runtime.vault };
    await categorise(writing, subject, { category: action.code, by: caller.name });
    return { ok: true, value: null };
  });
  if (done.ok) return "done";
  const codes = { faster: "faster", state: "not-allowed", content: "wrong", "not-here": "not-here" } as const;
  return done.why === "reason-needed" ? "not-allowed" : codes[done.why];
}

import type { Transaction } from "../../../db/database.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import type { Caller } from "../access/caller.ts";
import { mergeCases } from "../office/merge-cases.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { actOnCase, type Work } from "../staff/act.ts";
import { eventsSince, findCase, type Since } from "../staff/find-case.ts";
import type { Told } from "../staff/told.ts";
import type { Selected } from "./selected.ts";

/** The work by which one case goes with another, as everybody does it to whom both exist. */
export const mergeWork: Work<null> = async (turn, subject, isSealed, other) => {
  if (other === null) throw new Error("a merge has two cases");
  if (isSealed || other.isSealed)
    return { ok: false, why: "content", code: "sealed-apart", reason: "A sealed case goes with no other one." };
  const merged = await mergeCases(turn, subject, other.subject);
  return merged.ok ? { ok: true, value: null } : { ...merged, why: "content" };
};

/** What would become of one of many cases that go with a leading one: what everybody would read, or why it cannot. */
type TriedMerge = { readonly number: string; readonly code: string; readonly told: readonly Told[] };

/** The leading case of a merge of many: its version, or why none can go with it. */
export type Leading =
  | { readonly ok: true; readonly etag: string }
  | { readonly ok: false; readonly why: "not-here" | "sealed-apart" | "leading-closed" | "merged-away" }
  | { readonly ok: false; readonly why: "faster"; readonly since: readonly Since[]; readonly etag: string };

/** Looks whether other cases can go with one. @param seen the version that somebody has seen; null where none is asked for */
export async function leadingOf(
  tx: Transaction,
  runtime: Runtime,
  caller: Caller,
  { number, seen }: { readonly number: string; readonly seen: string | null },
): Promise<Leading> {
  const found = await findCase(tx, caller, number, dayIn(runtime.now(), runtime.timeZone));
  if (found === null) return { ok: false, why: "not-here" };
  if (found.isSealed) return { ok: false, why: "sealed-apart" };
  if (seen !== null && seen !== found.etag) {
    const since = await eventsSince(tx, found.subject.id, seen);
    return { ok: false, why: "faster", since, etag: found.etag };
  }
  if (found.subject.closedAt !== null) return { ok: false, why: "leading-closed" };
  return found.isLed ? { ok: false, why: "merged-away" } : { ok: true, etag: found.etag };
}

/**
 * Tries each of some cases as if it alone went with the leading one, and takes it back at once: nothing has changed afterwards
 * but that the cases were read.
 */
export async function tryMerges(
  {
    runtime,
    tx,
    caller,
    request,
  }: {
    readonly runtime: Runtime;
    readonly tx: Transaction;
    readonly caller: Caller;
    readonly request: string;
  },
  into: string,
  some: readonly Selected[],
): Promise<TriedMerge[]> {
  const tried: TriedMerge[] = [];
  for (const { number, etag } of some) {
    const one = await tx
      .transaction(async (inner) => {
        const acting = { runtime, tx: inner, caller, number, request, seen: etag, also: { number: into, seen: null } };
        throw new Tried(await actOnCase(acting, "merge", mergeWork));
      })
      .catch((error: unknown) => {
        if (error instanceof Tried) return error.ended;
        throw error;
      });
    if ("noteRead" in one) await one.noteRead(tx);
    tried.push({ number, code: one.ok ? "ready" : codeOf(one), told: one.ok ? one.told : [] });
  }
  return tried;
}

/** The word for why a case does not go with another one, as it stands in results. */
export function codeOf(refused: Extract<Ended, { ok: false }>): string {
  switch (refused.why) {
    case "content":
      return refused.code;
    case "state":
      return "not-allowed";
    case "reason-needed":
      return "sealed-apart";
    default:
      return refused.why;
  }
}

type Ended = Awaited<ReturnType<typeof actOnCase<null>>>;

/** Takes what was tried back. */
class Tried extends Error {
  readonly ended: Ended;
  constructor(ended: Ended) {
    super("only tried");
    this.ended = ended;
  }
}

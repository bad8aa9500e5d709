import type { z } from "zod";
import type { Transaction } from "../../../db/database.ts";
import type { Role } from "../../domain/access/roles.ts";
import type { Caller } from "../access/caller.ts";
import type { Runtime } from "../runtime/runtime.ts";

/** A run of an errand: for whom it is done, with what, and how it says how far it is. */
export type ErrandRun = {
  readonly id: string;
  readonly jurisdictionId: string;
  readonly by: { readonly id: string; readonly name: string };
  /** Its database waits for long statements, on connections of its own. */
  readonly runtime: Runtime;
  /** Fires when somebody stops it, or the process ends; whoever works long looks at it often. */
  readonly signal: AbortSignal;
  /** Is written down within a second; `total` is null while it is not known. */
  progress(done: number, total: number | null): void;
};

/** The result of an errand: an answer of codes and counts, and perhaps a file, which may hold words. */
export type ErrandResult = {
  readonly answer: unknown;
  readonly file?: { readonly name: string; readonly contentType: string; readonly content: Uint8Array };
};

/** A kind of long work, which a worker does; every kind is safe to repeat from the beginning. */
export type ErrandKind = {
  readonly name: string;
  /** Who may ask for it. */
  readonly roles: readonly Role[];
  /** Who sees what others asked for; whoever asked always does. */
  readonly seenBy: readonly Role[];
  /** The time for which its file is kept; as long as the errand where it is left out. */
  readonly keptMs?: number;
  /** Whether its file is still for whoever may ask for it, by what was asked; always where it is left out. */
  mayTake?(caller: Caller, asked: unknown): boolean;
  /** Reads what is asked for; a plain sentence where it cannot be done. */
  read(
    tx: Transaction,
    caller: Caller,
    asked: unknown,
  ): Promise<{ readonly ok: true; readonly asked: unknown } | { readonly ok: false; readonly reason: string }>;
  run(run: ErrandRun, asked: unknown): Promise<ErrandResult>;
};

/** The failure of an errand that its reader can understand; every other is only in the log. */
export class ErrandFailed extends Error {}

/** Makes a kind of errand from the shape of what it is asked for and the work itself. */
export function errandKind<S extends z.ZodType>(told: {
  readonly name: string;
  readonly roles: readonly Role[];
  readonly seenBy: readonly Role[];
  readonly shape: S;
  readonly keptMs?: number;
  readonly mayTake?: (caller: Caller, asked: z.output<S>) => boolean;
  /** A plain sentence where it cannot be done for this caller, null where it can. */
  readonly refuse?: (tx: Transaction, caller: Caller, asked: z.output<S>) => Promise<string | null>;
  readonly run: (run: ErrandRun, asked: z.output<S>) => Promise<ErrandResult>;
}): ErrandKind {
  const { name, roles, seenBy, shape, refuse, keptMs, mayTake } = told;
  return {
    ...{ name, roles, seenBy, ...(keptMs !== undefined && { keptMs }) },
    mayTake(caller, asked) {
      if (mayTake === undefined) return true;
      const read = shape.safeParse(asked);
      return read.success && mayTake(caller, read.data);
    },
    async read(tx, caller, asked) {
      const read = shape.safeParse(asked);
      if (!read.success) {
        const [issue] = read.error.issues;
        return { ok: false, reason: `${["asked", ...(issue?.path ?? [])].join(".")}: ${issue?.message ?? "is wrong"}` };
      }
      const reason = (await refuse?.(tx, caller, read.data)) ?? null;
      return reason === null ? { ok: true, asked: read.data } : { ok: false, reason };
    },
    run: (run, asked) => told.run(run, shape.parse(asked)),
  };
}

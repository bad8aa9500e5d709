import { maySee } from "../../domain/access/may-see.ts";
import type { Role } from "../../domain/access/roles.ts";
import type { Caller } from "../access/caller.ts";
import type { ErrandKind } from "../errands/kind.ts";
import type { ChangedCase } from "./changed-cases.ts";

/** The topics of which a page may hear. */
export const TOPICS = ["cases", "deliveries", "rules", "errands", "presence"] as const;
/** A thing of whose changes a page may hear. */
export type Topic = (typeof TOPICS)[number];

/** A hint that something changed, for whoever may see it: which, and its version; no words and no names. */
export type Hint = { readonly topic: Topic; readonly key: string; readonly etag: string | null };

/** A change in a county, with what decides who may hear of it. */
export type Change =
  | { readonly topic: "cases" | "presence"; readonly of: ChangedCase }
  | { readonly topic: "deliveries"; readonly of: ChangedCase | null }
  | { readonly topic: "rules"; readonly number: number }
  | { readonly topic: "errands"; readonly id: string; readonly kind: string; readonly askedBy: string };

const RULE_READERS: readonly Role[] = ["office", "reviewer", "auditor"];

/** The hint of a change for somebody; null where it is not for them. @param kinds the kinds of errands, with who sees them */
export function hintFor(caller: Caller, change: Change, kinds: readonly ErrandKind[]): Hint | null {
  switch (change.topic) {
    case "cases":
      return maySee(caller, change.of.subject)
        ? { topic: change.topic, key: change.of.number, etag: change.of.etag }
        : null;
    case "presence":
      return maySee(caller, change.of.subject) ? { topic: change.topic, key: change.of.number, etag: null } : null;
    case "deliveries":
      return hearsOfDeliveries(caller, change.of) ? { topic: change.topic, key: "", etag: null } : null;
    case "rules":
      return RULE_READERS.includes(caller.role)
        ? { topic: change.topic, key: String(change.number), etag: null }
        : null;
    case "errands": {
      const isOpen = kinds.some(({ name, seenBy }) => name === change.kind && seenBy.includes(caller.role));
      return isOpen || change.askedBy === caller.id ? { topic: change.topic, key: change.id, etag: null } : null;
    }
  }
}

/** An operator sees every delivery but those of sealed cases, without words; a delivery without a case is the county office's. */
function hearsOfDeliveries(caller: Caller, of: ChangedCase | null): boolean {
  if (caller.role === "operator") return true;
  return of === null ? caller.role === "office" : maySee(caller, of.subject);
}
